// Takes the envelope off as a Linux VXLAN interface does: what it would have handed up, and nothing else. The order and the rules are those of
// the kernel: net/ipv4/ip_input.c, net/ipv4/udp.c, net/ipv6/udp.c, and vxlan_rcv in drivers/net/vxlan/vxlan_core.c (6.x). What a capture
// cannot tell is left out: addresses of the host itself unless given, the interface's own MAC address, and forwarding tables.

import { u16, u24, u32, u8 } from '../bytes/read.ts';
import { ETHERTYPE, linkPlace, newTransport, PROTOCOL, transportPlace, type NetworkPlace } from './headers.ts';
import { Reassembly, type Datagram } from './reassembly.ts';
import { ipv4HeaderIsRight, udpIsRight, udpIsUnsummed } from './checksums.ts';

export interface DecapOptions {
  /** Only this VNI; all of them where it is left out, as an interface in collect-metadata mode. */
  readonly vni?: number | undefined;
  /** UDP destination port, 4789 where it is left out. */
  readonly port?: number | undefined;
  /** Only envelopes sent to this address, four or sixteen bytes. */
  readonly local?: Uint8Array | undefined;
}

/** Why a packet gave nothing. */
export const REFUSALS = {
  other: 'no UDP to the VXLAN port', address: 'sent to another address', fragment: 'a fragment whose others never came', header: 'an IPv4 header with a wrong checksum or length',
  length: 'a UDP length that does not fit', checksum: 'a wrong UDP checksum', unsummed: 'no UDP checksum over IPv6, which only an interface made with udp6zerocsumrx takes', short: 'too short for VXLAN and a frame', flag: 'the I flag is not set', vni: 'another VNI',
  reserved: 'a reserved bit is set, which Linux does not accept', congestion: 'the envelope was marked for congestion and the packet inside does not take part in ECN',
} as const;
export type Refusal = keyof typeof REFUSALS;

const VXLAN_PORT = 4789;
const UDP_HEADER = 8;
const VXLAN_HEADER = 8;
const ETHERNET_HEADER = 14;
const VNI_FLAG = 0x0800_0000;
const ECN = 3, NOT_ECT = 0, CONGESTED = 3;

/** One interface. Feed it packets in order; read the frame right after `take` has answered null. */
export class Decapsulator {
  /** The frame: bytes[start..end), of `wire` bytes. */
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  wire = 0;
  /** Packets that the frame's envelope came in: more than one for fragments, the earlier of which were refused as such. */
  packets = 1;
  readonly #options: DecapOptions;
  readonly #port: number;
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  readonly #transport = newTransport();
  readonly #reassembly = new Reassembly();

  constructor(options: DecapOptions) { this.#options = options; this.#port = options.port ?? VXLAN_PORT; }

  /** Takes b[start..end), a packet of `origlen` bytes. Answers why it gives nothing, or null when there is a frame. Never throws. */
  take(b: Uint8Array, start: number, end: number, origlen: number, linkType: number): Refusal | null {
    const place = this.#place, t = this.#transport;
    if (!linkPlace(b, start, end, linkType, place) || !transportPlace(b, place.net, end, place.type, t)) return 'other';
    if (t.protocol !== PROTOCOL.udp) return 'other';
    const wireEnd = start + Math.max(origlen, end - start);
    if (place.type === ETHERTYPE.ipv4 && (t.limit > wireEnd || !ipv4HeaderIsRight(b, place.net, t.at))) return 'header';
    if (!this.#isLocal(b, place)) return 'address';
    if (t.fragment > 0 || t.more) {
      t.limit = Math.min(t.limit, wireEnd);
      const whole = this.#reassembly.add(b, start, place.net, end, place.type, t, 0, 0);
      return whole === null ? 'fragment' : this.#whole(whole, place.net - start);
    }
    this.packets = 1;
    return this.#udp(b, t.at, Math.min(end, t.limit), Math.min(wireEnd, t.limit));
  }

  #whole({ bytes, head, wire, pieces }: Datagram, net: number): Refusal | null {
    this.packets = pieces.length;
    this.#place.net = net;
    return this.#udp(bytes, head, bytes.length, wire);
  }

  #isLocal(b: Uint8Array, { net, type }: NetworkPlace): boolean {
    const { local } = this.#options;
    if (local === undefined) return true;
    const at = net + (type === ETHERTYPE.ipv4 ? 16 : 24);
    return local.length === (type === ETHERTYPE.ipv4 ? 4 : 16) && local.every((byte, i) => b[at + i] === byte);
  }

