// Index and dissector beside each other on one packet: what the two witnesses disagree about, in words.

import { PacketIndexer } from '../index/index-packet.ts';
import { linkStep } from '../index/numbers.ts';
import { Mark, NO_VNI, packetColumns } from '../table/packet-columns.ts';
import { PacketTable } from '../table/packet-table.ts';
import { ETHERTYPES, Name, protocolText } from '../table/protocol-names.ts';
import { SecondWitness, type DissectedRow } from './dissected-columns.ts';

const table = new PacketTable();
const packets = new PacketIndexer(table);
export const witness = new SecondWitness();
const c = packetColumns(1); // the same row again and again: what one packet leaves there must not show in the next

/** The row of one packet, in the dissector's terms. */
function indexed(packet: Uint8Array, length: number, origlen: number, linkType: number): Omit<DissectedRow, 'short' | 'last' | 'end'> & { bad: boolean } {
  packets.row(new DataView(packet.buffer, packet.byteOffset, packet.length), 0, length, origlen, linkStep(linkType), c, 0);
  const has = (mark: number) => (c.marks[0]! & mark) !== 0;
  const name = protocolText(c.protocol[0]!);
  const tcp = c.protocol[0] === Name.TCP;
  const icmp = c.protocol[0] === Name.ICMP || c.protocol[0] === Name.ICMPV6;
  const address = (id: number) => table.addresses.text(id);
  const stack = (inner: boolean) => ({
    source: address(inner ? c.source[0]! : c.outerSource[0]!), destination: address(inner ? c.destination[0]! : c.outerDestination[0]!),
    sourcePort: inner ? c.sourcePort[0]! : c.outerSourcePort[0]!, destinationPort: inner ? c.destinationPort[0]! : c.outerDestinationPort[0]!,
    protocol: inner ? name : protocolText(c.outerProtocol[0]!),
  });
  const numbers = {
    offset: c.innerOffset[0]!,
    tcpSeq: tcp && has(Mark.SEQUENCE) ? c.sequence[0]! : -1, tcpFlags: tcp && has(Mark.CONTROL) ? c.control[0]! : -1,
    type: icmp && has(Mark.CONTROL) ? c.control[0]! >> 8 : -1, code: icmp && has(Mark.CONTROL) ? c.control[0]! & 255 : -1,
    ident: icmp && has(Mark.SEQUENCE) ? c.sequence[0]! >>> 16 : -1, seq: icmp && has(Mark.SEQUENCE) ? c.sequence[0]! & 0xffff : -1,
  };
  return {
    depth: c.depth[0]!, vni: c.vni[0] === NO_VNI ? -1 : c.vni[0]!, bad: has(Mark.MALFORMED | Mark.CLIPPED),
    outer: { ...stack(false), ...numbers }, inner: { ...stack(true), ...numbers },
  };
}

/** Names of what the dissector leaves as data or as a message, and the index knows by its number alone. */
const ONLY_A_NAME = new Set<string>([protocolText(Name.LLDP), protocolText(Name.LLC), protocolText(Name.IGMP)]);

/** What the two disagree about in the first `length` bytes of a packet that had `origlen` on the wire; '' when they agree. `first` is the link type's protocol. */
export function disagreement(packet: Uint8Array, length: number, origlen: number, linkType: number, first: number): string {
  const mine = indexed(packet, length, origlen, linkType);
  const theirs = witness.read(packet, length, origlen, first);
  const differences: string[] = [];
  const compare = (what: string, a: unknown, b: unknown) => { if (a !== b) differences.push(`${what}: index ${String(a)}, dissector ${String(b)}`); };
  compare('depth', mine.depth, theirs.depth);
  compare('vni', mine.vni, theirs.vni);
  const name = (side: 'outer' | 'inner') => {
    const known = mine[side].protocol;
    const leftAsData = ONLY_A_NAME.has(known) || (known.startsWith('0x') && parseInt(known, 16) >= ETHERTYPES) || theirs[side].protocol.startsWith('0x');
    if (!(leftAsData && theirs.last === 'data')) compare(`${side} protocol`, known, theirs[side].protocol);
  };
  for (const side of ['outer', 'inner'] as const) {
    name(side);
    for (const key of ['source', 'destination', 'sourcePort', 'destinationPort'] as const) compare(`${side} ${key}`, mine[side][key], theirs[side][key]);
  }
  compare('offset', mine.inner.offset, theirs.inner.offset);
  for (const key of ['tcpSeq', 'tcpFlags'] as const) compare(key, mine.inner[key], theirs.inner[key]);
  if (theirs.inner.code >= 0) for (const key of ['type', 'code'] as const) compare(key, mine.inner[key], theirs.inner[key]);
  if (theirs.inner.seq >= 0) for (const key of ['ident', 'seq'] as const) compare(key, mine.inner[key], theirs.inner[key]);
  if (mine.bad && !theirs.short) differences.push('the index says malformed or clipped, the dissector sees no shortfall');
  return differences.join('; ');
}
