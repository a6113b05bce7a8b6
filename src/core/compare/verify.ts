// The last pass: every pair, further copy, direct sighting and segment byte beside byte. Hashes proposed them; here they are
// confirmed, told apart in what differs, or taken apart again.

import type { ByteSource } from '../bytes/byte-source.ts';
import type { Beside } from './beside.ts';
import { DIFFERENCE, FrameComparison, differs } from './frame-difference.ts';
import type { FramePlace } from './frame-place.ts';
import { Frames } from './frames.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import { MARK } from './sightings.ts';
import type { Watch } from './watch.ts';

const TOLD_EVERY = 1 << 10; // rows

/**
 * Compares what the pairing proposed and `beside` has not compared already, in the order of the appliance, and answers for each of its packets the marks of DIFFERENCE to its owner.
 * Whatever is another packet after all is parted. Rejects with a FaultError when the signal aborts.
 */
export async function verify(matching: Matching, a: ByteSource, b: ByteSource, beside: Beside, watch: Watch): Promise<Uint16Array> {
  const differences = new Uint16Array(matching.b.count);
  const left = new Frames(a, matching.a), right = new Frames(b, matching.b);
  const comparison = new FrameComparison();
  try {
    for (let row = 0; row < matching.b.count; row++) {
      if (row % TOLD_EVERY === 0) watch.tell('comparing bytes', row, matching.b.count);
      const role = matching.roleOf[row]!;
      if (role === ROLE.none || role === ROLE.member || role === ROLE.orphan) continue;
      if (role === ROLE.duplicate && (matching.b.columns.marks[row]! & MARK.member) !== 0) continue; // the last fragment of an envelope that came twice
      const owner = matching.ownerOf[row]!;
      const isSegment = matching.isSegment(owner, row);
      if (!isSegment && beside.owner[row] === owner) { differences[row] = beside.differences[row]!; continue; } // nearly always
      if ((!left.has(owner) && !await left.load(owner)) || (!right.has(row) && !await right.load(row))) { differences[row] = DIFFERENCE.part; continue; }
      const marks = isSegment ? segmentDifference(matching, owner, row, left.place, right.place)
        : comparison.compare(left.place, right.place, matching.a.columns.type[owner]!);
      if ((marks & DIFFERENCE.content) !== 0) matching.part(row);
      else differences[row] = marks;
    }
    for (const row of matching.merged) { // those that share a packet with the one it belongs to
      const copy = matching.pairOf[row]!;
      if (copy === NONE || matching.ownerOf[copy] === row) continue;
      if ((left.has(row) || await left.load(row)) && (right.has(copy) || await right.load(copy)) && segmentDifference(matching, row, copy, left.place, right.place) !== 0) matching.pairOf[row] = NONE;
    }
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
  watch.tell('comparing bytes', matching.b.count, matching.b.count);
  return differences;
}

/** Whether the shorter payload is the stretch of the longer one that its sequence number says. */
function segmentDifference({ a, b }: Matching, owner: number, row: number, left: FramePlace, right: FramePlace): number {
  const aPayload = a.columns.payload[owner]!, bPayload = b.columns.payload[row]!;
  const shift = b.columns.sequence[row]! - a.columns.sequence[owner]! | 0; // around 2^32
  const aAt = left.net + left.size - aPayload + Math.max(0, shift);
  const bAt = right.net + right.size - bPayload + Math.max(0, -shift);
  const length = Math.min(aPayload - Math.max(0, shift), bPayload - Math.max(0, -shift), left.have - aAt, right.have - bAt);
  return length > 0 && differs(left.view, left.at + aAt, right.view, right.at + bAt, length) ? DIFFERENCE.content : 0;
}
