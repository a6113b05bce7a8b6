import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitset } from '../base/bitset.ts';
import { AddressTable, LOST_ADDRESS } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { NO_VNI, packetColumns, ROW_BYTES, SEGMENT_ROWS } from './packet-columns.ts';
import { PacketTable } from './packet-table.ts';
import { PacketView } from './packet-view.ts';
import { Name } from './protocol-names.ts';
import { relativeTime, rowCells } from './row-window.ts';
import { VniPaths } from './vni-paths.ts';
import type { SortColumn } from './sort.ts';

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
const octets = (...bytes: number[]): DataView => viewOf(Uint8Array.from(bytes));

interface Packet { readonly source: number; readonly vni: number | null; readonly length: number; readonly seconds: number; readonly nanoseconds: number; readonly protocol: number; readonly alerts: number }

/** A table with these packets, as the index would have filled it. */
function tableOf(packets: readonly Packet[]): PacketTable {
  const table = new PacketTable();
  for (const p of packets) {
    const c = table.open();
    const i = table.count % SEGMENT_ROWS;
    const bytes = octets(10, p.source >> 16, (p.source >> 8) & 255, p.source & 255);
    const inside = p.vni !== null;
    c.source[i] = c.outerSource[i] = table.addresses.v4(bytes, 0);
    c.vni[i] = p.vni ?? NO_VNI;
    c.depth[i] = inside ? 1 : 0;
    c.origlen[i] = p.length;
    c.seconds[i] = p.seconds;
    c.nanoseconds[i] = p.nanoseconds;
    c.protocol[i] = p.protocol;
    c.outerProtocol[i] = inside ? Name.VXLAN : p.protocol;
    table.count++;
  }
  return table;
}

const packet = fc.record({
  source: fc.integer({ min: 0, max: 0xff_ffff }), vni: fc.option(fc.integer({ min: 0, max: 5 })), length: fc.integer({ min: 0, max: 0xffff_ffff }),
  seconds: fc.integer({ min: -2, max: 2 ** 40 }), nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  protocol: fc.constantFrom(Name.TCP, Name.ARP, Name.ICMP, 0x88b5), alerts: fc.integer({ min: 0, max: 3 }),
});

/** What each column sorts by, told once more in plain words. */
const ORDER: Readonly<Record<Exclude<SortColumn, 'destination' | 'innerDestination'>, (p: Packet) => readonly (number | string)[]>> = {
  number: () => [], time: (p) => [p.seconds, p.nanoseconds], source: (p) => [p.source], length: (p) => [p.length], vni: (p) => [p.vni ?? -1],
  protocol: (p) => [p.vni === null ? text(p.protocol) : 'VXLAN'], innerSource: (p) => [p.vni === null ? -1 : p.source],
  innerProtocol: (p) => [p.vni === null ? '' : text(p.protocol)], alerts: (p) => [p.alerts],
};
const text = (protocol: number): string => ({ [Name.TCP]: 'TCP', [Name.ARP]: 'ARP', [Name.ICMP]: 'ICMP', 0x88b5: '0x88b5' })[protocol]!;

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

describe('sorting', () => {
  test.each(Object.keys(ORDER) as (keyof typeof ORDER)[])('by %s, up and down, with and without a filter: stable, and each row has its place', (column) => {
    fc.assert(fc.property(fc.array(packet, { minLength: 1, maxLength: 60 }), fc.boolean(), fc.boolean(), (packets, descending, filtered) => {
      const table = tableOf(packets);
      const filter = filtered ? new Bitset(packets.length) : null;
      packets.forEach((p, row) => { if (p.length % 3 !== 0) filter?.add(row); });
      const rows = packets.map((_, row) => row).filter((row) => !filter || filter.has(row));
      const key = (row: number) => ORDER[column](packets[row]!);
      const expected = column === 'number' ? (descending ? [...rows].reverse() : rows) : [...rows].sort((a, b) => (descending ? compare(key(b), key(a)) : compare(key(a), key(b))) || a - b);
      const view = new PacketView(table, filter, { column, descending }, Uint32Array.from(packets, (p) => p.alerts));
      expect(Array.from({ length: view.rows }, (_, place) => view.rowAt(place))).toEqual(expected);
      for (let row = 0; row < packets.length; row++) expect(view.placeOf(row)).toBe(expected.indexOf(row));
    }), { numRuns: 20 });
  });

  test('over several segments, and at the ends of a view', () => {
    const table = tableOf(Array.from({ length: SEGMENT_ROWS + 5 }, (_, i) => ({ source: i, vni: 1, length: 1_000_000 - i, seconds: 0, nanoseconds: 0, protocol: Name.TCP, alerts: 0 })));
    const view = new PacketView(table, null, { column: 'length', descending: false });
    expect([view.rows, view.rowAt(0), view.rowAt(view.rows - 1), view.rowAt(view.rows), view.rowAt(-1)]).toEqual([SEGMENT_ROWS + 5, SEGMENT_ROWS + 4, 0, -1, -1]);
    table.close();
    expect(table.segments[1]!.marks).toHaveLength(5);
    expect(rowCells(table, SEGMENT_ROWS + 4).innerSource).toBe('10.1.0.4');
  });

  test('addresses sort by value, not as text, IPv4 before IPv6 before MAC', () => {
    const addresses = new AddressTable();
    const mac = addresses.mac(octets(0, 1, 2, 3, 4, 5), 0);
    const v6 = addresses.v6(octets(...Array(16).keys()), 0);
    const ten = addresses.v4(octets(10, 0, 0, 1), 0);
    const high = addresses.v4(octets(223, 0, 0, 1), 0);
    const nine = addresses.v4(octets(9, 255, 0, 1), 0);
    const ranks = addresses.ranks();
    expect([nine, ten, high, v6, mac].map((id) => ranks[id])).toEqual([2, 3, 4, 5, 6]);
  });
});

