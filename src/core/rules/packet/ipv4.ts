import { u16, u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';
import type { Onward } from './onward.ts';

/** Options that may stand once: RFC 791 and IANA's registry, as decode-ipv4.c has them. */
const KNOWN_OPTIONS: ReadonlySet<number> = new Set([7, 25, 68, 130, 131, 133, 134, 136, 137, 148]);

/** RFC 791 section 3.1. Suricata does not read a packet whose lengths do not fit, so it stays one without IP. */
export function readIpv4(p: PacketView, at: number, end: number, on: Onward): void {
  const { bytes: b } = p;
  const fail = (event: Parameters<PacketView['event']>[0], note: string): void => { p.event(event); p.note = note; };
  if (at + 20 > end) return fail('ipv4.pkt_too_small', 'too short for an IPv4 header');
  const header = (u8(b, at) & 0x0f) * 4;
  const total = u16(b, at + 2);
  if (u8(b, at) >> 4 !== 4) return fail('ipv4.wrong_ip_version', 'the IP version is not 4');
  if (header < 20) return fail('ipv4.hlen_too_small', 'the IPv4 header is shorter than 20 bytes');
  if (total < header) return fail('ipv4.iplen_smaller_than_hlen', 'the IPv4 length is less than its header');
  if (at + total > end) {
    return fail('ipv4.trunc_pkt', `the packet is cut: its IPv4 length is ${total} bytes and ${end - at} are there, and Suricata does not read a cut IPv4 packet`);
  }
  p.ipVersion = 4;
  p.ip = at;
  p.ipEnd = at + total;
  p.protocol = u8(b, at + 9);
  if (header > 20) readOptions(p, at + 20, at + header);
  const fragment = u16(b, at + 6);
  p.fragment = (fragment & 0x3fff) !== 0;
  if (p.fragment) on.fragment(p, at + header, (fragment & 0x1fff) * 8, (fragment & 0x2000) !== 0, u16(b, at + 4), at + header);
  else on.transport(p, at + header);
}

function readOptions(p: PacketView, from: number, end: number): void {
  const { bytes: b } = p;
  const seen = new Set<number>();
  for (let at = from; at < end; ) {
    const type = u8(b, at);
    if (type === 0) return;
    if (type === 1) { at++; continue; }
    if (at + 2 > end) return p.event('ipv4.opt_eol_required');
    const length = u8(b, at + 1);
    if (length < 2 || at + length > end) return p.event('ipv4.opt_invalid_len');
    if (!KNOWN_OPTIONS.has(type)) p.event('ipv4.opt_unknown');
    else if (seen.has(type)) p.event('ipv4.opt_duplicate');
    seen.add(type);
    at += length;
  }
}
