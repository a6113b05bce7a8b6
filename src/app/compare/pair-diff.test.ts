import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../core/bytes/memory-source.ts';
import { openCapture } from '../../core/capture/capture-reader.ts';
import { compile } from '../../core/dissect/compile.ts';
import { describe as describePacket } from '../../core/dissect/describe.ts';
import { Dissector } from '../../core/dissect/dissect.ts';
import { firstProtocol, PROTOCOLS } from '../../core/protocols/all.ts';
import type { PacketDetail } from '../../worker/protocol.ts';
import { pairDiff } from './pair-diff.ts';

const program = compile(PROTOCOLS);
const dissector = new Dissector(program);

const detailOf = (number: number, bytes: Uint8Array): PacketDetail => ({
  number, bytes, all: bytes, sources: [{ name: 'Packet', from: 0, to: bytes.length }], inPlace: false, origlen: bytes.length, time: '', interfaceName: '', comments: [], remarks: [],
  ...describePacket(program, dissector.dissect(bytes, 0, bytes.length, firstProtocol('eth')), bytes),
});

const describeRaw = (bytes: Uint8Array) => describePacket(program, dissector.dissect(bytes, 0, bytes.length, firstProtocol('raw')), bytes);

async function packet(file: string, number: number): Promise<PacketDetail> {
  const reader = await openCapture(memorySource(readFileSync(`public/samples/mirrored-ping/${file}.pcap`)));
  for (let n = 1; reader.next(); n++) if (n === number) return detailOf(number, reader.bytes.slice(reader.start, reader.end));
  throw new Error(`${file} has no packet ${number}`);
}

const names = (layers: readonly ({ layer: { name: string } } | null)[]): string[] => layers.map((side) => side?.layer.name ?? '-');

describe('the echo reply of the mirrored ping', () => {
  it('is the same byte for byte behind 50 bytes of envelope', async () => {
    const diff = pairDiff(await packet('source-eth0', 4), await packet('appliance-eth0', 3));
    expect([diff.sourceAt, diff.applianceAt, diff.compared, diff.differing.size]).toEqual([0, 50, 98, 0]);
    expect(names(diff.envelope)).toEqual(['Ethernet', 'IPv4', 'UDP', 'VXLAN']);
    expect(names(diff.layers.map(({ source }) => source))).toEqual(names(diff.layers.map(({ appliance }) => appliance)));
    expect(diff.layers.some(({ source, appliance }) => source?.differs === true || appliance?.differs === true)).toBe(false);
  });

  it('shows a TTL that was changed on the way, and nothing else', async () => {
    const source = await packet('source-eth0', 4);
    const bytes = source.bytes.slice();
    bytes[22]! -= 1; // ip.ttl
    const diff = pairDiff(source, detailOf(9, bytes));
    expect([...diff.differing]).toEqual([22]);
    const differing = diff.layers.flatMap(({ appliance }) => appliance?.fields.filter(({ differs }) => differs).map(({ field }) => field.name) ?? []);
    expect(differing).toContain('ip.ttl');
    expect(differing.filter((name) => !['ip.ttl', 'ip.checksum'].includes(name))).toEqual([]);
    expect(diff.envelope).toEqual([]);
  });

  it('stands alone where the other side has no packet', async () => {
    const diff = pairDiff(await packet('source-eth0', 2), null);
    expect(names(diff.layers.map(({ source }) => source))).toEqual(['Ethernet', 'ARP']);
    expect(names(diff.layers.map(({ appliance }) => appliance))).toEqual(['-', '-']);
    expect([diff.compared, diff.differing.size]).toEqual([0, 0]);
  });

  it('leaves a gap opposite a layer that only one side has', async () => {
    const source = await packet('source-eth0', 4);
    const tagged = Uint8Array.of(...source.bytes.subarray(0, 12), 0x81, 0, 0, 7, ...source.bytes.subarray(12));
    const diff = pairDiff(source, detailOf(9, tagged));
    expect(names(diff.layers.map(({ source: side }) => side))).toEqual(['Ethernet', '-', 'IPv4', 'ICMP', ...names(diff.layers.map(({ source: side }) => side)).slice(4)]);
    expect(names(diff.layers.map(({ appliance }) => appliance))[1]).not.toBe('-');
    expect(diff.lanes.source.slice(12, 20)).toEqual([12, 13, -1, -1, -1, -1, 14, 15]); // IPv4 opposite IPv4 in the bytes, too
    expect([diff.compared, [...diff.differing]]).toEqual([98, [12]]); // the ethertype: 0800 and 8100
  });

  it('compares from the network header on where the envelope carries bare IP', async () => {
    const source = await packet('source-eth0', 4);
    const bare: PacketDetail = { ...detailOf(9, source.bytes), bytes: source.bytes.slice(14), ...describeRaw(source.bytes.slice(14)) };
    const diff = pairDiff(source, bare);
    expect([diff.compared, diff.differing.size, diff.lanes.appliance.slice(12, 16), diff.lanes.source[14]]).toEqual([84, 0, [-1, -1, 0, 1], 14]);
  });
});
