// Just enough of link and network headers to walk from a packet's first byte to an envelope, for passes over whole captures: no
// fields, no tape, nothing allocated. Every read lies behind a comparison with the end of the bytes.

import { u16, u32, u32le, u8 } from '../bytes/read.ts';

export const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd, ethernet: 0x6558 } as const;
export const PROTOCOL = { icmp: 1, tcp: 6, udp: 17, gre: 47, icmpv6: 58 } as const;

/** What a frame carries: the network header's place and its ethertype. */
export interface NetworkPlace { net: number; type: number }

const TAGS = new Set([0x8100, 0x88a8, 0x9100]);
const MAX_TAGS = 8;
const LENGTHS_BELOW = 0x0600; // IEEE 802.3: a smaller value is the length of an LLC frame

/** Steps over an Ethernet header and its VLAN tags. False when it is cut. An LLC frame has type 0 and starts behind its length. */
export function ethernetPlace(b: Uint8Array, frame: number, end: number, out: NetworkPlace): boolean {
  let at = frame + 12;
  for (let tags = 0; at + 2 <= end; tags++) {
    const type = u16(b, at);
    if (tags < MAX_TAGS && TAGS.has(type)) { at += 4; continue; }
    out.net = at + 2;
    out.type = type < LENGTHS_BELOW ? 0 : type;
    return true;
  }
  return false;
}

const AF_INET = 2;
const AF_INET6 = new Set([10, 24, 28, 30]); // Linux, NetBSD, FreeBSD, macOS

const familyPlace = (family: number, at: number, out: NetworkPlace): boolean => {
  out.net = at + 4;
  out.type = family === AF_INET ? ETHERTYPE.ipv4 : AF_INET6.has(family) ? ETHERTYPE.ipv6 : 0;
  return true;
};

const rawPlace = (b: Uint8Array, at: number, out: NetworkPlace): boolean => {
  out.net = at;
  out.type = u8(b, at) >> 4 === 4 ? ETHERTYPE.ipv4 : u8(b, at) >> 4 === 6 ? ETHERTYPE.ipv6 : 0;
  return true;
};

export const ETHERNET_LINK = 1;

/** Finds the network header behind a link header of tcpdump.org's LINKTYPE_ numbers. False for a cut or unknown one. */
export function linkPlace(b: Uint8Array, at: number, end: number, linkType: number, out: NetworkPlace): boolean {
  switch (linkType) {
    case ETHERNET_LINK: return ethernetPlace(b, at, end, out);
    case 0: return at + 4 <= end && familyPlace(u8(b, at) === 0 ? u32(b, at) : u32le(b, at), at, out); // written in the host's byte order
    case 108: return at + 4 <= end && familyPlace(u32(b, at), at, out);
    case 12: case 14: case 101: case 228: case 229: return at < end && rawPlace(b, at, out);
    case 113: if (at + 16 > end) return false; out.net = at + 16; out.type = u16(b, at + 14); return true;
    case 276: if (at + 20 > end) return false; out.net = at + 20; out.type = u16(b, at); return true;
    default: return false;
  }
}

/** Where an IP packet's payload lies. `limit` is where the packet ends by its own length, beyond what was captured perhaps. */
export interface Transport { protocol: number; at: number; limit: number; fragment: number; more: boolean; ident: number }

export const newTransport = (): Transport => ({ protocol: -1, at: 0, limit: 0, fragment: 0, more: false, ident: 0 });

/** Steps over an IPv4 header (RFC 791) or an IPv6 one with its extension headers (RFC 8200). False where it is cut or makes no sense. */
export function transportPlace(b: Uint8Array, net: number, end: number, type: number, out: Transport): boolean {
  if (type === ETHERTYPE.ipv4) return ipv4Place(b, net, end, out);
  return type === ETHERTYPE.ipv6 && ipv6Place(b, net, end, out);
}

function ipv4Place(b: Uint8Array, net: number, end: number, out: Transport): boolean {
  if (net + 20 > end || u8(b, net) >> 4 !== 4) return false;
  const header = (u8(b, net) & 0x0f) * 4;
  const total = u16(b, net + 2);
  if (header < 20 || net + header > end || (total !== 0 && total < header)) return false;
  out.protocol = u8(b, net + 9);
  out.at = net + header;
  out.limit = total === 0 ? Infinity : net + total; // 0: left to the network card, which splits it (TSO)
  out.fragment = (u16(b, net + 6) & 0x1fff) * 8;
  out.more = (u8(b, net + 6) & 0x20) !== 0;
  out.ident = u16(b, net + 4);
  return true;
}

const HOP_BY_HOP = 0, ROUTING = 43, FRAGMENT = 44, AUTHENTICATION = 51, DESTINATION = 60, MOBILITY = 135;
const MAX_EXTENSIONS = 16;

function ipv6Place(b: Uint8Array, net: number, end: number, out: Transport): boolean {
  if (net + 40 > end || u8(b, net) >> 4 !== 6) return false;
  const payload = u16(b, net + 4);
  out.limit = payload === 0 ? Infinity : net + 40 + payload; // 0: a jumbogram (RFC 2675), or left to the network card
  out.fragment = out.ident = 0;
  out.more = false;
  let next = u8(b, net + 6);
  let at = net + 40;
  for (let headers = 0; headers < MAX_EXTENSIONS && extension(next); headers++) {
    if (at + 8 > end) return false;
    const kind = next;
    next = u8(b, at);
    if (kind === FRAGMENT) {
      out.fragment = u16(b, at + 2) & 0xfff8;
      out.more = (u8(b, at + 3) & 1) !== 0;
      out.ident = u32(b, at + 4);
      at += 8;
      if (out.fragment > 0) break; // what follows is the middle of something
    } else at += kind === AUTHENTICATION ? (u8(b, at + 1) + 2) * 4 : (u8(b, at + 1) + 1) * 8;
  }
  out.protocol = next;
  out.at = at;
  return at <= end;
}

const extension = (next: number): boolean =>
  next === HOP_BY_HOP || next === ROUTING || next === FRAGMENT || next === AUTHENTICATION || next === DESTINATION || next === MOBILITY;