describe('tables', () => {
  test('an address has one number, whatever came between', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('v4', 'v6', 'mac'), fc.uint8Array({ minLength: 16, maxLength: 16, max: 3 })), { maxLength: 3000 }), (all) => {
      const addresses = new AddressTable();
      const numbers = new Map<string, number>();
      for (const [kind, bytes] of all) {
        const key = `${kind} ${bytes.subarray(0, kind === 'v4' ? 4 : kind === 'v6' ? 16 : 6).join(' ')}`;
        const id = addresses[kind](viewOf(bytes), 0);
        expect(numbers.get(key) ?? id).toBe(id);
        numbers.set(key, id);
      }
      expect(new Set(numbers.values()).size).toBe(numbers.size);
      for (const [key, id] of numbers) expect(`${addresses.isV4(id) ? 'v4' : addresses.isV6(id) ? 'v6' : 'mac'} ${addresses.bytes(id).join(' ')}`).toBe(key);
    }), { numRuns: 20 });
  });

  test('more addresses than a table takes are lost, and say so', () => {
    const addresses = new AddressTable(5000);
    const view = new DataView(new ArrayBuffer(4));
    for (let i = 0; i < 5000; i++) { view.setUint32(0, i); addresses.v4(view, 0); }
    expect(addresses.full).toBe(true);
    view.setUint32(0, 0xffff_ffff);
    expect(addresses.v4(view, 0)).toBe(LOST_ADDRESS);
    view.setUint32(0, 77);
    expect(addresses.text(addresses.v4(view, 0))).toBe('0.0.0.77');
    expect(addresses.text(LOST_ADDRESS)).toBe('(too many addresses)');
  });

  test('both directions are one flow; another protocol, port or way in is another', () => {
    const flows = new FlowTable();
    const first = flows.find(5, 3, 1000, 80, 6, 0);
    expect(flows.reversed).toBe(false);
    expect(flows.find(3, 5, 80, 1000, 6, 0)).toBe(first);
    expect(flows.reversed).toBe(true);
    expect(flows.find(5, 3, 1000, 80, 6, 0)).toBe(first);
    expect(flows.reversed).toBe(false);
    const others = [flows.find(5, 3, 1000, 80, 17, 0), flows.find(5, 3, 1001, 80, 6, 0), flows.find(5, 3, 1000, 80, 6, 1), flows.find(5, 3, 80, 1000, 6, 0)];
    expect(new Set([first, ...others]).size).toBe(5);
    expect(flows.ends(first)).toEqual({ source: 5, destination: 3, sourcePort: 1000, destinationPort: 80, ipProtocol: 6, path: 0 });
  });

  test('flows and ways in keep their numbers while the tables grow', () => {
    const flows = new FlowTable();
    const paths = new VniPaths();
    const numbers = Array.from({ length: 5000 }, (_, i) => [flows.find(2 + i, 1, i & 0xffff, 443, 6, i), paths.into(i % 7, 1, i)]);
    expect(Array.from({ length: 5000 }, (_, i) => [flows.find(1, 2 + i, 443, i & 0xffff, 6, i), paths.into(i % 7, 1, i)])).toEqual(numbers);
    expect(flows.count).toBe(5000);
    expect(paths.vnis(paths.into(paths.into(0, 1, 333), 2, 0xff_ffff))).toEqual([333, 0xff_ffff]);
  });
});

test('a row takes at most 80 bytes', () => {
  expect(ROW_BYTES).toBe(78);
  expect(Object.keys(packetColumns(1)).length).toBe(24);
});

test.each([
  [0, 915_000, 6, '0.000915'], [0, 915_999, 6, '0.000915'], [0, 915_999, 9, '0.000915999'], [12, 0, 6, '12.000000'],
  [-1, 999_999_000, 6, '-0.000001'], [-2, 500_000_000, 6, '-1.500000'], [5, -1_500_000_000, 9, '3.500000000'], [-3, 0, 6, '-3.000000'],
] as const)('%d s and %d ns after the first packet, in %d decimals: %s', (seconds, nanoseconds, decimals, words) => {
  expect(relativeTime(seconds, nanoseconds, decimals)).toBe(words);
});
