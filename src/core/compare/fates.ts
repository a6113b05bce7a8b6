// What became of each packet, told from the pairing: one set of marks for each packet of either capture.

import { longestIncreasing } from './increasing.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import { MARK } from './sightings.ts';

/** A packet may have several: mirrored, cut on the way, and out of order. */
export const FATE = {
  mirrored: 1, //          a copy came through the mirror
  direct: 2, //            seen on the appliance's wire, without envelope
  truncated: 4, //         the copy had fewer bytes on the wire than the packet
  duplicated: 8, //        more than one copy came
  reordered: 16, //        the copy came out of order
  changed: 32, //          the copy differs in a field
  lost: 64, //             no copy, though others of its flow or service had one
  onlyAtSource: 128, //    no counterpart at all
  onlyAtAppliance: 256, // of the appliance's packets: no counterpart
  filtered: 512, //        the mirror's own rules leave it out
} as const;

export type FateName = keyof typeof FATE;

/** Fates of the source's packets, by row; 0 for a packet that took no part. */
export function sourceFates(matching: Matching): Uint16Array {
  const { a, b, pairOf, directOf, ownerOf, roleOf } = matching;
  const fates = new Uint16Array(a.count);
  const mirrored = mirroredFlows(matching);
  for (let row = 0; row < a.count; row++) {
    if ((a.columns.marks[row]! & MARK.outside) !== 0) continue;
    const copy = pairOf[row]!;
    if (directOf[row] !== NONE) fates[row]! |= FATE.direct;
    if (copy !== NONE) fates[row]! |= FATE.mirrored | (isTruncated(matching, row, copy) ? FATE.truncated : 0);
    else if (mirrored.has(a.columns.flow[row]!)) fates[row]! |= FATE.lost;
    else if (directOf[row] === NONE) fates[row]! |= mirrored.has(a.columns.service[row]!) ? FATE.lost : FATE.onlyAtSource;
  }
  for (let row = 0; row < b.count; row++) if (roleOf[row] === ROLE.duplicate) fates[ownerOf[row]!]! |= FATE.duplicated;
  markReordered(matching, fates);
  return fates;
}

/** Whether the copy was shorter on the wire: a snaplen, which cuts what is written down only, does not count. */
export function isTruncated({ a, b }: Matching, row: number, copy: number): boolean {
  const carried = b.columns.wire[copy]! - b.columns.net[copy]!;
  return carried < Math.min(a.columns.size[row]!, a.columns.wire[row]! - a.columns.net[row]!) && b.columns.payload[copy]! >= a.columns.payload[row]!;
}

/**
 * Flows and services of which the mirror brought something. A packet of theirs without a copy got lost on the way; where the mirror brought
 * nothing of a kind, it may just not mirror it.
 */
function mirroredFlows({ a, pairOf }: Matching): Set<number> {
  const flows = new Set<number>();
  for (let row = 0; row < a.count; row++) if (pairOf[row] !== NONE) flows.add(a.columns.flow[row]!).add(a.columns.service[row]!);
  return flows;
}

function markReordered({ a, pairOf }: Matching, fates: Uint16Array): void {
  const rows = new Uint32Array(a.count);
  let count = 0;
  for (let row = 0; row < a.count; row++) if (pairOf[row] !== NONE) rows[count++] = row;
  const inOrder = longestIncreasing(Uint32Array.from(rows.subarray(0, count), (row) => pairOf[row]!));
  for (let i = 0; i < count; i++) if (inOrder[i] === 0) fates[rows[i]!]! |= FATE.reordered;
}

/** Fates of the appliance's packets: `onlyAtAppliance` or those of no source packet's own. */
export function applianceFates({ b, roleOf }: Matching): Uint16Array {
  const fates = new Uint16Array(b.count);
  for (let row = 0; row < b.count; row++) if (roleOf[row] === ROLE.none && (b.columns.marks[row]! & MARK.outside) === 0) fates[row] = FATE.onlyAtAppliance;
  return fates;
}
