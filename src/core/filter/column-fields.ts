// Fields whose values the packet table holds. A new one: a record here; the property test in columns.test.ts compares it with the bytes.

import { LOST_ADDRESS } from '../table/address-table.ts';
import { Mark, NO_IP, NO_VNI, type PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Name } from '../table/protocol-names.ts';

/** Puts a field's values in the packet into `into`, outermost first, and answers how many they are; -1 where the columns do not hold all of them. */
type ReadRow = (c: PacketColumns, i: number, row: number, into: Float64Array) => number;
type ColumnField = (table: PacketTable) => ReadRow;

/** Values of one field in a row that the columns hold: both ends of two levels. */
export const MOST_VALUES = 4;

const UNKNOWN = -1;
const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58];

/** Cut, damaged or in pieces, or with more headers than the columns have room for. */
const NOT_WHOLE = Mark.CUT | Mark.CLIPPED | Mark.MALFORMED | Mark.FRAGMENT | Mark.OUTER_FRAGMENT | Mark.TOO_DEEP | Mark.IP_IN_IP;

/** Whether the columns hold every IP header, port, VNI and ICMP type of the packet: one envelope at most, and innermost what is not looked into further. */
function isPlain(c: PacketColumns, i: number): boolean {
  if ((c.marks[i]! & NOT_WHOLE) !== 0) return false;
  const depth = c.depth[i]!;
  if (depth > 0 && c.outerProtocol[i] === Name.VXLAN_GPE) return false; // also a vxlan, with other fields
  if (depth > 1 || (depth === 0) !== (c.vni[i] === NO_VNI)) return false;
  const type = c.control[i]! >> 8;
  switch (c.ipProtocol[i]) {
    case TCP: case UDP: return (c.marks[i]! & Mark.PORTS) !== 0;
    // An error quotes a packet, whose fields count as well (RFC 792, 1256, 4443, 4861).
    case ICMP: return (c.marks[i]! & Mark.CONTROL) !== 0 && (type === 0 || type === 8);
    case ICMPV6: return (c.marks[i]! & Mark.CONTROL) !== 0 && (type === 128 || type === 129);
    case NO_IP: return c.protocol[i] === Name.ARP;
    default: return false;
  }
}

const plain = (read: (c: PacketColumns, i: number, into: Float64Array, table: PacketTable) => number): ColumnField => (table) => (c, i, _, into) => (isPlain(c, i) ? read(c, i, into, table) : UNKNOWN);

type End = 'source' | 'destination';
const OUTER = { source: 'outerSource', destination: 'outerDestination' } as const;
const PORT = { source: 'sourcePort', destination: 'destinationPort' } as const;
const OUTER_PORT = { source: 'outerSourcePort', destination: 'outerDestinationPort' } as const;

/** IPv4 addresses of both levels; what is no IP has none, though an ARP packet's stand in the same columns. */
const addresses = (ends: readonly End[]): ColumnField => plain((c, i, into, { addresses: table }) => {
  if (isLost(c, i)) return UNKNOWN;
  let count = 0;
  for (let level = 0; level < 2; level++) {
    if (level === 0 ? c.depth[i] === 0 : c.ipProtocol[i] === NO_IP) continue;
    for (const end of ends) {
      const value = table.v4Number(c[level === 0 ? OUTER[end] : end][i]!);
      if (value >= 0) into[count++] = value;
    }
  }
  return count;
});

/** An address that found no room in the table. */
const isLost = (c: PacketColumns, i: number): boolean =>
  c.source[i] === LOST_ADDRESS || c.destination[i] === LOST_ADDRESS || c.outerSource[i] === LOST_ADDRESS || c.outerDestination[i] === LOST_ADDRESS;

/** Ports of the innermost header, and of the envelope's UDP. */
const ports = (protocol: number, ends: readonly End[]): ColumnField => plain((c, i, into) => {
  let count = 0;
  if (protocol === UDP && c.depth[i] === 1) for (const end of ends) into[count++] = c[OUTER_PORT[end]][i]!;
  if (c.ipProtocol[i] === protocol) for (const end of ends) into[count++] = c[PORT[end]][i]!;
  return count;
});

