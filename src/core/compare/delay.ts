// Times of two captures beside each other.

import { steppedBy } from './clock-steps.ts';
import type { CompareResult } from './compare.ts';
import type { SightingColumns } from './sightings.ts';

/** Clocks as they are believed for the delays: estimated, or set by hand. Steps are those that were found, in either case. */
export interface ClockSetting { readonly offset: number; readonly drift: number }

/** Seconds from a source packet to a packet of the appliance. */
export function delayOf({ matching: { a, b }, first, clock }: CompareResult, row: number, copy: number, { offset, drift }: ClockSetting): number {
  return between(a.columns, row, b.columns, copy) - offset - drift * between(a.columns, first, a.columns, row) - steppedBy(clock?.steps ?? [], row, 'a');
}

/** Seconds from one row to another, each on its own clock. */
export const between = (from: SightingColumns, row: number, to: SightingColumns, other: number): number =>
  to.seconds[other]! - from.seconds[row]! + (to.nanoseconds[other]! - from.nanoseconds[row]!) / 1e9;

/** Seconds since the source's first packet, of a packet of the appliance. */
export function onSourceClock({ matching: { a, b }, first, clock: estimated }: CompareResult, row: number, clock: ClockSetting | null): number {
  const since = a.count === 0 ? between(b.columns, 0, b.columns, row) : between(a.columns, first, b.columns, row);
  return clock === null ? since : (since - clock.offset - steppedBy(estimated?.steps ?? [], row, 'b')) / (1 + clock.drift);
}
