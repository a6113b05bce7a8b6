// What makes two sightings the same packet: its content from the network header on, without what a path may change (TTL, DSCP and
// checksums; MAC addresses and VLAN tags lie before it). Hashed as a ladder, so that a packet that was cut can still be found by
// its beginning. Hashes only propose; the bytes decide (verify.ts).

import { i32, u16, u32, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';

/** One more word into a hash of 32 bits. */
export const mixed = (hash: number, word: number): number => {
  const h = Math.imul(hash ^ word, 0x9e3779b1);
  return h ^ (h >>> 15);
};

/** Rungs of the ladder: the IP header, 8 bytes more, 64 and 128 bytes of content. */
export const RUNGS = 4;
export const NO_RUNG = 0xff;
const THIRD = 64;
const FOURTH = 128;
const TAIL = 16;
const SAMPLES = 8; //  words between the last rung and the tail
const NOWHERE = -1;
/** A reserved number of IANA's. */
export const NO_PROTOCOL = 255;

/** The content of one frame. Read the fields right after `read`; it reuses them. Hashes are 32 bits, their sign means nothing. */
export class Content {
  /** The beginning, up to each rung; only rungs up to `top` are set. */
  readonly rungs = new Int32Array(RUNGS);
  /** The last rung that the captured bytes reach; NO_RUNG when not even the first. */
  top = NO_RUNG;
  /** Two independent hashes over the content's size, its first 128 bytes, eight words of what follows, and its last 16 bytes; meaningful when `complete`. */
  whole1 = 0;
  whole2 = 0;
  /** Whether all bytes that the packet claims were captured. */
  complete = false;
  /** Bytes of content by the packet's own length, without padding of the link. */
  size = 0;
  /** Everything that the content leaves out: link header, DSCP, length, TTL, checksums. Equal for copies that are the same byte for byte. */
  rest = 0;
  /** Names the flow and its direction: addresses, protocol, and ports or the identifier of an echo. */
  flow = 0;
  /** As `flow`, with the higher port left out: what the flows of one service have in common. */
  service = 0;
  /** IP protocol number, NO_PROTOCOL where there is none. */
  protocol = NO_PROTOCOL;
  /** TCP: sequence number and bytes of payload; otherwise 0. */
  sequence = 0;
  payload = 0;
  readonly #transport = newTransport();
  /** Of the bytes that were read last: a word at a time is faster through it. */
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  // Words that count only in part, and the bits of them that do.
  #at0 = NOWHERE; #mask0 = 0;
  #at1 = NOWHERE; #mask1 = 0;
  #at2 = NOWHERE; #mask2 = 0;

  /** Reads the frame b[frame..end), which had bytes up to `wireEnd` on the wire and carries `type` from `net` on. */
  read(b: Uint8Array, frame: number, net: number, end: number, wireEnd: number, type: number): void {
    const t = this.#transport;
    const ip = transportPlace(b, net, end, type, t);
    const stop = !ip ? claimedEnd(b, net, end, wireEnd, type) : t.limit === Infinity ? wireEnd : t.limit;
    this.size = stop - net;
    this.complete = stop <= end;
    this.#at0 = this.#at1 = this.#at2 = NOWHERE;
    this.sequence = this.payload = 0;
    this.protocol = ip ? t.protocol : NO_PROTOCOL;
    if (ip) this.#ip(b, net, Math.min(end, stop), stop, type);
    else this.flow = this.service = mixed(0, type);
    this.rest = net - frame;
    let at = frame;
    for (; at + 4 <= net; at += 4) this.rest = mixed(this.rest, i32(b, at));
    for (; at + 2 <= net; at += 2) this.rest = mixed(this.rest, u16(b, at));
    this.#ladder(b, net, Math.min(end, stop), type);
  }

  #ip(b: Uint8Array, net: number, end: number, stop: number, type: number): void {
    const t = this.#transport;
    const v4 = type === ETHERTYPE.ipv4;
    this.#at0 = net;
    this.#mask0 = v4 ? 0xff00_0000 | 0 : 0xf00f_ffff | 0; //  without DSCP and ECN; IPv4 without the total length, which `size` has
    this.#at1 = v4 ? net + 8 : net + 4;
    this.#mask1 = v4 ? 0x00ff_0000 : 0x0000_ff00; //          the protocol alone
    let flow = mixed(0, t.protocol);
    for (let at = v4 ? net + 12 : net + 8; at < net + (v4 ? 20 : 40); at += 4) flow = mixed(flow, i32(b, at));
    this.flow = this.service = flow;
    if (t.fragment > 0 || t.at + 8 > end) return;
    if (t.protocol === PROTOCOL.tcp || t.protocol === PROTOCOL.udp) {
      const from = u16(b, t.at), to = u16(b, t.at + 2);
      this.flow = mixed(flow, i32(b, t.at));
      this.service = mixed(flow, from < to ? from : 0x1_0000 + to);
    }
    if (t.protocol === PROTOCOL.tcp && t.at + 20 <= end) {
      this.#at2 = t.at + 16;
      this.#mask2 = 0xffff;
      this.sequence = u32(b, t.at + 4);
      this.payload = Math.max(0, stop - t.at - (u8(b, t.at + 12) >> 4) * 4);
    } else if (t.protocol === PROTOCOL.udp) {
      this.#at2 = t.at + 4;
      this.#mask2 = 0xffff_0000 | 0;
    } else if (t.protocol === PROTOCOL.icmp || t.protocol === PROTOCOL.icmpv6) {
      this.#at2 = t.at;
      this.#mask2 = 0xffff_0000 | 0;
      this.flow = mixed(flow, u16(b, t.at + 4));
    }
  }

  /** The hot part: two lanes over the first 128 bytes, a word at a time. */
  #ladder(b: Uint8Array, net: number, end: number, type: number): void {
    const at0 = this.#at0, at1 = this.#at1, at2 = this.#at2;
    if (this.#bytes !== b) { this.#bytes = b; this.#view = new DataView(b.buffer, b.byteOffset, b.byteLength); }
    const view = this.#view;
    let h1 = type, h2 = ~type;
    let at = net;
    this.top = NO_RUNG;
    const first = type === ETHERTYPE.ipv6 ? 40 : 20;
    for (let rung = 0; rung < RUNGS; rung++) {
      const stop = net + (rung === 0 ? first : rung === 1 ? first + 8 : rung === 2 ? THIRD : FOURTH);
      const last = Math.min(stop, end) - 4;
      const plain = at > at0 && at > at1 && at > at2; // no more words that count in part
      if (plain) {
        for (; at <= last; at += 4) {
          const word = view.getInt32(at);
          h1 = Math.imul(h1 ^ word, 0x9e37_79b1);
          h1 ^= h1 >>> 15;
          h2 = Math.imul(((h2 << 7) | (h2 >>> 25)) + word, 0x85eb_ca6b | 0);
          h2 ^= h2 >>> 13;
        }
      }
      for (; at <= last; at += 4) {
        let word = view.getInt32(at);
        if (at === at0) { this.rest = mixed(this.rest, word & ~this.#mask0); word &= this.#mask0; }
        else if (at === at1) { this.rest = mixed(this.rest, word & ~this.#mask1); word &= this.#mask1; }
        else if (at === at2) { this.rest = mixed(this.rest, word & ~this.#mask2); word &= this.#mask2; }
        h1 = Math.imul(h1 ^ word, 0x9e37_79b1);
        h1 ^= h1 >>> 15;
        h2 = Math.imul(((h2 << 7) | (h2 >>> 25)) + word, 0x85eb_ca6b | 0);
        h2 ^= h2 >>> 13;
      }
      if (at < stop) break;
      this.rungs[rung] = h1 ^ ((h2 << 16) | (h2 >>> 16));
      this.top = rung;
    }
    const step = (end - TAIL - at) >> 3 & ~3; // of eight words that stand for the rest
    if (step > 0) for (let sample = 0; sample < SAMPLES; sample++, at += step) {
      const word = view.getInt32(at);
      h1 = Math.imul(h1 ^ word, 0x9e37_79b1);
      h1 ^= h1 >>> 15;
      h2 = Math.imul(((h2 << 7) | (h2 >>> 25)) + word, 0x85eb_ca6b | 0);
      h2 ^= h2 >>> 13;
    }
    if (end - at > TAIL) at = end - TAIL;
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at);
      h1 = mixed(h1, word);
      h2 = Math.imul(((h2 << 7) | (h2 >>> 25)) + word, 0x85eb_ca6b | 0);
      h2 ^= h2 >>> 13;
    }
    for (; at < end; at++) {
      const byte = view.getUint8(at);
      h1 = mixed(h1, byte);
      h2 = Math.imul(((h2 << 7) | (h2 >>> 25)) + byte, 0x85eb_ca6b | 0);
    }
    this.whole1 = mixed(h1, this.size);
    this.whole2 = mixed(h2 ^ (h2 >>> 13), ~this.size);
  }
}

const ARP_FIXED = 8; // RFC 826: then twice a hardware and a protocol address

/** Where a frame without IP ends by its own words: an Ethernet frame may be padded to 60 bytes. */
function claimedEnd(b: Uint8Array, net: number, end: number, wireEnd: number, type: number): number {
  let claimed = wireEnd;
  if (type === ETHERTYPE.arp && net + ARP_FIXED <= end) claimed = net + ARP_FIXED + 2 * (u8(b, net + 4) + u8(b, net + 5));
  else if (type === 0 && net >= 14) claimed = net + u16(b, net - 2); // an LLC frame, behind its length
  return claimed > net && claimed <= wireEnd ? claimed : wireEnd;
}
