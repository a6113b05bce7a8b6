// Offload: a network card splits super-frames that the source captured whole (TSO), or puts segments together before the appliance captures
// them (GRO). Neither has the same content as the other; their TCP sequence numbers say who carries whose bytes, and of several transmissions of
// the same bytes, with whatever borders, time says which.

import { addKeyed, IntSet, joined, keyedRows, type KeyedRows } from './groups.ts';
import type { Matching, Purpose } from './matching.ts';
import type { SightingColumns } from './sightings.ts';

export interface SegmentOptions {
  readonly purpose: Purpose;
  /** Source packets that take part, those of them without a counterpart, and packets of the appliance that may be one. */
  readonly hasPart: (row: number) => boolean;
  readonly openA: (row: number) => boolean;
  readonly freeB: (row: number) => boolean;
  /** null where the clocks are not known. */
  readonly timing: Timing | null;
}

/** What the clocks say of a source packet and one of the appliance's. */
export interface Timing {
  /** How much later than expected it would have come, in seconds. */
  readonly late: (a: number, b: number) => number;
  /** Before `least` it was not sent yet; what lies below `usual` is nothing odd. In doubt it was sent. */
  readonly least: number;
  readonly usual: number;
}

/** Finds the segments among what is left, flow by flow. The bytes are compared later, like those of all pairs. */
export function matchSegments(matching: Matching, options: SegmentOptions): void {
  const a = matching.a.columns, b = matching.b.columns;
  const right = withPayload(b, matching.b.count, options.freeB);
  const flows = new IntSet();
  for (let i = 0; i < right.count; i++) flows.add(right.key1[i]!);
  const left = right.count === 0 ? right : withPayload(a, matching.a.count, (row) => flows.has(a.flow[row]!) && options.hasPart(row));
  if (left.count === 0) return;
  const { count, aStart, aRows, bStart, bRows } = joined(left, right);
  const patience = { left: PATIENCE };
  for (let g = 0; g < count; g++) {
    if (bStart[g] === bStart[g + 1]) continue;
    const flow = new Flow(matching, aRows.slice(aStart[g], aStart[g + 1]), options, patience);
    for (const row of bRows.subarray(bStart[g], bStart[g + 1])) flow.carry(row);
    flow.end();
  }
}

function withPayload(c: SightingColumns, count: number, wanted: (row: number) => boolean): KeyedRows {
  const rows = keyedRows(count);
  for (let row = 0; row < count; row++) if (c.payload[row]! > 0 && wanted(row)) addKeyed(rows, row, c.flow[row]!, c.type[row]!);
  return rows;
}

const MOST_TRIED = 1 << 11; // source packets, of one of the appliance's
const FEW_TRIED = 1 << 6; //   when it has taken long already
const PATIENCE = 1 << 24; //   comparisons

/** A stretch of the stream from the first byte of a packet of the appliance's on, and the source packet it is of. */
interface Stretch { readonly a: number; readonly from: number; readonly to: number }

class Flow {
  readonly #matching: Matching;
  readonly #options: SegmentOptions;
  readonly #counterpart: Uint32Array;
  /** By sequence number, those with the same by row. */
  readonly #sent: Uint32Array;
  readonly #origin: number;
  readonly #longest: number;
  /** Of source packets that came: which bytes of theirs, as pairs of from and to. */
  readonly #came = new Map<number, number[]>();
  /** Transmissions of the same bytes that may be each other's, and what came of them. */
  readonly #doubts: { readonly a: Set<number>; readonly b: Set<number> }[] = [];
  readonly #patience: { left: number };

  constructor(matching: Matching, as: Uint32Array, options: SegmentOptions, patience: { left: number }) {
    const c = matching.a.columns;
    this.#matching = matching;
    this.#options = options;
    this.#patience = patience;
    this.#counterpart = options.purpose === 'mirrored' ? matching.pairOf : matching.directOf;
    this.#origin = c.sequence[as[0]!]!;
    this.#longest = as.reduce((most, row) => Math.max(most, c.payload[row]!), 0);
    this.#sent = as.sort((p, q) => this.#from(p) - this.#from(q) || p - q);
  }

