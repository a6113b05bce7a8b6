// What the packet table knows of a filter's answer, so that the bytes are asked about the other packets only. A row's answer is yes, no, or maybe: maybe
// wherever the columns do not hold every value that the field has in the packet.

import type { PacketTable } from '../table/packet-table.ts';
import { CHUNK_ROWS, type Chunk } from './chunk.ts';
import { COLUMN_FIELDS, MOST_VALUES, newChunkValues, type ChunkValues, type ColumnField } from './column-fields.ts';
import { nameOf, type Meaning } from './names.ts';
import type { LayerRange } from './syntax.ts';
import { bounds, type Relation } from './tests.ts';
import type { Interval } from './value.ts';

export const NO = 0;
export const YES = 1;
export const MAYBE = 2;

/** Puts the answer for row k of the chunk into answers[k]. */
export type ChunkAnswers = (chunk: Chunk, answers: Uint8Array) => void;
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

const counted = (field: ColumnField, some: typeof YES | typeof MAYBE): ColumnTest => (table) => {
  const read = field(table);
  const into = newChunkValues();
  const { counts } = into;
  return (chunk, answers) => {
    read(chunk, into);
    for (let k = 0; k < chunk.count; k++) answers[k] = counts[k]! < 0 ? MAYBE : Number(counts[k]! > 0) * some;
  };
};

/** A comparison of a field with values: of all its values, or of any; without a value it is false. */
export function columnsCompare(meaning: Meaning | null, layers: readonly LayerRange[] | null, relation: Relation, intervals: readonly Interval[], all: boolean): ColumnTest {
  const field = meaning && meaning.kind !== 'protocol' && layers === null ? COLUMN_FIELDS.get(meaning.name) : undefined;
  if (!field) return meaning && columnsNeed(meaning);
  if (intervals.some(({ low }) => typeof low !== 'number' && typeof low !== 'bigint')) return null;
  const [lows, highs] = bounds(relation, intervals.map(({ low, high }) => ({ low: Number(low), high: Number(high) })));
  const negate = relation === 'ne';
  return (table) => {
    const read = field(table);
    const into = newChunkValues();
    return (chunk, answers) => {
      read(chunk, into);
      compareRows(into, chunk.count, lows, highs, negate ? 1 : 0, all, answers);
    };
  };
}

/** Whether all or some of a row's values are inside any of the intervals (or, with `flip`, outside all). Sums, not branches: what a row holds is not to be guessed. */
function compareRows({ values, counts }: ChunkValues, rows: number, lows: Float64Array, highs: Float64Array, flip: number, all: boolean, answers: Uint8Array): void {
  const last = lows.length - 1;
  for (let k = 0; k < rows; k++) {
    const count = counts[k]!;
    if (count < 0) { answers[k] = MAYBE; continue; }
    let hits = 0;
    for (let v = k * MOST_VALUES, end = v + count; v < end; v++) {
      const value = values[v]!;
      let hit = Number(value >= lows[last]!) & Number(value <= highs[last]!);
      for (let i = 0; i < last; i++) hit |= Number(value >= lows[i]!) & Number(value <= highs[i]!);
      hits += hit ^ flip;
    }
    answers[k] = Number(all ? hits === count : hits > 0) & Number(count > 0);
  }
}

const OPPOSITE = Uint8Array.of(YES, NO, MAYBE);

export const columnsNot = (of: ColumnTest): ColumnTest => of && ((table) => {
  const test = of(table);
  return (chunk, answers) => {
    test(chunk, answers);
    for (let k = 0; k < chunk.count; k++) answers[k] = OPPOSITE[answers[k]!]!;
  };
});

/** The answer for two parts, by 4 * one + other. A part of which the columns know nothing leaves what the others decide: no and anything is no. */
const TOGETHER = {
  and: Uint8Array.of(NO, NO, NO, 0, NO, YES, MAYBE, 0, NO, MAYBE, MAYBE),
  or: Uint8Array.of(NO, YES, MAYBE, 0, YES, YES, YES, 0, MAYBE, YES, MAYBE),
  xor: Uint8Array.of(NO, YES, MAYBE, 0, YES, NO, MAYBE, 0, MAYBE, MAYBE, MAYBE),
} as const;

export function columnsLogic(kind: 'and' | 'or' | 'xor', parts: readonly ColumnTest[]): ColumnTest {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  const together = TOGETHER[kind];
  return (table) => {
    const tests = known.map((part) => part(table));
    const other = new Uint8Array(CHUNK_ROWS);
    return (chunk, answers) => {
      tests[0]!(chunk, answers);
      for (let t = 1; t <= parts.length - 1; t++) {
        if (t < tests.length) tests[t]!(chunk, other); else other.fill(MAYBE);
        for (let k = 0; k < chunk.count; k++) answers[k] = together[4 * answers[k]! + other[k]!]!;
        if (t >= tests.length) break; // one part that is not known is as good as several
      }
    };
  };
}
