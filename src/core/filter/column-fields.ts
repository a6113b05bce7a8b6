// Fields whose values the packet table holds. A new one: a record here; the property test in columns.test.ts compares it with the bytes. Values are read
// by the chunk, in loops over plain arrays: a closure a row would cost more than what it reads.

import { Mark, NO_IP } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';
import { CHUNK_ROWS, type Chunk } from './chunk.ts';
import { ICMP, ICMPV6, TCP, UDP } from './plain-rows.ts';

/** Values of one field in a row that the columns hold: both ends of two levels. */
export const MOST_VALUES = 4;
/** Of `counts`: the columns do not hold all values of the row. */
export const UNKNOWN = -1;

/** Values of the chunk's row k stand from k * MOST_VALUES on, outermost first; how many they are, in `counts`. */
export interface ChunkValues { readonly values: Float64Array; readonly counts: Int8Array }
export const newChunkValues = (): ChunkValues => ({ values: new Float64Array((CHUNK_ROWS + 1) * MOST_VALUES), counts: new Int8Array(CHUNK_ROWS) });

type ReadChunk = (chunk: Chunk, into: ChunkValues) => void;
export type ColumnField = (table: PacketTable) => ReadChunk;

type End = 'source' | 'destination';
const OUTER = { source: 'outerSource', destination: 'outerDestination' } as const;
const PORT = { source: 'sourcePort', destination: 'destinationPort' } as const;
const OUTER_PORT = { source: 'outerSourcePort', destination: 'outerDestinationPort' } as const;

/** IPv4 addresses of both levels; what is no IP has none, though an ARP packet's stand in the same columns. */
const addresses = (ends: readonly [End, End?]): ColumnField => ({ addresses: table }) => ({ columns: c, plain, from, count }, { values, counts }) => {
  const { depth, ipProtocol } = c;
  const [outer, inner] = [c[OUTER[ends[0]]], c[ends[0]]];
  const [outer2, inner2] = ends[1] === undefined ? [null, null] : [c[OUTER[ends[1]]], c[ends[1]]];
  for (let k = 0, i = from; k < count; k++, i++) {
    if (plain[k] === 0) { counts[k] = UNKNOWN; continue; }
    let at = k * MOST_VALUES;
    if (depth[i] === 1) {
      at += put(values, at, table.v4Number(outer[i]!));
      if (outer2 !== null) at += put(values, at, table.v4Number(outer2[i]!));
    }
    if (ipProtocol[i] !== NO_IP) {
      at += put(values, at, table.v4Number(inner[i]!));
      if (inner2 !== null) at += put(values, at, table.v4Number(inner2[i]!));
    }
    counts[k] = at - k * MOST_VALUES;
  }
};

/** Writes a value in any case, but counts only one that is there: nothing to guess for the processor. */
const put = (values: Float64Array, at: number, value: number): number => { values[at] = value; return Number(value >= 0); };

/** Ports of the innermost header, and of the envelope's UDP. Those of another protocol are written as well, but not counted. */
const ports = (protocol: number, ends: readonly [End, End?]): ColumnField => () => ({ columns: c, plain, from, count }, { values, counts }) => {
  const { depth, ipProtocol } = c;
  const width = ends[1] === undefined ? 1 : 2;
  const [outer, inner] = [c[OUTER_PORT[ends[0]]], c[PORT[ends[0]]]];
  const [outer2, inner2] = [c[OUTER_PORT[ends[1] ?? ends[0]]], c[PORT[ends[1] ?? ends[0]]]];
  const levels = protocol === UDP ? 1 : 0;
  for (let k = 0, i = from; k < count; k++, i++) {
    let at = k * MOST_VALUES;
    const around = levels & depth[i]!;
    values[at] = outer[i]!; values[at + width - 1] = width === 1 ? outer[i]! : outer2[i]!;
    at += around * width;
    values[at] = inner[i]!; values[at + width - 1] = width === 1 ? inner[i]! : inner2[i]!;
    counts[k] = plain[k] === 0 ? UNKNOWN : (around + Number(ipProtocol[i] === protocol)) * width;
  }
};

/** A part of the pair of type and code, or of TCP's flags. */
const control = (protocol: number, shift: number, mask: number): ColumnField => () => ({ columns: { ipProtocol, marks, control: pairs }, plain, from, count }, { values, counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) {
    const is = Number(ipProtocol[i] === protocol);
    values[k * MOST_VALUES] = (pairs[i]! >> shift) & mask;
    counts[k] = plain[k] === 0 || (is & Number((marks[i]! & Mark.CONTROL) === 0)) !== 0 ? UNKNOWN : is;
  }
};

