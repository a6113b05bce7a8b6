// Where one of the two clocks was set while both captures ran: from there on every packet seems to take so much more, or less, than before.

import { median } from './clock.ts';

/** From the source's row `a` and the appliance's row `b` on, the appliance's clock less the source's is `by` seconds more than before. */
export interface ClockStep { readonly a: number; readonly b: number; readonly by: number }

/** Pairs in the order of the source: their rows, and the times of both. */
export interface TimedPairs { readonly as: Uint32Array; readonly bs: Uint32Array; readonly left: Float64Array; readonly right: Float64Array }

/** The time of any row of a capture, in seconds since its origin. */
type TimeOf = (row: number) => number;

const ABOUT = 7; //          pairs before and after a step
const MOST_STEPS = 16; //    more is no clock that was set
const AHEAD = 1; //          seconds: so long no packet is on its way
const BACK = 0.05; //        seconds: faster than all before it no packet can be
const MOST_DRIFT = 2e-3; //  seconds a second

/**
 * The steps of the clocks, in order. A queue makes packets late for a while and a step does for good, so that a step ahead counts where it is longer
 * than packets take or the source's own times went back, and one back where packets would have come earlier than ever.
 */
export function clockSteps({ as, bs, left, right }: TimedPairs, aTime: TimeOf, bTime: TimeOf): ClockStep[] {
  const apart = Float64Array.from(left, (time, i) => right[i]! - time);
  const steps: ClockStep[] = [];
  let level = Infinity; // the quickest since the last step
  for (let i = 0; i + ABOUT <= apart.length && i < ABOUT; i++) level = Math.min(level, apart[i]!);
  for (let i = ABOUT; i + ABOUT <= apart.length && steps.length < MOST_STEPS; i++) {
    const slack = MOST_DRIFT * Math.abs(left[i]! - left[i - 1]!);
    const change = apart[i]! - apart[i - 1]!;
    if (Math.abs(change) > BACK + slack) {
      const by = middle(apart, i, i + ABOUT) - middle(apart, i - ABOUT, i);
      const ahead = by > (left[i]! < left[i - 1]! - BACK ? BACK : AHEAD) + slack && change > by / 2;
      const back = by < -BACK - slack && change < by / 2 && middle(apart, i, i + ABOUT) < level - BACK - slack;
      if (ahead || back) {
        steps.push({ ...placed({ a: as[i - 1]!, b: bs[i - 1]!, aTime, bTime }, { a: as[i]!, b: bs[i]! }, by), by });
        level = Infinity;
      }
    }
    level = Math.min(level, apart[i]!);
  }
  return steps;
}

/** The first rows behind a step that lies between two pairs: where the times of one capture jump, and in the other what came after that. */
function placed(last: { a: number; b: number; aTime: TimeOf; bTime: TimeOf }, next: { a: number; b: number }, by: number): Omit<ClockStep, 'by'> {
  const { aTime, bTime } = last;
  const a = leap(last.a, next.a, aTime, -Math.sign(by)), b = leap(last.b, next.b, bTime, Math.sign(by));
  const apart = bTime(last.b) - aTime(last.a); // before the step
  if (b.most > a.most) return { a: firstRow(last.a + 1, next.a, (row) => aTime(row) + apart > bTime(b.row - 1)), b: b.row };
  return { a: a.row, b: firstRow(last.b + 1, next.b, (row) => bTime(row) - apart > aTime(a.row - 1)) };
}

/** The row at which times change most in a direction. */
function leap(from: number, to: number, time: TimeOf, way: number): { row: number; most: number } {
  let row = to, most = -Infinity;
  for (let at = from + 1; at <= to; at++) {
    const change = (time(at) - time(at - 1)) * way;
    if (change > most) { most = change; row = at; }
  }
  return { row, most };
}

function firstRow(from: number, to: number, after: (row: number) => boolean): number {
  for (let row = from; row < to; row++) if (after(row)) return row;
  return to;
}

const middle = (values: Float64Array, from: number, to: number): number => median(values.slice(from, to).sort());

/** What the steps up to a row come to, in seconds. */
export function steppedBy(steps: readonly ClockStep[], row: number, side: 'a' | 'b'): number {
  let by = 0;
  for (const step of steps) if (step[side] <= row) by += step.by;
  return by;
}
