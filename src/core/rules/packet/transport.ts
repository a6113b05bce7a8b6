import { u16, u32, u8 } from '../../bytes/read.ts';
import type { Onward } from './onward.ts';
import { ICMP, ICMPV6, type PacketView, SCTP, TCP, UDP } from './packet-view.ts';
import { gre } from './gre.ts';
import { icmpv4Events, icmpv6Events } from './icmp.ts';
import { chunkType, sctpChunk } from './sctp.ts';
import { geneve, type Inside, IPV4, IPV6, teredo, type TunnelSettings, vxlan } from './tunnels.ts';

/** Lengths of options that have but one: maximum segment size, window scale, SACK permitted, time stamps (IANA). */
const TCP_OPTIONS: ReadonlyMap<number, number> = new Map([[2, 4], [3, 3], [4, 2], [8, 10]]);

const GRE = 47;
const ESP = 50;
const IGMP = 2;
const AH = 51;

/** What an IP packet carries: ports, payload, or another packet. */
export function readTransport(p: PacketView, at: number, settings: TunnelSettings, inside: Inside, on: Onward): void {
  const end = p.ipEnd;
  switch (p.protocol) {
    case TCP: return readTcp(p, at);
    case UDP: return readUdp(p, at, settings, inside, on);
    case SCTP: return readSctp(p, at);
    case ICMP: return p.ipVersion === 4 ? readIcmp(p, at) : p.event('ipv6.icmpv4');
    case ICMPV6: return p.ipVersion === 6 ? readIcmp(p, at) : p.event('ipv4.icmpv6');
    case GRE: if (gre(p, at, end, inside)) on.tunnel(inside.type, inside.at, end, 'gre tunnel'); return;
    case 4: return innerIp(p, at, 4, on);
    case 41: return innerIp(p, at, 6, on);
    case IGMP: if (at + 8 <= end) body(p, at, at + 8, end); else p.event('igmp.pkt_too_small'); return;
    case ESP: if (at + 8 <= end) body(p, at, at + 8, end); else p.event('esp.pkt_too_small'); return;
    case AH: return;
    default: p.event(p.ipVersion === 4 ? 'ipv4.unknown_protocol' : 'ipv6.unknown_next_header');
  }
}

function innerIp(p: PacketView, at: number, version: 4 | 6, on: Onward): void {
  if (p.ipVersion === 6) {
    const family = version === 4 ? 'ipv6.ipv4_in_ipv6' : 'ipv6.ipv6_in_ipv6';
    if (at + (version === 4 ? 20 : 40) > p.ipEnd) return p.event(`${family}_too_small`);
    if (u8(p.bytes, at) >> 4 !== version) return p.event(`${family}_wrong_version`);
  }
  on.tunnel(version === 4 ? IPV4 : IPV6, at, p.ipEnd, p.ipVersion === 4 ? 'ipv4 tunnel' : 'ipv6 tunnel');
}

/** The association's first chunk comes without a tag, since none was agreed on yet (RFC 9260 section 8.5.1). */
function readSctp(p: PacketView, at: number): void {
  if (at + 12 > p.ipEnd) return p.event('sctp.pkt_too_small');
  ports(p, at, at + 12, p.ipEnd);
  const chunk = sctpChunk(p, 0);
  if (chunk >= 0 && chunkType(p, chunk) === 1 && u32(p.bytes, at + 4) !== 0) p.event('sctp.init_with_non_zero_vtag');
}

function readTcp(p: PacketView, at: number): void {
  const { bytes: b, ipEnd: end } = p;
  if (at + 20 > end) { p.event('tcp.pkt_too_small'); p.note = 'the TCP header is cut'; return; }
  const header = (u8(b, at + 12) >> 4) * 4;
  if (header < 20 || at + header > end) { p.event('tcp.hlen_too_small'); p.note = 'the TCP header has a length that does not fit'; return; }
  ports(p, at, at + header, end);
  let seen = 0;
  for (let option = at + 20; option < at + header; ) {
    const kind = u8(b, option);
    if (kind === 0) return;
    const length = kind === 1 ? 1 : option + 1 < at + header ? u8(b, option + 1) : 0;
    if (kind !== 1 && (length < 2 || option + length > at + header || (TCP_OPTIONS.get(kind) ?? length) !== length)) return p.event('tcp.opt_invalid_len');
    if (TCP_OPTIONS.has(kind)) { if ((seen & (1 << kind)) !== 0) p.event('tcp.opt_duplicate'); seen |= 1 << kind; }
    option += length;
  }
}

function readUdp(p: PacketView, at: number, settings: TunnelSettings, inside: Inside, on: Onward): void {
  const { bytes: b } = p;
  const fail = (event: 'udp.hlen_too_small' | 'udp.pkt_too_small' | 'udp.len_invalid'): void => { p.event(event); p.note = 'the UDP header is not valid'; };
  if (at + 8 > p.ipEnd) return fail('udp.hlen_too_small');
  const length = u16(b, at + 4);
  if (at + length > p.ipEnd) return fail('udp.pkt_too_small');
  if (length < 8) return fail('udp.len_invalid');
  const end = at + length;
  ports(p, at, at + 8, end);
  inside.refusal = '';
  inside.unknown = false;
  if (teredo(b, at + 8, end, p.sport, p.dport, settings, inside)) on.tunnel(inside.type, inside.at, end, 'teredo tunnel');
  else if (geneve(b, at + 8, end, p.sport, p.dport, settings, inside)) on.tunnel(inside.type, inside.at, end, 'geneve encapsulation');
  else if (vxlan(b, at + 8, end, p.dport, settings, inside)) on.tunnel(inside.type, inside.at, end, 'vxlan encapsulation');
  else {
    p.note = inside.refusal;
    if (inside.unknown) p.event(p.note === '' ? 'geneve.unknown_payload_type' : 'vxlan.unknown_payload_type');
  }
}

function readIcmp(p: PacketView, at: number): void {
  if (at + 8 > p.ipEnd) { p.event(p.ipVersion === 4 ? 'icmpv4.pkt_too_small' : 'icmpv6.pkt_too_small'); p.note = 'the ICMP header is cut'; return; }
  body(p, at, at + 8, p.ipEnd);
  if (p.ipVersion === 4) icmpv4Events(p, at); else icmpv6Events(p, at);
}

function ports(p: PacketView, at: number, payload: number, end: number): void {
  p.sport = u16(p.bytes, at);
  p.dport = u16(p.bytes, at + 2);
  body(p, at, payload, end);
}

function body(p: PacketView, at: number, payload: number, end: number): void {
  p.transport = at;
  p.payload = payload;
  p.payloadEnd = end;
}
