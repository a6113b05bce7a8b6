import { u16, u32, u8 } from '../../bytes/read.ts';
import { ICMP, ICMPV6, type PacketView, SCTP, TCP, UDP } from '../packet/packet-view.ts';

/** Words of a flow's key: two addresses, two ports, protocol with version and level, VLAN numbers, the way in through envelopes. */
export const KEY_WORDS = 13;

/** ICMP types that answer each other: RFC 792, RFC 950, RFC 4443; Suricata files both under one flow (decode-icmpv4.c, decode-icmpv6.c). */
const COUNTERPART: ReadonlyMap<number, number> = new Map([[0, 8], [8, 0], [9, 10], [10, 9], [13, 14], [14, 13], [15, 16], [16, 15], [17, 18], [18, 17]]);
const COUNTERPART_V6: ReadonlyMap<number, number> = new Map([[128, 129], [129, 128], [130, 131], [131, 130], [133, 134], [134, 133], [135, 136], [136, 135], [139, 140], [140, 139], [144, 145], [145, 144]]);
const NONE = 255;
const ESP = 50;

/** Whether Suricata follows a packet as part of a flow: fragments and other protocols have none. */
function hasFlow(p: PacketView): boolean {
  if (p.fragment || p.ipVersion === 0) return false;
  return p.protocol === ESP || (p.transport >= 0 && (p.protocol === TCP || p.protocol === UDP || p.protocol === SCTP || p.isIcmp));
}

const UNREACHABLE = 3;
/** Types of ICMP messages that tell of an error with another packet: RFC 792. */
const ERRORS: ReadonlySet<number> = new Set([UNREACHABLE, 4, 5, 11, 12]);
export const isIcmpError = (p: PacketView): boolean => p.protocol === ICMP && p.transport >= 0 && ERRORS.has(u8(p.bytes, p.transport));

const QUOTE = 8;

/** Where the datagram starts that an ICMP error quotes, when its ports are there: such an error belongs to the flow of what it is about (flow-hash.c). -1 for others. */
function quoted(p: PacketView): number {
  if (p.protocol !== ICMP || u8(p.bytes, p.transport) !== UNREACHABLE) return -1;
  const at = p.transport + QUOTE;
  if (at + 20 > p.ipEnd || u8(p.bytes, at) >> 4 !== 4) return -1;
  const ports = at + (u8(p.bytes, at) & 0x0f) * 4;
  const protocol = u8(p.bytes, at + 9);
  return ports + 4 <= p.ipEnd && (protocol === TCP || protocol === UDP) ? at : -1;
}

/** What else tells flows apart: VLAN numbers as in Suricata, the numbers of the envelopes where they are asked for. */
export interface KeyParts { readonly vlans: boolean; readonly vnis: boolean; readonly levels: boolean }

/** Writes the key, the lower end first; answers whether the ends were swapped for that, as seen from the packet's sender. */
function writeKey(p: PacketView, { vlans, vnis, levels }: KeyParts, key: Uint32Array): boolean {
  const b = p.bytes;
  key.fill(0);
  key[9] = (p.ipVersion << 8) | (levels ? p.level : 0);
  if (vnis) key[12] = p.path;
  if (vlans) {
    key[10] = ((p.vlanCount > 0 ? p.vlans[0]! : 0) << 16) | (p.vlanCount > 1 ? p.vlans[1]! : 0);
    key[11] = p.vlanCount > 2 ? p.vlans[2]! : 0;
  }
  const quote = quoted(p);
  if (quote >= 0) {
    const ports = quote + (u8(b, quote) & 0x0f) * 4;
    return !writeEnds(key, b, quote + 12, quote + 16, 4, u16(b, ports), u16(b, ports + 2), u8(b, quote + 9));
  }
  let [sport, dport] = [Math.max(0, p.sport), Math.max(0, p.dport)];
  if (p.protocol === ICMP || p.protocol === ICMPV6) {
    sport = u8(b, p.transport);
    dport = (p.protocol === ICMP ? COUNTERPART : COUNTERPART_V6).get(sport) ?? NONE;
  }
  return writeEnds(key, b, p.sourceAddress, p.destinationAddress, p.ipVersion === 4 ? 4 : 16, sport, dport, p.protocol);
}

function writeEnds(key: Uint32Array, b: Uint8Array, source: number, destination: number, size: number, sport: number, dport: number, protocol: number): boolean {
  let order = 0;
  for (let i = 0; i < size && order === 0; i++) order = b[source + i]! - b[destination + i]!;
  if (order === 0) order = sport - dport;
  const swapped = order > 0;
  for (let i = 0; i < size; i += 4) {
    key[i >> 2] = u32(b, (swapped ? destination : source) + i);
    key[4 + (i >> 2)] = u32(b, (swapped ? source : destination) + i);
  }
  key[8] = swapped ? ((dport << 16) | sport) >>> 0 : ((sport << 16) | dport) >>> 0;
  key[9]! |= protocol << 16;
  return swapped;
}

/** The key of a packet that was looked at last. Reused from packet to packet. */
export class FlowKey {
  readonly words = new Uint32Array(KEY_WORDS);
  /** 32 bits, with a sign. */
  hash = 0;
  /** Whether its lower end is the packet's destination. */
  swapped = false;
  readonly #parts: KeyParts;
  constructor(parts: KeyParts) { this.#parts = parts; }

  /** Reads the key of a packet; false when it is of no flow. */
  read(p: PacketView): boolean {
    if (!hasFlow(p)) return false;
    this.swapped = writeKey(p, this.#parts, this.words);
    this.hash = hashKey(this.words);
    return true;
  }
}

function hashKey(key: Uint32Array): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < KEY_WORDS; i++) {
    hash = Math.imul(hash ^ key[i]!, 0x85eb_ca6b);
    hash ^= hash >>> 15;
  }
  return hash; // with its sign, which keeps it a small integer
}