  #udp(b: Uint8Array, udp: number, end: number, wireEnd: number): Refusal | null {
    if (udp + UDP_HEADER > end || u16(b, udp + 2) !== this.#port) return 'other';
    const length = u16(b, udp + 4);
    if (length < UDP_HEADER || udp + length > wireEnd) return 'length';
    const stop = Math.min(end, udp + length);
    if (udpIsUnsummed(b, udp)) {
      if (this.#place.type === ETHERTYPE.ipv6) return 'unsummed'; // no_check6_rx is off unless the interface was made with udp6zerocsumrx
    } else if (!udpIsRight(b, this.#place.net, this.#place.type, udp, udp + length, end)) return 'checksum';
    if (length < UDP_HEADER + VXLAN_HEADER || udp + UDP_HEADER + VXLAN_HEADER > stop) return 'short';
    return this.#vxlan(b, udp + UDP_HEADER, stop, udp + length);
  }

  #vxlan(b: Uint8Array, vxlan: number, end: number, wireEnd: number): Refusal | null {
    const flags = u32(b, vxlan);
    if ((flags & VNI_FLAG) === 0) return 'flag';
    if (this.#options.vni !== undefined && u24(b, vxlan + 4) !== this.#options.vni) return 'vni';
    const frame = vxlan + VXLAN_HEADER;
    if (frame + ETHERNET_HEADER > wireEnd) return 'short'; // __iptunnel_pull_header
    if ((flags ^ VNI_FLAG) !== 0 || u8(b, vxlan + 7) !== 0) return 'reserved';
    if (frame + ETHERNET_HEADER > end) return 'short'; // on the wire it was not, but nothing of it was captured
    const type = u16(b, frame + 12);
    const header = type === ETHERTYPE.ipv4 ? 20 : type === ETHERTYPE.ipv6 ? 40 : 0; // pskb_inet_may_pull
    if (frame + ETHERNET_HEADER + header > wireEnd) return 'short';
    this.bytes = b;
    this.start = frame;
    this.end = end;
    this.wire = wireEnd - frame;
    return this.#congestion(b, frame + ETHERNET_HEADER, type);
  }

  /** RFC 6040 as include/net/inet_ecn.h has it: the mark of the envelope goes on to a packet that takes part, and costs another its way. */
  #congestion(b: Uint8Array, net: number, type: number): Refusal | null {
    if (trafficClass(b, this.#place.net, this.#place.type) % 4 !== CONGESTED || (type !== ETHERTYPE.ipv4 && type !== ETHERTYPE.ipv6) || net + 20 > this.end) return null;
    const inner = trafficClass(b, net, type) & ECN;
    if (inner === NOT_ECT) return 'congestion';
    if (inner === CONGESTED) return null;
    const at = net - this.start;
    this.bytes = b.slice(this.start, this.end);
    this.start = 0;
    this.end = this.bytes.length;
    if (type === ETHERTYPE.ipv6) this.bytes[at + 1]! |= CONGESTED << 4;
    else {
      const before = u16(this.bytes, at);
      this.bytes[at + 1]! |= CONGESTED;
      let sum = (~u16(this.bytes, at + 10) & 0xffff) + (~before & 0xffff) + u16(this.bytes, at); // RFC 1624
      while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
      this.bytes[at + 10] = ~sum >> 8 & 0xff;
      this.bytes[at + 11] = ~sum & 0xff;
    }
    return null;
  }
}

const trafficClass = (b: Uint8Array, net: number, type: number): number => (type === ETHERTYPE.ipv4 ? u8(b, net + 1) : u16(b, net) >> 4 & 0xff);
