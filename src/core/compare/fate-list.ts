// The result as a list for the eye: one row a source packet, and between them the packets that only the appliance has. The list is numbers; text
// is made for the rows in view.

import { count, counted, milliseconds } from '../format/number.ts';
import { relativeTime } from '../table/row-window.ts';
import type { CompareResult } from './compare.ts';
import { Evidence } from './evidence.ts';
import { FATE, FATE_WORDS } from './fates.ts';
import { delaysOf } from './delays.ts';
import { between, delayOf, onSourceClock, type ClockSetting } from './delay.ts';
import { changedFields } from './frame-difference.ts';
import { NONE, ROLE } from './matching.ts';
import { notices } from './notices.ts';
import { FATES, type CompareReport, type Delays, type Fate, type PairRow, type RowRange, type Side, type Why } from './report.ts';
import type { Excerpt } from './result-json.ts';
import { judgementWords } from './judgement.ts';
import { identical } from './said-of-copies.ts';
import { strangerNote } from './said-of-strangers.ts';
import { sentOutside } from './spans.ts';
import { summary } from './summary.ts';
import { timeline, type TimedRow } from './timeline.ts';

export class FateList {
  readonly #result: CompareResult;
  /** Source rows as they are; packets of the appliance as ~row. */
  readonly #order: Int32Array;
  readonly #shown = new Map<Fate, Int32Array>();
  readonly #copies: ReadonlyMap<number, number>;
  readonly #decimals: 6 | 9;
  readonly #evidence: Evidence;
  /** Clocks that somebody set in place of the estimated ones. */
  #clock: ClockSetting | null = null;
  /** The same source beside further captures. */
  #points: readonly CompareResult[] = [];

  constructor(result: CompareResult) {
    this.#result = result;
    this.#evidence = new Evidence(result);
    this.#order = merged(result);
    this.#copies = furtherCopies(result);
    this.#decimals = result.matching.a.interfaces.some(({ resolution }) => resolution > 1e6) ? 9 : 6;
  }

