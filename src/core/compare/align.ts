// Which of several identical packets is which: their bytes do not say, so order and time do. A sequence alignment, as for texts: some of
// the source's were lost, some of the appliance's are further copies, the rest goes pair by pair in order.

import { expected, type ClockFit } from './clock.ts';
import { steppedBy } from './clock-steps.ts';
import type { Odds } from './odds.ts';
import { timeOf, type SightingColumns } from './sightings.ts';
import type { WayOdds } from './way-odds.ts';

export const NOBODY = -1;

/** What is known about the two captures before the identical ones are taken up. */
export interface Bearings {
  readonly a: SightingColumns;
  readonly b: SightingColumns;
  readonly aOrigin: number;
  readonly bOrigin: number;
  /** Both null without pairs. */
  readonly fit: ClockFit | null;
  readonly odds: Odds | null;
  /** For each row, how many pairs that are sure and in order come before it. Empty where there are none. */
  readonly aRank: Uint32Array;
  readonly bRank: Uint32Array;
  /** What the pairs show of one way; asked only where there is a fit. */
  readonly wayOdds: (way: number) => WayOdds;
}

const STRAY = 20; //     the copy of a packet that this source capture does not hold
const DOUBT = 3; //      that a packet came which did not come another way
const LATE_COPY = 1 / 3; // of what a packet's own delay costs: a copy may come late
const LEAST_GAP = 0.05; // seconds
const REUNION = 2; //     seconds: what lost one and stray one may lie apart and still be a pair
const IN_ORDER = 1; //    sure pairs, that these may be out of order
const MOST_CELLS = 1 << 22;

/** What is known of the rows of one group besides. */
export interface Known {
  /** Each of the b rows is an envelope of its own, so none is a further copy of another. */
  readonly numbered: boolean;
  /** Whether a source packet's copy came by another way: then it is likelier to have come by this one too. */
  readonly came: (aRow: number) => boolean;
}

/** What the explanations of one group cost. Times are on the appliance's clock: when the a rows are expected, when the b rows came. */
export interface Costs {
  readonly at: Float64Array;
  readonly bt: Float64Array;
  readonly lost: number;
  readonly stray: number;
  /** Of the j-th b as the i-th a, or as a further copy of it. */
  readonly pair: (i: number, j: number) => number;
  readonly copy: (i: number, j: number) => number;
}

/** null where no pairs say how the clocks run. */
export function costsOf(aRows: Uint32Array, bRows: Uint32Array, { a, b, aOrigin, bOrigin, fit, odds, aRank, bRank, wayOdds }: Bearings, known: Known): Costs | null {
  if (fit === null || odds === null) return null;
  const { late } = wayOdds(b.path[bRows[0]!]!);
  const at = Float64Array.from(aRows, (row) => expected(fit, timeOf(a, row, aOrigin)) + steppedBy(fit.steps, row, 'a') + late);
  const bt = Float64Array.from(bRows, (row) => timeOf(b, row, bOrigin));
  const some = aRows.some(known.came);
  const doubt = Float64Array.from(aRows, (row) => (some && !known.came(row) ? DOUBT : 0));
  /** How unlikely it is that the b is the a, by time and by order: the two go together, so the worse of them counts. */
  const far = (i: number, j: number): number => Math.max(odds.time(bt[j]! - at[i]!), odds.order(Math.abs(bRank[bRows[j]!]! - aRank[aRows[i]!]!)));
  const again = known.numbered ? STRAY : odds.copy;
  return { at, bt, lost: odds.lost, stray: STRAY, pair: (i, j) => far(i, j) + doubt[i]!, copy: (i, j) => again + far(i, j) * LATE_COPY };
}

/** For each of `bRows` the place in `aRows` of the packet it is a copy of, or NOBODY. All are of one content; `aRows` in the order of their capture, `bRows` of theirs or as they were sent. */
export function alignIdentical(aRows: Uint32Array, bRows: Uint32Array, bearings: Bearings, costs: Costs | null): Int32Array {
  const { fit } = bearings;
  const m = aRows.length, n = bRows.length;
  if (fit === null || costs === null) return Int32Array.from(bRows, (_, j) => (m >= n ? j : Math.floor(j * m / n)));
  const out = new Int32Array(n).fill(NOBODY);
  eachStretch(bRows, costs, fit, (part) => { alignStretch(costs, part, out); });
  const { at, bt } = costs;
  reunite(aRows, bRows, at, bt, bearings, out);
  return out;
}

/** A stretch of a group: a's [i0..i1) and b's [j0..j1). Copies are of packets of the same stretch, but for those that are very late. */
export interface Stretch { readonly i0: number; readonly i1: number; readonly j0: number; readonly j1: number }

