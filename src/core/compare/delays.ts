// How long packets were on their way through the mirror, once offset and drift of the clocks are taken out; and what can be known of that.

import { count, counted } from '../format/number.ts';
import { median, quantile } from './clock.ts';
import type { CompareResult } from './compare.ts';
import { delayOf, type ClockSetting } from './delay.ts';
import { FATE } from './fates.ts';
import type { Delays } from './report.ts';
import { duration } from './timeline.ts';

const BINS = 60;
const SHOWN = 0.99; // of the packets; the slowest would press the others flat

/** Delays of all mirrored packets, in order; empty without pairs. */
export function sortedDelays(result: CompareResult, clock: ClockSetting): Float64Array {
  const { fatesA, matching: { pairOf } } = result;
  let mirrored = 0;
  for (const fates of fatesA) if ((fates & FATE.mirrored) !== 0) mirrored++;
  const delays = new Float64Array(mirrored);
  for (let row = 0, i = 0; row < fatesA.length; row++) if ((fatesA[row]! & FATE.mirrored) !== 0) delays[i++] = delayOf(result, row, pairOf[row]!, clock);
  return delays.sort();
}

/** The distribution with its words, by the estimated clocks or by those that somebody set; null without pairs. */
export function delaysOf(result: CompareResult, set: ClockSetting | null): Delays | null {
  const { clock } = result;
  if (clock === null) return null;
  const sorted = sortedDelays(result, set ?? clock);
  if (sorted.length === 0) return null;
  const least = sorted[0]!, most = sorted.at(-1)!;
  const end = quantile(sorted, SHOWN);
  const width = Math.max(end - least, 1e-9) / BINS;
  const perBin = new Array<number>(BINS).fill(0);
  let beyond = 0;
  for (const delay of sorted) { if (delay > end) beyond++; else perBin[Math.min(BINS - 1, Math.floor((delay - least) / width))]!++; }
  const figures = { median: median(sorted), most95: quantile(sorted, 0.95), most99: quantile(sorted, 0.99), most, least };
  return { ...figures, start: least, width, perBin, beyond, words: words(sorted.length, figures, beyond), caution: caution(result, set) };
}

function words(packets: number, { median: half, most95, most99, most, least }: Pick<Delays, 'median' | 'most95' | 'most99' | 'most' | 'least'>, beyond: number): string {
  const slow = beyond > 0 ? ` The slowest ${count(beyond)} lie beyond the picture.` : '';
  return `Of ${counted(packets, 'pair')} half took ${duration(half)} or less, 95 % ${duration(most95)}, 99 % ${duration(most99)}; the fastest ${duration(least)}, the slowest ${duration(most)}.${slow}`;
}

/** What two clocks cannot say. */
function caution({ clock }: CompareResult, set: ClockSetting | null): string {
  if (set !== null) return `${set.drift === clock!.drift ? 'The offset was' : set.offset === clock!.offset ? 'The drift was' : 'Offset and drift were'} set by hand; delays count from there.`;
  if (clock!.agree) return 'The clocks are no further apart than a packet takes, so no offset is taken out. How much of a delay is offset, two clocks alone cannot tell.';
  return 'Delays count from the fastest packets, which are taken to need no time: what all packets have in common, delay or offset, two clocks alone cannot tell apart.';
}
