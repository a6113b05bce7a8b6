// In which order packets are looked for: the same byte for byte, the same content, the same beginning where either was cut. A later
// stage sees only what the earlier ones left, so a vaguer likeness never takes a packet from a closer one.

import { mixed, NO_RUNG, RUNGS } from './content-hash.ts';
import { addKeyed, keyedRows, type KeyedRows } from './groups.ts';
import type { KeyFilter } from './key-table.ts';
import { MARK, rungOf, type SightingColumns } from './sightings.ts';

export interface Stage {
  /** Whether source packets that have their copy already take part, so that further copies find them. */
  readonly copies: boolean;
  /** Whether the key is of a beginning only, which may be shorter than what the copies have in common. */
  readonly coarse: boolean;
  /** Whether there can be anything, from how many packets were cut at each rung and, behind them, not at all. */
  readonly any: (aCuts: Uint32Array, bCuts: Uint32Array) => boolean;
  readonly keyA: Keying;
  readonly keyB: Keying;
}

/** Puts the key of a row into `out`; false where it has no part in the stage. */
export type Keying = (c: SightingColumns, row: number, out: Key) => boolean;
export interface Key { one: number; two: number }

const complete = (c: SightingColumns, row: number): boolean => (c.marks[row]! & MARK.complete) !== 0;

const same: Keying = (c, row, out) => {
  if (!complete(c, row)) return false;
  out.one = mixed(c.whole1[row]!, c.rest[row]!);
  out.two = c.whole2[row]!;
  return true;
};

const content: Keying = (c, row, out) => {
  if (!complete(c, row)) return false;
  out.one = c.whole1[row]!;
  out.two = c.whole2[row]!;
  return true;
};

/** By the beginning up to a rung. `cut` rows are those whose captured bytes end between this rung and the next; others must reach it. */
const beginning = (rung: number, cut: boolean, sized: boolean): Keying => (c, row, out) => {
  const top = c.top[row]!;
  if (top === NO_RUNG || (cut ? top !== rung || complete(c, row) : top < rung)) return false;
  out.one = rungOf(c, row, rung);
  out.two = mixed(rung === 0 ? 0 : rungOf(c, row, rung - 1), sized ? c.size[row]! : 0);
  return true;
};

const rungs = Array.from({ length: RUNGS }, (_, i) => RUNGS - 1 - i);
const cutStages = (copies: boolean, sized: boolean): Stage[] => [
  ...rungs.map((rung): Stage => ({ copies, coarse: sized, any: (_, bCuts) => bCuts[rung]! > 0, keyA: beginning(rung, false, sized), keyB: beginning(rung, true, sized) })),
  ...rungs.map((rung): Stage => ({ copies, coarse: sized, any: (aCuts) => aCuts[rung]! > 0, keyA: beginning(rung, true, sized), keyB: beginning(rung, false, sized) })),
];

const whole: Stage['any'] = (aCuts, bCuts) => aCuts[RUNGS]! > 0 && bCuts[RUNGS]! > 0;

export const STAGES: readonly Stage[] = [
  { copies: true, coarse: false, any: whole, keyA: same, keyB: same },
  { copies: true, coarse: false, any: whole, keyA: content, keyB: content },
  ...cutStages(true, true),
  ...cutStages(false, false), // a length that lies
];

/** The rows that are wanted and have a part in a stage, with their keys; only those that may be in `filter`, where there is one. */
export function keyed(c: SightingColumns, count: number, keying: Keying, wanted: (row: number) => boolean, filter: KeyFilter | null = null): KeyedRows {
  const key = { one: 0, two: 0 };
  let few = 0;
  for (let row = 0; row < count; row++) if (wanted(row)) few++;
  const rows = keyedRows(few);
  if (few > 0) for (let row = 0; row < count; row++) if (wanted(row) && keying(c, row, key) && (filter === null || filter.has(key))) addKeyed(rows, row, key.one, key.two);
  return rows;
}
