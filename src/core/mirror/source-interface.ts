// Which interface a source's capture was made at: every packet of it was sent by or to the interface's MAC address.

import { u16, u32 } from '../bytes/read.ts';
import { ETHERTYPE, linkPlace, type NetworkPlace } from './headers.ts';
import type { DirectionOf } from './mirror-filter.ts';

const MOST_ADDRESSES = 1 << 16;

interface Seen { packets: number; readonly senders: Set<number> }

/** Counts ends of packets; `directionOf` then tells which way each went. */
export class SourceInterface {
  readonly #macs = new Map<number, Seen>();
  readonly #ips = new Map<number, Seen>();
  readonly #place: NetworkPlace = { net: 0, type: 0 };

  see(b: Uint8Array, start: number, end: number, linkType: number): void {
    if (!linkPlace(b, start, end, linkType, this.#place)) return;
    const { net, type } = this.#place;
    const sender = addressOf(b, net, end, type, 0);
    if (linkType === 1) {
      count(this.#macs, macOf(b, start + 6), sender);
      if ((b[start]! & 1) === 0) count(this.#macs, macOf(b, start), null); // not broadcast or multicast
    }
    if (sender === null) return;
    count(this.#ips, sender, sender);
    count(this.#ips, addressOf(b, net, end, type, 1)!, null);
  }

  /**
   * By MAC address; by IP address where there is none. Where two are at an end of nearly every packet (a host and its gateway), it is the one
   * from which fewer IP addresses send.
   */
  directionOf(): DirectionOf {
    const mac = commonest(this.#macs);
    if (mac !== null) return (b, start) => (macOf(b, start + 6) === mac ? 'egress' : 'ingress');
    const ip = commonest(this.#ips);
    return (b, _start, { net, type }) => {
      if (ip === null) return 'unknown';
      return addressOf(b, net, b.length, type, 0) === ip ? 'egress' : addressOf(b, net, b.length, type, 1) === ip ? 'ingress' : 'unknown';
    };
  }
}

const macOf = (b: Uint8Array, at: number): number => u32(b, at) * 0x1_0000 + u16(b, at + 4);

/** The sender's (0) or the receiver's (1) address as a number: IPv4 as it is, IPv6 mixed down to one that no IPv4 address has. null without IP. */
function addressOf(b: Uint8Array, net: number, end: number, type: number, which: 0 | 1): number | null {
  if (type === ETHERTYPE.ipv4) return net + 20 > end ? null : u32(b, net + 12 + 4 * which);
  if (type !== ETHERTYPE.ipv6 || net + 40 > end) return null;
  let mixed = 0;
  for (let at = net + 8 + 16 * which, i = 0; i < 16; i += 4) mixed = Math.imul(mixed ^ u32(b, at + i), 0x9e37_79b1);
  return 0x1_0000_0000 + (mixed >>> 0);
}

function count(seen: Map<number, Seen>, key: number, sender: number | null): void {
  let one = seen.get(key);
  if (one === undefined) {
    if (seen.size >= MOST_ADDRESSES) return;
    seen.set(key, one = { packets: 0, senders: new Set() });
  }
  one.packets++;
  if (sender !== null && one.senders.size < MOST_ADDRESSES) one.senders.add(sender);
}

const NEARLY = 0.95;

function commonest(seen: Map<number, Seen>): number | null {
  let most = 0;
  for (const { packets } of seen.values()) most = Math.max(most, packets);
  const often = [...seen].filter(([, { packets }]) => packets > 0 && packets >= NEARLY * most);
  often.sort(([, p], [, q]) => (p.senders.size === 0 ? 1 : 0) - (q.senders.size === 0 ? 1 : 0) || p.senders.size - q.senders.size || q.packets - p.packets);
  return often[0]?.[0] ?? null;
}
