// What a receiver makes of a packet: takes the envelope off, or not, and why.

import { u16, u8 } from '../bytes/read.ts';
import { Decapsulator, REFUSALS } from '../mirror/decapsulate.ts';
import { ETHERTYPE, linkPlace, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';
import * as suricata from '../rules/packet/tunnels.ts';

export interface Verdict {
  readonly who: string;
  readonly takes: boolean;
  readonly why: string; //  a clause
}

/** Where the UDP payload of the outermost headers is. */
interface Datagram { readonly bytes: Uint8Array; readonly at: number; readonly end: number; readonly sport: number; readonly dport: number }

interface Receiver { readonly who: string; readonly ask: (datagram: Datagram | null, packet: Uint8Array) => Omit<Verdict, 'who'> }

const takes = (why: string) => ({ takes: true, why });
const drops = (why: string) => ({ takes: false, why });

const vniAt = ({ bytes, at }: Datagram): number => u16(bytes, at + 4) * 256 + u8(bytes, at + 6);
const ETHERNET_LINK = 1;

/** RFC 7348 section 5: "The I flag MUST be set to 1 for a valid VNI. The other 7 bits are reserved and MUST be set to zero on transmission and ignored on receipt." */
const rfc7348: Receiver = { who: 'A receiver by RFC 7348', ask: (d) => {
  if (!d || d.dport !== 4789) return drops('no UDP to port 4789');
  if (d.at + 8 > d.end) return drops('too short for a VXLAN header');
  return (u8(d.bytes, d.at) & 0x08) === 0 ? drops('the I flag is not set, so the VNI is not valid') : takes(`VNI ${vniAt(d)}; reserved bits are ignored`);
} };

const linux: Receiver = { who: 'Linux vxlan', ask: (_, packet) => {
  const refusal = new Decapsulator({}).take(packet, 0, packet.length, packet.length, ETHERNET_LINK);
  return refusal === null ? takes('the frame comes out of the interface of its VNI') : drops(REFUSALS[refusal]);
} };

/** drivers/net/vxlan/vxlan_core.c, vxlan_parse_gbp_hdr: the policy's bits are taken away before reserved ones are looked for. */
const linuxGbp: Receiver = { who: 'Linux vxlan with gbp', ask: (d, packet) => {
  if (!d || d.dport !== 4789 || d.at + 8 > d.end || (u8(d.bytes, d.at) & 0x80) === 0) return linux.ask(d, packet);
  const plain = packet.slice();
  plain[d.at] = u8(packet, d.at) & 0x7f;
  plain[d.at + 1] = u8(packet, d.at + 1) & ~0x48; // Don't Learn, Policy Applied
  plain[d.at + 2] = plain[d.at + 3] = 0;
  const { takes: taken, why } = linux.ask(d, plain);
  return taken ? takes(`group ${u16(d.bytes, d.at + 2)} becomes the packet's mark`) : drops(why);
} };

/** RFC 8926 section 3.4 and drivers/net/geneve.c: version 0, and options that fit. */
const linuxGeneve: Receiver = { who: 'Linux geneve', ask: (d) => {
  if (!d || d.dport !== 6081) return drops('no UDP to port 6081');
  if (d.at + 8 > d.end) return drops('too short for a GENEVE header');
  if (u8(d.bytes, d.at) >> 6 !== 0) return drops('a version other than 0');
  if (d.at + 8 + (u8(d.bytes, d.at) & 0x3f) * 4 > d.end) return drops('the options reach beyond the packet');
  if (u16(d.bytes, d.at + 2) !== 0x6558) return drops('no Ethernet frame inside, which only an interface made with innerprotoinherit takes');
  return (u8(d.bytes, d.at + 1) & 0x40) !== 0 ? drops('a critical option, and it knows none') : takes(`VNI ${vniAt(d)}`);
} };

const suricataBy = (who: string, strict: boolean): Receiver => ({ who, ask: (d) => {
  if (!d) return drops('no UDP');
  const inside = new suricata.Inside();
  const settings = { ...suricata.STOCK_TUNNELS, vxlanStrict: strict };
  if (suricata.geneve(d.bytes, d.at, d.end, d.sport, d.dport, settings, inside)) return takes('GENEVE; the packet inside is inspected too');
  if (suricata.vxlan(d.bytes, d.at, d.end, d.dport, settings, inside)) return takes('the packet inside is inspected too');
  return drops(inside.refusal || 'no UDP to port 4789 or 6081');
} });

export const RECEIVERS: readonly Receiver[] = [rfc7348, linux, linuxGbp, linuxGeneve, suricataBy('Suricata, strict', true), suricataBy('Suricata, permissive', false)];

/** What each makes of an Ethernet frame. */
export function receivers(packet: Uint8Array): Verdict[] {
  const place = { net: 0, type: 0 }, t = newTransport();
  const found = linkPlace(packet, 0, packet.length, ETHERNET_LINK, place) && transportPlace(packet, place.net, packet.length, place.type, t) && t.protocol === PROTOCOL.udp && t.at + 8 <= packet.length
    && (place.type === ETHERTYPE.ipv4 || place.type === ETHERTYPE.ipv6) && t.fragment === 0;
  const datagram = found ? { bytes: packet, at: t.at + 8, end: Math.min(packet.length, t.limit, t.at + u16(packet, t.at + 4)), sport: u16(packet, t.at), dport: u16(packet, t.at + 2) } : null;
  return RECEIVERS.map(({ who, ask }) => ({ who, ...ask(datagram, packet) }));
}
