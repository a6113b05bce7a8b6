import { byPlace, gapless, join, type Part } from '../../bytes/parts.ts';
import { u16, u32, u8 } from '../../bytes/read.ts';
import { CONFLICT, gatherFields, OVERLAP, TAILS, TOO_LONG, type Gathered, type Gatherer, type Gathering, type Piece } from '../../dissect/gather.ts';
import type { Sight } from '../../dissect/recall.ts';

const MOST_PENDING = 4096; //     datagrams
const MOST_BYTES = 64 << 20; //   of all of them
const MOST_PARTS = 1024; //       of one
const MOST_DATAGRAM = 65_535; //  bytes
const PATIENCE = 60; //           seconds that the rest of a datagram may take (RFC 8200 section 4.5)
const UNIT = 8; //                bytes that offsets count in

interface Fragment extends Part { readonly packet: number; readonly offset: number; marks: number }
interface Pending { readonly parts: Fragment[]; readonly since: number; total: number; kept: number }

/** What an IP header says of the fragment behind it. */
interface Place { key: string; at: number; more: boolean }
type ReadPlace = (sight: Sight, place: Place) => boolean;

/**
 * Datagrams of fragments (RFC 791 section 3.2, RFC 8200 section 4.5), by Wireshark's rules: one that was not captured whole is left alone, and where they overlap what
 * stands further in front stays. Copies of a datagram on different levels of encapsulation are told apart.
 */
class Fragments implements Gatherer {
  readonly #pending = new Map<string, Pending>();
  readonly #read: ReadPlace;
  readonly #place: Place = { key: '', at: 0, more: false };
  #bytes = 0;

  constructor(read: ReadPlace) { this.#read = read; }

  gather(sight: Sight, _taker: unknown, out: Gathered): boolean {
    const { packet, origin, payload, end, reach, number } = sight;
    const place = this.#place;
    if (end < reach || !this.#read(sight, place)) return false;
    const { key, at, more } = place;
    const length = end - payload;
    if (at + length > MOST_DATAGRAM) return false;
    const pending = this.#of(key, sight.seconds);
    const fragment: Fragment = { packet: number, offset: payload - origin, at, bytes: packet.slice(payload, end), marks: 0 };
    pending.parts.push(fragment);
    pending.kept += length;
    this.#bytes += length;
    if (!more) {
      if (pending.total >= 0 && pending.total !== at + length) fragment.marks |= TAILS;
      else pending.total = at + length;
    }
    out.held = length;
    const { total, parts, kept } = pending;
    if (parts.length > MOST_PARTS) { this.#forget(key, pending); return true; }
    if (total < 0 || kept < total || gapless(parts) < total) return true;
    this.#forget(key, pending);
    const bytes = new Uint8Array(total);
    const sorted = byPlace(parts);
    mark(sorted, total);
    join(sorted, bytes);
    out.whole = { pieces: sorted.map(({ bytes: { length: size }, ...piece }): Piece => ({ packet: piece.packet, offset: piece.offset, length: size, at: piece.at, marks: piece.marks })), bytes };
    out.held = 0;
    return true;
  }

  #of(key: string, seconds: number): Pending {
    const known = this.#pending.get(key);
    if (known && Math.abs(seconds - known.since) <= PATIENCE) return known;
    if (known) this.#forget(key, known);
    for (const [oldest, pending] of this.#pending) {
      if (this.#pending.size < MOST_PENDING && this.#bytes <= MOST_BYTES) break;
      this.#forget(oldest, pending);
    }
    const pending: Pending = { parts: [], since: seconds, total: -1, kept: 0 };
    this.#pending.set(key, pending);
    return pending;
  }

  #forget(key: string, pending: Pending): void {
    this.#pending.delete(key);
    this.#bytes -= pending.kept;
  }
}

/** What is odd about fragments that together are a datagram: overlaps, the same or not, and what lies behind its end. */
function mark(sorted: readonly Fragment[], total: number): void {
  let reached = 0;
  const seen = new Uint8Array(total);
  for (const fragment of sorted) {
    const { at, bytes } = fragment;
    if (at + bytes.length > total) fragment.marks |= TOO_LONG;
    const over = Math.min(reached, total, at + bytes.length) - at;
    if (over > 0) fragment.marks |= bytes.subarray(0, over).every((byte, i) => seen[at + i] === byte) ? OVERLAP : OVERLAP | CONFLICT;
    const fresh = Math.max(0, over);
    if (at + fresh < total) seen.set(bytes.subarray(fresh, total - at), at + fresh);
    reached = Math.max(reached, at + bytes.length);
  }
}

const ends = ({ packet, network, addressBytes }: Sight): string => {
  let text = '';
  for (let at = network; at < network + 2 * addressBytes; at += 2) text += `:${u16(packet, at)}`;
  return text;
};

const ipv4Place: ReadPlace = (sight, place) => {
  const { packet, start, level } = sight;
  const word = u16(packet, start + 6);
  if ((word & 0x3fff) === 0 || sight.network < 0) return false;
  place.at = (word & 0x1fff) * UNIT;
  place.more = (word & 0x2000) !== 0;
  place.key = `${level}:${u8(packet, start + 9)}:${u16(packet, start + 4)}${ends(sight)}`;
  return true;
};

const ipv6Place: ReadPlace = (sight, place) => {
  const { packet, start, level } = sight;
  const word = u16(packet, start + 2);
  if ((word & 0xfff9) === 0 || sight.network < 0) return false; // an atomic fragment is whole (RFC 6946)
  place.at = word & 0xfff8;
  place.more = (word & 1) !== 0;
  place.key = `${level}:${u32(packet, start + 4)}${ends(sight)}`;
  return true;
};

export const ipv4Fragments: Gathering = { preference: 'ip.defragment', name: 'IPv4', streams: false, fields: gatherFields('ip', 'fragment', 'IPv4'), gatherer: () => new Fragments(ipv4Place) };
export const ipv6Fragments: Gathering = { preference: 'ipv6.defragment', name: 'IPv6', streams: false, fields: gatherFields('ipv6', 'fragment', 'IPv6', 'reassembled.in'), gatherer: () => new Fragments(ipv6Place) };
