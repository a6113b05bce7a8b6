// From a packet's first byte to its innermost frame. An own light walk, not the dissector's: it goes over every packet of both captures.

import { i32, u16, u24, u8 } from '../bytes/read.ts';
import { ETHERNET_LINK, ETHERTYPE, ethernetPlace, linkPlace, newTransport, PROTOCOL, transportPlace, type NetworkPlace } from '../mirror/headers.ts';
import { mixed } from './content-hash.ts';

/** Deeper nesting than this is compared where the walk stops. */
export const MAX_DEPTH = 8;
export const NO_VNI = -1;

const VXLAN = 4789, VXLAN_GPE = 4790, GENEVE = 6081; // IANA; as Wireshark finds them, on either port
const VNI_PRESENT = 0x08;
const GPE_NEXT: Readonly<Record<number, number>> = { 1: ETHERTYPE.ipv4, 2: ETHERTYPE.ipv6, 3: ETHERTYPE.ethernet }; // draft-ietf-nvo3-vxlan-gpe

/** The innermost frame of one packet, as offsets into the bytes that were walked. Read the fields right after `walk`; it reuses them. */
export class FrameWalk {
  /** First byte of the innermost frame; where the envelope carries bare IP, the same as `net`. */
  frame = 0;
  /** Whether the frame starts with an Ethernet header. */
  ethernet = false;
  /** First byte of what the frame carries. */
  net = 0;
  /** Its ethertype, 0 when it has none. */
  type = 0;
  /** End of the captured bytes that the envelopes' lengths leave to the frame. */
  end = 0;
  /** Where the frame ended on the wire, which is beyond `end` in a packet that was captured in part. */
  wireEnd = 0;
  /** Envelopes around it. */
  depth = 0;
  /** Of each envelope, from the outside; NO_VNI where it has none. */
  readonly vnis = new Int32Array(MAX_DEPTH);
  /** Names the way the packet came: endpoints and VNI of every envelope, mixed into 32 bits. 0 without an envelope. */
  path = 0;
  /** Set when an envelope is the first fragment of several: the frame goes on elsewhere. */
  partial = false;
  /** The bytes that were walked, and the network header of the whole packet in them. */
  bytes: Uint8Array = new Uint8Array(0);
  outerNet = 0;
  outerType = 0;
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  readonly #transport = newTransport();
  #inner = 0;
  #innerType = 0;
  #vni = 0;

  /** Walks b[start..end), a packet that had `origlen` bytes. Never throws; what makes no sense as an envelope is the frame itself. */
  walk(b: Uint8Array, start: number, end: number, origlen: number, linkType: number): void {
    this.frame = start;
    this.end = end;
    this.wireEnd = Math.max(end, start + origlen);
    this.depth = this.path = 0;
    this.partial = false;
    const known = linkPlace(b, start, end, linkType, this.#place);
    this.ethernet = known && linkType === ETHERNET_LINK;
    this.net = known ? this.#place.net : start;
    this.type = known ? this.#place.type : 0;
    this.bytes = b;
    this.outerNet = this.net;
    this.outerType = this.type;
    while (this.depth < MAX_DEPTH && this.#enter(b));
  }

  /** Steps into the envelope that the frame is, if it is one. */
  #enter(b: Uint8Array): boolean {
    const t = this.#transport;
    if (!transportPlace(b, this.net, this.end, this.type, t) || t.fragment > 0) return false;
    let end = Math.min(this.end, t.limit) | 0; // `limit` may be infinite: from here on an integer again, or V8 reckons in doubles
    let wireEnd = Math.min(this.wireEnd, t.limit);
    if (t.protocol === PROTOCOL.udp) {
      if (t.at + 16 > end) return false;
      const length = u16(b, t.at + 4);
      if (!this.#udp(b, t.at, end)) return false;
      if (length >= 8) {
        end = Math.min(end, t.at + length) | 0;
        wireEnd = t.more ? t.at + length : Math.min(wireEnd, t.at + length);
      }
    } else if (t.protocol !== PROTOCOL.gre || !this.#gre(b, t.at, end)) return false;
    const way = this.#way(b); // before the place changes: it names the outer addresses
    if (!this.#inside(b, end)) return false;
    this.path = way;
    this.vnis[this.depth++] = this.#vni;
    this.partial ||= t.more;
    this.end = end;
    this.wireEnd = wireEnd;
    return true;
  }

  #udp(b: Uint8Array, udp: number, end: number): boolean {
    const from = u16(b, udp), to = u16(b, udp + 2);
    // The destination is asked first: a source port is a hash of the inner packet and may be any number.
    return this.#tunnel(b, to, udp + 8, end) || this.#tunnel(b, from, udp + 8, end);
  }

  #tunnel(b: Uint8Array, port: number, at: number, end: number): boolean {
    if (port !== VXLAN && port !== VXLAN_GPE && port !== GENEVE) return false;
    if (port === GENEVE) { // RFC 8926 section 3.4
      if (u8(b, at) >> 6 !== 0) return false;
      this.#inner = at + 8 + (u8(b, at) & 0x3f) * 4;
      this.#innerType = u16(b, at + 2);
    } else {
      if ((u8(b, at) & VNI_PRESENT) === 0) return false; // RFC 7348 section 5: MUST be 1 for a valid VNI
      this.#inner = at + 8;
      this.#innerType = port === VXLAN ? ETHERTYPE.ethernet : GPE_NEXT[u8(b, at + 3)] ?? 0;
    }
    this.#vni = u24(b, at + 4);
    return this.#inner < end;
  }

  /** RFC 2784 and 2890. */
  #gre(b: Uint8Array, at: number, end: number): boolean {
    if (at + 4 > end || (u8(b, at + 1) & 7) !== 0) return false;
    const flags = u8(b, at);
    this.#inner = at + 4 + ((flags & 0x80) !== 0 ? 4 : 0) + ((flags & 0x20) !== 0 ? 4 : 0) + ((flags & 0x10) !== 0 ? 4 : 0);
    this.#innerType = u16(b, at + 2);
    this.#vni = NO_VNI;
    return this.#inner < end;
  }

  /** Whether a frame starts where the envelope says. If so, that is the innermost one for now. */
  #inside(b: Uint8Array, end: number): boolean {
    const at = this.#inner;
    if (this.#innerType === ETHERTYPE.ethernet) {
      if (!ethernetPlace(b, at, end, this.#place)) return false;
      this.ethernet = true;
      this.frame = at;
      this.net = this.#place.net;
      this.type = this.#place.type;
      return true;
    }
    if (this.#innerType !== ETHERTYPE.ipv4 && this.#innerType !== ETHERTYPE.ipv6) return false;
    this.ethernet = false;
    this.frame = this.net = at;
    this.type = this.#innerType;
    return true;
  }

  /** What identifies an envelope, mixed into the way so far: addresses and VNI, never the port, which is a hash of the flow inside. */
  #way(b: Uint8Array): number {
    const from = this.net + (this.type === ETHERTYPE.ipv4 ? 12 : 8);
    const to = from + (this.type === ETHERTYPE.ipv4 ? 8 : 32);
    let way = this.path;
    for (let at = from; at < to; at += 4) way = mixed(way, i32(b, at));
    return mixed(way, this.#vni) || 1;
  }
}
