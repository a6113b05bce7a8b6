// What the packet table knows of a filter's answer, so that the bytes are asked about the other packets only. A row's answer is yes, no, or maybe: maybe
// wherever the columns do not hold every value that the field has in the packet.

import type { PacketColumns } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { COLUMN_FIELDS, MOST_VALUES } from './column-fields.ts';
import type { Meaning } from './names.ts';
import type { LayerRange } from './syntax.ts';
import { passes, type Relation } from './tests.ts';
import type { Interval } from './value.ts';

export const NO = 0;
export const YES = 1;
export const MAYBE = 2;
export type Answer = typeof NO | typeof YES | typeof MAYBE;

/** The answer for row `i` of a segment, which is row `row` of the table. */
export type RowAnswer = (c: PacketColumns, i: number, row: number) => Answer;
/** Made once for a table; null: maybe, for every row. */
export type ColumnTest = ((table: PacketTable) => RowAnswer) | null;

/** Whether a field or protocol is there at all. */
export function columnsExist(meaning: Meaning, layers: readonly LayerRange[] | null): ColumnTest {
  const field = layers === null ? COLUMN_FIELDS.get(meaning.name) : undefined;
  if (!field) return null;
  const values = new Float64Array(MOST_VALUES);
  return (table) => {
    const read = field(table);
    return (c, i, row) => { const count = read(c, i, row, values); return count < 0 ? MAYBE : count > 0 ? YES : NO; };
  };
}

/** A comparison of a field with values: of all its values, or of any; without a value it is false. */
export function columnsCompare(meaning: Meaning | null, layers: readonly LayerRange[] | null, relation: Relation, intervals: readonly Interval[], all: boolean): ColumnTest {
  const field = meaning && meaning.kind !== 'protocol' && layers === null ? COLUMN_FIELDS.get(meaning.name) : undefined;
  if (!field || intervals.some(({ low }) => typeof low !== 'number' && typeof low !== 'bigint')) return null;
  const holds = (v: number): boolean => (relation === 'ne' ? intervals.every((interval) => passes('ne', v, interval)) : intervals.some((interval) => passes(relation, v, interval)));
  const values = new Float64Array(MOST_VALUES);
  return (table) => {
    const read = field(table);
    return (c, i, row) => {
      const count = read(c, i, row, values);
      if (count < 0) return MAYBE;
      for (let v = 0; v < count; v++) if (holds(values[v]!) !== all) return all ? NO : YES;
      return all && count > 0 ? YES : NO;
    };
  };
}

export const columnsNot = (of: ColumnTest): ColumnTest => of && ((table) => {
  const test = of(table);
  return (c, i, row) => OPPOSITE[test(c, i, row)];
});

const OPPOSITE = [YES, NO, MAYBE] as const;

/** A part of which the columns know nothing leaves what the others decide: no and anything is no. */
export function columnsLogic(kind: 'and' | 'or' | 'xor', parts: readonly ColumnTest[]): ColumnTest {
  const known = parts.filter((part) => part !== null);
  const rest = known.length < parts.length ? MAYBE : null;
  if (known.length === 0 || (kind === 'xor' && rest !== null)) return null;
  if (kind === 'xor') return (table) => { const tests = known.map((part) => part(table)); return (c, i, row) => tests.reduce<Answer>((odd, test) => odd === MAYBE ? MAYBE : xor(odd, test(c, i, row)), NO); };
  const decides = kind === 'and' ? NO : YES;
  return (table) => {
    const tests = known.map((part) => part(table));
    return (c, i, row) => {
      let answer: Answer = rest ?? OPPOSITE[decides];
      for (const test of tests) {
        const one = test(c, i, row);
        if (one === decides) return decides;
        if (one === MAYBE) answer = MAYBE;
      }
      return answer;
    };
  };
}

const xor = (a: Answer, b: Answer): Answer => (b === MAYBE ? MAYBE : a === b ? NO : YES);