/** The VNI where the envelope is of this kind, or how often the kind is there. */
const envelope = (name: number): ColumnField => () => ({ columns: { depth, outerProtocol, vni }, plain, from, count }, { values, counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) {
    values[k * MOST_VALUES] = vni[i]!;
    counts[k] = plain[k] === 0 ? UNKNOWN : depth[i] === 1 && outerProtocol[i] === name ? 1 : 0;
  }
};

/** How often a protocol is there that the innermost IP header carries; UDP carries the envelope as well. */
const carried = (protocol: number): ColumnField => () => ({ columns: { ipProtocol, depth }, plain, from, count }, { counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) counts[k] = plain[k] === 0 ? UNKNOWN : Number(ipProtocol[i] === protocol) + (protocol === UDP ? depth[i]! : 0);
};

const arp: ColumnField = () => ({ columns: { ipProtocol }, plain, from, count }, { counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) counts[k] = plain[k] === 0 ? UNKNOWN : Number(ipProtocol[i] === NO_IP);
};

/** How often IPv4 or IPv6 is there. */
const network = (is: 'isV4' | 'isV6'): ColumnField => ({ addresses: table }) => ({ columns: { ipProtocol, depth, source, outerSource }, plain, from, count }, { counts }) => {
  for (let k = 0, i = from; k < count; k++, i++) {
    if (plain[k] === 0) { counts[k] = UNKNOWN; continue; }
    counts[k] = (ipProtocol[i] !== NO_IP && table[is](source[i]!) ? 1 : 0) + (depth[i] === 1 && table[is](outerSource[i]!) ? 1 : 0);
  }
};

/** A column as it is. */
const column = (name: 'origlen' | 'caplen'): ColumnField => () => ({ columns: { [name]: numbers }, from, count }, { values, counts }) => {
  for (let k = 0; k < count; k++) { values[k * MOST_VALUES] = numbers[from + k]!; counts[k] = 1; }
};
const rowNumber: ColumnField = () => ({ row, count }, { values, counts }) => {
  for (let k = 0; k < count; k++) { values[k * MOST_VALUES] = row + k + 1; counts[k] = 1; }
};

/** Nanoseconds since the first packet; beyond what a number holds exactly it is for the bytes to say. */
const relativeTime: ColumnField = (table) => ({ columns: { marks, seconds, nanoseconds }, from, count }, { values, counts }) => {
  const [second, nanosecond] = [table.at('seconds', 0), table.at('nanoseconds', 0)];
  for (let k = 0, i = from; k < count; k++, i++) {
    const value = values[k * MOST_VALUES] = (seconds[i]! - second) * 1e9 + (nanoseconds[i]! - nanosecond);
    counts[k] = (marks[i]! & Mark.NO_TIME) !== 0 ? 0 : Number.isSafeInteger(value) ? 1 : UNKNOWN;
  }
};

export const COLUMN_FIELDS: ReadonlyMap<string, ColumnField> = new Map([
  ['frame', rowNumber], ['frame.number', rowNumber], ['frame.len', column('origlen')], ['frame.cap_len', column('caplen')], ['frame.time_relative', relativeTime],
  ['ip.src', addresses(['source'])], ['ip.dst', addresses(['destination'])], ['ip.addr', addresses(['source', 'destination'])],
  ['udp.srcport', ports(UDP, ['source'])], ['udp.dstport', ports(UDP, ['destination'])], ['udp.port', ports(UDP, ['source', 'destination'])],
  ['tcp.srcport', ports(TCP, ['source'])], ['tcp.dstport', ports(TCP, ['destination'])], ['tcp.port', ports(TCP, ['source', 'destination'])],
  ['tcp.flags', control(TCP, 0, 0xffff)], ['icmp.type', control(ICMP, 8, 0xff)], ['icmp.code', control(ICMP, 0, 0xff)], ['icmpv6.type', control(ICMPV6, 8, 0xff)], ['icmpv6.code', control(ICMPV6, 0, 0xff)],
  ['vxlan.vni', envelope(Name.VXLAN)], ['vxlan', envelope(Name.VXLAN)], ['geneve', envelope(Name.GENEVE)], ['arp', arp], ['ip', network('isV4')], ['ipv6', network('isV6')],
  ['udp', carried(UDP)], ['tcp', carried(TCP)], ['icmp', carried(ICMP)], ['icmpv6', carried(ICMPV6)],
]);
