import { u16, u32, u8 } from '../../bytes/read.ts';
import { type HostPolicy, policyOf } from '../flow/os-policy.ts';
import { DEFRAG, makeRoom, type Overlapped } from './fragment-overlap.ts';
import type { PacketView } from './packet-view.ts';

// Putting IP datagrams together again (RFC 815; RFC 8200 section 4.5). Where fragments overlap, the host that receives them decides whose bytes stay (defrag.c).

const MAX_TRACKERS = 1024;
const MAX_FRAGMENTS = 2048;
const MAX_DATAGRAM = 65_535;
const TIMEOUT_S = 60;
const IPV4_HEADER = 20;
/** Before the data of an IPv6 fragment. */
const NEXT_HEADER = 8;

/** A fragment that is the last of its datagram, or has more after it. */
interface Fragment extends Overlapped { readonly more: boolean }

class Tracker {
  /** By their start, those with equal ones as they came. */
  readonly fragments: Fragment[] = [];
  isLastSeen = false;
  /** Link and IP headers of the first fragment. */
  head: Uint8Array | null = null;
  /** What the first fragment's IPv6 fragment header says to follow. */
  next = 0;
  lastSeconds = 0;
}

/** A datagram put together: the first fragment's headers, lengths and flags set right, then the whole payload. `ip` is where its IP header starts. */
export interface Datagram { readonly bytes: Uint8Array; readonly ip: number; readonly ether: number }

export class Fragments {
  readonly #trackers = new Map<string, Tracker>();
  readonly #hosts: readonly HostPolicy[];
  constructor(hosts: readonly HostPolicy[]) { this.#hosts = hosts; }

  /**
   * Takes the fragment of a view. `payload` is where its part of the datagram starts, `offset` what that part is of the whole, `head` where the headers that are repeated end (before an IPv6
   * fragment header). The datagram when it is now complete; events go to the view.
   */
  add(p: PacketView, payload: number, offset: number, more: boolean, id: number, head: number): Datagram | null {
    const key = this.#key(p, id);
    const length = p.ipEnd - payload;
    const family = p.ipVersion === 4 ? 'ipv4' : 'ipv6';
    if (offset + length + (p.ipVersion === 4 ? IPV4_HEADER : 0) > MAX_DATAGRAM) { p.event(`${family}.frag_pkt_too_large`); return null; }
    const tracker = this.#tracker(key, p.seconds);
    if (tracker.fragments.length === MAX_FRAGMENTS) return null;
    if (tracker.fragments.some(({ start, end }) => offset < end && offset + length > start)) p.event(`${family}.frag_overlap`);
    const policy = policyOf(this.#hosts, p.bytes, p.destinationAddress, p.ipVersion === 4 ? 4 : 16);
    const cut = makeRoom(tracker.fragments, offset, offset + length, DEFRAG[policy]);
    if (cut < 0 || cut > length) return null; // nothing of it stays
    const place = tracker.fragments.findIndex(({ start }) => start > offset + cut);
    tracker.fragments.splice(place < 0 ? tracker.fragments.length : place, 0, { start: offset + cut, end: offset + length, data: p.bytes.slice(payload + cut, p.ipEnd), more, cut: 0 });
    if (!more) tracker.isLastSeen = true;
    if (offset === 0 && tracker.head === null) { tracker.head = p.bytes.slice(p.start, head); tracker.next = u8(p.bytes, payload - NEXT_HEADER); }
    const whole = complete(tracker);
    if (whole === null || tracker.head === null) return null;
    this.#trackers.delete(key);
    return datagram(tracker.head, whole, p, tracker.next);
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

/** The payload, null while a part is missing. Where fragments overlap still, the later ones lie above. */
function complete({ fragments, isLastSeen }: Tracker): Uint8Array | null {
  if (!isLastSeen || fragments[0]?.start !== 0) return null;
  let size = 0;
  for (const { start, end } of fragments) {
    if (start > size) return null;
    size = Math.max(size, end);
  }
  const whole = new Uint8Array(size);
  let length = 0;
  for (const { start, end, data, more, cut } of fragments) {
    if (cut < data.length) { whole.set(data.subarray(cut), start + cut); length = Math.max(length, end); }
    if (!more) break;
  }
  return whole.subarray(0, length);
}

function datagram(head: Uint8Array, whole: Uint8Array, p: PacketView, next: number): Datagram {
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
    bytes[nextHeaderPlace(bytes, ip, head.length)] = next;
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
