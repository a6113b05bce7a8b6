import { u16, u32, u32le, u8 } from '../../bytes/read.ts';
import { BY_GENEVE, BY_VXLAN, VniPaths } from '../../table/vni-paths.ts';
import type { HostPolicy } from '../flow/os-policy.ts';
import { type Datagram, Fragments } from './fragments.ts';
import { readIpv4 } from './ipv4.ts';
import { readIpv6 } from './ipv6.ts';
import type { Onward } from './onward.ts';
import { MAX_VLANS, type Origin, PacketView } from './packet-view.ts';
import { readTransport } from './transport.ts';
import { readArp } from './arp.ts';
import { readMpls } from './mpls.ts';
import { readNsh } from './nsh.ts';
import { ARP, ETHERNET, Inside, IPV4, IPV6, PPP_TYPE, type TunnelSettings, VLAN_TAGS } from './tunnels.ts';

// The light decode of the rules: where headers start, on each level, the way Suricata decodes: a packet that is cut, or whose lengths lie, is not read
// on (decode-ipv4.c, decode-ipv6.c, decode-udp.c), so no rule on its addresses fires. That is why this is not the dissector, which shows what is there.

/** Suricata decodes 16 layers at most (decoder.max-layers); a tunnel takes two at least. */
const MAX_LEVELS = 8;
/** Layers of one level that are read (decoder.max-layers). */
const MAX_LAYERS = 16;
/** On each level a fragment and the datagram that it completes. */
const MAX_VIEWS = 2 * MAX_LEVELS;

const LOOPBACK_IPV6: readonly number[] = [10, 24, 28, 30];
const NSH = 0x894f;
const PROVIDER_BACKBONE = 0x88e7;
const VNTAG = 0x8926;
const PPPOE_DISCOVERY = 0x8863;
const DCE = 0x8903;
const PPP = 9;

export class PacketDecoder {
  readonly views: readonly PacketView[] = Array.from({ length: MAX_VIEWS }, () => new PacketView());
  /** How many of `views` hold this packet. */
  count = 0;
  readonly settings: TunnelSettings;
  readonly #inside = new Inside();
  readonly #fragments: Fragments;
  readonly #paths = new VniPaths();
  // What comes next, found while a view was read: the packet in a tunnel, or a datagram from fragments.
  #next = 0; // ethertype, 0 for none
  #nextAt = 0;
  #nextEnd = 0;
  #nextOrigin: Origin = 'wire/pcap';
  #datagram: Datagram | null = null;

