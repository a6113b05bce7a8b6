// Times of two captures beside each other.

import { steppedBy } from './clock-steps.ts';
import type { CompareResult } from './compare.ts';
import { compared } from './matching.ts';
import type { Scan } from './scan.ts';
import type { SightingColumns } from './sightings.ts';

/** What the times of two captures are told from. */
export type Timed = Pick<CompareResult, 'matching' | 'first' | 'clock'>;

/** Clocks as they are believed for the delays: estimated, or set by hand. Steps are those that were found, in either case. */
export interface ClockSetting { readonly offset: number; readonly drift: number }

/** Seconds from a source packet to a packet of the appliance. */
export function delayOf({ matching: { a, b }, first, clock }: Timed, row: number, copy: number, { offset, drift }: ClockSetting): number {
  return between(a.columns, row, b.columns, copy) - offset - drift * between(a.columns, first, a.columns, row) - steppedBy(clock?.steps ?? [], row, 'a');
}

/** Seconds from one row to another, each on its own clock. */
export const between = (from: SightingColumns, row: number, to: SightingColumns, other: number): number =>
  to.seconds[other]! - from.seconds[row]! + (to.nanoseconds[other]! - from.nanoseconds[row]!) / 1e9;

/** Seconds since the source's first packet, of a packet of the appliance. */
export function onSourceClock({ matching: { a, b }, first, clock: estimated }: Timed, row: number, clock: ClockSetting | null): number {
  const since = a.count === 0 ? between(b.columns, 0, b.columns, row) : between(a.columns, first, b.columns, row);
  return clock === null ? since : (since - clock.offset - steppedBy(estimated?.steps ?? [], row, 'b')) / (1 + clock.drift);
}

/** The rows of a capture's earliest and latest packet that take part; both 0 where none does. */
export function extremes({ columns: c, count }: Scan): [number, number] {
  const { seconds, nanoseconds, marks } = c;
  let first = -1, last = -1, least = Infinity, most = -Infinity; // seconds: within one, nanoseconds decide
  for (let row = 0; row < count; row++) {
    if (!compared(marks[row]!)) continue;
    const time = seconds[row]!;
    if (time < least || (time === least && nanoseconds[row]! < nanoseconds[first]!)) { first = row; least = time; }
    if (time > most || (time === most && nanoseconds[row]! > nanoseconds[last]!)) { last = row; most = time; }
  }
  return [Math.max(0, first), Math.max(0, last)];
}
