import { u16, u32, u8 } from '../../bytes/read.ts';
import type { Origin, PacketView } from '../packet/packet-view.ts';
import { SCTP, TCP, UDP } from '../packet/packet-view.ts';
import type { Signature } from '../signature.ts';

/** One end and the other of a packet, as an alert tells them. Addresses '' when it is no IP packet; ports -1 when the protocol has none. */
export interface PacketEnds {
  readonly ipVersion: number;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly sport: number;
  readonly dport: number;
}

/** A signature that fired on a packet at a level, with all that its two written forms need. Made on a hit only. */
export interface AlertRecord extends PacketEnds {
  readonly signature: Signature;
  readonly number: number;
  readonly level: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** -1 when it is no ICMP. */
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly vlans: readonly number[];
  readonly origin: Origin;
  /** The outermost packet, for an inner one. */
  readonly tunnel: (PacketEnds & { readonly origin: Origin }) | null;
  /** Whether the packet would have been stopped. */
  readonly blocked: boolean;
  readonly flowId: string;
  /** The first 32 bytes of a packet without IP. */
  readonly raw: Uint8Array | null;
}

/** An IPv4 address in dotted form, or an IPv6 address in full as Suricata writes it: "2001:0db8:0000:…". */
export function addressText(b: Uint8Array, at: number, version: number): string {
  if (version === 4) return `${u8(b, at)}.${u8(b, at + 1)}.${u8(b, at + 2)}.${u8(b, at + 3)}`;
  if (version !== 6) return '';
  return Array.from({ length: 8 }, (_, i) => u16(b, at + 2 * i).toString(16).padStart(4, '0')).join(':');
}

const HAS_PORTS: ReadonlySet<number> = new Set([TCP, UDP, SCTP]);

const ends = (p: PacketView): PacketEnds => ({
  ipVersion: p.ipVersion, protocol: p.protocol, source: addressText(p.bytes, p.sourceAddress, p.ipVersion), destination: addressText(p.bytes, p.destinationAddress, p.ipVersion),
  sport: HAS_PORTS.has(p.protocol) ? Math.max(0, p.sport) : -1, dport: HAS_PORTS.has(p.protocol) ? Math.max(0, p.dport) : -1,
});

const RAW_BYTES = 32;

export function alertRecord(signature: Signature, views: readonly PacketView[], level: number, blocked: boolean): AlertRecord {
  const p = views[level]!;
  const icmp = p.isIcmp && p.transport >= 0;
  return {
    ...ends(p), signature, number: p.number, level, seconds: p.seconds, nanoseconds: p.nanoseconds, icmpType: icmp ? u8(p.bytes, p.transport) : -1, icmpCode: icmp ? u8(p.bytes, p.transport + 1) : -1,
    vlans: [...p.vlans.subarray(0, p.vlanCount)], origin: p.origin, tunnel: level === 0 ? null : { ...ends(views[0]!), origin: views[0]!.origin }, blocked, flowId: flowId(p),
    raw: p.ipVersion === 0 ? p.bytes.slice(p.start, Math.min(p.end, p.start + RAW_BYTES)) : null,
  };
}

/** Groups the packets of a conversation, both directions, on one level and in one VLAN: 51 bits, made of the addresses, ports, protocol and depth (as flow-hash.c groups). */
function flowId(p: PacketView): string {
  const b = p.bytes;
  const size = p.ipVersion === 4 ? 4 : p.ipVersion === 6 ? 16 : 0;
  let source = 0;
  let destination = 0;
  for (let i = 0; i < size; i += 4) {
    source = Math.imul(source ^ u32(b, p.sourceAddress + i), 0x9e37_79b1) >>> 0;
    destination = Math.imul(destination ^ u32(b, p.destinationAddress + i), 0x9e37_79b1) >>> 0;
  }
  source = Math.imul(source ^ (p.sport + 1), 0x85eb_ca6b) >>> 0;
  destination = Math.imul(destination ^ (p.dport + 1), 0x85eb_ca6b) >>> 0;
  let rest = (p.protocol + 1) * 64 + p.level;
  for (let i = 0; i < p.vlanCount; i++) rest = Math.imul(rest ^ p.vlans[i]!, 0xc2b2_ae35) >>> 0;
  const high = (source ^ destination ^ rest) & 0x7ffff;
  return String(high * 2 ** 32 + ((Math.imul(source + destination, 0x27d4_eb2f) ^ rest) >>> 0));
}
