import { u16, u8 } from '../../bytes/read.ts';

// Which payloads are tunnels, as Suricata's decoders have it (decode-vxlan.c, decode-geneve.c, decode-teredo.c. Ports and checks are settings,
// as in suricata.yaml under `decoder`.

export interface TunnelSettings {
  readonly vxlan: boolean;
  readonly vxlanPorts: readonly number[];
  /** decoder.vxlan.reserved-bits-check: whether reserved bits that are set make it no VXLAN. */
  readonly vxlanStrict: boolean;
  readonly geneve: boolean;
  readonly genevePorts: readonly number[];
  readonly teredo: boolean;
  /** Every port, when there are none. */
  readonly teredoPorts: readonly number[];
}

export const STOCK_TUNNELS: TunnelSettings = {
  vxlan: true, vxlanPorts: [4789], vxlanStrict: true, geneve: true, genevePorts: [6081], teredo: true, teredoPorts: [3544],
};

export const ETHERNET = 0x6558;
export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;
export const ARP = 0x0806;
/** PPP in GRE (RFC 2637). */
export const PPP_TYPE = 0x880b;
export const VLAN_TAGS: readonly number[] = [0x8100, 0x88a8, 0x9100];

/** What is inside and where; kept in fields so that a miss and a hit both allocate nothing. */
export class Inside {
  /** Ethertype of what follows; ETHERNET for a whole frame. */
  type = 0;
  at = 0;
  /** Why a packet to a tunnel's port is no tunnel, in words; '' otherwise. */
  refusal = '';
  /** Whether it is one, with something inside that is not read. */
  unknown = false;
  set(type: number, at: number): true { this.type = type; this.at = at; return true; }
  refuse(why: string): false { this.refusal = why; return false; }
}

/** RFC 7348 section 5. Destination port only. */
export function vxlan(b: Uint8Array, at: number, end: number, dport: number, s: TunnelSettings, inside: Inside): boolean {
  if (!s.vxlan || !s.vxlanPorts.includes(dport)) return false;
  if (at + 8 + 14 > end) return inside.refuse('too short for a VXLAN header and a frame');
  const flags = u8(b, at);
  if ((flags & 0x08) === 0) return inside.refuse('the VXLAN I flag is not set');
  if (s.vxlanStrict && ((flags & 0xf7) !== 0 || u8(b, at + 1) !== 0 || u16(b, at + 2) !== 0 || u8(b, at + 7) !== 0)) {
    return inside.refuse('reserved bits of the VXLAN header are set, and the check of reserved bits is strict');
  }
  const type = u16(b, at + 8 + 12);
  if (type !== IPV4 && type !== IPV6 && type !== ARP && !VLAN_TAGS.includes(type)) { inside.unknown = true; return inside.refuse('the frame inside VXLAN is neither IPv4, IPv6, ARP nor VLAN'); }
  return inside.set(ETHERNET, at + 8);
}

/** RFC 8926 section 3.4. Either port. */
export function geneve(b: Uint8Array, at: number, end: number, sport: number, dport: number, s: TunnelSettings, inside: Inside): boolean {
  if (!s.geneve || (!s.genevePorts.includes(dport) && !s.genevePorts.includes(sport)) || at + 8 > end) return false;
  const options = (u8(b, at) & 0x3f) * 4;
  const type = u16(b, at + 2);
  if (u8(b, at) >> 6 !== 0 || (u8(b, at + 1) & 0x3f) !== 0 || u8(b, at + 7) !== 0 || at + 8 + options > end) return false;
  for (let option = at + 8; option < at + 8 + options; option += 4 + (u8(b, option + 3) & 0x1f) * 4) {
    if (option + 4 + (u8(b, option + 3) & 0x1f) * 4 > at + 8 + options) return false;
  }
  if (type !== IPV4 && type !== IPV6 && type !== ETHERNET && type !== ARP) { inside.unknown = true; return false; }
  return type !== ARP && inside.set(type, at + 8 + options);
}

/** RFC 4380 section 5.1.1: an origin indication may come first; the IPv6 packet must fill the datagram. */
export function teredo(b: Uint8Array, at: number, end: number, sport: number, dport: number, s: TunnelSettings, inside: Inside): boolean {
  if (!s.teredo || (s.teredoPorts.length > 0 && !s.teredoPorts.includes(dport) && !s.teredoPorts.includes(sport)) || at + 40 > end) return false;
  const start = u16(b, at) === 0 ? at + 8 : at;
  if (start + 40 > end || u8(b, start) >> 4 !== 6 || u8(b, start + 7) === 0) return false;
  if (u16(b, start + 4) !== end - start - 40) return false;
  return inside.set(IPV6, start);
}
