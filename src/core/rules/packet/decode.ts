import { u16, u32, u32le, u8 } from '../../bytes/read.ts';
import { ICMP, ICMPV6, MAX_VLANS, type Origin, PacketView, SCTP, TCP, UDP } from './packet-view.ts';
import { ARP, ETHERNET, geneve, gre, Inside, IPV4, IPV6, teredo, type TunnelSettings, VLAN_TAGS, vxlan } from './tunnels.ts';

// The light decode of the rules: where headers start, on each level, the way Suricata decodes: a packet that is cut, or whose lengths lie, is not read
// on (decode-ipv4.c, decode-ipv6.c, decode-udp.c), so no rule on its addresses fires. That is why this is not the dissector, which shows what is there.

/** Suricata decodes 16 layers at most (decoder.max-layers); a tunnel takes two at least. */
export const MAX_LEVELS = 8;

const LOOPBACK_IPV6: readonly number[] = [10, 24, 28, 30];

export class PacketDecoder {
  readonly views: readonly PacketView[] = Array.from({ length: MAX_LEVELS }, () => new PacketView());
  /** How many of `views` hold this packet. */
  levels = 0;
  readonly settings: TunnelSettings;
  readonly #inside = new Inside();
  #next = 0; // ethertype inside the tunnel that was just found, 0 for none
  #nextAt = 0;
  #nextEnd = 0;
  #nextOrigin: Origin = 'wire/pcap';

  constructor(settings: TunnelSettings) { this.settings = settings; }

  /** Reads the packet in [start..end) of the window and what its tunnels carry. `linkType` as in the capture (LINKTYPE_ numbers). */
  decode(bytes: Uint8Array, start: number, end: number, linkType: number, number: number, seconds: number, nanoseconds: number): void {
    const outer = this.views[0]!;
    outer.reset(bytes, start, end, 0, 'wire/pcap');
    this.#next = 0;
    this.#link(outer, linkType);
    this.levels = 1;
    while (this.#next !== 0 && this.levels < MAX_LEVELS) {
      const view = this.views[this.levels]!;
      const type = this.#next;
      view.reset(bytes, this.#nextAt, this.#nextEnd, this.levels, this.#nextOrigin);
      this.views[this.levels - 1]!.inspectPayload = false;
      this.#next = 0;
      this.#type(view, type, view.start);
      this.levels++;
    }
    for (let i = 0; i < this.levels; i++) {
      const view = this.views[i]!;
      view.number = number;
      view.seconds = seconds;
      view.nanoseconds = nanoseconds;
    }
  }

  #link(p: PacketView, linkType: number): void {
    const { bytes: b, start, end } = p;
    switch (linkType) {
      case 1: return this.#ethernet(p, start);
      case 12: case 14: case 101: return this.#raw(p, start);
      case 228: return this.#ipv4(p, start, end);
      case 229: return this.#ipv6(p, start, end);
      case 0: case 108: {
        if (start + 4 > end) return;
        const family = linkType === 108 ? u32(b, start) : Math.min(u32(b, start), u32le(b, start));
        if (family === 2) return this.#ipv4(p, start + 4, end);
        if (LOOPBACK_IPV6.includes(family)) this.#ipv6(p, start + 4, end);
        return;
      }
      case 113: if (start + 16 <= end) this.#type(p, u16(b, start + 14), start + 16); return;
      case 276: if (start + 20 <= end) this.#type(p, u16(b, start), start + 20); return;
      case 9: case 50: return this.#ppp(p, start);
      default: p.note = `packets of link type ${linkType} are not read for rules`;
    }
  }

