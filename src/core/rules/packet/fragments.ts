import { gapless, join, type Part } from '../../bytes/parts.ts';
import { u16, u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';

// Putting IP datagrams together again (RFC 815; RFC 8200 section 4.5). What arrived first stays where fragments overlap, which Suricata's stock policy for Windows hosts does too save for a later
// fragment that covers an earlier one whole.

const MAX_TRACKERS = 1024;
const MAX_FRAGMENTS = 2048;
const MAX_DATAGRAM = 65_535;
const TIMEOUT_S = 60;

class Tracker {
  readonly fragments: Part[] = [];
  /** Bytes of the whole payload, -1 until its last fragment came. */
  total = -1;
  /** Link and IP headers of the first fragment. */
  head: Uint8Array | null = null;
  lastSeconds = 0;
}

/** A datagram put together: the first fragment's headers, lengths and flags set right, then the whole payload. `ip` is where its IP header starts. */
export interface Datagram { readonly bytes: Uint8Array; readonly ip: number; readonly ether: number }

export class Fragments {
  readonly #trackers = new Map<string, Tracker>();

  /**
   * Takes the fragment of a view. `payload` is where its part of the datagram starts, `offset` what that part is of the whole, `head` where the headers that are repeated end (before an IPv6
   * fragment header). The datagram when it is now complete; events go to the view.
   */
  add(p: PacketView, payload: number, offset: number, more: boolean, id: number, head: number): Datagram | null {
    const key = this.#key(p, id);
    const length = p.ipEnd - payload;
    const family = p.ipVersion === 4 ? 'ipv4' : 'ipv6';
    if (offset + length + (p.ipVersion === 4 ? payload - p.ip : 0) > MAX_DATAGRAM) { p.event(`${family}.frag_pkt_too_large`); return null; }
    const tracker = this.#tracker(key, p.seconds);
    if (tracker.fragments.length === MAX_FRAGMENTS) return null;
    if (tracker.fragments.some(({ at, bytes }) => offset < at + bytes.length && offset + length > at)) p.event(`${family}.frag_overlap`);
    tracker.fragments.push({ at: offset, bytes: p.bytes.slice(payload, p.ipEnd) });
    if (!more) tracker.total = Math.max(tracker.total, offset + length);
    if (offset === 0) tracker.head ??= p.bytes.slice(p.start, head);
    const whole = complete(tracker);
    if (whole === null || tracker.head === null) return null;
    this.#trackers.delete(key);
    return datagram(tracker.head, whole, p, payload);
  }

  #key(p: PacketView, id: number): string {
    const size = p.ipVersion === 4 ? 8 : 32;
    let key = `${p.level}/${id}/${p.ipVersion === 4 ? p.protocol : 6}`;
    for (let at = p.sourceAddress; at < p.sourceAddress + size; at += 4) key += `/${u32(p.bytes, at)}`;
    for (let i = 0; i < p.vlanCount; i++) key += `.${p.vlans[i]!}`;
    return key;
  }

  #tracker(key: string, seconds: number): Tracker {
    const known = this.#trackers.get(key);
    if (known !== undefined && seconds - known.lastSeconds <= TIMEOUT_S) { known.lastSeconds = seconds; return known; }
    const tracker = new Tracker();
    tracker.lastSeconds = seconds;
    this.#trackers.delete(key);
    if (this.#trackers.size === MAX_TRACKERS) this.#trackers.delete(this.#trackers.keys().next().value!); // the oldest
    this.#trackers.set(key, tracker);
    return tracker;
  }
}

/** The payload, null while a part is missing. */
function complete({ fragments, total }: Tracker): Uint8Array | null {
  if (total < 0 || gapless(fragments) < total) return null;
  const whole = new Uint8Array(total);
  join(fragments, whole);
  return whole;
}

function datagram(head: Uint8Array, whole: Uint8Array, p: PacketView, payload: number): Datagram {
  const bytes = new Uint8Array(head.length + whole.length);
  bytes.set(head);
  bytes.set(whole, head.length);
  const ip = p.ip - p.start;
  if (p.ipVersion === 4) {
    put16(bytes, ip + 2, bytes.length - ip);
    put16(bytes, ip + 6, 0);
    put16(bytes, ip + 10, 0);
    put16(bytes, ip + 10, headerSum(bytes, ip, head.length));
  } else {
    put16(bytes, ip + 4, bytes.length - ip - 40);
    bytes[nextHeaderPlace(bytes, ip, head.length)] = u8(p.bytes, payload - 8);
  }
  return { bytes, ip, ether: p.ether < 0 ? -1 : p.ether - p.start };
}

function put16(b: Uint8Array, at: number, value: number): void {
  b[at] = value >> 8;
  b[at + 1] = value & 0xff;
}

function headerSum(b: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at + 1 < to; at += 2) sum += u16(b, at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Where the number of the header stands that follows the last one of the head. */
function nextHeaderPlace(b: Uint8Array, ip: number, end: number): number {
  let place = ip + 6;
  for (let at = ip + 40; at < end; at += (u8(b, at + 1) + 1) * 8) place = at;
  return place;
}
