// The fates over time: how many rows of each lie in each of a few hundred bins, on the source's clock.

import { count, counted, listed } from '../format/number.ts';
import { TROUBLES, type Fate, type FateCounts, type Timeline } from './report.ts';

/** Bins at most: a few pixels each on a screen. */
const BINS = 240;
/** The appliance's own packets may lie this many times the source's span beside it before they are left out. */
const BESIDE = 1;

/** What the timeline needs of a row; `own` is a packet that only the appliance has. */
export interface TimedRow { readonly time: number; readonly fate: Fate; readonly own: boolean }

/** `row` answers the i-th of `rows`; it may answer the same object each time. */
export function timeline(rows: number, row: (i: number) => TimedRow): Timeline {
  const { start, end } = range(rows, row);
  const bins = end > start ? Math.min(BINS, Math.max(1, rows)) : 1;
  const width = Math.max(end - start, 1e-6) / bins;
  const counts = new Map<Fate, number[]>();
  let outside = 0;
  for (let i = 0; i < rows; i++) {
    const { time, fate } = row(i);
    if (time < start || time > end) { outside++; continue; }
    const bin = Math.min(bins - 1, Math.floor((time - start) / width));
    let own = counts.get(fate);
    if (own === undefined) counts.set(fate, own = new Array<number>(bins).fill(0));
    own[bin]!++;
  }
  const fates = Array.from(counts, ([fate, perBin]): FateCounts => ({ fate, perBin }));
  return { start, width, bins, fates, words: words(start, width, bins, fates, outside) };
}

/** The source's span, wider where the appliance's own packets lie close beside it; theirs, where the source has none. */
function range(rows: number, row: (i: number) => TimedRow): { start: number; end: number } {
  let start = Infinity, end = -Infinity, first = Infinity, last = -Infinity;
  for (let i = 0; i < rows; i++) {
    const { time, own } = row(i);
    if (own) { first = Math.min(first, time); last = Math.max(last, time); } else { start = Math.min(start, time); end = Math.max(end, time); }
  }
  if (start > end) return first > last ? { start: 0, end: 0 } : { start: first, end: last };
  const beside = Math.max(1, (end - start) * BESIDE);
  return { start: first < start && first >= start - beside ? first : start, end: last > end && last <= end + beside ? last : end };
}

/** Lengths of time for people. */
export function duration(seconds: number): string {
  const far = Math.abs(seconds);
  if (far >= 0.9995) return `${trimmed(seconds, far >= 100 ? 0 : 2)} s`;
  return far >= 1e-3 ? `${trimmed(seconds * 1e3, far >= 0.1 ? 0 : 2)} ms` : `${trimmed(seconds * 1e6, 1)} µs`;
}

const trimmed = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

/** The picture in words: how long, how full, and when there was trouble. */
function words(start: number, width: number, bins: number, fates: readonly FateCounts[], outside: number): string {
  const at = (bin: number): string => `${(start + bin * width).toFixed(2)} s`;
  const said = [`${at(0)} to ${at(bins)} on the source’s clock, in steps of ${duration(width)}.`];
  for (const { fate, perBin } of fates.filter((one) => TROUBLES.has(one.fate))) {
    const filled = perBin.flatMap((n, bin) => (n > 0 ? [bin] : []));
    const fullest = filled.reduce((best, bin) => (perBin[bin]! > perBin[best]! ? bin : best), filled[0]!);
    const all = filled.reduce((sum, bin) => sum + perBin[bin]!, 0);
    const where = filled.length === 1 ? `at ${at(filled[0]!)}` : `between ${at(filled[0]!)} and ${at(filled.at(-1)! + 1)}, most at ${at(fullest)} (${count(perBin[fullest]!)})`;
    said.push(`${fate}: ${count(all)} ${where}.`);
  }
  if (said.length === 1) said.push(fates.length === 0 ? 'No packets.' : `Nothing but ${listed(fates.map(({ fate }) => fate.toLowerCase()))}.`);
  if (outside > 0) said.push(`${counted(outside, 'packet')} of the appliance ${outside === 1 ? 'lies' : 'lie'} outside.`);
  return said.join(' ');
}
