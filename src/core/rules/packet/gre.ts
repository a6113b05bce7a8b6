import { u16, u8 } from '../../bytes/read.ts';
import type { DecodeEvent } from './events.ts';
import type { PacketView } from './packet-view.ts';
import { ARP, ETHERNET, type Inside, IPV4, IPV6, PPP_TYPE, VLAN_TAGS } from './tunnels.ts';

const [CHECKSUM, ROUTE, KEY, SEQUENCE, STRICT_ROUTE, ACKNOWLEDGE] = [0x8000, 0x4000, 0x2000, 0x1000, 0x0800, 0x0080];
const ERSPAN = 0x88be;
const ERSPAN_HEADER = 8;

/** RFC 2784, RFC 2890, version 1 of RFC 2637; ERSPAN types I and II (decode-gre.c, decode-erspan.c). True when a packet inside is read; what is wrong becomes an event. */
export function gre(p: PacketView, at: number, end: number, inside: Inside): boolean {
  const { bytes: b } = p;
  const refuse = (event: DecodeEvent): false => { p.event(event); return false; };
  if (at + 4 > end) return refuse('gre.pkt_too_small');
  const flags = u16(b, at);
  const type = u16(b, at + 2);
  const version = flags & 0x07;
  if (version > 1) return refuse('gre.wrong_version');
  const wrong = version === 0 ? wrongVersion0(flags) : wrongVersion1(flags, type);
  if (wrong !== null) return refuse(wrong);
  let next = at + 4;
  if ((flags & (CHECKSUM | ROUTE)) !== 0) next += 4;
  if ((flags & KEY) !== 0) next += 4;
  if ((flags & SEQUENCE) !== 0) next += 4;
  if (version === 1 && (flags & ACKNOWLEDGE) !== 0) next += 4;
  if (next > end) return refuse(version === 0 ? 'gre.version0_hdr_too_big' : 'gre.version1_hdr_too_big');
  if ((flags & ROUTE) !== 0) next = afterRoutes(b, next, end);
  if (next < 0) return refuse('gre.version0_malformed_sre_hdr');
  if (type === ERSPAN) return erspan(p, next, end, (flags & SEQUENCE) !== 0, inside);
  if (type !== IPV4 && type !== IPV6 && type !== ETHERNET && type !== ARP && type !== PPP_TYPE && !VLAN_TAGS.includes(type)) return false;
  return next < end && inside.set(type, next);
}

function wrongVersion0(flags: number): DecodeEvent | null {
  if ((flags & 0x0700) !== 0) return 'gre.version0_recur';
  return (flags & 0x00f8) === 0 ? null : 'gre.version0_flags';
}

function wrongVersion1(flags: number, type: number): DecodeEvent | null {
  if ((flags & CHECKSUM) !== 0) return 'gre.version1_chksum';
  if ((flags & ROUTE) !== 0) return 'gre.version1_route';
  if ((flags & STRICT_ROUTE) !== 0) return 'gre.version1_ssr';
  if ((flags & 0x0700) !== 0) return 'gre.version1_recur';
  if ((flags & 0x0078) !== 0) return 'gre.version1_flags';
  if (type !== PPP_TYPE) return 'gre.version1_wrong_protocol';
  return (flags & KEY) === 0 ? 'gre.version1_no_key' : null;
}

/** Past the source route entries (RFC 1701), whose last one is empty; -1 when they do not fit. */
function afterRoutes(b: Uint8Array, from: number, end: number): number {
  for (let at = from; at + 4 <= end; ) {
    const length = u8(b, at + 3);
    at += 4 + length;
    if (at > end) return -1;
    if (length === 0) return at;
  }
  return -1;
}

function erspan(p: PacketView, at: number, end: number, sequence: boolean, inside: Inside): boolean {
  if (!sequence) return inside.set(ETHERNET, at);
  if (at + ERSPAN_HEADER > end) { p.event('erspan.header_too_small'); return false; }
  if (u8(p.bytes, at) >> 4 !== 1) { p.event('erspan.unsupported_version'); return false; }
  return inside.set(ETHERNET, at + ERSPAN_HEADER);
}
