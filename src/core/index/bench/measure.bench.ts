// How figures are taken and printed: what is measured and its baseline in turns, in one run, the best of some rounds each; what counts is the ratio.

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'µs a packet' | 'ns a row' | 'bytes a packet';
  readonly baseline?: { readonly what: string; readonly value: number };
  /** The most that the ratio may be, or the value where there is no baseline. */
  readonly target?: number;
}

/** Runs all in turns and gives the least time of each, in milliseconds. */
export async function inTurns(rounds: number, ...runs: (() => Promise<unknown>)[]): Promise<number[]> {
  const best = runs.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of runs.entries()) {
      const from = performance.now();
      await run();
      best[i] = Math.min(best[i]!, performance.now() - from);
    }
  }
  return best;
}

const digits = (value: number, unit: Figure['unit']): string => `${value.toFixed(unit === 'ms' ? 0 : unit === 'µs a packet' ? 3 : 1)} ${unit}`;

/** "indexing: 180 ms, 2.41 times walking the record headers (75 ms); at most 3 is the target: met" */
export function line({ what, value, unit, baseline, target }: Figure): string {
  const ratio = baseline ? value / baseline.value : value;
  const beside = baseline ? `, ${ratio.toFixed(ratio < 0.1 ? 4 : 2)} times ${baseline.what} (${digits(baseline.value, unit)})` : '';
  const verdict = target === undefined ? '' : `; at most ${target < 0.1 ? `1/${Math.round(1 / target)}` : target} is the target: ${ratio <= target ? 'met' : 'MISSED'}`;
  return `${what}: ${digits(value, unit)}${beside}${verdict}`;
}
