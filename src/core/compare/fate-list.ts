// The result as a list for the eye: one row a source packet, and between them the packets that only the appliance has. Rows are made
// for the window in view; the list itself is numbers.

import type { ByteSource } from '../bytes/byte-source.ts';
import { counted, milliseconds } from '../format/number.ts';
import { relativeTime } from '../table/row-window.ts';
import type { CompareResult } from './compare.ts';
import { FATE, FATE_LABELS, type FateName } from './fates.ts';
import { changedFields } from './frame-difference.ts';
import { FrameTexts, type FrameText } from './frame-text.ts';
import { NONE, ROLE } from './matching.ts';
import type { SightingColumns } from './sightings.ts';

/** What the list can be narrowed to. */
export type Show = 'all' | FateName;

export interface FateRow extends FrameText {
  /** Packet numbers from 1; null where there is none. */
  readonly source: number | null;
  readonly appliance: number | null;
  /** Seconds since the source's first packet, on the source's clock. */
  readonly time: string;
  /** Bytes of the frame on the wire. */
  readonly length: string;
  readonly vni: string;
  /** Milliseconds from source to appliance, clocks put right; '' where there is no copy. */
  readonly delay: string;
  readonly fates: readonly FateName[];
  /** The fate that says most: "Truncated". */
  readonly fate: string;
  /** What else there is to say: "1,464 of 8,942 bytes · one further copy". '' where nothing is. */
  readonly note: string;
}

/** Clocks as they are believed for the delays: estimated, or set by hand. */
export interface ClockSetting { readonly offset: number; readonly drift: number }

export class FateList {
  readonly #result: CompareResult;
  readonly #texts = new FrameTexts();
  /** Source rows as they are; packets of the appliance as ~row. */
  readonly #order: Int32Array;
  readonly #shown = new Map<Show, Int32Array>();
  readonly #copies: ReadonlyMap<number, number>;
  readonly #decimals: 6 | 9;

  constructor(result: CompareResult) {
    this.#result = result;
    const { a } = result.matching;
    this.#order = merged(result);
    this.#copies = furtherCopies(result);
    this.#decimals = a.interfaces.some(({ resolution }) => resolution > 1e6) ? 9 : 6;
  }

