// How the appliance's clock runs beside the source's, from pairs that are sure. Robust: some pairs may be wrong, and delays come in bursts.

import type { ClockStep } from './clock-steps.ts';

/** A line from the source's time to the appliance's, and how far packets stray from it. All in seconds, times since each capture's origin. */
export interface ClockFit {
  /** The appliance's clock less the source's, at the source's time 0; of a packet with typical delay. */
  readonly offset: number;
  /** Seconds a second: how much faster the appliance's clock runs. 0 where the pairs do not show any. */
  readonly drift: number;
  /** Half of the pairs stray less than this from the line. */
  readonly spread: number;
  /** One pair in a hundred lies below `early`, one above `late` (early is negative: a packet that was faster than most). */
  readonly early: number;
  readonly late: number;
  /** How sure `early` is: half of what the quickest packets, one in twenty, lie within. */
  readonly earlyError: number;
  /** Half of what nine slopes in ten lie within: how sure the drift is. Infinity where the capture is too short to tell. */
  readonly driftError: number;
  /** From the first pair to the last. */
  readonly span: number;
  /** Where one of the clocks was set; the line is that of the pairs before. */
  readonly steps: readonly ClockStep[];
}

/** The two clocks as people are told of them. */
export interface Clock {
  /** The appliance's clock less the source's at the first source packet, in seconds; as if the quickest packets had taken no time. */
  readonly offset: number;
  /** How sure that is, apart from the time that even the quickest packets took: of that, two clocks say nothing. */
  readonly offsetError: number;
  readonly drift: number;
  readonly driftError: number;
  /** No more apart than a packet takes: `offset` is 0 then, since nothing could tell an offset from a delay. */
  readonly agree: boolean;
  readonly steps: readonly ClockStep[];
}

const AGREEMENT = 0.002;

/** `start`: the source's time that the offset is for, on the fit's own scale; `shift`: the appliance's origin less the source's. */
export function clockOf(fit: ClockFit, start: number, shift: number): Clock {
  const offset = expected(fit, start) - start + fit.early + shift;
  const agree = fit.drift === 0 && offset >= 0 && offset <= AGREEMENT;
  const offsetError = fit.earlyError + (fit.drift === 0 ? 0 : fit.driftError * fit.span / 2);
  return { offset: agree ? 0 : offset, offsetError: agree ? AGREEMENT : offsetError, drift: fit.drift, driftError: fit.driftError, agree, steps: fit.steps };
}

const MOST_PAIRS = 1 << 14;
const BINS = 48;
const LEAST_SPAN = 1; //       seconds: less shows no drift that could be told from delays
const LEAST_PAIRS = 32;
const LEAST_SLOPES = 10;
const QUICK = 0.1;
const CLEAR = 10; //           times the noise that a drift must move the clock over the capture

/** Fits source times to appliance times (same length, any order; `steps` taken out of them already). null without pairs. */
export function fitClock(source: Float64Array, appliance: Float64Array, steps: readonly ClockStep[]): ClockFit | null {
  const picked = sampled(source, appliance);
  if (picked.length === 0) return null;
  const { drift, driftError } = driftOf(picked);
  const rests = Float64Array.from(picked, ({ x, y }) => y - drift * x).sort();
  const offset = quantile(rests, 0.5);
  const spread = quantile(Float64Array.from(rests, (rest) => Math.abs(rest - offset)).sort(), 0.5);
  const { early, earlyError } = quickest(rests, spread);
  return { offset, drift, driftError, spread, early: early - offset, late: quantile(rests, 0.99) - offset, earlyError, span: picked.at(-1)!.x - picked[0]!.x, steps };
}

const APART = 20; //   times the spread
const LEAST_GAP = 1e-3;

/** The quickest in a hundred of sorted values, those left out that lie so far before all others that they are wrong pairs; and half of what the quickest in twenty lie within. */
function quickest(rests: Float64Array, spread: number): { early: number; earlyError: number } {
  const quick = Math.min(rests.length - 1, Math.floor(0.05 * rests.length));
  let least = quick;
  while (least > 0 && rests[least]! - rests[least - 1]! < Math.max(LEAST_GAP, APART * spread)) least--;
  return { early: rests[Math.max(least, Math.min(quick, Math.floor(0.01 * rests.length)))]!, earlyError: (rests[quick]! - rests[least]!) / 2 };
}

/** Where on the appliance's clock a packet of source time `t` is expected, steps apart. */
export const expected = (fit: ClockFit, t: number): number => t + fit.offset + fit.drift * t;

interface Point { readonly x: number; readonly y: number }

function sampled(source: Float64Array, appliance: Float64Array): Point[] {
  const step = Math.max(1, source.length / MOST_PAIRS);
  const points: Point[] = [];
  for (let i = 0; i < source.length; i += step) {
    const x = source[Math.floor(i)]!;
    points.push({ x, y: appliance[Math.floor(i)]! - x });
  }
  return points.sort((p, q) => p.x - q.x);
}

/**
 * The median of the slopes between the quick packets of bins (after Theil and Sen, so that a third of the pairs may be wrong; of the quick
 * ones, since load makes packets late and comes and goes as a drift does). It counts only where nine slopes in ten agree on its sign.
 */
function driftOf(points: readonly Point[]): { drift: number; driftError: number } {
  const span = points.at(-1)!.x - points[0]!.x;
  if (points.length < LEAST_PAIRS || span < LEAST_SPAN) return { drift: 0, driftError: Infinity };
  const bins = binned(points);
  const slopes: number[] = [];
  for (let i = 0; i < bins.length; i++) {
    for (let j = i + 1; j < bins.length; j++) if (bins[j]!.x - bins[i]!.x > span / 8) slopes.push((bins[j]!.y - bins[i]!.y) / (bins[j]!.x - bins[i]!.x));
  }
  if (slopes.length < LEAST_SLOPES) return { drift: 0, driftError: Infinity };
  const sorted = Float64Array.from(slopes).sort();
  const low = quantile(sorted, 0.05), high = quantile(sorted, 0.95);
  const drift = quantile(sorted, 0.5);
  const seen = low * high > 0 && Math.abs(drift) * span > CLEAR * noise(bins, drift);
  return { drift: seen ? drift : 0, driftError: (high - low) / 2 };
}

/** Half of the bins stray less than this from the line. */
function noise(bins: readonly Point[], drift: number): number {
  const rests = Float64Array.from(bins, ({ x, y }) => y - drift * x).sort();
  const middle = quantile(rests, 0.5);
  return quantile(Float64Array.from(rests, (rest) => Math.abs(rest - middle)).sort(), 0.5);
}

/** Bins of equal time, those without packets left out: a burst counts no more than a quiet stretch. */
function binned(points: readonly Point[]): Point[] {
  const start = points[0]!.x;
  const width = (points.at(-1)!.x - start) / BINS * (1 + Number.EPSILON);
  const bins = new Map<number, Point[]>();
  for (const point of points) {
    const bin = Math.floor((point.x - start) / width);
    const others = bins.get(bin);
    if (others === undefined) bins.set(bin, [point]);
    else others.push(point);
  }
  return Array.from(bins.values(), (part) => ({ x: quantile(Float64Array.from(part, ({ x }) => x).sort(), 0.5), y: quantile(Float64Array.from(part, ({ y }) => y).sort(), QUICK) }));
}

/** Of sorted values; 0 without any. */
export const quantile = (sorted: Float64Array, q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** The middle of sorted values, between the two middle ones where their number is even. */
export const median = (sorted: Float64Array): number => (sorted.length === 0 ? 0 : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2);
