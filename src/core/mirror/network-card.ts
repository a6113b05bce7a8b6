// What a network card does to a packet after a capture at its host has seen it: it splits TCP super-frames into segments (TSO) and fills in checksums. A mirror sees what comes out. The
// rules are those of Linux, which does the same in software: tcp_gso_segment in net/ipv4/tcp_offload.c, inet_gso_segment in net/ipv4/af_inet.c, ipv6_gso_segment in net/ipv6/ip6_offload.c.

import { onesSum } from '../bytes/checksum.ts';
import { u16, u32, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace, type NetworkPlace } from './headers.ts';
import type { SegmentSizes } from './segment-sizes.ts';

const TCP_HEADER = 20;
const FIN_AND_PSH = 0x09, CWR = 0x80;
/** GSO_MAX_SIZE of Linux: nothing larger is handed to a card. */
const MOST = 8 * 65_536;

/** One card. `take` says how many frames leave; `frame` writes one of them. */
export class NetworkCard {
  /** Of the frame that was written: bytes that are there, and that were on the wire. */
  captured = 0;
  wire = 0;
  /** Whether it was cut. */
  isCut = false;
  readonly #sizes: SegmentSizes;
  readonly #mtu: number;
  readonly #t = newTransport();
  #b: Uint8Array = new Uint8Array(0);
  #start = 0; #end = 0; #whole = 0; //   the packet, and its bytes on the wire
  #net = 0; #type = 0;
  #known = false; //                     whether #t is of this packet
  #payload = 0; #stop = 0; #size = 0; // of a super-frame: where its payload starts and ends on the wire, and how much of it a segment has; size 0: it is none
  #jumbo = 0; //                         bytes of a jumbo option (RFC 2675), which no segment needs

