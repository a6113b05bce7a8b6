import { u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';
import { ETHERNET, type Inside, IPV4, IPV6 } from './tunnels.ts';

const IPV4_NULL = 0;
const ROUTER_ALERT = 1;
const IPV6_NULL = 2;
const IMPLICIT_NULL = 3;
const RESERVED_BELOW = 16;

/** RFC 3032: labels up to the bottom of the stack, then what the label or the first four bits say (decode-mpls.c). False when nothing follows that is read. */
export function readMpls(p: PacketView, from: number, inside: Inside): boolean {
  let at = from;
  let word: number;
  do {
    if (at + 4 > p.end) { p.event('mpls.header_too_small'); return false; }
    word = u32(p.bytes, at);
    at += 4;
  } while ((word & 0x100) === 0);
  const label = word >>> 12;
  if (label === ROUTER_ALERT) { p.event('mpls.bad_label_router_alert'); return false; }
  if (label === IMPLICIT_NULL) { p.event('mpls.bad_label_implicit_null'); return false; }
  if (label === IPV4_NULL) return inside.set(IPV4, at);
  if (label === IPV6_NULL) return inside.set(IPV6, at);
  if (label < RESERVED_BELOW) { p.event('mpls.bad_label_reserved'); return false; }
  if (at + 4 > p.end) { p.event('mpls.pkt_too_small'); return false; }
  switch (u8(p.bytes, at) >> 4) {
    case 4: return inside.set(IPV4, at);
    case 6: return inside.set(IPV6, at);
    case 0: return inside.set(ETHERNET, at + 4); // a pseudowire's control word (RFC 4385)
    default: p.event('mpls.unknown_payload_type'); return false;
  }
}
