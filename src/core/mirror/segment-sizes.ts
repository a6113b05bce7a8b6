// How large the packets of a TCP flow may be on the wire, as both ends told each other when they began (MSS option, RFC 9293 section 3.7.1). What is larger in a capture was captured
// before the network card split it (TSO), or after it was put together (GRO).

import { u16, u8 } from '../bytes/read.ts';
import { ETHERNET_LINK, ETHERTYPE, linkPlace, newTransport, PROTOCOL, transportPlace, type NetworkPlace, type Transport } from './headers.ts';
import { macKey } from './source-interface.ts';

const MOST_FLOWS = 1 << 16;
const TCP_HEADER = 20;
const SYN = 0x02;
const END = 0, NOP = 1, MSS = 2;
/** What every host takes (RFC 9293: the default). A smaller one is believed to be this, or a few hostile bytes would make thousands of segments. */
const LEAST_MSS = 536;

export class SegmentSizes {
  /** By a sender's addresses and ports: the largest payload that it takes. */
  readonly #told = new Map<string, number>();
  /** By MAC address: the largest MTU that its MSS options stand for. */
  readonly #mtus = new Map<number, number>();
  /** The least that was told: smaller packets need no look-up. */
  #least = Infinity;
  /** The largest TCP packet, in bytes from its IP header on. */
  largest = 0;
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  readonly #transport = newTransport();

  /** Takes note of b[start..end), a packet of `origlen` bytes, if it is of TCP. */
  see(b: Uint8Array, start: number, end: number, origlen: number, linkType: number): void {
    const place = this.#place, t = this.#transport;
    if (linkType !== ETHERNET_LINK || !linkPlace(b, start, end, linkType, place) || !transportPlace(b, place.net, end, place.type, t)) return;
    if (t.protocol !== PROTOCOL.tcp || t.fragment > 0 || t.more || t.at + TCP_HEADER > end) return;
    this.largest = Math.max(this.largest, Math.min(t.limit, start + Math.max(origlen, end - start)) - place.net);
    if ((u8(b, t.at + 13) & SYN) === 0) return;
    const told = mssOf(b, t.at, end);
    if (told === 0) return;
    const mss = Math.max(LEAST_MSS, told), mac = macKey(b, start + 6), mtu = mss + TCP_HEADER + (place.type === ETHERTYPE.ipv4 ? 20 : 40);
    if (this.#told.size < MOST_FLOWS) this.#told.set(flowKey(b, place, t.at, false), mss);
    if (this.#mtus.size < MOST_FLOWS) this.#mtus.set(mac, Math.max(mtu, this.#mtus.get(mac) ?? 0));
    this.#least = Math.min(this.#least, mss);
  }

  /** The MTU that an interface has by what it told; null where it told nothing. */
  mtuOf(mac: Uint8Array): number | null { return this.#mtus.get(macKey(mac, 0)) ?? null; }

  /** Most bytes, from the IP header on, of a TCP packet with its headers at `place` and `t`, that leaves an interface of this MTU for a peer that told what it takes. */
  limitOf(b: Uint8Array, place: NetworkPlace, t: Transport, mtu: number): number {
    const length = t.limit - place.net;
    if (length <= Math.min(mtu, this.#least)) return mtu;
    const mss = this.#told.get(flowKey(b, place, t.at, true));
    return mss === undefined ? mtu : Math.min(mtu, t.at - place.net + TCP_HEADER + mss);
  }
}

/** The MSS that a SYN with its header at `tcp` tells; 0 where it tells none. */
function mssOf(b: Uint8Array, tcp: number, end: number): number {
  const stop = Math.min(end, tcp + (u8(b, tcp + 12) >> 4) * 4);
  for (let at = tcp + TCP_HEADER; at < stop;) {
    const kind = u8(b, at);
    if (kind === END) return 0;
    if (kind === NOP) { at++; continue; }
    if (at + 4 <= stop && kind === MSS && u8(b, at + 1) === 4) return u16(b, at + 2);
    if (at + 1 >= stop || u8(b, at + 1) < 2) return 0;
    at += u8(b, at + 1);
  }
  return 0;
}

/** Addresses and ports as they stand, or turned round: the flow of the answers. */
function flowKey(b: Uint8Array, { net, type }: NetworkPlace, tcp: number, turned: boolean): string {
  const width = type === ETHERTYPE.ipv4 ? 4 : 16, from = net + (width === 4 ? 12 : 8);
  const near = turned ? from + width : from, far = turned ? from : from + width;
  let key = '';
  for (let i = 0; i < width; i += 2) key += String.fromCharCode(u16(b, near + i), u16(b, far + i));
  return key + String.fromCharCode(u16(b, turned ? tcp + 2 : tcp), u16(b, turned ? tcp : tcp + 2));
}
