// When each capture ran, the clocks put right. What was sent while the appliance's did not run is no loss of the mirror's, and what came while the
// source's did not run no stranger. A capture does not say when it began or ended: that is told from where the other goes on without it.

import { quantile } from './clock.ts';
import type { CompareResult } from './compare.ts';
import { between, delayOf, extremes, onSourceClock, type Timed } from './delay.ts';
import { FATE } from './fates.ts';
import { KINDS } from '../mirror/kinds.ts';
import { NONE } from './matching.ts';

/** From a capture's first packet to its last, in seconds since the source's first packet on the source's clock; infinite where nothing says that it began later or ended earlier than the other. */
interface Span { readonly begin: number; readonly end: number }

export interface Spans {
  readonly source: Span;
  readonly appliance: Span;
  /** What half of the packets take at most, in seconds. */
  readonly delay: number;
}

/** A time outside a span, by so many seconds. */
export interface Outside { readonly when: 'before' | 'after'; readonly by: number }

const SAMPLES = 1 << 10;
const CHANCE = 0.01; // that as many in a row got lost at an edge as are missing there

/** `fatesA`, `kinds`: as in the result. Without pairs, or where a clock was set meanwhile, nothing is said. */
export function spansOf(timed: Timed, fatesA: Uint16Array, kinds: Uint8Array): Spans {
  const { matching: { a, b }, clock, first } = timed;
  const ever = { begin: -Infinity, end: Infinity };
  const delay = usualDelay(timed);
  if (clock === null || clock.steps.length > 0 || delay === null) return { source: ever, appliance: ever, delay: 0 };
  const [aFirst, aLast] = extremes(a), [bFirst, bLast] = extremes(b);
  const source = { begin: between(a.columns, first, a.columns, aFirst), end: between(a.columns, first, a.columns, aLast) };
  const appliance = { begin: onSourceClock(timed, bFirst, clock), end: onSourceClock(timed, bLast, clock) };
  if (outsideOf(appliance, source.begin + delay) === null && outsideOf(appliance, source.end + delay) === null) return { source, appliance, delay };
  return { source, appliance: certain(timed, appliance, delay, (row) => isMissed(fatesA[row]!, kinds[row]!, timed.matching.directOf[row]!), fatesA), delay };
}

/** The edges of the appliance's capture outside which so many are missing in a row that loss, as it is within, does not explain it. */
function certain({ matching: { a }, first }: Timed, span: Span, delay: number, missed: (row: number) => boolean, fatesA: Uint16Array): Span {
  let came = 0, missing = 0, run = 0, longest = 0, before = 0, after = 0;
  for (let row = 0; row < a.count; row++) {
    if ((fatesA[row]! & FATE.mirrored) !== 0) { came++; run = 0; continue; }
    if (!missed(row)) continue;
    const outside = outsideOf(span, between(a.columns, first, a.columns, row) + delay);
    if (outside === null) { missing++; longest = Math.max(longest, ++run); } else if (outside.when === 'before') before++; else after++;
  }
  const loss = (missing + 1) / (came + missing + 2);
  const isEdge = (packets: number): boolean => packets > longest && loss ** packets < CHANCE;
  return { begin: isEdge(before) ? span.begin : -Infinity, end: isEdge(after) ? span.end : Infinity };
}

const isMissed = (fates: number, kind: number, direct: number): boolean =>
  (fates & (FATE.lost | FATE.onlyAtSource)) !== 0 && (fates & FATE.filtered) === 0 && direct === NONE && !KINDS[kind]!.never;

function usualDelay({ matching, clock, first }: Timed): number | null {
  const { pairOf } = matching;
  const delays: number[] = [];
  const step = Math.max(1, Math.floor(pairOf.length / SAMPLES));
  for (let row = 0; clock !== null && row < pairOf.length; row += delays.length === 0 ? 1 : step) if (pairOf[row] !== NONE) delays.push(delayOf({ matching, clock, first }, row, pairOf[row]!, clock));
  return delays.length === 0 ? null : quantile(Float64Array.from(delays).sort(), 0.5);
}

function outsideOf({ begin, end }: Span, time: number): Outside | null {
  if (time < begin) return { when: 'before', by: begin - time };
  return time > end ? { when: 'after', by: time - end } : null;
}

/** Of a source packet that the mirror takes and that did not come: whether its copy would have come outside the appliance's capture. */
export function sentOutside({ matching: { a, directOf }, fatesA, findings: { kinds }, first, spans: { appliance, delay } }: CompareResult, row: number): Outside | null {
  return isMissed(fatesA[row]!, kinds[row]!, directOf[row]!) ? outsideOf(appliance, between(a.columns, first, a.columns, row) + delay) : null;
}

/** Of a packet of the appliance: whether it was sent outside the source's capture. */
export function cameOutside(result: CompareResult, row: number): Outside | null {
  return outsideOf(result.spans.source, onSourceClock(result, row, result.clock) - result.spans.delay);
}

/** "before the appliance’s capture began", "after the source’s capture ended". */
export const outsideText = (side: 'source' | 'appliance', { when }: Pick<Outside, 'when'>): string => `${when} the ${side}’s capture ${when === 'before' ? 'began' : 'ended'}`;
