// How the appliance's clock runs beside the source's, from pairs that are sure. Robust: some pairs may be wrong, and delays come in bursts.

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
  /** Standard error of the drift, as far as the pairs tell. */
  readonly driftError: number;
}

const MOST_PAIRS = 1 << 14;
const BINS = 48;
const LEAST_SPAN = 1; //       seconds: less shows no drift that could be told from delays
const LEAST_PAIRS = 16;

/** Fits source times to appliance times (same length, any order). null without pairs. */
export function fitClock(source: Float64Array, appliance: Float64Array): ClockFit | null {
  const picked = sampled(source, appliance);
  if (picked.length === 0) return null;
  const { drift, driftError } = driftOf(picked);
  const rests = Float64Array.from(picked, ({ x, y }) => y - drift * x).sort();
  const offset = quantile(rests, 0.5);
  const strays = Float64Array.from(rests, (rest) => Math.abs(rest - offset)).sort();
  return { offset, drift, driftError, spread: quantile(strays, 0.5), early: quantile(rests, 0.01) - offset, late: quantile(rests, 0.99) - offset };
}

/** Where on the appliance's clock a packet of source time `t` is expected. */
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

/** The median of the slopes between medians of bins (Theil and Sen): a third of the pairs may be wrong. */
function driftOf(points: readonly Point[]): { drift: number; driftError: number } {
  const span = points.at(-1)!.x - points[0]!.x;
  if (points.length < LEAST_PAIRS || span < LEAST_SPAN) return { drift: 0, driftError: Infinity };
  const bins = binned(points);
  const slopes: number[] = [];
  for (let i = 0; i < bins.length; i++) {
    for (let j = i + 1; j < bins.length; j++) if (bins[j]!.x - bins[i]!.x > span / 8) slopes.push((bins[j]!.y - bins[i]!.y) / (bins[j]!.x - bins[i]!.x));
  }
  if (slopes.length === 0) return { drift: 0, driftError: Infinity };
  const drift = quantile(Float64Array.from(slopes).sort(), 0.5);
  const middle = quantile(Float64Array.from(bins, ({ x, y }) => y - drift * x).sort(), 0.5);
  const noise = 1.4826 * quantile(Float64Array.from(bins, ({ x, y }) => Math.abs(y - drift * x - middle)).sort(), 0.5);
  const driftError = noise * Math.sqrt(12 / bins.length) / span;
  return Math.abs(drift) > 4 * driftError ? { drift, driftError } : { drift: 0, driftError };
}

function binned(points: readonly Point[]): Point[] {
  const count = Math.min(BINS, points.length >> 1);
  return Array.from({ length: count }, (_, bin) => {
    const part = points.slice(Math.floor(bin * points.length / count), Math.floor((bin + 1) * points.length / count));
    return { x: quantile(Float64Array.from(part, ({ x }) => x).sort(), 0.5), y: quantile(Float64Array.from(part, ({ y }) => y).sort(), 0.5) };
  });
}

/** Of sorted values; 0 without any. */
export const quantile = (sorted: Float64Array, q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