const control = (protocol: number, read: (control: number) => number): ColumnField => plain((c, i, into) => {
  if (c.ipProtocol[i] !== protocol) return 0;
  if ((c.marks[i]! & Mark.CONTROL) === 0) return UNKNOWN;
  into[0] = read(c.control[i]!);
  return 1;
});

/** How often a protocol is there. */
const layers = (count: (c: PacketColumns, i: number, table: PacketTable) => number): ColumnField => plain((c, i, _, table) => (isLost(c, i) ? UNKNOWN : count(c, i, table)));
const envelope = (name: number) => (c: PacketColumns, i: number): number => (c.depth[i] === 1 && c.outerProtocol[i] === name ? 1 : 0);
const isIp = (c: PacketColumns, i: number): boolean => c.ipProtocol[i] !== NO_IP;

const number = (read: (c: PacketColumns, i: number, row: number) => number): ColumnField => () => (c, i, row, into) => { into[0] = read(c, i, row); return 1; };

/** Nanoseconds since the first packet; beyond what a number holds exactly it is for the bytes to say. */
const relativeTime: ColumnField = (table) => (c, i, _, into) => {
  if ((c.marks[i]! & Mark.NO_TIME) !== 0) return 0;
  into[0] = (c.seconds[i]! - table.at('seconds', 0)) * 1e9 + (c.nanoseconds[i]! - table.at('nanoseconds', 0));
  return Number.isSafeInteger(into[0]) ? 1 : UNKNOWN;
};

export const COLUMN_FIELDS: ReadonlyMap<string, ColumnField> = new Map([
  ['frame', number(() => 0)], ['frame.number', number((_c, _i, row) => row + 1)], ['frame.len', number((c, i) => c.origlen[i]!)], ['frame.cap_len', number((c, i) => c.caplen[i]!)],
  ['frame.time_relative', relativeTime],
  ['ip.src', addresses(['source'])], ['ip.dst', addresses(['destination'])], ['ip.addr', addresses(['source', 'destination'])],
  ['udp.srcport', ports(UDP, ['source'])], ['udp.dstport', ports(UDP, ['destination'])], ['udp.port', ports(UDP, ['source', 'destination'])],
  ['tcp.srcport', ports(TCP, ['source'])], ['tcp.dstport', ports(TCP, ['destination'])], ['tcp.port', ports(TCP, ['source', 'destination'])],
  ['tcp.flags', control(TCP, (flags) => flags)], ['icmp.type', control(ICMP, (pair) => pair >> 8)], ['icmp.code', control(ICMP, (pair) => pair & 0xff)],
  ['icmpv6.type', control(ICMPV6, (pair) => pair >> 8)], ['icmpv6.code', control(ICMPV6, (pair) => pair & 0xff)],
  ['vxlan.vni', plain((c, i, into) => { into[0] = c.vni[i]!; return envelope(Name.VXLAN)(c, i); })],
  ['vxlan', layers(envelope(Name.VXLAN))], ['geneve', layers(envelope(Name.GENEVE))], ['arp', layers((c, i) => (isIp(c, i) ? 0 : 1))],
  ['ip', layers((c, i, { addresses: table }) => (isIp(c, i) && table.isV4(c.source[i]!) ? 1 : 0) + (c.depth[i] === 1 && table.isV4(c.outerSource[i]!) ? 1 : 0))],
  ['ipv6', layers((c, i, { addresses: table }) => (isIp(c, i) && table.isV6(c.source[i]!) ? 1 : 0) + (c.depth[i] === 1 && table.isV6(c.outerSource[i]!) ? 1 : 0))],
  ['udp', layers((c, i) => (c.ipProtocol[i] === UDP ? 1 : 0) + c.depth[i]!)], ['tcp', layers((c, i) => (c.ipProtocol[i] === TCP ? 1 : 0))],
  ['icmp', layers((c, i) => (c.ipProtocol[i] === ICMP ? 1 : 0))], ['icmpv6', layers((c, i) => (c.ipProtocol[i] === ICMPV6 ? 1 : 0))],
]);
