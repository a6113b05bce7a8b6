// What is odd about the two captures as such, before anything is said about packets: the same one twice, swapped, without anything in common.

import { count, counted } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { between, extremes } from './delay.ts';
import { earlyCuts } from './early-cuts.ts';
import { DIFFERENCE } from './frame-difference.ts';
import { compared, NONE } from './matching.ts';
import { deepest } from './relation.ts';
import type { Notice } from './report.ts';
import type { Scan } from './scan.ts';

/** Most important first; none where the captures are as they should be. */
export function notices(result: CompareResult): Notice[] {
  const { a, b } = result.matching;
  const empty = [...taking(a) === 0 ? ['source'] : [], ...taking(b) === 0 ? ['appliance'] : []];
  if (empty.length > 0) return [{ kind: 'empty', text: `The ${empty.join('’s and the ')}’s capture ${empty.length === 1 ? 'has' : 'have'} no packets to compare.` }];
  const one = same(result);
  if (one !== null) return [one, backwards('source', a)].filter((notice) => notice !== null);
  const cuts = earlyCuts(result);
  return [swapped(result), ...cuts.notices, cuts.nothing ? null : nothing(result), decapsulated(result), backwards('source', a), backwards('appliance', b)].filter((notice) => notice !== null);
}

const taking = ({ columns, count: rows }: Scan): number => {
  let packets = 0;
  for (let row = 0; row < rows; row++) if (compared(columns.marks[row]!)) packets++;
  return packets;
};

function same({ matching: { a, b, pairOf }, differences }: CompareResult): Notice | null {
  if (a.count !== b.count || a.bytes !== b.bytes) return null;
  for (let row = 0; row < a.count; row++) {
    if (a.columns.seconds[row] !== b.columns.seconds[row] || a.columns.nanoseconds[row] !== b.columns.nanoseconds[row]) return null;
    if (pairOf[row] !== NONE && (differences[pairOf[row]!]! & ~DIFFERENCE.part) !== 0) return null;
  }
  return { kind: 'same', text: 'Both are the same capture: the same packets at the same times. Choose the other one’s capture for one of the sides.' };
}

function swapped({ relation, matching: { a, b } }: CompareResult): Notice | null {
  if (relation !== 'unwrapped') return null;
  return { kind: 'swapped', text: `The source’s packets lie in ${deepest(a) - deepest(b) === 1 ? 'an envelope' : 'envelopes'} that the appliance’s do not have. That is right for an appliance’s interface beside its VXLAN device; otherwise the two are swapped.` };
}

function nothing(result: CompareResult): Notice | null {
  const { matching: { a, b, pairOf, directOf } } = result;
  if (pairOf.some((copy) => copy !== NONE) || directOf.some((copy) => copy !== NONE)) return null;
  const [aFirst, aLast] = extremes(a), [bFirst, bLast] = extremes(b);
  const gap = between(a.columns, aLast, b.columns, bFirst) > 0 ? between(a.columns, aLast, b.columns, bFirst) : between(b.columns, bLast, a.columns, aFirst);
  const when = gap > 1 ? ` By their clocks they were taken at different times: ${gapText(gap)} lie between them.` : '';
  return { kind: 'nothing', text: `The two captures have nothing in common: not one packet of the source, with or without an envelope, is in the appliance’s capture.${when}` };
}

const UNITS: readonly (readonly [seconds: number, word: string])[] = [[86_400, 'day'], [3_600, 'hour'], [60, 'minute'], [1, 'second']];

function gapText(seconds: number): string {
  const [unit, word] = UNITS.find(([least]) => seconds >= least) ?? [1, 'second'];
  return counted(Math.round(seconds / unit), word);
}

function decapsulated({ relation, matching: { a, b, pairOf } }: CompareResult): Notice | null {
  if (relation !== 'level' || deepest(a) > 0 || deepest(b) > 0 || pairOf.every((copy) => copy === NONE)) return null;
  return { kind: 'decapsulated', text: 'The appliance’s capture has no envelopes: it was taken behind the VXLAN interface, or is another tap of the same path. VNI and outer addresses are in the capture of the interface that the mirror sends to.' };
}

const STEP = 1e-3; // seconds: less is how captures of several queues look

function backwards(side: string, { columns: c, count: rows }: Scan): Notice | null {
  let steps = 0, first = -1, most = 0;
  for (let row = 1; row < rows; row++) {
    const back = between(c, row, c, row - 1);
    if (back < STEP || !compared(c.marks[row]!)) continue;
    steps++;
    if (first < 0) first = row;
    most = Math.max(most, back);
  }
  if (steps === 0) return null;
  return { kind: 'backwards', text: `In the ${side}’s capture time goes backwards ${steps === 1 ? 'once' : `${count(steps)} times`}, ${steps === 1 ? 'at' : 'first at'} packet ${first + 1}${steps === 1 ? '' : ', at most'} by ${most.toFixed(3)} s. Rows stay in the order of the file; pairs do not depend on it, delays and clocks around there do.` };
}
