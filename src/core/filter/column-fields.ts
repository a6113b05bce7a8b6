// Fields whose values the packet table holds. A new one: a record here; the property test in columns.test.ts compares it with the bytes. Values are read
// by the chunk, in loops over plain arrays: a closure a row would cost more than what it reads.

import { Mark, NO_IP } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';
import { CHUNK_ROWS, type Chunk } from './chunk.ts';
import { ICMP, ICMPV6, TCP, UDP } from './plain-rows.ts';

/** Of `counts`: the columns do not hold all values of the row. */
export const UNKNOWN = -1;

/** The value of the chunk's row k, and how many it has. More than one are counted only: of these nobody asks the value. */
export interface ChunkValues { readonly values: Float64Array; readonly counts: Int8Array }
export const newChunkValues = (): ChunkValues => ({ values: new Float64Array(CHUNK_ROWS), counts: new Int8Array(CHUNK_ROWS) });

type ReadChunk = (chunk: Chunk, into: ChunkValues) => void;
/** A field of one value a row at most. */
export type ColumnField = (table: PacketTable) => ReadChunk;

/**
 * A field whose values both ends of two levels may have, out of few: a table tells of each once, by number (of a port, of an address), and the rows are
 * only looked up. There is a value outside where `outside` and the depth say so, and inside where `carries` has 0xff for what the IP header carries.
 */
export interface EndsField {
  readonly columns: readonly (readonly [outer: EndColumn, inner: EndColumn])[];
  readonly outside: 0 | 1;
  readonly carries: Uint8Array;
  readonly size: (table: PacketTable) => number;
  /** The value by its number; -1 for none, as an IPv6 address is no ip.addr. */
  readonly value: (table: PacketTable, number: number) => number;
}

type EndColumn = 'outerSource' | 'source' | 'outerDestination' | 'destination' | 'outerSourcePort' | 'sourcePort' | 'outerDestinationPort' | 'destinationPort';
const [SOURCE, DESTINATION] = [['outerSource', 'source'], ['outerDestination', 'destination']] as const;
const [SOURCE_PORT, DESTINATION_PORT] = [['outerSourcePort', 'sourcePort'], ['outerDestinationPort', 'destinationPort']] as const;

/** IPv4 addresses of both levels; what is no IP has none, though an ARP packet's stand in the same columns. */
const addresses = (...columns: EndsField['columns']): EndsField => ({
  columns, outside: 1, carries: new Uint8Array(256).fill(0xff).fill(0, NO_IP), size: (table) => table.addresses.count, value: (table, id) => table.addresses.v4Number(id),
});

/** Ports of the innermost header, and of the envelope's UDP. */
const ports = (protocol: number, ...columns: EndsField['columns']): EndsField => ({
  columns, outside: protocol === UDP ? 1 : 0, carries: new Uint8Array(256).fill(0xff, protocol, protocol + 1), size: () => 1 << 16, value: (_, port) => port,
});

/** Of `sumRows`: there is a value, and it is one that is sought. */
export const THERE = 16;
export const HIT = 1;

/** Adds up what `verdicts` has for each value of the chunk's rows: 0, THERE, or THERE + HIT. All are looked up, and those that are not there masked out: what a packet carries is not to be guessed. */
export function sumRows({ columns, outside, carries }: EndsField, { columns: c, from, count }: Chunk, verdicts: Uint8Array, sums: Uint8Array): void {
  const { depth, ipProtocol } = c;
  sums.fill(0);
  for (const [outerName, innerName] of columns) {
    const [outer, inner] = [c[outerName], c[innerName]];
    if (outside === 0) for (let k = 0, i = from; k < count; k++, i++) sums[k]! += verdicts[inner[i]!]! & carries[ipProtocol[i]!]!;
    else for (let k = 0, i = from; k < count; k++, i++) sums[k]! += (verdicts[outer[i]!]! & -(depth[i]! & 1)) + (verdicts[inner[i]!]! & carries[ipProtocol[i]!]!);
  }
}

/** A part of the pair of type and code, or of TCP's flags. */
const control = (protocol: number, shift: number, mask: number): ColumnField => () => ({ columns: { ipProtocol, marks, control: pairs }, plain, from, count }, { values, counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) {
    const is = Number(ipProtocol[i] === protocol);
    values[k] = (pairs[i]! >> shift) & mask;
    counts[k] = -((plain[k]! ^ 1) | (is & Number((marks[i]! & Mark.CONTROL) === 0))) | is; // UNKNOWN has all bits
  }
};

