// Offload: a network card splits super-frames that the source captured whole (TSO), or puts segments together before the appliance
// captures them (GRO). Neither has the same content as the other; their TCP sequence numbers say who belongs to whom.

import { addKeyed, joined, keyedRows, type KeyedRows } from './groups.ts';
import type { Matching } from './matching.ts';
import type { SightingColumns } from './sightings.ts';

export interface SegmentOptions {
  readonly purpose: 'mirrored' | 'direct';
  /** Source packets without a counterpart, and packets of the appliance that may be one. */
  readonly openA: (row: number) => boolean;
  readonly freeB: (row: number) => boolean;
}

/** Finds the segments among what is left, flow by flow. The bytes are compared later, like those of all pairs. */
export function matchSegments(matching: Matching, { purpose, openA, freeB }: SegmentOptions): void {
  const a = matching.a.columns, b = matching.b.columns;
  const right = withPayload(b, matching.b.count, freeB);
  const left = right.count === 0 ? right : withPayload(a, matching.a.count, openA);
  if (left.count === 0) return;
  const { count, aStart, aRows, bStart, bRows } = joined(left, right);
  for (let g = 0; g < count; g++) {
    if (bStart[g] === bStart[g + 1]) continue;
    const as = aRows.slice(aStart[g], aStart[g + 1]), bs = bRows.slice(bStart[g], bStart[g + 1]);
    const taken = new Set<number>();
    within(as, a, bs, b, taken, (whole, part) => { if (!matching.isFree(part)) return; matching.segment(whole, part, purpose); });
    within(bs.filter((row) => matching.isFree(row)), b, as.filter((row) => openA(row)), a, new Set(), (whole, part) => {
      if (matching.isFree(whole)) { matching.merged.add(part); if (purpose === 'mirrored') matching.pair(part, whole); else matching.direct(part, whole); }
      else matching.share(part, whole, purpose);
    });
  }
}

function withPayload(c: SightingColumns, count: number, wanted: (row: number) => boolean): KeyedRows {
  const rows = keyedRows(count);
  for (let row = 0; row < count; row++) if (c.payload[row]! > 0 && wanted(row)) addKeyed(rows, row, c.flow[row]!, c.type[row]!);
  return rows;
}

/**
 * Gives each whole, in order, the parts whose payload lies inside its own. A part goes to one whole only; of several with one sequence number
 * the first that is left goes, so that a super-frame that was sent again gets the segments that were sent again.
 */
function within(wholes: Uint32Array, wc: SightingColumns, parts: Uint32Array, pc: SightingColumns, taken: Set<number>, found: (whole: number, part: number) => void): void {
  if (wholes.length === 0 || parts.length === 0) return;
  const origin = pc.sequence[parts[0]!]!;
  const from = (sequence: number): number => sequence - origin | 0; // around 2^32
  const sorted = parts.slice().sort((p, q) => from(pc.sequence[p]!) - from(pc.sequence[q]!) || p - q);
  for (const whole of wholes) {
    const start = from(wc.sequence[whole]!), end = start + wc.payload[whole]!;
    let reached = start;
    for (let i = firstFrom(sorted, (row) => from(pc.sequence[row]!), start); i < sorted.length; i++) {
      const part = sorted[i]!;
      const at = from(pc.sequence[part]!);
      if (at >= end) break;
      if (taken.has(part) || at < reached || at + pc.payload[part]! > end || pc.payload[part]! >= wc.payload[whole]!) continue;
      taken.add(part);
      reached = at + pc.payload[part]!;
      found(whole, part);
    }
  }
}

/** The first place whose value is not below `least`. */
function firstFrom(sorted: Uint32Array, value: (row: number) => number, least: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value(sorted[middle]!) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
