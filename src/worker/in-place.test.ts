import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { framesOf, inTwo } from '../core/testing/fragments.ts';
import { pcapFile } from '../core/testing/pcap-file.ts';
import { captureHandlers } from './handlers.ts';
import type { PacketDetail } from './protocol.ts';
import { Session } from './session.ts';

const PING = framesOf(new Uint8Array(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap')));
const context = { signal: new AbortController().signal, progress: () => {}, move: () => {} };

async function opened(file: Uint8Array<ArrayBuffer>) {
  const calls = captureHandlers(new Session());
  await calls.open({ file: new Blob([file]), name: 'test.pcap' }, context);
  return calls;
}
const packets = (frames: readonly Uint8Array[]) => pcapFile({ packets: frames.map((bytes, i) => ({ bytes, seconds: 1_700_000_000 + i })) });
const values = ({ fields }: PacketDetail, name: string): string[] => fields.filter((field) => field.name === name).map(({ value }) => value);
const path = ({ layers }: PacketDetail): string => layers.map(({ protocol }) => protocol).join(':');

const [first, second] = inTwo(PING[1]!, 48);
const [unfinished] = inTwo(PING[2]!, 48);

describe('a packet in its place', () => {
  it('that completes an envelope has it, with the packet inside, and says what it is made of', async () => {
    const calls = await opened(packets([first, PING[0]!, second]));
    const detail = await calls.packetInPlace({ number: 3 }, context);
    expect(path(detail)).toBe('eth:ip:udp:vxlan:eth:ip:icmp:data');
    expect(values(detail, 'ip.fragment')).toEqual(['1', '3']);
    expect(detail.fields.find(({ name }) => name === 'ip.fragments')!.text).toBe(`2 fragments, ${PING[1]!.length - 34} bytes: #1 (48), #3 (${PING[1]!.length - 34 - 48})`);
    expect(detail.fields.filter(({ packet }) => packet > 0).map(({ packet, derived }) => [packet, derived])).toEqual([[1, true], [3, true]]);
    expect(detail.sources).toEqual([{ name: 'Packet', from: 0, to: second.length }, { name: 'Reassembled IPv4', from: second.length, to: second.length + PING[1]!.length - 34 }]);
    // What was put together is the datagram as it was before.
    expect(detail.all.subarray(detail.sources[1]!.from)).toEqual(PING[1]!.subarray(34));
    expect(detail.fields.filter(({ verdict }) => verdict === 'bad').map(({ name }) => name)).toEqual(['ip.checksum']); // that of the outer header, whose length has changed
  });
  it('that is part of one names the packet that completes it; one that nobody completes says so', async () => {
    const calls = await opened(packets([first, PING[0]!, second, unfinished]));
    const detail = await calls.packetInPlace({ number: 1 }, context);
    expect([path(detail), values(detail, 'ip.reassembled_in')]).toEqual(['eth:ip:data', ['3']]);
    const alone = await calls.packetInPlace({ number: 4 }, context);
    expect([values(alone, 'ip.reassembled_in'), alone.layers.find(({ protocol }) => protocol === 'ip')!.note]).toEqual([[], expect.stringContaining('No packet of this capture completes it')]);
  });
  it('has what follows from the others, marked as such, once they have been looked at', async () => {
    const calls = await opened(packets(PING));
    const before = await calls.packet({ number: 3 }, context);
    expect([before.inPlace, values(before, 'udp.stream')]).toEqual([false, []]);
    const after = await calls.packetInPlace({ number: 3 }, context);
    expect([after.inPlace, values(after, 'udp.stream').length]).toEqual([true, 1]);
    expect(after.fields.find(({ name }) => name === 'udp.stream')!.derived).toBe(true);
    expect((await calls.packet({ number: 5 }, context)).inPlace).toBe(true); // it is known by now
  });
  it('counts in filters, and stands for itself again when nothing is put together', async () => {
    const calls = await opened(packets([first, PING[0]!, second]));
    expect(await calls.view({ filter: 'vxlan.vni == 333 && icmp', sort: null }, context)).toEqual({ rows: 1 });
    expect(await calls.position({ number: 3 }, context)).toBe(0);
    await calls.reassembly({ on: false }, context);
    expect(await calls.view({ filter: 'vxlan.vni == 333', sort: null }, context)).toEqual({ rows: 1 });
    expect(await calls.position({ number: 1 }, context)).toBe(0);
    expect(path(await calls.packetInPlace({ number: 3 }, context))).toBe('eth:ip:data');
  });
});

const LAB = '../shared/captures/lab/outer-fragmented';
describe.skipIf(!existsSync(LAB))('envelopes in pieces of the lab (needs ../shared)', () => {
  it('have their packets inside at the frame that completes each, in any order of looking', async () => {
    const truth = JSON.parse(readFileSync(`${LAB}/truth.json`, 'utf8')) as { readonly fragments: readonly (readonly [number, readonly number[]])[] };
    const calls = await opened(new Uint8Array(readFileSync(`${LAB}/appliance-eth0.pcap`)));
    for (const [, frames] of [...truth.fragments].reverse()) {
      const detail = await calls.packetInPlace({ number: Math.max(...frames) }, context);
      expect([path(detail).includes('vxlan:eth'), values(detail, 'ip.fragment').map(Number).sort((a, b) => a - b)]).toEqual([true, [...frames].sort((a, b) => a - b)]);
    }
    expect(truth.fragments.length).toBeGreaterThan(10);
  });
});