  constructor(sizes: SegmentSizes, mtu: number) { this.#sizes = sizes; this.#mtu = mtu; }

  /** Takes b[start..end), an Ethernet frame of `wire` bytes with its network header at `place`. */
  take(b: Uint8Array, start: number, end: number, wire: number, place: NetworkPlace): number {
    const t = this.#t;
    this.#b = b;
    this.#start = start;
    this.#end = end;
    this.#whole = wire;
    this.#net = place.net;
    this.#type = place.type;
    this.#size = this.#jumbo = 0;
    this.#known = transportPlace(b, place.net, end, place.type, t);
    if (!this.#known || t.protocol !== PROTOCOL.tcp || t.fragment > 0 || t.more || t.at + TCP_HEADER > end) return 1;
    this.#stop = t.limit = Math.min(t.limit, start + wire);
    this.#payload = t.at + (u8(b, t.at + 12) >> 4) * 4;
    if (place.type === ETHERTYPE.ipv6 && t.at === place.net + 48 && isJumbo(b, place.net + 40)) this.#jumbo = 8;
    const limit = this.#sizes.limitOf(b, place, t, this.#mtu + this.#jumbo);
    const size = limit - (this.#payload - place.net), length = this.#stop - this.#payload;
    if (this.#stop - place.net <= limit || size <= 0 || length > MOST || this.#payload < t.at + TCP_HEADER || this.#payload > end) return 1;
    this.#size = size;
    return Math.ceil(length / size);
  }

  /** Whether the packet that was taken is larger than the MTU, and stays so: how it leaves is not to be seen. */
  get isTooLarge(): boolean { return this.#size === 0 && this.#known && Math.min(this.#t.limit, this.#start + this.#whole) - this.#net > this.#mtu; }

  /** Writes the i-th frame to `out` from `at` on, cut to `most` bytes. */
  frame(i: number, out: Uint8Array, at: number, most: number): void {
    const b = this.#b, start = this.#start, end = this.#end;
    if (this.#size === 0) {
      this.wire = Math.min(this.#whole, most);
      this.isCut = this.wire < this.#whole;
      this.captured = Math.min(end - start, this.wire);
      out.set(b.subarray(start, start + this.captured), at);
      this.#fill(out, at, this.#net - start, this.#t.at - start);
      return;
    }
    const from = this.#payload + i * this.#size, to = Math.min(from + this.#size, this.#stop);
    const head = this.#payload - start - this.#jumbo, whole = head + to - from;
    this.wire = Math.min(whole, most);
    this.isCut = this.wire < whole;
    this.captured = Math.min(head + Math.max(0, Math.min(to, end) - from), this.wire);
    this.#head(out, at, i * this.#size, i, to === this.#stop, head, to - from);
    out.set(b.subarray(from, from + Math.max(0, this.captured - head)), at + head);
    this.#fill(out, at, this.#net - start, this.#t.at - start - this.#jumbo);
  }

  /** The headers of a segment: lengths, identification and sequence number move on; FIN and PSH stay for the last one, CWR for the first. */
  #head(out: Uint8Array, at: number, offset: number, i: number, last: boolean, head: number, payload: number): void {
    const b = this.#b, net = at + this.#net - this.#start, tcp = at + this.#t.at - this.#start - this.#jumbo;
    out.set(b.subarray(this.#start, this.#t.at - this.#jumbo), at);
    out.set(b.subarray(this.#t.at, this.#payload), tcp);
    if (this.#type === ETHERTYPE.ipv4) {
      put16(out, net + 2, at + head + payload - net);
      put16(out, net + 4, u16(out, net + 4) + i);
      put16(out, net + 10, 0);
    } else {
      put16(out, net + 4, at + head + payload - net - 40);
      if (this.#jumbo > 0) out[net + 6] = PROTOCOL.tcp;
    }
    const sequence = u32(out, tcp + 4) + offset;
    put16(out, tcp + 4, sequence >>> 16);
    put16(out, tcp + 6, sequence);
    out[tcp + 13] = u8(out, tcp + 13) & ~(last ? 0 : FIN_AND_PSH) & ~(i === 0 ? 0 : CWR);
  }

  /**
   * Fills in what was left to the card: an IPv4 header's checksum that is zero, and a TCP or UDP checksum that is only the pseudo-header's sum (CHECKSUM_PARTIAL), or zero in TCP. Of what was cut
   * a mirror does not: "If the mirror packet is truncated, the mirror packet L4 checksum is not calculated. If any part of the L3 header is truncated, the L3 checksum is not calculated."
   */
  #fill(out: Uint8Array, at: number, netOffset: number, transportOffset: number): void {
    if (!this.#known) return;
    const net = at + netOffset, transport = at + transportOffset, end = at + this.captured, wide = this.#type === ETHERTYPE.ipv6;
    if (!wide && transport <= end && u16(out, net + 10) === 0) put16(out, net + 10, ~onesSum(out, net, transport, 0));
    const { protocol, fragment, more, limit } = this.#t;
    if (this.isCut || fragment > 0 || more || (protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp)) return;
    const stop = this.#size > 0 ? end : Math.min(end, at + limit - this.#start), length = stop - transport, sum = transport + (protocol === PROTOCOL.tcp ? 16 : 6);
    if (sum + 2 > stop || this.captured < this.wire) return;
    const from = net + (wide ? 8 : 12), pseudo = onesSum(out, from, from + (wide ? 32 : 8), protocol + length);
    if (this.#size === 0 && u16(out, sum) !== pseudo && (u16(out, sum) !== 0 || protocol === PROTOCOL.udp)) return; // zero: UDP without one; in TCP none that was filled in
    put16(out, sum, 0);
    const made = ~onesSum(out, transport, stop, pseudo) & 0xffff;
    put16(out, sum, made === 0 && protocol === PROTOCOL.udp ? 0xffff : made);
  }
}

/** A hop-by-hop header with nothing but a jumbo payload option, as Linux puts before TCP packets beyond 65,535 bytes (BIG TCP). */
const isJumbo = (b: Uint8Array, at: number): boolean => u8(b, at) === PROTOCOL.tcp && u8(b, at + 1) === 0 && u8(b, at + 2) === 0xc2;

const put16 = (b: Uint8Array, at: number, value: number): void => { b[at] = value >> 8; b[at + 1] = value; };
