// Which interface a source's capture was made at: every packet of it was sent by or to the interface's MAC address.

import { u16, u32 } from '../bytes/read.ts';
import { ETHERNET_LINK, ETHERTYPE, linkPlace, type NetworkPlace } from './headers.ts';
import type { DirectionOf } from './mirror-filter.ts';

const MOST_ADDRESSES = 1 << 16;

interface Sender { packets: number; readonly address: Uint8Array }
/** How often an end is one of a packet's, and the IP addresses that it sends from. */
interface Seen { packets: number; readonly senders: Map<number, Sender> }

/** Counts ends of packets; `directionOf` then tells which way each went, and the rest what the interface's addresses are. */
export class SourceInterface {
  readonly #macs = new Map<number, Seen>();
  readonly #ips = new Map<number, Seen>();
  readonly #place: NetworkPlace = { net: 0, type: 0 };

  see(b: Uint8Array, start: number, end: number, linkType: number): void {
    if (!linkPlace(b, start, end, linkType, this.#place)) return;
    const { net, type } = this.#place;
    const sender = addressOf(b, net, end, type, 0);
    const at = type === ETHERTYPE.ipv4 ? net + 12 : net + 8, width = type === ETHERTYPE.ipv4 ? 4 : 16;
    if (linkType === ETHERNET_LINK) {
      count(this.#macs, macKey(b, start + 6), sender, b, at, width);
      if ((b[start]! & 1) === 0) count(this.#macs, macKey(b, start), null, b, at, width); // not broadcast or multicast
    }
    if (sender === null) return;
    count(this.#ips, sender, sender, b, at, width);
    count(this.#ips, addressOf(b, net, end, type, 1)!, null, b, at, width);
  }

  /** Its MAC address, six bytes; null where the capture has none. */
  mac(): Uint8Array | null {
    const mac = commonest(this.#macs);
    return mac === null ? null : macBytes(mac);
  }

  /** The IPv4 (4) or IPv6 (16) address that it sends most from; null where it sends from none. A link-local one only if there is no other. */
  address(width: 4 | 16): Uint8Array | null {
    const mac = commonest(this.#macs), ip = mac === null ? commonest(this.#ips) : null;
    const senders = mac !== null ? this.#macs.get(mac)?.senders : ip !== null ? this.#ips.get(ip)?.senders : undefined;
    const own = [...senders?.values() ?? []].filter(({ address }) => address.length === width && address.some((byte) => byte !== 0));
    own.sort((p, q) => Number(isLinkLocal(p.address)) - Number(isLinkLocal(q.address)) || q.packets - p.packets);
    return own[0]?.address ?? null;
  }

  /** The MAC address that most packets from an IP address came from; null where none did. */
  macOf(address: Uint8Array): Uint8Array | null {
    const key = keyOf(address, 0, address.length === 4 ? ETHERTYPE.ipv4 : ETHERTYPE.ipv6);
    let best: number | null = null, most = 0;
    for (const [mac, { senders }] of this.#macs) {
      const packets = senders.get(key)?.packets ?? 0;
      if (packets > most) { most = packets; best = mac; }
    }
    return best === null ? null : macBytes(best);
  }

  /**
   * By MAC address, the one that is given or the interface's own; by IP address where there is none. Where two are at an end of nearly every packet (a host
   * and its gateway), it is the one from which fewer IP addresses send.
   */
  directionOf(givenMac: Uint8Array | null = null): DirectionOf {
    const mac = givenMac === null ? commonest(this.#macs) : macKey(givenMac, 0);
    if (mac !== null) return (b, start) => (macKey(b, start + 6) === mac ? 'egress' : 'ingress');
    const ip = commonest(this.#ips);
    return (b, _start, { net, type }) => {
      if (ip === null) return 'unknown';
      return addressOf(b, net, b.length, type, 0) === ip ? 'egress' : addressOf(b, net, b.length, type, 1) === ip ? 'ingress' : 'unknown';
    };
  }
}

/** A MAC address as a number. */
export const macKey = (b: Uint8Array, at: number): number => u32(b, at) * 0x1_0000 + u16(b, at + 4);

/** The sender's (0) or the receiver's (1) address as a number: IPv4 as it is, IPv6 mixed down to one that no IPv4 address has. null without IP. */
function addressOf(b: Uint8Array, net: number, end: number, type: number, which: 0 | 1): number | null {
  if (type === ETHERTYPE.ipv4) return net + 20 > end ? null : keyOf(b, net + 12 + 4 * which, type);
  return type !== ETHERTYPE.ipv6 || net + 40 > end ? null : keyOf(b, net + 8 + 16 * which, type);
}

function keyOf(b: Uint8Array, at: number, type: number): number {
  if (type === ETHERTYPE.ipv4) return u32(b, at);
  let mixed = 0;
  for (let i = 0; i < 16; i += 4) mixed = Math.imul(mixed ^ u32(b, at + i), 0x9e37_79b1);
  return 0x1_0000_0000 + (mixed >>> 0);
}

const macBytes = (mac: number): Uint8Array => Uint8Array.from({ length: 6 }, (_, i) => Math.floor(mac / 256 ** (5 - i)) & 0xff);

const isLinkLocal = (address: Uint8Array): boolean => address.length === 16 && address[0] === 0xfe && address[1]! >> 6 === 2;

/** Counts an end of a packet, and where it is the sender's the address b[at..at + width) that it sends from. */
function count(seen: Map<number, Seen>, key: number, sender: number | null, b: Uint8Array, at: number, width: number): void {
  let one = seen.get(key);
  if (one === undefined) {
    if (seen.size >= MOST_ADDRESSES) return;
    seen.set(key, one = { packets: 0, senders: new Map() });
  }
  one.packets++;
  if (sender === null) return;
  const known = one.senders.get(sender);
  if (known !== undefined) known.packets++;
  else if (one.senders.size < MOST_ADDRESSES) one.senders.set(sender, { packets: 1, address: b.slice(at, at + width) });
}

const NEARLY = 0.95;

function commonest(seen: Map<number, Seen>): number | null {
  let most = 0;
  for (const { packets } of seen.values()) most = Math.max(most, packets);
  const often = [...seen].filter(([, { packets }]) => packets > 0 && packets >= NEARLY * most);
  often.sort(([, p], [, q]) => (p.senders.size === 0 ? 1 : 0) - (q.senders.size === 0 ? 1 : 0) || p.senders.size - q.senders.size || q.packets - p.packets);
  return often[0]?.[0] ?? null;
}