/** The VNI where the envelope is of this kind, or how often the kind is there. */
const envelope = (name: number): ColumnField => () => ({ columns: { depth, outerProtocol, vni }, plain, from, count }, { values, counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) {
    values[k] = vni[i]!;
    counts[k] = (plain[k]! - 1) | (Number(depth[i] === 1) & Number(outerProtocol[i] === name));
  }
};

/** How often a protocol is there that the innermost IP header carries; UDP carries the envelope as well. */
const carried = (protocol: number): ColumnField => () => ({ columns: { ipProtocol, depth }, plain, from, count }, { counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) counts[k] = (plain[k]! - 1) | (Number(ipProtocol[i] === protocol) + (protocol === UDP ? depth[i]! : 0));
};

const arp: ColumnField = () => ({ columns: { ipProtocol }, plain, from, count }, { counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) counts[k] = (plain[k]! - 1) | Number(ipProtocol[i] === NO_IP);
};

/** How often IPv4 or IPv6 is there: of each level it tells by its source. */
const network = (is: 'isV4' | 'isV6'): EndsField => ({ ...addresses(SOURCE), value: ({ addresses: table }, id) => (table[is](id) ? 1 : -1) });

/** A column as it is. */
const column = (name: 'origlen' | 'caplen'): ColumnField => () => ({ columns: { [name]: numbers }, from, count }, { values, counts }) => {
  for (let k = 0; k < count; k++) { values[k] = numbers[from + k]!; counts[k] = 1; }
};
const rowNumber: ColumnField = () => ({ row, count }, { values, counts }) => {
  for (let k = 0; k < count; k++) { values[k] = row + k + 1; counts[k] = 1; }
};

/** Nanoseconds since the first packet; beyond what a number holds exactly it is for the bytes to say. */
const relativeTime: ColumnField = (table) => ({ columns: { marks, seconds, nanoseconds }, from, count }, { values, counts }) => {
  const [second, nanosecond] = [table.at('seconds', 0), table.at('nanoseconds', 0)];
  for (let k = 0, i = from; k < count; k++, i++) {
    const value = values[k] = (seconds[i]! - second) * 1e9 + (nanoseconds[i]! - nanosecond);
    counts[k] = (marks[i]! & Mark.NO_TIME) !== 0 ? 0 : Number.isSafeInteger(value) ? 1 : UNKNOWN;
  }
};

export const COLUMN_FIELDS: ReadonlyMap<string, ColumnField | EndsField> = new Map<string, ColumnField | EndsField>([
  ['frame', rowNumber], ['frame.number', rowNumber], ['frame.len', column('origlen')], ['frame.cap_len', column('caplen')], ['frame.time_relative', relativeTime],
  ['ip.src', addresses(SOURCE)], ['ip.dst', addresses(DESTINATION)], ['ip.addr', addresses(SOURCE, DESTINATION)],
  ['udp.srcport', ports(UDP, SOURCE_PORT)], ['udp.dstport', ports(UDP, DESTINATION_PORT)], ['udp.port', ports(UDP, SOURCE_PORT, DESTINATION_PORT)],
  ['tcp.srcport', ports(TCP, SOURCE_PORT)], ['tcp.dstport', ports(TCP, DESTINATION_PORT)], ['tcp.port', ports(TCP, SOURCE_PORT, DESTINATION_PORT)],
  ['tcp.flags', control(TCP, 0, 0xffff)], ['icmp.type', control(ICMP, 8, 0xff)], ['icmp.code', control(ICMP, 0, 0xff)], ['icmpv6.type', control(ICMPV6, 8, 0xff)], ['icmpv6.code', control(ICMPV6, 0, 0xff)],
  ['vxlan.vni', envelope(Name.VXLAN)], ['vxlan', envelope(Name.VXLAN)], ['geneve', envelope(Name.GENEVE)], ['arp', arp], ['ip', network('isV4')], ['ipv6', network('isV6')],
  ['udp', carried(UDP)], ['tcp', carried(TCP)], ['icmp', carried(ICMP)], ['icmpv6', carried(ICMPV6)],
]);
