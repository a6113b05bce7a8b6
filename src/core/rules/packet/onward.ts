import type { PacketView, Origin } from './packet-view.ts';

/** How reading goes on after an IP header: the next header of the same packet, a datagram from fragments, or the packet in a tunnel. */
export interface Onward {
  transport(p: PacketView, at: number): void;
  /** `payload` is where the fragment's part starts, `offset` its place in the datagram, `head` where the headers that each fragment repeats end. */
  fragment(p: PacketView, payload: number, offset: number, more: boolean, id: number, head: number): void;
  tunnel(type: number, at: number, end: number, origin: Origin): void;
}
