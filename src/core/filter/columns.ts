// What the packet table knows of a filter's answer, so that the bytes are asked about the other packets only. A row's answer is yes, no, or maybe: maybe
// wherever the columns do not hold every value that the field has in the packet.

import type { PacketTable } from '../table/packet-table.ts';
import { CHUNK_ROWS, type Chunk } from './chunk.ts';
import { COLUMN_FIELDS, HIT, newChunkValues, sumRows, THERE, type ChunkValues, type ColumnField, type EndsField } from './column-fields.ts';
import { nameOf, type Meaning } from './names.ts';
import type { LayerRange } from './syntax.ts';
import { bounds, type Relation } from './tests.ts';
import type { Interval } from './value.ts';

// Two bits a row: it may pass, and it does. So and is &, or is |, and four rows are answered at once.
export const NO = 0;
export const MAYBE = 2;
export const YES = 3;
const SURE = 0x0101_0101; // of four rows
const POSSIBLE = 0x0202_0202;

/** Answers for the rows of a chunk, a byte each; `fours` are the same bytes. */
export interface Answers { readonly rows: Uint8Array; readonly fours: Int32Array }
export const newAnswers = (): Answers => {
  const rows = new Uint8Array(CHUNK_ROWS);
  return { rows, fours: new Int32Array(rows.buffer) };
};

/** Puts the answer for row k of the chunk into its place. */
export type ChunkAnswers = (chunk: Chunk, answers: Answers) => void;
/** Made once for a table; null: maybe, for every row. */
export type ColumnTest = ((table: PacketTable) => ChunkAnswers) | null;

/** Whether a field or protocol is there at all. */
export function columnsExist(meaning: Meaning, layers: readonly LayerRange[] | null): ColumnTest {
  const field = layers === null ? COLUMN_FIELDS.get(meaning.name) : undefined;
  return field ? counted(field, YES) : columnsNeed(meaning);
}

/** A field without a column is at least not there where its protocol is not. */
function columnsNeed(meaning: Meaning): ColumnTest {
  const names = meaning.kind === 'field' ? [...new Set(meaning.infos.map(({ protocol }) => nameOf(protocol)))] : meaning.kind === 'protocol' ? [meaning.name] : [];
  const field = names.length === 1 ? COLUMN_FIELDS.get(names[0]!) : undefined;
  return field ? counted(field, MAYBE) : null;
}

/** By how many values there are, from UNKNOWN on. */
const counted = (field: ColumnField | EndsField, some: typeof YES | typeof MAYBE): ColumnTest => {
  if (typeof field !== 'function') return ends(field, null, (_, there) => (there > 0 ? some : NO));
  return (table) => {
    const read = field(table);
    const into = newChunkValues();
    const { counts } = into;
    return (chunk, { rows }) => {
      read(chunk, into);
      for (let k = 0; k < chunk.count; k++) rows[k] = counts[k]! < 0 ? MAYBE : -Number(counts[k]! > 0) & some;
    };
  };
};

/** A comparison of a field with values: of all its values, or of any; without a value it is false. */
export function columnsCompare(meaning: Meaning | null, layers: readonly LayerRange[] | null, relation: Relation, intervals: readonly Interval[], all: boolean): ColumnTest {
  const field = meaning && meaning.kind !== 'protocol' && layers === null ? COLUMN_FIELDS.get(meaning.name) : undefined;
  if (!field) return meaning && columnsNeed(meaning);
  if (intervals.some(({ low }) => typeof low !== 'number' && typeof low !== 'bigint')) return null;
  const [lows, highs] = bounds(relation, intervals.map(({ low, high }) => ({ low: Number(low), high: Number(high) })));
  const flip = relation === 'ne' ? 1 : 0;
  if (typeof field !== 'function') return ends(field, (value) => inAny(value, lows, highs) !== flip, (hits, there) => (there > 0 && (all ? hits === there : hits > 0) ? YES : NO));
  return (table) => {
    const read = field(table);
    const into = newChunkValues();
    return (chunk, { rows }) => {
      read(chunk, into);
      compareRows(into, chunk.count, lows, highs, flip, rows);
    };
  };
}

