// Which of several identical packets is which: their bytes do not say, so order and time do. A sequence alignment, as for texts: some of
// the source's were lost, some of the appliance's are further copies, the rest goes pair by pair in order.

import { expected, type ClockFit } from './clock.ts';
import { timeOf, type SightingColumns } from './sightings.ts';

export const NOBODY = -1;

/** What is known about the two captures before the identical ones are taken up. */
export interface Bearings {
  readonly a: SightingColumns;
  readonly b: SightingColumns;
  readonly aOrigin: number;
  readonly bOrigin: number;
  readonly fit: ClockFit | null;
  /** For each row, how many pairs that are sure and in order come before it. Empty where there are none. */
  readonly aRank: Uint32Array;
  readonly bRank: Uint32Array;
}

const LOST = 4;
const COPY = 4;
const STRAY = 12; //     the copy of a packet that this source capture does not hold
const FAR = 10; //       no deviation costs more
const LEAST_SCALE = 5e-5;
const LEAST_GAP = 0.05; // seconds
const REUNION = 2; //     seconds: what lost one and stray one may lie apart and still be a pair
const MOST_CELLS = 1 << 22;

/** For each of `bRows` the place in `aRows` of the packet it is a copy of, or NOBODY. Both in the order of their captures, of one content. */
export function alignIdentical(aRows: Uint32Array, bRows: Uint32Array, bearings: Bearings): Int32Array {
  const { fit } = bearings;
  const m = aRows.length, n = bRows.length;
  if (fit === null) return Int32Array.from(bRows, (_, j) => (m >= n ? j : Math.floor(j * m / n)));
  const at = Float64Array.from(aRows, (row) => expected(fit, timeOf(bearings.a, row, bearings.aOrigin)));
  const bt = Float64Array.from(bRows, (row) => timeOf(bearings.b, row, bearings.bOrigin));
  const out = new Int32Array(n).fill(NOBODY);
  const gap = Math.max(LEAST_GAP, 50 * fit.spread, 3 * (fit.late - fit.early));
  for (let i = 0, j = 0; i < m || j < n;) { // a stretch without a long pause after the other
    let last = Math.min(at[i] ?? Infinity, bt[j] ?? Infinity);
    const i0 = i, j0 = j;
    for (;;) {
      if (i < m && at[i]! <= last + gap) last = Math.max(last, at[i++]!);
      else if (j < n && bt[j]! <= last + gap) last = Math.max(last, bt[j++]!);
      else break;
    }
    new Stretch(aRows, bRows, at, bt, bearings, fit).align(i0, i, j0, j, out);
  }
  reunite(at, bt, out);
  return out;
}

class Stretch {
  readonly #aRows: Uint32Array;
  readonly #bRows: Uint32Array;
  readonly #at: Float64Array;
  readonly #bt: Float64Array;
  readonly #bearings: Bearings;
  readonly #fit: ClockFit;
  readonly #scale: number;

  constructor(aRows: Uint32Array, bRows: Uint32Array, at: Float64Array, bt: Float64Array, bearings: Bearings, fit: ClockFit) {
    this.#aRows = aRows;
    this.#bRows = bRows;
    this.#at = at;
    this.#bt = bt;
    this.#bearings = bearings;
    this.#fit = fit;
    this.#scale = Math.max(LEAST_SCALE, 2 * fit.spread);
  }

  /** The cheapest way through a's [i0..i1) and b's [j0..j1). */
  align(i0: number, i1: number, j0: number, j1: number, out: Int32Array): void {
    const m = i1 - i0, n = j1 - j0;
    if (m === 0 || n === 0) return;
    if ((m + 1) * (n + 1) > MOST_CELLS) { // more than anybody could tell apart
      for (let j = 0; j < n; j++) out[j0 + j] = i0 + Math.floor(j * m / Math.max(m, n));
      return;
    }
    const steps = this.#forward(i0, m, j0, n);
    for (let i = m, j = n; i > 0 || j > 0;) {
      const step = steps[i * (n + 1) + j]!;
      if (step === PAIR) { out[j0 + --j] = i0 + --i; }
      else if (step === IS_COPY) out[j0 + --j] = i0 + i - 1;
      else if (step === IS_STRAY) out[j0 + --j] = NOBODY;
      else i--;
    }
  }

  #forward(i0: number, m: number, j0: number, n: number): Uint8Array {
    const steps = new Uint8Array((m + 1) * (n + 1));
    let above = new Float64Array(n + 1);
    let cost = new Float64Array(n + 1);
    for (let j = 1; j <= n; j++) { cost[j] = j * STRAY; steps[j] = IS_STRAY; }
    for (let i = 1; i <= m; i++) {
      [above, cost] = [cost, above];
      cost[0] = i * LOST;
      steps[i * (n + 1)] = IS_LOST;
      for (let j = 1; j <= n; j++) {
        const far = this.#deviation(i0 + i - 1, j0 + j - 1);
        let best = above[j - 1]! + far;
        let step = PAIR;
        const lost = above[j]! + LOST;
        if (lost < best) { best = lost; step = IS_LOST; }
        const copy = cost[j - 1]! + COPY + far / 5; // a copy may come late
        if (copy < best) { best = copy; step = IS_COPY; }
        const stray = cost[j - 1]! + STRAY;
        if (stray < best) { best = stray; step = IS_STRAY; }
        cost[j] = best;
        steps[i * (n + 1) + j] = step;
      }
    }
    return steps;
  }

  /** How unlikely it is that the b is the a: little inside the usual range of delays, twice as much before it than after it. */
  #deviation(i: number, j: number): number {
    const { early, late } = this.#fit;
    const stray = this.#bt[j]! - this.#at[i]!;
    const far = (stray < early ? 2 * (early - stray) : stray > late ? stray - late : Math.abs(stray) / 5) / this.#scale;
    const { aRank, bRank } = this.#bearings;
    const apart = aRank.length === 0 ? 0 : Math.abs(bRank[this.#bRows[j]!]! - aRank[this.#aRows[i]!]!);
    return Math.min(FAR, far) + Math.min(FAR, apart / 2);
  }
}

const PAIR = 0, IS_LOST = 1, IS_COPY = 2, IS_STRAY = 3;

/** A packet that was held up for longer than the pause between stretches left a lost one in one and a stray one in another. */
function reunite(at: Float64Array, bt: Float64Array, out: Int32Array): void {
  const used = new Set(out);
  let i = 0;
  for (let j = 0; j < out.length; j++) {
    if (out[j]! !== NOBODY) continue;
    while (i < at.length && (used.has(i) || at[i]! < bt[j]! - REUNION)) i++;
    if (i < at.length && at[i]! <= bt[j]! + REUNION) out[j] = i++;
  }
}
