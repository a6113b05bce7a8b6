// What the pairing decides: for each packet of either capture, its counterpart and what that is to it.

import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

export const NONE = 0xffff_ffff;

/** What a packet of the appliance is to its owner, the source packet. */
export const ROLE = { none: 0, pair: 1, duplicate: 2, direct: 3, segment: 4, member: 5, orphan: 6 } as const;

/** Which copies are looked for: what the mirror brought, or the packet itself on the appliance's wire. */
export type Purpose = 'mirrored' | 'direct';

export class Matching {
  readonly a: Scan;
  readonly b: Scan;
  /** For each source packet the copy that the mirror brought, or NONE. Rows, from 0. */
  readonly pairOf: Uint32Array;
  /** For each source packet its first sighting without envelope, or NONE. */
  readonly directOf: Uint32Array;
  /** For each packet of the appliance the source packet it belongs to, or NONE. */
  readonly ownerOf: Uint32Array;
  /** One of ROLE. */
  readonly roleOf: Uint8Array;
  /** Super-frames of the source that came as several packets, and packets of the source that came put together as one. */
  readonly split = new Set<number>();
  readonly merged = new Set<number>();
  #hasSegments = false;
  /** Groups of identical packets of which some are missing, or which are in doubt. */
  readonly ambiguous: { readonly a: Uint32Array; readonly b: Uint32Array }[] = [];

  constructor(a: Scan, b: Scan) {
    this.a = a;
    this.b = b;
    this.pairOf = new Uint32Array(a.count).fill(NONE);
    this.directOf = new Uint32Array(a.count).fill(NONE);
    this.ownerOf = new Uint32Array(b.count).fill(NONE);
    this.roleOf = new Uint8Array(b.count);
  }

  match(a: number, b: number, purpose: Purpose): void {
    if (purpose === 'mirrored') this.pair(a, b);
    else this.direct(a, b);
  }

  /** Makes b a copy of a: the pair when it came first, a further copy otherwise. */
  pair(a: number, b: number): void {
    const before = this.pairOf[a]!;
    this.ownerOf[b] = a;
    this.roleOf[b] = before !== NONE && before < b ? ROLE.duplicate : ROLE.pair;
    if (before !== NONE && before < b) return;
    if (before !== NONE) this.roleOf[before] = ROLE.duplicate;
    this.pairOf[a] = b;
  }

  direct(a: number, b: number): void {
    this.ownerOf[b] = a;
    this.roleOf[b] = ROLE.direct;
    this.directOf[a] = Math.min(this.directOf[a]!, b);
  }

  /** One of the packets that the super-frame `a` was split into; the first is its pair. */
  segment(a: number, b: number, purpose: Purpose): void {
    const first = purpose === 'mirrored' ? this.pairOf[a] === NONE : this.directOf[a] === NONE;
    this.#hasSegments = true;
    this.split.add(a);
    if (!first) { this.ownerOf[b] = a; this.roleOf[b] = ROLE.segment; } else this.match(a, b, purpose);
  }

  /** A further copy of what came of `a` already. */
  copy(a: number, b: number): void {
    this.#hasSegments = true;
    this.ownerOf[b] = a;
    this.roleOf[b] = ROLE.duplicate;
  }

  /** Makes `b` carry `a` among others; it belongs to the first of them. */
  share(a: number, b: number, purpose: Purpose): void {
    this.#hasSegments = true;
    this.merged.add(a);
    if (this.isFree(b)) { this.match(a, b, purpose); return; }
    if (purpose === 'direct') { this.directOf[a] = b; return; }
    const before = this.pairOf[a]!;
    if (before !== NONE && this.ownerOf[before] === a) this.roleOf[before] = ROLE.duplicate;
    this.pairOf[a] = b;
  }

  /** Whether what `b` carries of `a` is a stretch of a longer payload. */
  isSegment(a: number, b: number): boolean {
    if (!this.#hasSegments) return false; // nearly always
    const role = this.roleOf[b]!;
    return role === ROLE.segment || this.split.has(a) || this.merged.has(a)
      || (role === ROLE.duplicate && this.b.columns.payload[b]! > 0 && this.b.columns.payload[b] !== this.a.columns.payload[a]); // a further copy of a part of what came whole
  }

  /** Takes a pair apart again: the bytes have shown that it is none. */
  part(b: number): void {
    const a = this.ownerOf[b]!;
    if (a === NONE) return;
    if (this.pairOf[a] === b) this.pairOf[a] = NONE;
    if (this.directOf[a] === b) this.directOf[a] = NONE;
    this.ownerOf[b] = NONE;
    this.roleOf[b] = ROLE.none;
  }

  isFree(b: number): boolean { return this.roleOf[b] === ROLE.none; }
}

/** Whether a row is a packet of its own that can have a counterpart. */
export const compared = (marks: number): boolean => (marks & (MARK.outside | MARK.member | MARK.partial)) === 0;

/** The first packet that takes part; 0 where none does. */
export function firstRow({ columns, count }: Scan): number {
  for (let row = 0; row < count; row++) if (compared(columns.marks[row]!)) return row;
  return 0;
}