  readonly #on: Onward = {
    transport: (p, at) => readTransport(p, at, this.settings, this.#inside, this.#on),
    fragment: (p, payload, offset, more, id, head) => { this.#datagram = this.#fragments.add(p, payload, offset, more, id, head); },
    tunnel: (type, at, end, origin) => {
      this.#next = type;
      this.#nextAt = at;
      this.#nextEnd = end;
      this.#nextOrigin = origin;
    },
  };

  /** `hosts`: how hosts put fragments together that overlap. */
  constructor(settings: TunnelSettings, hosts: readonly HostPolicy[] = []) {
    this.settings = settings;
    this.#fragments = new Fragments(hosts);
  }

  /** Reads the packet in [start..end) of the window and what its tunnels carry. `linkType` as in the capture (LINKTYPE_ numbers). */
  decode(bytes: Uint8Array, start: number, end: number, linkType: number, number: number, seconds: number, nanoseconds: number): void {
    const outer = this.views[0]!;
    outer.reset(bytes, start, end, 0, 'wire/pcap');
    outer.stamp(number, seconds, nanoseconds);
    this.#next = 0;
    this.#datagram = null;
    this.#link(outer, linkType);
    this.count = 1;
    while ((this.#next !== 0 || this.#datagram !== null) && this.count < MAX_VIEWS) {
      const before = this.views[this.count - 1]!;
      if (this.#datagram === null && before.level + 1 >= MAX_LEVELS) break;
      const view = this.views[this.count]!;
      before.inspectPayload = false;
      if (this.#datagram !== null) this.#together(view, before, this.#datagram); else this.#inner(view, before);
      this.count++;
    }
  }

  #inner(view: PacketView, before: PacketView): void {
    const type = this.#next;
    view.reset(before.bytes, this.#nextAt, this.#nextEnd, before.level + 1, this.#nextOrigin);
    view.stamp(before.number, before.seconds, before.nanoseconds);
    view.apart = before.apart;
    view.within(before);
    this.#envelope(view, before);
    this.#next = 0;
    this.#type(view, type, view.start);
  }

  /** Both envelopes have their number in bytes 4 to 6 (RFC 7348 section 5, RFC 8926 section 3.4). */
  #envelope(view: PacketView, { bytes, payload }: PacketView): void {
    if (view.origin !== 'vxlan encapsulation' && view.origin !== 'geneve encapsulation') return;
    const vni = u32(bytes, payload + 4) >>> 8;
    if (view.origin === 'vxlan encapsulation') { view.vxlanVni = vni; view.vxlanAt = payload; } else { view.geneveVni = vni; view.geneveAt = payload; }
    view.path = this.#paths.into(view.path, view.origin === 'vxlan encapsulation' ? BY_VXLAN : BY_GENEVE, vni);
  }

  #together(view: PacketView, before: PacketView, { bytes, ip, ether }: Datagram): void {
    const { ipVersion } = before;
    this.#datagram = null;
    view.reset(bytes, 0, bytes.length, before.level, 'defrag');
    view.stamp(before.number, before.seconds, before.nanoseconds);
    view.apart = true;
    view.within(before);
    view.ether = ether;
    view.vlanCount = before.vlanCount;
    view.vlans.set(before.vlans);
    if (ipVersion === 4) readIpv4(view, ip, bytes.length, this.#on); else readIpv6(view, ip, bytes.length, this.#on);
  }

  #link(p: PacketView, linkType: number): void {
    const { bytes: b, start, end } = p;
    switch (linkType) {
      case 1: return this.#ethernet(p, start);
      case 12: case 14: case 101: return this.#raw(p, start);
      case 228: return readIpv4(p, start, end, this.#on);
      case 229: return readIpv6(p, start, end, this.#on);
      case 0: case 108: {
        if (start + 4 > end) return p.event('ltnull.pkt_too_small');
        const family = linkType === 108 ? u32(b, start) : Math.min(u32(b, start), u32le(b, start)); // NULL is in the order of the machine that captured
        if (family === 2) return readIpv4(p, start + 4, end, this.#on);
        if (LOOPBACK_IPV6.includes(family)) return readIpv6(p, start + 4, end, this.#on);
        return p.event('ltnull.unsupported_type');
      }
      case 113: if (start + 16 <= end) this.#type(p, u16(b, start + 14), start + 16); else p.event('sll.pkt_too_small'); return;
      case 276: if (start + 20 <= end) this.#type(p, u16(b, start), start + 20); else p.event('sll2.pkt_too_small'); return;
      case 104: if (start + 4 <= end) this.#type(p, u16(b, start + 2), start + 4); else p.event('chdlc.pkt_too_small'); return;
      case PPP: case 50: return this.#ppp(p, start);
      default: p.note = `packets of link type ${linkType} are not read for rules`;
    }
  }

  #ppp(p: PacketView, at: number): void {
    const { bytes: b, end } = p;
    const start = at + 2 <= end && u16(b, at) === 0xff03 ? at + 2 : at;
    if (start + 2 > end) return p.event('ppp.pkt_too_small');
    const [protocol, after] = [u16(b, start), start + 2];
    if (protocol === 0x0021) { if (after + 20 > end) p.event('ppp.ip4_pkt_too_small'); else readIpv4(p, after, end, this.#on); } else if (protocol === 0x0057) {
      if (after + 40 > end) p.event('ppp.ip6_pkt_too_small'); else readIpv6(p, after, end, this.#on);
    } else p.event(protocol < 0x4000 || protocol >= 0x8000 ? 'ppp.unsup_proto' : 'ppp.wrong_type');
  }

  #raw(p: PacketView, at: number): void {
    if (at >= p.end) return;
    const version = u8(p.bytes, at) >> 4;
    if (version === 4) readIpv4(p, at, p.end, this.#on);
    if (version === 6) readIpv6(p, at, p.end, this.#on);
    if (version !== 4 && version !== 6) p.event('ipraw.invalid_ip_version');
  }

  #ethernet(p: PacketView, at: number): void {
    if (at + 14 > p.end) { p.event('ethernet.pkt_too_small'); return; }
    p.ether = at;
    this.#type(p, u16(p.bytes, at + 12), at + 14);
  }

  #type(p: PacketView, first: number, from: number): void {
    const { bytes: b, end } = p;
    if (++p.layers > MAX_LAYERS) { p.note = `there are more than ${MAX_LAYERS} layers`; return; }
    let type = first;
    let at = from;
    if (type === ETHERNET) return this.#ethernet(p, at);
    while (VLAN_TAGS.includes(type)) {
      if (at + 4 > end) return p.event('vlan.header_too_small');
      if (p.vlanCount === MAX_VLANS) return p.event('vlan.too_many_layers');
      p.vlans[p.vlanCount++] = u16(b, at) & 0x0fff;
      type = u16(b, at + 2);
      at += 4;
    }
    switch (type) {
      case IPV4: return readIpv4(p, at, end, this.#on);
      case IPV6: return readIpv6(p, at, end, this.#on);
      case ARP: return readArp(p, at);
      case 0x8847: case 0x8848: if (readMpls(p, at, this.#inside)) this.#type(p, this.#inside.type, this.#inside.at); return;
      case 0x8864: if (at + 8 <= end) this.#ppp(p, at + 6); else p.event('pppoe.pkt_too_small'); return;
      case PPP_TYPE: return this.#ppp(p, at);
      case NSH: if (readNsh(p, at, this.#inside)) this.#type(p, this.#inside.type, this.#inside.at); return;
      case PROVIDER_BACKBONE: if (at + 18 <= end) this.#type(p, u16(b, at + 16), at + 18); else p.event('ieee8021ah.header_too_small'); return;
      case VNTAG: if (at + 6 <= end) this.#type(p, u16(b, at + 4), at + 6); else p.event('vntag.header_too_small'); return;
      case PPPOE_DISCOVERY: case DCE: return;
      default: if (p.vlanCount > 0) p.event('vlan.unknown_type'); else if (p.ether >= 0) p.event('ethernet.unknown_ethertype');
    }
  }
}
