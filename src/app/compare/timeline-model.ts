// What the timeline draws, as numbers and paths.

interface Counts { readonly perBin: readonly number[] }

/** The most that lies in one bin, of all together; at least 1. */
export const biggest = (stacked: readonly Counts[], bins: number): number =>
  Array.from({ length: bins }, (_, bin) => stacked.reduce((sum, { perBin }) => sum + perBin[bin]!, 0)).reduce((most, n) => Math.max(most, n), 1);

const LEAST = 2; // pixels: a single packet among thousands must be seen

/** A box in each bin for the i-th of `stacked`, on top of those before it, from `line` over `height` pixels; upwards where that is negative. */
export function barPath(stacked: readonly Counts[], i: number, most: number, line: number, height: number): string {
  const direction = Math.sign(height);
  const tall = (n: number): number => (n === 0 ? 0 : direction * Math.max(LEAST, (Math.abs(height) * n) / most));
  return stacked[i]!.perBin.map((n, bin) => {
    if (n === 0) return '';
    const from = line + stacked.slice(0, i).reduce((sum, { perBin }) => sum + tall(perBin[bin]!), 0);
    return `M${bin} ${from.toFixed(1)}h1v${tall(n).toFixed(1)}h-1z`;
  }).join('');
}

/** The next bin with anything in it, in one direction; the same one where there is none. */
export function nextFilled(stacked: readonly Counts[], from: number, step: 1 | -1): number {
  const bins = stacked[0]?.perBin.length ?? 0;
  for (let bin = from + step; bin >= 0 && bin < bins; bin += step) if (stacked.some(({ perBin }) => perBin[bin]! > 0)) return bin;
  return from;
}

const TICKS = 6;

/** Round times between two, with where they lie from 0 to 1. */
export function ticks(start: number, end: number): { at: number; text: string }[] {
  const rough = (end - start) / TICKS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * unit).find((n) => n >= rough) ?? rough;
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found: { at: number; text: string }[] = [];
  for (let n = Math.ceil(start / step - 1e-9); n * step < end - 0.04 * (end - start); n++) found.push({ at: Math.max(0, (n * step - start) / (end - start)), text: `${(n * step).toFixed(decimals)} s` });
  return found;
}