/** Where one follows another without a long pause. */
export function eachStretch(bRows: Uint32Array, { at, bt }: Costs, fit: ClockFit, act: (stretch: Stretch) => void): void {
  const m = at.length, n = bt.length;
  const until = bt.slice(); // no later than what was sent later
  for (let j = n - 2; j >= 0; j--) if (bRows[j]! > bRows[j + 1]!) until[j] = Math.min(bt[j]!, until[j + 1]!);
  const isOne = fit.steps.length > 0 && !isTooMuch(m, n); // around a step times are not to be trusted
  const gap = isOne ? Infinity : Math.max(LEAST_GAP, 50 * fit.spread, 3 * (fit.late - fit.early));
  for (let i = 0, j = 0; i < m || j < n;) {
    let last = Math.min(at[i] ?? Infinity, until[j] ?? Infinity);
    const i0 = i, j0 = j;
    for (;;) {
      if (i < m && at[i]! <= last + gap) last = Math.max(last, at[i++]!);
      else if (j < n && until[j]! <= last + gap) last = Math.max(last, until[j++]!);
      else break;
    }
    act({ i0, i1: i, j0, j1: j });
  }
}

/** More than anybody could tell apart. */
export const isTooMuch = (m: number, n: number): boolean => (m + 1) * (n + 1) > MOST_CELLS;

/** The cheapest way through a stretch. */
function alignStretch(costs: Costs, { i0, i1, j0, j1 }: Stretch, out: Int32Array): void {
  const m = i1 - i0, n = j1 - j0;
  if (m === 0 || n === 0) return;
  if (isTooMuch(m, n)) {
    for (let j = 0; j < n; j++) out[j0 + j] = i0 + Math.floor(j * m / Math.max(m, n));
    return;
  }
  const steps = cheapest(costs, i0, m, j0, n);
  for (let i = m, j = n; i > 0 || j > 0;) {
    const step = steps[i * (n + 1) + j]!;
    if (step === PAIR) { out[j0 + --j] = i0 + --i; }
    else if (step === IS_COPY) out[j0 + --j] = i0 + i - 1;
    else if (step === IS_STRAY) out[j0 + --j] = NOBODY;
    else i--;
  }
}

/** The last step of the cheapest way to each place. */
function cheapest({ lost: missed, stray: strange, pair, copy: again }: Costs, i0: number, m: number, j0: number, n: number): Uint8Array {
  const steps = new Uint8Array((m + 1) * (n + 1));
  let above = new Float64Array(n + 1);
  let cost = new Float64Array(n + 1);
  for (let j = 1; j <= n; j++) { cost[j] = j * strange; steps[j] = IS_STRAY; }
  for (let i = 1; i <= m; i++) {
    [above, cost] = [cost, above];
    cost[0] = i * missed;
    steps[i * (n + 1)] = IS_LOST;
    for (let j = 1; j <= n; j++) {
      let best = above[j - 1]! + pair(i0 + i - 1, j0 + j - 1);
      let step = PAIR;
      const lost = above[j]! + missed;
      if (lost < best) { best = lost; step = IS_LOST; }
      const copy = cost[j - 1]! + again(i0 + i - 1, j0 + j - 1);
      if (copy < best) { best = copy; step = IS_COPY; }
      const stray = cost[j - 1]! + strange;
      if (stray < best) { best = stray; step = IS_STRAY; }
      cost[j] = best;
      steps[i * (n + 1) + j] = step;
    }
  }
  return steps;
}

const PAIR = 0, IS_LOST = 1, IS_COPY = 2, IS_STRAY = 3;

/** A packet that was held up for longer than the pause between stretches, or came as a clock was set, left a lost one in one stretch and a stray one in another. */
function reunite(aRows: Uint32Array, bRows: Uint32Array, at: Float64Array, bt: Float64Array, { aRank, bRank }: Bearings, out: Int32Array): void {
  const used = new Set(out);
  const late = (i: number, j: number): number => bt[j]! - at[i]!;
  const places = (i: number, j: number): number => (aRank.length === 0 ? Infinity : bRank[bRows[j]!]! - aRank[aRows[i]!]!);
  let i = 0;
  for (let j = 0; j < out.length; j++) {
    if (out[j]! !== NOBODY) continue;
    while (i < at.length && (used.has(i) || (late(i, j) > REUNION && places(i, j) > IN_ORDER))) i++;
    if (i < at.length && (Math.abs(late(i, j)) <= REUNION || Math.abs(places(i, j)) <= IN_ORDER)) out[j] = i++;
  }
}
