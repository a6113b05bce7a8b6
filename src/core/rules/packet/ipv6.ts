import { u16, u32, u8 } from '../../bytes/read.ts';
import type { Onward } from './onward.ts';
import type { PacketView } from './packet-view.ts';

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const NONE = 59;
const DESTINATION = 60;
/** Mobility, HIP, Shim6: headers with the usual length field. */
const OTHERS: readonly number[] = [135, 139, 140];
const EXTENSIONS: ReadonlySet<number> = new Set([HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION, ...OTHERS]);

/** RFC 8200. */
export function readIpv6(p: PacketView, at: number, end: number, on: Onward): void {
  const { bytes: b } = p;
  if (at + 40 > end) { p.event('ipv6.pkt_too_small'); p.note = 'too short for an IPv6 header'; return; }
  if (u8(b, at) >> 4 !== 6) { p.event('ipv6.wrong_ip_version'); p.note = 'the IP version is not 6'; return; }
  const length = u16(b, at + 4);
  if (at + 40 + length > end) {
    p.event('ipv6.trunc_pkt');
    p.note = `the packet is cut: its IPv6 payload is ${length} bytes and ${end - at - 40} are there, and Suricata does not read a cut IPv6 packet`;
    return;
  }
  p.ipVersion = 6;
  p.ip = at;
  p.ipEnd = at + 40 + length;
  p.protocol = u8(b, at + 6);
  readExtensions(p, at + 40, on);
}

/** Which headers were met, and the events that they give (decode-ipv6.c). */
class Met {
  readonly #counts = new Map<number, number>();
  /** How often a header has stood before. */
  before(type: number): number {
    const count = this.#counts.get(type) ?? 0;
    this.#counts.set(type, count + 1);
    return count;
  }
}

function readExtensions(p: PacketView, from: number, on: Onward): void {
  const { bytes: b, ipEnd } = p;
  const met = EXTENSIONS.has(p.protocol) ? new Met() : null;
  let at = from;
  while (met !== null && EXTENSIONS.has(p.protocol)) {
    const type = p.protocol;
    const size = at + 2 > ipEnd ? 8 : sizeOf(type, u8(b, at + 1));
    if (at + size > ipEnd) { p.event('ipv6.trunc_exthdr'); p.note = 'an IPv6 extension header is cut'; return; }
    const before = met.before(type);
    if (type === FRAGMENT) {
      if (u8(b, at + 1) !== 0) p.event('ipv6.fh_non_zero_reserved_field');
      if (before > 0) p.event('ipv6.exthdr_dupl_fh');
      else if (readFragment(p, at, on)) return;
    } else readOther(p, type, at, size, before);
    p.protocol = u8(b, at);
    at += size;
  }
  if (p.protocol === NONE) { if (at < ipEnd) p.event('ipv6.data_after_none_header'); return; }
  // After extension headers something must follow.
  if (met !== null && at + 2 > ipEnd) { p.event('ipv6.trunc_exthdr'); p.note = 'nothing follows the IPv6 extension headers'; return; }
  on.transport(p, at);
}

const AUTHENTICATION_LEAST = 12;
const sizeOf = (type: number, length: number): number => (type === FRAGMENT ? 8 : type === AUTHENTICATION ? Math.max(AUTHENTICATION_LEAST, (length + 2) * 4) : (length + 1) * 8);

/** A header with offset 0 and nothing to follow is useless, and the packet is read on; else true, and the datagram waits. */
function readFragment(p: PacketView, at: number, on: Onward): boolean {
  const { bytes: b, ipEnd } = p;
  const field = u16(b, at + 2);
  const more = (field & 1) !== 0;
  const offset = field & 0xfff8;
  if (!more && offset === 0) { p.event('ipv6.exthdr_useless_fh'); return false; }
  p.fragment = true;
  p.protocol = u8(b, at);
  if (more && (ipEnd - at - 8) % 8 !== 0) p.event('ipv6.frag_invalid_length');
  on.fragment(p, at + 8, offset, more, u32(b, at + 4), at);
  return true;
}

function readOther(p: PacketView, type: number, at: number, size: number, before: number): void {
  const { bytes: b } = p;
  if (type === ROUTING) {
    if (before > 0) p.event('ipv6.exthdr_dupl_rh');
    if (u8(b, at + 2) === 0) p.event('ipv6.rh_type_0');
  } else if (type === AUTHENTICATION) {
    if (before > 0) p.event('ipv6.exthdr_dupl_ah');
    if (u16(b, at + 2) !== 0) p.event('ipv6.exthdr_ah_res_not_null');
  } else if (type === HOP_BY_HOP) {
    if (before > 0) p.event('ipv6.exthdr_dupl_hh'); else readOptions(p, at + 2, at + size, 'hopopts');
  } else if (type === DESTINATION) {
    // Two may stand: before a routing header and before the transport.
    if (before > 1) p.event('ipv6.exthdr_dupl_dh'); else readOptions(p, at + 2, at + size, 'dstopts');
  }
}

const PAD1 = 0;
const PADN = 1;
const ROUTER_ALERT = 5;
const JUMBO = 0xc2;
const HOME_ADDRESS = 0xc9;
/** Options that are known, with the bytes that they must have. */
const KNOWN: ReadonlyMap<number, number> = new Map([[ROUTER_ALERT, 2], [JUMBO, 4], [HOME_ADDRESS, 16]]);

function readOptions(p: PacketView, from: number, end: number, which: 'hopopts' | 'dstopts'): void {
  const { bytes: b } = p;
  let padding = 0;
  let others = 0;
  for (let at = from; at < end; ) {
    const type = u8(b, at);
    if (type === PAD1) { padding++; at++; continue; }
    if (at + 1 >= end) { p.event('ipv6.exthdr_invalid_optlen'); break; }
    const length = u8(b, at + 1);
    if (at + 1 + length > end || length < (KNOWN.get(type) ?? 0)) { p.event('ipv6.exthdr_invalid_optlen'); break; }
    if (type === PADN) { padding++; if (length === 0) p.event('ipv6.zero_len_padn'); } else if (type !== JUMBO) {
      others++;
      if (!KNOWN.has(type)) p.event(`ipv6.${which}_unknown_opt`);
    }
    at += 2 + length;
  }
  if (padding > 0 && others === 0) p.event(`ipv6.${which}_only_padding`);
}