/** Is the value inside any of the intervals? 1 or 0. Sums, not branches: what a row holds is not to be guessed. */
function inAny(value: number, lows: Float64Array, highs: Float64Array): number {
  let hit = 0;
  for (let i = 0; i < lows.length; i++) hit |= Number(value >= lows[i]!) & Number(value <= highs[i]!);
  return hit;
}

/** Whether each row's value is inside any of the intervals (or, with `flip`, outside all). */
function compareRows({ values, counts }: ChunkValues, rows: number, lows: Float64Array, highs: Float64Array, flip: number, answers: Uint8Array): void {
  if (lows.length === 1) { compareRowsOnce(values, counts, rows, lows[0]!, highs[0]!, flip, answers); return; }
  for (let k = 0; k < rows; k++) answers[k] = ANSWERS[2 * (counts[k]! + 1) + (inAny(values[k]!, lows, highs) ^ flip)]!;
}

function compareRowsOnce(values: Float64Array, counts: Int8Array, rows: number, low: number, high: number, flip: number, answers: Uint8Array): void {
  for (let k = 0; k < rows; k++) {
    const value = values[k]!;
    answers[k] = ANSWERS[2 * (counts[k]! + 1) + ((Number(value >= low) & Number(value <= high)) ^ flip)]!;
  }
}

/** By how many values there are, unknown, none or one, and whether that is sought. */
const ANSWERS = Uint8Array.of(MAYBE, MAYBE, NO, NO, NO, YES);

const MOST_THERE = 4; // both ends of two levels

/** Answers from how many values there are and how many of them are `sought`: worked out for each value and for each pair of counts before any row is looked at. */
function ends(field: EndsField, sought: ((value: number) => boolean) | null, answer: (hits: number, there: number) => number): ColumnTest {
  const bySum = Uint8Array.from({ length: (MOST_THERE + 1) * THERE }, (_, sum) => answer(sum % THERE, Math.floor(sum / THERE)));
  return (table) => {
    const verdicts = new Uint8Array(field.size(table));
    for (let number = 0; number < verdicts.length; number++) {
      const value = field.value(table, number);
      if (value >= 0) verdicts[number] = THERE + (sought?.(value) ? HIT : 0);
    }
    const sums = new Uint8Array(CHUNK_ROWS);
    return (chunk, { rows }) => {
      sumRows(field, chunk, verdicts, sums);
      const { plain, count } = chunk;
      for (let k = 0; k < count; k++) rows[k] = plain[k] === 0 ? MAYBE : bySum[sums[k]!]!;
    };
  };
}

/** What does pass may not, and what may not does. */
const opposite = (four: number): number => ((~four & SURE) << 1) | ((~four & POSSIBLE) >> 1);

export const columnsNot = (of: ColumnTest): ColumnTest => of && ((table) => {
  const test = of(table);
  return (chunk, answers) => {
    test(chunk, answers);
    const { fours } = answers;
    for (let w = 0; w < fours.length; w++) fours[w] = opposite(fours[w]!);
  };
});

/** Answers for four rows from two parts'. A part of which the columns know nothing leaves what the others decide: no and anything is no. */
const TOGETHER = {
  and: (a: Int32Array, b: Int32Array): void => { for (let w = 0; w < a.length; w++) a[w]! &= b[w]!; },
  or: (a: Int32Array, b: Int32Array): void => { for (let w = 0; w < a.length; w++) a[w]! |= b[w]!; },
  xor: (a: Int32Array, b: Int32Array): void => { for (let w = 0; w < a.length; w++) a[w] = (a[w]! & opposite(b[w]!)) | (opposite(a[w]!) & b[w]!); },
} as const;

export function columnsLogic(kind: 'and' | 'or' | 'xor', parts: readonly ColumnTest[]): ColumnTest {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  const together = TOGETHER[kind];
  return (table) => {
    const tests = known.map((part) => part(table));
    const other = newAnswers();
    return (chunk, answers) => {
      tests[0]!(chunk, answers);
      for (let t = 1; t < tests.length; t++) {
        if (kind === 'and' && answers.fours.every((four) => four === 0)) return; // no row is left
        tests[t]!(chunk, other);
        together(answers.fours, other.fours);
      }
      if (known.length < parts.length) together(answers.fours, other.fours.fill(POSSIBLE)); // one part that is not known is as good as several
    };
  };
}