  /** How many rows each narrowing has. */
  counts(): Readonly<Record<Show, number>> {
    const counts: Partial<Record<Show, number>> = { all: this.#order.length };
    for (const name of Object.keys(FATE) as FateName[]) counts[name] = this.#places(name).length;
    return counts as Record<Show, number>;
  }

  /** The place of a source packet (or, below, of one of the appliance) in a narrowing; -1 where it is not. Numbers from 1. */
  placeOfSource(show: Show, number: number): number { return this.#places(show).indexOf(number - 1); }
  placeOfAppliance(show: Show, number: number): number {
    const { ownerOf } = this.#result.matching;
    const owner = ownerOf[number - 1] ?? NONE;
    return this.#places(show).indexOf(owner === NONE ? ~(number - 1) : owner);
  }

  /** Rows [from..from + count) of a narrowing, with what their frames say, read from the captures. */
  async window(show: Show, from: number, count: number, a: ByteSource, b: ByteSource, clock: ClockSetting | null = this.#result.clock): Promise<FateRow[]> {
    const places = this.#places(show).subarray(from, from + count);
    const { matching } = this.#result;
    return Promise.all(Array.from(places, async (place) => {
      const text = await (place >= 0 ? this.#texts.read(a, matching.a, place) : this.#texts.read(b, matching.b, ~place));
      return place >= 0 ? this.#sourceRow(place, text, clock) : this.#applianceRow(~place, text, clock);
    }));
  }

  #places(show: Show): Int32Array {
    if (show === 'all') return this.#order;
    let places = this.#shown.get(show);
    const mask = FATE[show];
    const { fatesA, fatesB } = this.#result;
    if (places === undefined) this.#shown.set(show, places = this.#order.filter((place) => ((place >= 0 ? fatesA[place]! : fatesB[~place]!) & mask) !== 0));
    return places;
  }

  #sourceRow(row: number, text: FrameText, clock: ClockSetting | null): FateRow {
    const { matching: { a, b, pairOf, directOf }, fatesA, first } = this.#result;
    const copy = pairOf[row] !== NONE ? pairOf[row]! : directOf[row]!;
    const { seconds, nanoseconds } = a.columns;
    return {
      ...text, source: row + 1, appliance: copy === NONE ? null : copy + 1,
      time: relativeTime(seconds[row]! - seconds[first]!, nanoseconds[row]! - nanoseconds[first]!, this.#decimals),
      length: String(a.columns.wire[row]!), vni: copy === NONE ? '' : vniText(b.paths[b.columns.path[copy]!]!.vnis),
      delay: copy === NONE || clock === null ? '' : milliseconds(delayOf(this.#result, row, copy, clock)),
      ...named(fatesA[row]!), note: this.#note(row, copy),
    };
  }

  #applianceRow(row: number, text: FrameText, clock: ClockSetting | null): FateRow {
    const { matching: { b }, fatesB } = this.#result;
    return {
      ...text, source: null, appliance: row + 1, time: onSourceClock(this.#result, row, clock).toFixed(this.#decimals),
      length: String(b.columns.wire[row]!), vni: vniText(b.paths[b.columns.path[row]!]!.vnis), delay: '', ...named(fatesB[row]!), note: '',
    };
  }

  #note(row: number, copy: number): string {
    const { matching: { a, b, pairOf, directOf, split, merged: together }, fatesA, differences } = this.#result;
    const fates = fatesA[row]!;
    const notes: string[] = [];
    if ((fates & FATE.truncated) !== 0) notes.push(`${b.columns.wire[copy]!.toLocaleString('en-US')} of ${counted(a.columns.wire[row]!, 'byte')}`);
    if ((fates & FATE.changed) !== 0) notes.push(changedFields(differences[copy]!, a.columns.type[row]!, a.columns.protocol[row]!).join(', '));
    if (split.has(row)) notes.push('came in segments');
    if (together.has(row)) notes.push('came put together with others');
    const pieces = b.pieces.get(copy);
    if (pieces !== undefined) notes.push(`envelope in ${counted(pieces.length, 'fragment')}`);
    const copies = this.#copies.get(row) ?? 0;
    if (copies > 0) notes.push(counted(copies, 'further copy', 'further copies'));
    if (pairOf[row] !== NONE && directOf[row] !== NONE) notes.push(`seen direct as ${directOf[row]! + 1}`);
    return notes.join(' · ');
  }
}

const named = (fates: number): { fates: FateName[]; fate: string } => {
  const all = FATE_LABELS.filter(([name]) => (fates & FATE[name]) !== 0);
  return { fates: all.map(([name]) => name), fate: all[0]?.[1] ?? '' };
};

const vniText = (vnis: readonly number[]): string => (vnis.length === 0 || vnis.at(-1)! < 0 ? '' : String(vnis.at(-1)!));

/** Seconds from a source packet to a packet of the appliance. */
export function delayOf({ matching: { a, b }, first }: CompareResult, row: number, copy: number, { offset, drift }: ClockSetting): number {
  return between(a.columns, row, b.columns, copy) - offset - drift * between(a.columns, first, a.columns, row);
}

/** Seconds from one row to another, each on its own clock. */
const between = (from: SightingColumns, row: number, to: SightingColumns, other: number): number =>
  to.seconds[other]! - from.seconds[row]! + (to.nanoseconds[other]! - from.nanoseconds[row]!) / 1e9;

/** Seconds since the source's first packet, of a packet of the appliance. */
function onSourceClock({ matching: { a, b }, first }: CompareResult, row: number, clock: ClockSetting | null): number {
  const since = a.count === 0 ? between(b.columns, 0, b.columns, row) : between(a.columns, first, b.columns, row);
  return clock === null ? since : (since - clock.offset) / (1 + clock.drift);
}

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
