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
  /** Whether a source packet was sent when a packet of the appliance came, by the clocks; null where they are not known. */
  readonly wasSent: ((a: number, b: number) => boolean) | null;
}

/** Finds the segments among what is left, flow by flow. The bytes are compared later, like those of all pairs. */
export function matchSegments(matching: Matching, { purpose, openA, freeB, wasSent }: SegmentOptions): void {
  const a = matching.a.columns, b = matching.b.columns;
  const right = withPayload(b, matching.b.count, freeB);
  const left = right.count === 0 ? right : withPayload(a, matching.a.count, openA);
  if (left.count === 0) return;
  const { count, aStart, aRows, bStart, bRows } = joined(left, right);
  for (let g = 0; g < count; g++) {
    if (bStart[g] === bStart[g + 1]) continue;
    const as = aRows.slice(aStart[g], aStart[g + 1]), bs = bRows.slice(bStart[g], bStart[g + 1]);
    within(as, a, bs, b, wasSent, (whole, part) => { if (matching.isFree(part)) matching.segment(whole, part, purpose); });
    within(bs.filter((row) => matching.isFree(row)), b, as.filter((row) => openA(row)), a, null, (whole, part) => { matching.share(part, whole, purpose); });
    straddling(matching, as, bs, { purpose, openA, wasSent });
  }
}

/** What is inside none and holds none begins or ends in the middle of others, or is a further copy of a segment. */
function straddling(matching: Matching, as: Uint32Array, bs: Uint32Array, { purpose, openA, wasSent }: Omit<SegmentOptions, 'freeB'>): void {
  const a = matching.a.columns, b = matching.b.columns;
  const late = bs.filter((row) => matching.isFree(row));
  const open = as.filter((row) => openA(row));
  const whole = bySequence(open.length > 0 ? bs : late, b), owners = bySequence(late.length > 0 ? as : open, a);
  if (whole.rows.length === 0 || owners.rows.length === 0) return;
  const again = wasSent === null ? null : sentAgain(as, a);
  for (const row of whole.rows) {
    const origin = b.sequence[row]!, length = b.payload[row]!;
    for (let i = firstFrom(owners.rows, (owner) => a.sequence[owner]! - origin | 0, 1 - owners.longest); i < owners.rows.length; i++) {
      const owner = owners.rows[i]!, shift = a.sequence[owner]! - origin | 0; // around 2^32
      if (shift >= length) break;
      if (shift + a.payload[owner]! <= 0 || (shift === 0 && a.payload[owner] === length)) continue; // as long as this one: another packet, sent again
      const next = again?.next.get(owner);
      if (next !== undefined && shift + a.payload[next]! >= length && wasSent!(next, row)) continue;
      if (!matching.isFree(row)) { if (openA(owner)) matching.share(owner, row, purpose); continue; }
      if (!openA(owner) && shift <= 0 && shift + a.payload[owner]! >= length) matching.copy(owner, row);
      else matching.segment(owner, row, purpose);
    }
  }
}

/** Rows of one flow by sequence number, those with the same by row; and the longest payload. */
function bySequence(rows: Uint32Array, c: SightingColumns): { rows: Uint32Array; longest: number } {
  const origin = rows.length === 0 ? 0 : c.sequence[rows[0]!]!;
  const from = (row: number): number => c.sequence[row]! - origin | 0;
  return { rows: rows.slice().sort((p, q) => from(p) - from(q) || p - q), longest: rows.reduce((most, row) => Math.max(most, c.payload[row]!), 0) };
}

function withPayload(c: SightingColumns, count: number, wanted: (row: number) => boolean): KeyedRows {
  const rows = keyedRows(count);
  for (let row = 0; row < count; row++) if (c.payload[row]! > 0 && wanted(row)) addKeyed(rows, row, c.flow[row]!, c.type[row]!);
  return rows;
}

/**
 * Gives each whole, in order, the parts whose payload lies inside its own. A part goes to one whole only; of several with one sequence number
 * the first that is left goes. Of a super-frame that was sent again, each transmission gets what came before the next one was sent, so that a
 * segment that was lost of the first is not taken from the second.
 */
function within(wholes: Uint32Array, wc: SightingColumns, parts: Uint32Array, pc: SightingColumns, wasSent: SegmentOptions['wasSent'], found: (whole: number, part: number) => void): void {
  if (wholes.length === 0 || parts.length === 0) return;
  const taken = new Set<number>();
  const origin = pc.sequence[parts[0]!]!;
  const from = (sequence: number): number => sequence - origin | 0; // around 2^32
  const { rows: sorted } = bySequence(parts, pc);
  const again = wasSent === null ? null : sentAgain(wholes, wc);
  for (const whole of wholes) {
    const next = again?.next.get(whole), isAgain = again?.later.has(whole) === true;
    const start = from(wc.sequence[whole]!), end = start + wc.payload[whole]!;
    let reached = start;
    for (let i = firstFrom(sorted, (row) => from(pc.sequence[row]!), start); i < sorted.length; i++) {
      const part = sorted[i]!;
      const at = from(pc.sequence[part]!);
      if (at >= end) break;
      if (taken.has(part) || at < reached || at + pc.payload[part]! > end || pc.payload[part]! >= wc.payload[whole]!) continue;
      if (next !== undefined && at + pc.payload[part]! <= start + wc.payload[next]! && wasSent!(next, part)) continue;
      if (isAgain && !wasSent!(whole, part)) continue;
      taken.add(part);
      reached = at + pc.payload[part]!;
      found(whole, part);
    }
  }
}

/** For each whole the next one that begins with the same byte of the stream, and those that are one. */
function sentAgain(wholes: Uint32Array, c: SightingColumns): { next: ReadonlyMap<number, number>; later: ReadonlySet<number> } {
  const next = new Map<number, number>(), latest = new Map<number, number>();
  for (let w = wholes.length - 1; w >= 0; w--) {
    const whole = wholes[w]!, later = latest.get(c.sequence[whole]!);
    if (later !== undefined) next.set(whole, later);
    latest.set(c.sequence[whole]!, whole);
  }
  return { next, later: new Set(next.values()) };
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