  #ppp(p: PacketView, at: number): void {
    const { bytes: b, end } = p;
    const start = at + 2 <= end && u16(b, at) === 0xff03 ? at + 2 : at;
    if (start + 2 > end) return;
    if (u16(b, start) === 0x0021) this.#ipv4(p, start + 2, end);
    if (u16(b, start) === 0x0057) this.#ipv6(p, start + 2, end);
  }

  #raw(p: PacketView, at: number): void {
    if (at >= p.end) return;
    const version = u8(p.bytes, at) >> 4;
    if (version === 4) this.#ipv4(p, at, p.end);
    if (version === 6) this.#ipv6(p, at, p.end);
  }

  #ethernet(p: PacketView, at: number): void {
    if (at + 14 > p.end) return;
    p.ether = at;
    this.#type(p, u16(p.bytes, at + 12), at + 14);
  }

  #type(p: PacketView, first: number, from: number): void {
    const { bytes: b, end } = p;
    let type = first;
    let at = from;
    if (type === ETHERNET) return this.#ethernet(p, at);
    while (VLAN_TAGS.includes(type)) {
      if (at + 4 > end || p.vlanCount === MAX_VLANS) return;
      p.vlans[p.vlanCount++] = u16(b, at) & 0x0fff;
      type = u16(b, at + 2);
      at += 4;
    }
    if (type === IPV4) this.#ipv4(p, at, end);
    else if (type === IPV6) this.#ipv6(p, at, end);
    else if (type === ARP) p.arp = at + 28 <= end;
    else if (type === 0x8847 || type === 0x8848) this.#mpls(p, at);
    else if (type === 0x8864 && at + 8 <= end) this.#ppp(p, at + 6);
  }

  #mpls(p: PacketView, from: number): void {
    let at = from;
    while (at + 4 <= p.end) {
      const bottom = (u8(p.bytes, at + 2) & 1) === 1;
      at += 4;
      if (bottom) return this.#raw(p, at);
    }
  }

  #ipv4(p: PacketView, at: number, end: number): void {
    const { bytes: b } = p;
    if (at + 20 > end) { p.note = 'too short for an IPv4 header'; return; }
    const header = (u8(b, at) & 0x0f) * 4;
    const total = u16(b, at + 2);
    if (u8(b, at) >> 4 !== 4 || header < 20 || total < header) { p.note = 'the IPv4 header is not valid'; return; }
    if (at + total > end) { p.note = `the packet is cut: its IPv4 length is ${total} bytes and ${end - at} are there, and Suricata does not read a cut IPv4 packet`; return; }
    p.ipVersion = 4;
    p.ip = at;
    p.ipEnd = at + total;
    p.protocol = u8(b, at + 9);
    p.fragment = (u16(b, at + 6) & 0x3fff) !== 0;
    if (!p.fragment) this.#transport(p, at + header);
  }

  #ipv6(p: PacketView, at: number, end: number): void {
    const { bytes: b } = p;
    if (at + 40 > end || u8(b, at) >> 4 !== 6) { p.note = 'too short for an IPv6 header'; return; }
    const length = u16(b, at + 4);
    if (at + 40 + length > end) { p.note = `the packet is cut: its IPv6 payload is ${length} bytes and ${end - at - 40} are there, and Suricata does not read a cut IPv6 packet`; return; }
    p.ipVersion = 6;
    p.ip = at;
    p.ipEnd = at + 40 + length;
    this.#extensions(p, u8(b, at + 6), at + 40);
  }

  /** RFC 8200 section 4: from one extension header to the next. */
  #extensions(p: PacketView, first: number, from: number): void {
    const { bytes: b, ipEnd } = p;
    let next = first;
    let at = from;
    for (;;) {
      p.protocol = next;
      const isFragment = next === 44;
      if (next !== 0 && next !== 43 && next !== 60 && next !== 51 && next !== 135 && next !== 139 && next !== 140 && !isFragment) break;
      if (at + 8 > ipEnd) { p.note = 'an IPv6 extension header is cut'; return; }
      const size = isFragment ? 8 : next === 51 ? (u8(b, at + 1) + 2) * 4 : (u8(b, at + 1) + 1) * 8;
      if (at + size > ipEnd) { p.note = 'an IPv6 extension header is cut'; return; }
      if (isFragment && (u16(b, at + 2) & 0xfff9) !== 0) { p.fragment = true; p.protocol = u8(b, at); return; }
      next = u8(b, at);
      at += size;
    }
    this.#transport(p, at);
  }

  #transport(p: PacketView, at: number): void {
    const { bytes: b, ipEnd: end } = p;
    switch (p.protocol) {
      case TCP: {
        const header = at + 20 <= end ? (u8(b, at + 12) >> 4) * 4 : 0;
        if (header < 20 || at + header > end) { p.note = 'the TCP header is not valid'; return; }
        return this.#ports(p, at, at + header, end);
      }
      case UDP: return this.#udp(p, at);
      case SCTP: if (at + 12 <= end) this.#ports(p, at, at + 12, end); return;
      case ICMP: case ICMPV6: if (at + 8 <= end && p.isIcmp) this.#body(p, at, at + 8, end); return;
      case 47: if (gre(b, at, end, this.#inside)) this.#tunnel(this.#inside.type, this.#inside.at, end, 'gre tunnel'); return;
      case 4: return this.#tunnel(IPV4, at, end, p.ipVersion === 4 ? 'ipv4 tunnel' : 'ipv6 tunnel');
      case 41: return this.#tunnel(IPV6, at, end, p.ipVersion === 4 ? 'ipv4 tunnel' : 'ipv6 tunnel');
      default: p.payload = at; p.payloadEnd = end;
    }
  }

  #udp(p: PacketView, at: number): void {
    const { bytes: b } = p;
    const length = at + 8 <= p.ipEnd ? u16(b, at + 4) : 0;
    if (length < 8 || at + length > p.ipEnd) { p.note = 'the UDP header is not valid'; return; }
    const end = at + length;
    this.#ports(p, at, at + 8, end);
    const inside = this.#inside;
    inside.refusal = '';
    if (teredo(b, at + 8, end, p.sport, p.dport, this.settings, inside)) this.#tunnel(inside.type, inside.at, end, 'teredo tunnel');
    else if (geneve(b, at + 8, end, p.sport, p.dport, this.settings, inside)) this.#tunnel(inside.type, inside.at, end, 'geneve encapsulation');
    else if (vxlan(b, at + 8, end, p.dport, this.settings, inside)) this.#tunnel(inside.type, inside.at, end, 'vxlan encapsulation');
    else p.note = inside.refusal;
  }

  #ports(p: PacketView, at: number, payload: number, end: number): void {
    p.sport = u16(p.bytes, at);
    p.dport = u16(p.bytes, at + 2);
    this.#body(p, at, payload, end);
  }

  #body(p: PacketView, at: number, payload: number, end: number): void {
    p.transport = at;
    p.payload = payload;
    p.payloadEnd = end;
  }

  #tunnel(type: number, at: number, end: number, origin: Origin): void {
    this.#next = type;
    this.#nextAt = at;
    this.#nextEnd = end;
    this.#nextOrigin = origin;
  }
}
