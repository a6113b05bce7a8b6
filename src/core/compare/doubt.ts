// Which of several identical packets nothing tells apart: what else could have become of them that is nearly as likely as what the alignment says.

import { eachStretch, isTooMuch, NOBODY, type Costs } from './align.ts';
import type { ClockFit } from './clock.ts';
import type { Overtaking } from './way-odds.ts';

const LIKELY = 6; //       so much more an explanation may cost: less likely than that, 1 in 400, it is no doubt
const ASTRAY = 24; //      places that an explanation may lie beside the alignment
const NEIGHBOURS = 8; //   packets that one may have changed places with
const FAR = 64; //         packets around a copy's owner that it may be one of

/**
 * 1 for each a row that may belong to another b as well, or to none. `places` as aligned; `overtaking`: null where the b rows are known to be in the
 * order they were sent in. Two `places` that time shows to be the wrong way round are exchanged.
 */
export function doubtful(bRows: Uint32Array, places: Int32Array, costs: Costs, fit: ClockFit, overtaking: Overtaking | null): Uint8Array {
  const doubts = new Uint8Array(costs.at.length);
  eachStretch(bRows, costs, fit, ({ i0, i1, j0, j1 }) => {
    if (j1 - j0 === 0 || i1 - i0 < 2) return; // nearly always
    const here = doubts.subarray(i0, i1), own = places.subarray(j0, j1);
    if (isTooMuch(i1 - i0, j1 - j0)) { here.fill(1); return; }
    const part: Costs = { ...costs, at: costs.at.subarray(i0, i1), bt: costs.bt.subarray(j0, j1), pair: (i, j) => costs.pair(i0 + i, j0 + j), copy: (i, j) => costs.copy(i0 + i, j0 + j) };
    const near = own.map((place) => (place >= i0 && place < i1 ? place - i0 : NOBODY));
    besides(near, part, here);
    others(near, part, here);
    if (overtaking === null) return;
    exchanged(near, part, overtaking, here);
    near.forEach((place, j) => { if (place !== NOBODY) own[j] = i0 + place; });
  });
  return doubts;
}

/** Other alignments: one lost and another's copy in its place, a copy of the one before or the one behind. */
function besides(places: Int32Array, costs: Costs, doubts: Uint8Array): void {
  const band = new Band(places, costs);
  const { lost, stray, pair, copy } = costs;
  const { m, came, missed, cameOn, missedOn } = band;
  const any = (i: number, j: number): number => Math.min(band.cost(came, i, j), band.cost(missed, i, j));
  const limit = any(m, places.length) + LIKELY;
  const used = new Uint8Array(m);
  for (const place of places) if (place !== NOBODY) used[place] = 1;
  const mark = (place: number): void => { if (place >= 0) doubts[place] = 1; };
  for (let i = 0; i <= m; i++) {
    for (let j = band.from(i); j <= band.to(i); j++) {
      const owner = j > 0 ? places[j - 1]! : NOBODY, rest = cameOn[band.at(i, j)]!;
      if (i > 0 && used[i - 1] === 1 && any(i - 1, j) + lost + missedOn[band.at(i, j)]! <= limit) mark(i - 1);
      if (j === 0) continue;
      if (i > 0 && owner !== i - 1 && Math.min(any(i - 1, j - 1) + pair(i - 1, j - 1), band.cost(came, i, j - 1) + copy(i - 1, j - 1)) + rest <= limit) { mark(i - 1); mark(owner); }
      if (owner !== NOBODY && Math.min(band.cost(came, i, j - 1) + rest, band.cost(missed, i, j - 1) + missedOn[band.at(i, j)]!) + stray <= limit) mark(owner);
    }
  }
}

/** The costs of the cheapest way to each place near the alignment, and from there to the end: where the last a row came, and where it was lost. */
class Band {
  readonly m: number;
  readonly came: Float64Array;
  readonly missed: Float64Array;
  readonly cameOn: Float64Array;
  readonly missedOn: Float64Array;
  readonly #n: number;
  readonly #middle: Int32Array; // b rows behind each a row's
  readonly #width = 2 * ASTRAY + 1;

