import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { NO_VNI } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { FILTER_CASES } from '../testing/filter-cases.ts';
import { concat } from '../testing/bytes.ts';
import { passingEach } from '../testing/filter-oracle.ts';
import { allCaptures } from '../testing/fixtures.ts';
import { indexBytes } from '../testing/index-bytes.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { COLUMN_FIELDS } from './column-fields.ts';
import { compileFilter, type Filter } from './compile.ts';
import { knownRows } from './known-rows.ts';
import { scan } from './scan.ts';

const MOST_PACKETS = 400; // of a capture
const FILTERS = 16; //      for each

function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.message}`);
  return compiled.filter;
}

/** Filters whose values are those of the capture, and a few that no capture has. */
function filters(table: PacketTable): fc.Arbitrary<string> {
  const rows = Array.from({ length: Math.min(table.count, 200) }, (_, row) => row);
  const seen = (values: (row: number) => readonly (number | string)[], ...more: (number | string)[]): fc.Arbitrary<string> => fc.constantFrom(...new Set([...more, ...rows.flatMap(values)].map(String)));
  const v4 = seen((row) => (['source', 'destination', 'outerSource', 'outerDestination'] as const).map((column) => table.at(column, row)).filter((id) => table.addresses.isV4(id)).map((id) => table.addresses.text(id)), '172.31.0.0/16', '10.0.0.0/8');
  const port = seen((row) => (['sourcePort', 'destinationPort', 'outerDestinationPort'] as const).map((column) => table.at(column, row)), 0, 53, 443, 4789);
  const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
    'ip.src': v4, 'ip.dst': v4, 'ip.addr': v4, 'udp.srcport': port, 'udp.dstport': port, 'udp.port': port, 'tcp.srcport': port, 'tcp.dstport': port, 'tcp.port': port,
    'vxlan.vni': seen((row) => [table.at('vni', row)].filter((vni) => vni !== NO_VNI), 0, 333), 'frame.number': fc.integer({ min: 1, max: 40 }).map(String),
    'frame.len': seen((row) => [table.at('origlen', row)]), 'frame.cap_len': seen((row) => [table.at('caplen', row)]), 'frame.time_relative': fc.constantFrom('0', '0.5', '1.000000001', '60'),
    'icmp.type': fc.constantFrom('0', '3', '8'), 'icmp.code': fc.constantFrom('0', '1', '4'), 'icmpv6.type': fc.constantFrom('1', '128', '136'), 'icmpv6.code': fc.constantFrom('0', '4'), 'tcp.flags': fc.constantFrom('2', '16', '0x12', '24'),
    'ip.ttl': fc.constantFrom('1', '64'), 'udp.length': fc.constantFrom('8', '100'), 'icmp.seq': fc.constantFrom('1', '2'), 'tcp.window_size_value': fc.constantFrom('0', '65535'), 'ip.src#2': v4, 'vxlan.flags': fc.constantFrom('0x800', '0'), // no columns
  };
  const words = fc.constantFrom('ip', 'ipv6', 'udp', 'tcp', 'icmp', 'icmpv6', 'arp', 'vxlan', 'geneve', 'frame', 'eth', ...Object.keys(values));
  const comparison = fc.constantFrom(...Object.keys(values)).chain((name) => {
    const value = values[name]!;
    return fc.oneof(
      fc.tuple(fc.constantFrom('', '', 'any ', 'all '), fc.constantFrom('==', '!=', '===', '~=', '<', '<=', '>', '>='), value).map(([how, op, text]) => `${how}${name} ${op} ${text}`),
      fc.tuple(fc.constantFrom('in', 'not in'), fc.array(value, { minLength: 1, maxLength: 3 })).map(([op, texts]) => `${name} ${op} {${texts.join(', ')}}`),
    );
  });
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof({ maxDepth: 3, depthSize: 'small' }, comparison, words,
      fc.tuple(tie('filter'), fc.constantFrom('&&', '||', '^^'), tie('filter')).map(([a, op, b]) => `(${a}) ${op} (${b})`), tie('filter').map((of) => `!(${of})`)),
  }));
  return filter;
}

/** Where the columns say otherwise than the bytes: the filter and the packet. */
async function differences(bytes: Uint8Array<ArrayBuffer>, count: number, seed: number): Promise<string[]> {
  const table = await indexBytes(bytes).catch(() => null);
  if (table === null || table.count === 0) return []; // no capture at all: others test what is said of it
  const size = Math.min(table.count, MOST_PACKETS);
  const all = [...COLUMN_FIELDS.keys(), ...fc.sample(filters(table), { numRuns: count, seed })].map(filterOf);
  const expected = (await passingEach(bytes, all, size)).map((numbers) => new Set(numbers));
  return all.flatMap((filter, at) => {
    const { passed, open } = knownRows(table, filter, size);
    const row = Array.from({ length: size }, (_, i) => i).find((i) => !open.has(i) && passed.has(i) !== expected[at]!.has(i + 1));
    return row === undefined ? [] : [`${filter.text}: packet ${row + 1} ${passed.has(row) ? 'passes' : 'does not pass'} by the columns`];
  });
}

describe('what the packet table says of a filter is what the bytes say', () => {
  it.each(allCaptures().map((fixture) => [fixture.name, fixture] as const))('%s', { timeout: 60_000 }, async (_, fixture) => {
    expect(await differences(fixture.bytes(), FILTERS, 1)).toEqual([]);
  });

  it('where an IP header carries another one', async () => {
    const ip = (protocol: number, from: number, inside: Uint8Array): Uint8Array => concat([Uint8Array.of(0x45, 0, 0, 20 + inside.length, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, from, 10, 0, 0, from + 1), inside]);
    const udp = Uint8Array.of(0, 53, 0, 99, 0, 8, 0, 0);
    const ip6 = concat([Uint8Array.of(0x60, 0, 0, 0, 0, 8, 17, 64), new Uint8Array(32), udp]);
    const packets = [ip(4, 1, ip(17, 3, udp)), ip(41, 1, ip6), ip(17, 1, udp)].map((bytes) => ({ bytes }));
    expect(await differences(Uint8Array.from(pcapFile({ linkType: 228, packets })), 300, 1)).toEqual([]);
  });

  it('in captures with damaged bytes too', { timeout: 120_000 }, async () => {
    const captures = allCaptures().map((fixture) => fixture.bytes()).filter((bytes) => bytes.length < 50_000);
    await fc.assert(fc.asyncProperty(fc.constantFrom(...captures), fc.array(fc.tuple(fc.nat({ max: 49_999 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 40 }), fc.nat(), async (whole, hits, seed) => {
      const bytes = whole.slice();
      for (const [at, value] of hits) bytes[24 + (at % (bytes.length - 24))] = value;
      expect(await differences(bytes, 12, seed)).toEqual([]);
    }), { numRuns: 25 });
  });
});

describe('on the mirrored ping', () => {
  const bytes = new Uint8Array(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap'));

  it.each([...COLUMN_FIELDS.keys(), 'vxlan.vni == 333', 'vxlan.vni == 333 && icmp.type == 8', 'ip.addr == 172.31.0.0/16', '!arp', 'udp.port in {53, 4789}', 'frame.time_relative > 1', 'ip.ttl == 64 && tcp', 'frame.len > 100 || frame.len == 98 || ip.ttl < 3 || arp'])(
    '%s asks no bytes', async (text) => { expect(knownRows(await indexBytes(bytes), filterOf(text), 19).open.count).toBe(0); });

  it('asks the bytes of those packets only that the columns leave open', async () => {
    const { open } = knownRows(await indexBytes(bytes), filterOf('vxlan.vni == 333 && ip.ttl == 64'), 19);
    expect([...open].map((row) => row + 1)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it.each([...FILTER_CASES.map(([text]) => text), 'vxlan.vni == 333 || frame.time_delta_displayed > 0.5', 'arp && frame.time_delta_displayed > 0'])('%s passes the same packets', async (text) => {
    const table = await indexBytes(bytes);
    const filter = filterOf(text);
    const asked = async (known?: ReturnType<typeof knownRows>): Promise<number[]> => [...await scan(await openCapture(memorySource(bytes)), filter, 19, known ? { known } : {})];
    expect(await asked(knownRows(table, filter, 19))).toEqual(await asked());
  });
});
