// What makes two sightings the same packet: its content from the network header on, without what a path may change (TTL, DSCP and
// checksums; MAC addresses and VLAN tags lie before it). Hashed as a ladder, so that a packet that was cut can still be found by
// its beginning. Hashes only propose; the bytes decide (verify.ts).

import { i32, i32le, u16, u32, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';

/** One more word into a hash of 32 bits. */
export const mixed = (hash: number, word: number): number => {
  const h = Math.imul(hash ^ word, 0x9e3779b1);
  return h ^ (h >>> 15);
};

const LEFT = 0x9e37_79b1, RIGHT = 0x85eb_ca6b | 0; // odd, their bits well mixed

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
  /** The beginning, up to each rung; 0 beyond `top`. */
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
  // Words that count only in part, and the bits of them that do, as a little-endian word has them.
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
    const last = Math.min(end, stop) | 0; // `stop` may be infinite for V8, which would reckon in doubles
    this.#at0 = this.#at1 = this.#at2 = NOWHERE;
    this.sequence = this.payload = 0;
    this.protocol = ip ? t.protocol : NO_PROTOCOL;
    let rest = net - frame;
    let at = frame;
    for (; at + 4 <= net; at += 4) rest = mixed(rest, i32(b, at));
    for (; at + 2 <= net; at += 2) rest = mixed(rest, u16(b, at));
    this.rest = rest;
    if (ip) this.#ip(b, net, last, stop, type);
    else this.flow = this.service = mixed(0, type);
    this.#ladder(b, net, last, type);
  }

  #ip(b: Uint8Array, net: number, end: number, stop: number, type: number): void {
    const t = this.#transport;
    const v4 = type === ETHERTYPE.ipv4;
    this.#at0 = net;
    this.#mask0 = this.#part(b, net, v4 ? 0x0000_00ff : 0xffff_0ff0 | 0, end); // without DSCP and ECN; IPv4 without the total length, which `size` has
    this.#at1 = v4 ? net + 8 : net + 4;
    this.#mask1 = this.#part(b, this.#at1, v4 ? 0x0000_ff00 : 0x00ff_0000, end); // the protocol alone
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
      this.#mask2 = this.#part(b, this.#at2, 0xffff_0000 | 0, end);
      this.sequence = u32(b, t.at + 4);
      this.payload = Math.max(0, stop - t.at - (u8(b, t.at + 12) >> 4) * 4);
    } else if (t.protocol === PROTOCOL.udp) {
      this.#at2 = t.at + 4;
      this.#mask2 = this.#part(b, this.#at2, 0x0000_ffff, end);
    } else if (t.protocol === PROTOCOL.icmp || t.protocol === PROTOCOL.icmpv6) {
      this.#at2 = t.at;
      this.#mask2 = this.#part(b, this.#at2, 0x0000_ffff, end);
      this.flow = mixed(flow, u16(b, t.at + 4));
    }
  }

  /** The hot part: two lanes over the first 128 bytes, a word each at a time, so that neither waits for the other. Words are read as the processor has them. */
  #ladder(b: Uint8Array, net: number, end: number, type: number): void {
    if (this.#bytes !== b) { this.#bytes = b; this.#view = new DataView(b.buffer, b.byteOffset, b.byteLength); }
    const view = this.#view;
    const partly = Math.max(this.#at0, this.#at1, this.#at2); // behind it, no more words count in part
    let h1 = type, h2 = ~type;
    let at = net;
    this.top = NO_RUNG;
    this.rungs[0] = this.rungs[1] = this.rungs[2] = this.rungs[3] = 0;
    const first = type === ETHERTYPE.ipv6 ? 40 : 20;
    for (let rung = 0; rung < RUNGS; rung++) {
      const stop = net + (rung === 0 ? first : rung === 1 ? first + 8 : rung === 2 ? THIRD : FOURTH);
      const last = Math.min(stop, end) - 4;
      while (at <= last) {
        let one = view.getInt32(at, true), two = at + 4 <= last ? view.getInt32(at + 4, true) : 0;
        if (at <= partly) { one &= this.#maskAt(at); two &= this.#maskAt(at + 4); }
        at += at + 4 <= last ? 8 : 4;
        one = Math.imul(h1 ^ one, LEFT);
        two = Math.imul(h2 ^ two, RIGHT);
        h1 = one ^ (two >>> 13);
        h2 = two ^ (one >>> 15);
      }
      if (at < stop) break;
      this.rungs[rung] = mixed(mixed(h1, RIGHT), h2);
      this.top = rung;
    }
    const step = (end - TAIL - at) >> 3 & ~3; // of eight words that stand for the rest
    if (step > 0) for (let sample = 0; sample < SAMPLES; sample += 2, at += 2 * step) {
      const one = Math.imul(h1 ^ view.getInt32(at, true), LEFT);
      const two = Math.imul(h2 ^ view.getInt32(at + step, true), RIGHT);
      h1 = one ^ (two >>> 13);
      h2 = two ^ (one >>> 15);
    }
    if (end - at > TAIL) at = end - TAIL;
    while (at < end) {
      let one = 0, two = 0;
      if (at + 8 <= end) { one = view.getInt32(at, true); two = view.getInt32(at + 4, true); at += 8; }
      else if (at + 4 <= end) { one = view.getInt32(at, true); at += 4; }
      else while (at < end) two = (two << 8) | view.getUint8(at++);
      one = Math.imul(h1 ^ one, LEFT);
      two = Math.imul(h2 ^ two, RIGHT);
      h1 = one ^ (two >>> 13);
      h2 = two ^ (one >>> 15);
    }
    this.whole1 = mixed(h1, this.size);
    this.whole2 = mixed(h2, ~this.size);
  }

  /** Which bits of the word at `at` count. */
  #maskAt(at: number): number { return at === this.#at0 ? this.#mask0 : at === this.#at1 ? this.#mask1 : at === this.#at2 ? this.#mask2 : -1; }

  /** What does not count of the word at `at` tells copies apart that are the same byte for byte. */
  #part(b: Uint8Array, at: number, mask: number, end: number): number {
    if (at + 4 <= end) this.rest = mixed(this.rest, i32le(b, at) & ~mask);
    return mask;
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