  constructor(places: Int32Array, { at, lost, stray, pair, copy }: Costs) {
    const m = this.m = at.length, n = this.#n = places.length;
    const middle = this.#middle = new Int32Array(m + 1);
    for (let j = 0; j < n; j++) if (places[j] !== NOBODY) middle[places[j]! + 1] = j + 1;
    for (let i = 1; i <= m; i++) middle[i] = Math.max(middle[i]!, middle[i - 1]!);
    middle[m] = n;
    const [came, missed, cameOn, missedOn] = [0, 1, 2, 3].map(() => new Float64Array((m + 1) * this.#width).fill(Infinity)) as [Float64Array, Float64Array, Float64Array, Float64Array];
    for (let i = 0; i <= m; i++) {
      for (let j = this.from(i); j <= this.to(i); j++) {
        const at = this.at(i, j), before = this.cost(came, i, j - 1);
        if (i > 0) came[at] = Math.min(before + stray, j === 0 ? Infinity : Math.min(this.cost(came, i - 1, j - 1), this.cost(missed, i - 1, j - 1)) + pair(i - 1, j - 1), j === 0 ? Infinity : before + copy(i - 1, j - 1));
        missed[at] = i === 0 && j === 0 ? 0 : Math.min(this.cost(missed, i, j - 1) + stray, Math.min(this.cost(came, i - 1, j), this.cost(missed, i - 1, j)) + lost);
      }
    }
    for (let i = m; i >= 0; i--) {
      for (let j = this.to(i); j >= this.from(i); j--) {
        const at = this.at(i, j);
        const on = i === m && j === n ? 0 : Math.min(this.cost(missedOn, i + 1, j) + lost, i < m && j < n ? this.cost(cameOn, i + 1, j + 1) + pair(i, j) : Infinity);
        missedOn[at] = Math.min(on, this.cost(missedOn, i, j + 1) + stray);
        cameOn[at] = Math.min(on, this.cost(cameOn, i, j + 1) + Math.min(stray, i > 0 && j < n ? copy(i - 1, j) : Infinity));
      }
    }
    this.came = came; this.missed = missed; this.cameOn = cameOn; this.missedOn = missedOn;
  }

  from(i: number): number { return Math.max(0, this.#middle[i]! - ASTRAY); }
  to(i: number): number { return Math.min(this.#n, this.#middle[i]! + ASTRAY); }
  at(i: number, j: number): number { return i * this.#width + j - this.#middle[i]! + ASTRAY; }
  /** Infinity outside the band. */
  cost(costs: Float64Array, i: number, j: number): number { return i < 0 || i > this.m || j < this.from(i) || j > this.to(i) ? Infinity : costs[this.at(i, j)]!; }
}

/** Two whose copies may have come in the other order: where time does not forbid it and packets of a flow do overtake each other so close. Where time says so, they are exchanged. */
function exchanged(places: Int32Array, { at, bt, pair }: Costs, overtaking: Overtaking, doubts: Uint8Array): void {
  const first = firstsOf(places, at.length);
  for (let i = 0; i < at.length; i++) {
    for (let other = i + 1; other <= Math.min(at.length - 1, i + NEIGHBOURS); other++) {
      const j = first[i]!, k = first[other]!;
      if (j < 0 || k < 0) continue;
      const later = pair(i, k) + pair(other, j) - pair(i, j) - pair(other, k);
      if (later > LIKELY) continue;
      const overtook = overtaking(at[other]! - at[i]!, bt[k]! - bt[j]!);
      if (overtook > LIKELY && later + overtook > LIKELY) continue;
      doubts[i] = doubts[other] = 1;
      if (later + overtook >= 0) continue;
      places[j] = other;
      places[k] = i;
      first[i] = k;
      first[other] = j;
    }
  }
}

/** A further copy may be one of any packet that came before it. */
function others(places: Int32Array, { at, bt, copy }: Costs, doubts: Uint8Array): void {
  const first = firstsOf(places, at.length);
  for (let j = 0; j < places.length; j++) {
    const owner = places[j]!;
    if (owner === NOBODY || first[owner] === j) continue;
    for (const step of [-1, 1]) {
      for (let i = owner + step; i >= 0 && i < at.length && Math.abs(i - owner) <= FAR && copy(i, j) - copy(owner, j) <= LIKELY; i += step) if (first[i]! >= 0 && bt[first[i]!]! <= bt[j]!) doubts[i] = doubts[owner] = 1;
    }
  }
}

/** For each a row its first b, or -1. */
function firstsOf(places: Int32Array, m: number): Int32Array {
  const first = new Int32Array(m).fill(-1);
  for (let j = places.length - 1; j >= 0; j--) if (places[j] !== NOBODY) first[places[j]!] = j;
  return first;
}
