// How likely each explanation is, by what the pairs that are sure show: how many get lost or come again, how late they come, how far out of
// order. Costs are logarithms of one over the likelihood, so that they add up along an alignment.

import { expected, quantile, type ClockFit } from './clock.ts';
import { steppedBy } from './clock-steps.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import { timeOf } from './sightings.ts';
import { IntSet } from './groups.ts';

export interface Odds {
  readonly lost: number;
  readonly copy: number;
  /** Of a packet that comes so many seconds before or after it is expected. */
  readonly time: (seconds: number) => number;
  /** Of one that comes so many sure pairs out of order. */
  readonly order: (places: number) => number;
}

const ASKED = 1 << 14; //         so many rows tell as well as all
const LEAST = 1.5, MOST = 7; //   of something frequent, of something never seen
const UNSEEN = 0.25; //           cases that count for what was not seen
const FARTHEST = 10;
const LEAST_SCALE = 1e-5; //      seconds

/** Pairs that are sure, in the order of the source, and the places of those that came in order in both captures. */
export interface Sure { readonly as: Uint32Array; readonly bs: Uint32Array; readonly aRank: Uint32Array; readonly bRank: Uint32Array; readonly aOrigin: number; readonly bOrigin: number }

/** `waits`: source rows that are not decided yet. */
export function oddsOf(matching: Matching, { as, bs, aRank, bRank, aOrigin, bOrigin }: Sure, fit: ClockFit, waits: (row: number) => boolean): Odds {
  const { a, b } = matching;
  const step = Math.max(1, Math.ceil(as.length / ASKED)), count = Math.ceil(as.length / step);
  const strays = new Float64Array(count), places = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = as[i * step]!, copy = bs[i * step]!;
    strays[i] = timeOf(b.columns, copy, bOrigin) - expected(fit, timeOf(a.columns, row, aOrigin)) - steppedBy(fit.steps, row, 'a');
    places[i] = Math.abs(bRank[copy]! - aRank[row]!);
  }
  strays.sort();
  places.sort();
  const near = Math.min(count - 1, Math.ceil(Math.sqrt(count)));
  const usual = Math.max(LEAST_SCALE, quantile(Float64Array.from(strays, (stray) => reach(strays, stray, near)).sort(), 0.25));
  return {
    ...shares(matching, waits),
    time: (seconds) => Math.min(FARTHEST, Math.max(0, Math.log(reach(strays, seconds, near) / usual))),
    order: (apart) => (apart === 0 ? 0 : Math.min(FARTHEST, -Math.log((beyond(places, apart) + 0.5) / (count + 1)) + Math.log(1 + Math.max(0, apart - places[count - 1]!)))),
  };
}

/** How far it is from a value to the `near` next but one of the sorted values: little where they are dense. */
function reach(sorted: Float64Array, value: number, near: number): number {
  let low = 0, high = sorted.length - near - 1; // where the stretch around it begins
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value - sorted[middle]! > sorted[middle + near]! - value) low = middle + 1;
    else high = middle;
  }
  const from = (start: number): number => Math.max(value - sorted[start]!, sorted[start + near]! - value);
  return low > 0 ? Math.min(from(low), from(low - 1)) : from(low);
}

/** How many of sorted values are not below `least`. */
function beyond(sorted: Float64Array, least: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/** Of flows that came: how many packets did not, and how many came again. */
function shares({ a, pairOf, roleOf, ownerOf }: Matching, waits: (row: number) => boolean): Pick<Odds, 'lost' | 'copy'> {
  const rows = Math.min(a.count, ASKED), { flow } = a.columns;
  const flows = new IntSet();
  for (let row = 0; row < rows; row++) if (pairOf[row] !== NONE) flows.add(flow[row]!);
  let lost = 0, came = 0, again = 0;
  for (let row = 0; row < rows; row++) {
    if (pairOf[row] !== NONE) came++;
    else if (!waits(row) && flows.has(flow[row]!)) lost++;
  }
  for (let row = 0; row < roleOf.length; row++) if (roleOf[row] === ROLE.duplicate && ownerOf[row]! < rows) again++;
  const cost = (cases: number): number => Math.min(MOST, Math.max(LEAST, -Math.log((cases + UNSEEN) / (came + lost + 2 * UNSEEN))));
  return { lost: cost(lost), copy: cost(again) };
}
