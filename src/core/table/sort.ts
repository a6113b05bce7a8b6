import type { Bitset } from '../base/bitset.ts';
import { NO_VNI, SEGMENT_ROWS, type PacketColumns } from './packet-columns.ts';
import type { PacketTable } from './packet-table.ts';
import { protocolText } from './protocol-names.ts';
import { radixPass } from './radix.ts';

/** The columns of the packet list that sort: all but Info, which is text that nobody has until it is looked at. */
export type SortColumn = 'number' | 'time' | 'source' | 'destination' | 'protocol' | 'length' | 'vni' | 'innerSource' | 'innerDestination' | 'innerProtocol' | 'alerts';
export interface Sort { readonly column: SortColumn; readonly descending: boolean }

/** One value a row, for every row of the table: `value` is asked segment by segment. */
function keysOf(table: PacketTable, value: (c: PacketColumns, i: number) => number): Uint32Array {
  const keys = new Uint32Array(table.count);
  table.segments.forEach((c, segment) => {
    const from = segment * SEGMENT_ROWS;
    const rows = Math.min(SEGMENT_ROWS, table.count - from);
    for (let i = 0; i < rows; i++) keys[from + i] = value(c, i);
  });
  return keys;
}

/** Protocols sort by their names' letters. */
function protocolRanks(table: PacketTable): Uint32Array {
  const seen = new Uint8Array(1 << 16);
  for (const c of table.segments) for (let i = 0; i < c.protocol.length; i++) { seen[c.protocol[i]!] = 1; seen[c.outerProtocol[i]!] = 1; }
  const names = [...seen.keys()].filter((name) => seen[name] === 1).map((name) => ({ name, text: protocolText(name) }));
  names.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.name - b.name));
  const ranks = new Uint32Array(1 << 16);
  names.forEach(({ name }, rank) => { ranks[name] = rank + 1; });
  return ranks;
}

const WORD = 2 ** 32;

/** The time in two keys, nanoseconds first; in three where the times lie further apart than 136 years. */
function timeKeys(table: PacketTable): Uint32Array[] {
  // Nanoseconds may lie outside [0..10^9) in a damaged pcap: the whole seconds in them are carried over.
  const carry = (c: PacketColumns, i: number): number => Math.floor(c.nanoseconds[i]! / 1e9);
  const seconds = (c: PacketColumns, i: number): number => c.seconds[i]! + carry(c, i);
  let [first, last] = [Infinity, -Infinity];
  table.segments.forEach((c, segment) => {
    const rows = Math.min(SEGMENT_ROWS, table.count - segment * SEGMENT_ROWS);
    for (let i = 0; i < rows; i++) { first = Math.min(first, seconds(c, i)); last = Math.max(last, seconds(c, i)); }
  });
  return [
    keysOf(table, (c, i) => c.nanoseconds[i]! - carry(c, i) * 1e9),
    keysOf(table, (c, i) => (seconds(c, i) - first) % WORD),
    ...last - first < WORD ? [] : [keysOf(table, (c, i) => Math.floor((seconds(c, i) - first) / WORD))],
  ];
}

/** The keys of a column, the least important first. Cells that stay empty in the list come first. */
function sortKeys(table: PacketTable, column: Exclude<SortColumn, 'number'>, alerts: Uint32Array | null): Uint32Array[] {
  const address = (of: (c: PacketColumns, i: number) => number) => { const ranks = table.addresses.ranks(); return [keysOf(table, (c, i) => ranks[of(c, i)]!)]; };
  const protocol = (of: (c: PacketColumns, i: number) => number) => { const ranks = protocolRanks(table); return [keysOf(table, (c, i) => ranks[of(c, i)]!)]; };
  switch (column) {
    case 'time': return timeKeys(table);
    case 'source': return address((c, i) => c.outerSource[i]!);
    case 'destination': return address((c, i) => c.outerDestination[i]!);
    case 'innerSource': return address((c, i) => (c.depth[i] === 0 ? 0 : c.source[i]!));
    case 'innerDestination': return address((c, i) => (c.depth[i] === 0 ? 0 : c.destination[i]!));
    case 'protocol': return protocol((c, i) => c.outerProtocol[i]!);
    case 'innerProtocol': return protocol((c, i) => (c.depth[i] === 0 ? 0 : c.protocol[i]!));
    case 'length': return [keysOf(table, (c, i) => c.origlen[i]!)];
    case 'vni': return [keysOf(table, (c, i) => (c.vni[i] === NO_VNI ? 0 : c.vni[i]! + 1))];
    case 'alerts': return [alerts ?? new Uint32Array(table.count)];
  }
}

/**
 * The rows of `filter` (all where it is null), sorted, ties in the order of the file both ways. `alerts`: how many each row has. Eight bytes a row while
 * it runs, and four a row and key.
 */
export function sortRows(table: PacketTable, filter: Bitset | null, sort: Sort, alerts: Uint32Array | null = null): Uint32Array {
  let order = new Uint32Array(filter ? filter.count : table.count);
  if (!filter) for (let row = 0; row < order.length; row++) order[row] = row;
  else for (let row = filter.next(0), i = 0; row >= 0; row = filter.next(row + 1)) order[i++] = row;
  if (sort.column === 'number') return sort.descending ? order.reverse() : order;
  let scratch = new Uint32Array(order.length);
  for (const keys of sortKeys(table, sort.column, alerts)) {
    if (sort.descending) for (let i = 0; i < keys.length; i++) keys[i] = ~keys[i]!;
    [order, scratch] = radixPass(order, scratch, keys) as [typeof order, typeof scratch];
  }
  return order;
}