  /** The comparison at a glance. Filtered is absent where nobody gave the mirror's rules, Unexpected also where they hold. */
  report(): CompareReport {
    const counts: Partial<Record<Fate, number>> = {};
    for (const fate of FATES) if (fate !== 'Filtered' || this.#result.judgement !== null) counts[fate] = this.#places(fate).length;
    if (counts.Unexpected === 0) delete counts.Unexpected;
    return {
      rows: this.#order.length, counts, identical: identical(this.#result), notices: notices(this.#result), summary: summary(this.#result).map(({ text }) => text), timeline: timeline(this.#order.length, (i) => this.#timed(i)),
      clock: this.#result.clock, delays: delaysOf(this.#result, null),
    };
  }

  /** Believes other clocks for the delays; null: the estimated ones. Answers how the delays are now. */
  setClock(clock: ClockSetting | null): Delays | null {
    this.#clock = clock;
    return delaysOf(this.#result, clock);
  }

  /** Shows in each row where its packet is in further captures: the same source beside each. Answers how many of the source's packets each has. */
  setPoints(points: readonly CompareResult[]): number[] {
    this.#points = points;
    return points.map((point) => this.#result.fatesA.reduce((sum, fates, row) => sum + (fates !== 0 && numberAt(point, row) !== null ? 1 : 0), 0));
  }

  /** Rows [from..from + count) of one fate, or of all (null). */
  rows(fate: Fate | null, from: number, count: number): PairRow[] {
    const clock = this.#result.clock === null ? null : this.#clock ?? this.#result.clock;
    return Array.from(this.#places(fate).subarray(from, from + count), (place) => (place >= 0 ? this.#sourceRow(place, clock) : this.#applianceRow(~place, clock)));
  }

  /** The place of a source packet's row, from 0; -1 where the fate is another. Numbers from 1. */
  placeOfSource(fate: Fate | null, number: number): number { return this.#places(fate).indexOf(number - 1); }

  /** The place of the row that a packet of the appliance stands in. */
  placeOfAppliance(fate: Fate | null, number: number): number {
    const owner = this.#result.matching.ownerOf[number - 1] ?? NONE;
    return this.#places(fate).indexOf(owner === NONE ? ~(number - 1) : owner);
  }

  /** Why a row has its fate: of the source's packet, or of one that only the appliance has. Numbers from 1. */
  why(source: number | null, appliance: number | null): Why {
    return source !== null ? this.#evidence.ofSource(source - 1) : appliance !== null ? this.#evidence.ofAppliance(appliance - 1) : { evidence: '', causes: [] };
  }

  /** The packets that stand in these rows. */
  excerpt({ fate, from, count }: RowRange): Excerpt {
    const { matching: { a, b } } = this.#result;
    const rows = { a: new Uint8Array(a.count), b: new Uint8Array(b.count) };
    for (const place of this.#places(fate).subarray(from, from + count)) if (place >= 0) rows.a[place] = 1; else rows.b[~place] = 1;
    return rows;
  }

  /** One side's packets of these rows: 1 for each row of its capture. Of the appliance's, all that belongs to them: further copies, segments, fragments of the envelope. */
  packetsOf(side: Side, range: RowRange): Uint8Array {
    const rows = this.excerpt(range);
    if (side === 'source') return rows.a;
    const { matching: { ownerOf, roleOf } } = this.#result;
    const wanted = (role: number): boolean => (range.fate === 'Direct' ? role === ROLE.direct : range.fate === null || role !== ROLE.direct);
    for (let row = 0; row < ownerOf.length; row++) if (ownerOf[row] !== NONE && rows.a[ownerOf[row]!] === 1 && wanted(roleOf[row]!)) rows.b[row] = 1;
    return rows.b;
  }

  /** The rows of a fate from one time to before another, and where they would be when there are none. Seconds since the source's first packet. */
  spanBetween(fate: Fate | null, from: number, to: number): { from: number; count: number } {
    const places = this.#places(fate);
    const first = places.findIndex((place) => this.#time(place) >= from);
    if (first < 0) return { from: Math.max(0, places.length - 1), count: 0 };
    let end = first;
    while (end < places.length && this.#time(places[end]!) < to) end++;
    return { from: first, count: end - first };
  }

  #time(place: number): number {
    const { matching: { a }, clock, first } = this.#result;
    return place >= 0 ? between(a.columns, first, a.columns, place) : onSourceClock(this.#result, ~place, clock);
  }

  #timed(i: number): TimedRow {
    const place = this.#order[i]!;
    return { time: this.#time(place), fate: wordOf(place >= 0 ? this.#result.fatesA[place]! : this.#result.fatesB[~place]!), own: place < 0 };
  }

  #places(fate: Fate | null): Int32Array {
    if (fate === null) return this.#order;
    let places = this.#shown.get(fate);
    const mask = FATE[FATE_WORDS.find(([, word]) => word === fate)![0]];
    const { fatesA, fatesB } = this.#result;
    if (places === undefined) this.#shown.set(fate, places = this.#order.filter((place) => ((place >= 0 ? fatesA[place]! : fatesB[~place]!) & mask) !== 0));
    return places;
  }

  #sourceRow(row: number, clock: ClockSetting | null): PairRow {
    const { matching: { a, pairOf, directOf }, fatesA, first } = this.#result;
    const copy = pairOf[row] !== NONE ? pairOf[row]! : directOf[row]!;
    const { seconds, nanoseconds } = a.columns;
    return {
      source: row + 1, appliance: copy === NONE ? null : copy + 1, fate: wordOf(fatesA[row]!), note: this.#note(row, copy),
      sourceTime: relativeTime(seconds[row]! - seconds[first]!, nanoseconds[row]! - nanoseconds[first]!, this.#decimals),
      delay: copy === NONE || clock === null ? '' : milliseconds(delayOf(this.#result, row, copy, clock)),
      points: this.#points.map((point) => numberAt(point, row)),
    };
  }

  #applianceRow(row: number, clock: ClockSetting | null): PairRow {
    return { source: null, appliance: row + 1, fate: wordOf(this.#result.fatesB[row]!), note: strangerNote(this.#result, row), sourceTime: onSourceClock(this.#result, row, clock).toFixed(this.#decimals), delay: '', points: this.#points.map(() => null) };
  }

  #note(row: number, copy: number): string {
    const { judgement } = this.#result;
    const { matching: { a, b, pairOf, directOf, split, merged: together }, fatesA, differences } = this.#result;
    const fates = fatesA[row]!;
    const notes: string[] = [];
    if ((fates & FATE.truncated) !== 0) notes.push(`${count(b.columns.wire[copy]!)} of ${counted(a.columns.wire[row]!, 'byte')}`);
    if ((fates & FATE.changed) !== 0) notes.push(changedFields(differences[copy]!, a.columns.type[row]!, a.columns.protocol[row]!).join(', '));
    if (split.has(row)) notes.push('came in segments');
    if (together.has(row)) notes.push('came put together with others');
    const pieces = b.pieces.get(copy);
    if (pieces !== undefined) notes.push(`envelope in ${counted(pieces.length, 'fragment')}`);
    const copies = this.#copies.get(row) ?? 0;
    if (copies > 0) notes.push(counted(copies, 'further copy', 'further copies'));
    if (pairOf[row] !== NONE && directOf[row] !== NONE) notes.push(`seen direct as ${directOf[row]! + 1}`);
    if ((fates & FATE.lost) !== 0 && directOf[row] !== NONE) notes.push(`only seen direct, as ${directOf[row]! + 1}`);
    const outside = sentOutside(this.#result, row);
    if (outside !== null) notes.push(outside.when === 'before' ? 'not captured yet' : 'capture had ended');
    if (judgement !== null) notes.push(judgementWords(judgement, row));
    return notes.join(' · ');
  }
}

/** What the mirror's rules leave out and the appliance has seen all the same is not missed. */
const FILTERED_BUT_SEEN = FATE.filtered | FATE.direct;

/** Through the mirror, or else itself. */
function numberAt({ matching: { pairOf, directOf } }: CompareResult, row: number): number | null {
  const copy = pairOf[row] === NONE ? directOf[row]! : pairOf[row]!;
  return copy === NONE ? null : copy + 1;
}

const wordOf = (fates: number): Fate => (fates & FILTERED_BUT_SEEN) === FILTERED_BUT_SEEN ? 'Direct' : FATE_WORDS.find(([name]) => (fates & FATE[name]) !== 0)?.[1] ?? 'Only at source';

/** Source rows in their order, the appliance's own packets where they belong by time. */
function merged(result: CompareResult): Int32Array {
  const { matching: { a, b }, fatesA, fatesB, clock, first } = result;
  const order = new Int32Array(a.count + b.count);
  let used = 0;
  let other = 0;
  const own = (row: number): boolean => (fatesB[row]! & FATE.onlyAtAppliance) !== 0;
  for (let row = 0; row < a.count; row++) {
    if (fatesA[row] === 0) continue;
    const time = between(a.columns, first, a.columns, row);
    for (; other < b.count && onSourceClock(result, other, clock) < time; other++) if (own(other)) order[used++] = ~other;
    order[used++] = row;
  }
  for (; other < b.count; other++) if (own(other)) order[used++] = ~other;
  return order.slice(0, used);
}

function furtherCopies({ matching: { ownerOf, roleOf } }: CompareResult): Map<number, number> {
  const copies = new Map<number, number>();
  for (let row = 0; row < roleOf.length; row++) if (roleOf[row] === ROLE.duplicate) copies.set(ownerOf[row]!, (copies.get(ownerOf[row]!) ?? 0) + 1);
  return copies;
}
