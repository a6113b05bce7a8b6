// What the pairs so far tell of order and time.

import type { Bearings } from './align.ts';
import { fitClock, type ClockFit } from './clock.ts';
import { clockSteps, steppedBy } from './clock-steps.ts';
import { longestIncreasing } from './increasing.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import { oddsOf } from './odds.ts';
import { timeOf } from './sightings.ts';
import { wayOdds, type WayOdds } from './way-odds.ts';

/** As many tell how the clocks run as well as all would. */
const CLOCK_PAIRS = 1 << 14;

/** How the clocks run, from pairs so far; null without any. */
export function fitted(matching: Matching, aOrigin: number, bOrigin: number): ClockFit | null {
  const aTime = (row: number): number => timeOf(matching.a.columns, row, aOrigin), bTime = (row: number): number => timeOf(matching.b.columns, row, bOrigin);
  const all = sureCount(matching);
  const count = Math.min(all, CLOCK_PAIRS), every = all / count;
  const as = new Uint32Array(count);
  for (let row = 0, place = 0, i = 0; i < count; row++) if (isSure(matching, row) && place++ >= Math.floor(i * every)) as[i++] = row;
  const bs = as.map((row) => matching.pairOf[row]!);
  const left = Float64Array.from(as, aTime), right = Float64Array.from(bs, bTime);
  const steps = clockSteps({ as, bs, left, right }, aTime, bTime);
  return fitClock(left, steps.length === 0 ? right : right.map((time, i) => time - steppedBy(steps, as[i]!, 'a')), steps);
}

const isSure = ({ pairOf, roleOf }: Matching, row: number): boolean => pairOf[row] !== NONE && roleOf[pairOf[row]!] === ROLE.pair;

function sureCount(matching: Matching): number {
  let count = 0;
  for (let row = 0; row < matching.pairOf.length; row++) if (isSure(matching, row)) count++;
  return count;
}

/** Pairs so far, in the order of the source. */
function sure(matching: Matching): { as: Uint32Array; bs: Uint32Array } {
  const { pairOf } = matching;
  const count = sureCount(matching);
  const as = new Uint32Array(count), bs = new Uint32Array(count);
  for (let row = 0, i = 0; row < pairOf.length; row++) if (isSure(matching, row)) { as[i] = row; bs[i++] = pairOf[row]!; }
  return { as, bs };
}

/** By what identical packets are told apart: the clocks, the places of the pairs that came in order, and what the pairs show of the path. `waits`: source rows that are still open. */
export function bearingsOf(matching: Matching, aOrigin: number, bOrigin: number, fit: ClockFit | null, waits: (row: number) => boolean): Bearings {
  const { a, b } = matching;
  const { as, bs } = sure(matching);
  const inOrder = longestIncreasing(bs);
  const aRank = new Uint32Array(as.length === 0 ? 0 : a.count), bRank = new Uint32Array(as.length === 0 ? 0 : b.count);
  for (let i = 0; i < as.length; i++) if (inOrder[i] === 1) { aRank[as[i]!] = 1; bRank[bs[i]!] = 1; }
  for (const rank of [aRank, bRank]) for (let row = 1; row < rank.length; row++) rank[row]! += rank[row - 1]!;
  const bearings = { a: a.columns, b: b.columns, aOrigin, bOrigin, aRank, bRank };
  const ways = new Map<number, WayOdds>();
  return {
    ...bearings, fit,
    wayOdds: (way) => {
      let known = ways.get(way);
      if (known === undefined) ways.set(way, known = wayOdds(matching, way, fit!, aOrigin, bOrigin));
      return known;
    },
    odds: fit === null ? null : oddsOf(matching, { ...bearings, as, bs }, fit, waits),
  };
}