  /** Gives a packet of the appliance's to the source packets whose bytes it carries. */
  carry(b: number): void {
    const { a: { columns: left }, b: { columns: right } } = this.#matching;
    const length = right.payload[b]!;
    let isCopy = true;
    const owners = this.#carried(b);
    for (const { a, from, to } of owners) if (!this.#has(a, from, to, right.sequence[b]!)) isCopy = false;
    for (const { a, from, to } of owners) {
      if (isCopy) { if (this.#matching.isFree(b)) this.#matching.copy(a, b); continue; }
      this.#note(a, from, to, right.sequence[b]!);
      const isWhole = left.payload[a] === to - from;
      if (!this.#matching.isFree(b)) { if (this.#options.openA(a) || this.#counterpart[a]! > b) this.#matching.share(a, b, this.#options.purpose); }
      else if (isWhole && length > to - from) this.#matching.share(a, b, this.#options.purpose);
      else this.#matching.segment(a, b, this.#options.purpose);
    }
  }

  /** The transmissions that a packet carries, by sequence number: of those that overlap it, of each stretch the one that time fits best. */
  #carried(b: number): Stretch[] {
    const { a: { columns: left }, b: { columns: right } } = this.#matching;
    const { timing } = this.#options;
    const length = right.payload[b]!, start = right.sequence[b]! - this.#origin | 0; // around 2^32
    const found: Stretch[] = [];
    const sent = this.#sent, first = this.#firstFrom(start + 1 - this.#longest);
    const end = Math.min(sent.length, first + (this.#patience.left > 0 ? MOST_TRIED : FEW_TRIED));
    for (let i = first; i < end; i++) {
      const a = sent[i]!, shift = this.#from(a) - start, payload = left.payload[a]!;
      if (shift >= length) break;
      if (shift + payload <= 0 || (shift === 0 && payload === length)) continue; // as long as this one: another packet, sent again
      if (timing !== null && timing.late(a, b) < timing.least) continue;
      if (!this.#came.has(a) && !this.#options.openA(a)) { // it came whole: this may be a further copy of a part, or an earlier one among others
        if (shift <= 0 && shift + payload >= length) this.#came.set(a, [shift + start, shift + start + payload]);
        else if (timing === null || shift < 0 || shift + payload > length || this.#counterpart[a]! < b) continue;
      }
      const stretch = { a, from: Math.max(0, shift), to: Math.min(length, shift + payload) }, before = found.at(-1);
      if (before === undefined || before.from !== stretch.from || before.to !== stretch.to) found.push(stretch);
      else if (this.#isRather(stretch, before, b)) found[found.length - 1] = stretch;
    }
    this.#patience.left -= end - first + found.length ** 2;
    return found.filter((stretch) => !found.some((other) => other !== stretch && this.#isRather(other, stretch, b)));
  }

  /** Whether a packet carries rather the `other` transmission, which has all of the stretch as well. */
  #isRather(other: Stretch, stretch: Stretch, b: number): boolean {
    if (other.from > stretch.from || other.to < stretch.to) return false;
    const { timing } = this.#options;
    const isSame = other.from === stretch.from && other.to === stretch.to;
    if (timing === null) { // the first that did not come yet
      const sequence = this.#matching.b.columns.sequence[b]!, came = this.#has(stretch.a, stretch.from, stretch.to, sequence), otherCame = this.#has(other.a, other.from, other.to, sequence);
      return came === otherCame ? other.a < stretch.a && isSame : came;
    }
    const late = Math.abs(timing.late(stretch.a, b)), otherLate = Math.abs(timing.late(other.a, b));
    if (Math.max(late, otherLate) <= timing.usual && isSame) this.#doubt(stretch.a, other.a, b);
    return otherLate < late || (otherLate === late && other.a < stretch.a);
  }

  #doubt(one: number, other: number, b: number): void {
    const known = this.#doubts.find(({ a }) => a.has(one) || a.has(other));
    if (known === undefined) this.#doubts.push({ a: new Set([one, other]), b: new Set([b]) });
    else { known.a.add(one).add(other); known.b.add(b); }
  }

  end(): void {
    for (const { a, b } of this.#doubts) this.#matching.ambiguous.push({ a: Uint32Array.from(a).sort(), b: Uint32Array.from(b) });
  }

  #from(a: number): number { return this.#matching.a.columns.sequence[a]! - this.#origin | 0; }

  /** Whether bytes of a source packet came before. They count from `sequence`. */
  #has(a: number, from: number, to: number, sequence: number): boolean {
    const at = sequence - this.#origin | 0, came = this.#came.get(a);
    if (came !== undefined) for (let i = 0; i < came.length; i += 2) if (came[i]! <= at + from && came[i + 1]! >= at + to) return true;
    return false;
  }

  #note(a: number, from: number, to: number, sequence: number): void {
    const at = sequence - this.#origin | 0, came = this.#came.get(a);
    if (came === undefined) this.#came.set(a, [at + from, at + to]);
    else if (came.at(-1) === at + from) came[came.length - 1] = at + to;
    else came.push(at + from, at + to);
  }

  /** The first place whose sequence number is not below `least`. */
  #firstFrom(least: number): number {
    let low = 0, high = this.#sent.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#from(this.#sent[middle]!) < least) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
