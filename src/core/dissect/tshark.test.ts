import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { linkEncap, linkProtocol } from '../capture/link-types.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkOccurrences } from '../testing/tshark.ts';
import { compile } from './compile.ts';
import { Dissector } from './dissect.ts';
import { bareFrame } from './frame.ts';
import { infoText, protocolColumn } from './info.ts';
import { layersOf } from './layer.ts';
import { occurrences } from './occurrences.ts';

// The Info and Protocol columns and the checksum verdicts, beside an installed tshark. What needs other packets (relative sequence numbers, the window's
// scale, the other half of an echo) tshark is asked for and we are told, as the app tells it from its flows.

const LAB = '../shared/captures/lab';
const captures = ['ping-mtu1500/appliance-eth0.pcap', 'ipv6/appliance-eth0.pcap', 'jumbo-truncated/appliance-eth0.pcap', 'outer-fragmented/appliance-eth0.pcap', 'offload/source-eth0.pcap'].map((name) => `${LAB}/${name}`)
  .filter((file) => existsSync(file)).concat('public/samples/mirrored-ping/appliance-eth0.pcap');
const PACKETS = '100';
const VERIFY = { 'ip.check_checksum': true, 'tcp.check_checksum': true, 'udp.check_checksum': true } as const;
const STATUSES = ['ip.checksum.status', 'udp.checksum.status', 'tcp.checksum.status', 'icmp.checksum.status', 'icmpv6.checksum.status'];
const OTHERS = ['frame.protocols', '_ws.col.Info', '_ws.col.Protocol', 'tcp.seq', 'tcp.ack', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.window_size_scalefactor', 'icmp.resp_in', 'icmp.resp_to', 'icmpv6.resp_in', 'icmpv6.resp_to'];

const program = compile(PROTOCOLS);
const declared = new Set([...PROTOCOLS.filter((p) => !p.message).map((p) => p.path ?? p.name), 'ethertype']); // what a message says of itself is told in a few words only
type Answer = Readonly<Record<string, readonly string[]>>;

const last = (answer: Answer, name: string): string | undefined => answer[name]?.at(-1);
const base = (answer: Answer, raw: string, relative: string): number => (Number(last(answer, raw) ?? 0) - Number(last(answer, relative) ?? 0)) >>> 0;
const link = (answer: Answer): { link?: string } => {
  const later = last(answer, 'icmp.resp_in') ?? last(answer, 'icmpv6.resp_in');
  const earlier = last(answer, 'icmp.resp_to') ?? last(answer, 'icmpv6.resp_to');
  return later ? { link: `reply in ${later}` } : earlier ? { link: `request in ${earlier}` } : {};
};
const scale = (answer: Answer): number => { const factor = Number(last(answer, 'tcp.window_size_scalefactor') ?? -1); return factor > 0 ? Math.log2(factor) : 0; };
/** What hangs on other packets, or on verdicts that stand elsewhere in the app. */
const bare = (info: string): string => info.replace(/ \[(TCP|UDP) CHECKSUM INCORRECT\]/, '').replace(/^(\[TCP [^\]]*\] )+/, '').replace(/ \(no response found!\)$/, '');

describe.skipIf(!haveTshark)(`beside ${TSHARK}, packet by packet`, () => {
  it.each(captures)('%s', async (file) => {
    const answers = tsharkOccurrences(file, [...OTHERS, ...STATUSES], ['-c', PACKETS, ...Object.keys(VERIFY).flatMap((name) => ['-o', `${name}:TRUE`])]);
    const { records, reader } = await readRecords(memorySource(Uint8Array.from(readFileSync(file))));
    const dissector = new Dissector(program);
    const ours: string[] = [];
    const theirs: string[] = [];
    answers.forEach((answer, i) => {
      const path = answer['frame.protocols']![0]!;
      if (!path.split(':').every((name) => declared.has(name))) return;
      const record = records[i]!;
      const { linkType } = reader.interfaces[record.iface]!;
      const tape = dissector.dissect(record.bytes, 0, record.bytes.length, firstProtocol(linkProtocol(linkType)), record.origlen);
      const layers = layersOf(program, tape, record.bytes);
      const frame = bareFrame(record.caplen, { origlen: record.origlen, encap: linkEncap(linkType) });
      const info = infoText(layers, { baseSeq: base(answer, 'tcp.seq_raw', 'tcp.seq'), baseAck: base(answer, 'tcp.ack_raw', 'tcp.ack'), windowShift: scale(answer), ...link(answer) });
      const statuses = STATUSES.map((name) => occurrences(program, tape, record.bytes, frame, name, VERIFY).join());
      ours.push([i + 1, protocolColumn(layers), info, ...statuses].join(' | '));
      theirs.push([i + 1, answer['_ws.col.Protocol']![0], bare(answer['_ws.col.Info']![0] ?? ''), ...STATUSES.map((name) => answer[name]!.join())].join(' | '));
    });
    expect(ours.length).toBeGreaterThan(10);
    expect(ours).toEqual(theirs);
  }, 120_000);
});
