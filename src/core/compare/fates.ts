// What became of each packet, told from the pairing: one set of marks for each packet of either capture.

import { neverOfIp } from '../mirror/kinds.ts';
import { FIELDS } from './frame-difference.ts';
import type { Judgement } from './judgement.ts';
import { IntSet } from './groups.ts';
import { longestIncreasing } from './increasing.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import type { Fate } from './report.ts';
import { MARK, type SightingColumns } from './sightings.ts';

/** A packet may have several: mirrored, cut on the way, and out of order. */
export const FATE = {
  mirrored: 1, //          a copy came through the mirror
  direct: 2, //            seen on the appliance's wire, without envelope
  truncated: 4, //         the copy had fewer bytes on the wire than the packet
  duplicated: 8, //        more than one copy came
  reordered: 16, //        the copy came out of order
  changed: 32, //          the copy differs in a field
  lost: 64, //             no copy, though others of its flow or service had one
  onlyAtSource: 128, //    no counterpart at all, and not lost
  onlyAtAppliance: 256, // of the appliance's packets: no counterpart
  filtered: 512, //        the mirror's own rules leave it out
  unexpected: 1024, //     a copy came although the mirror's own rules leave it out
} as const;

export type FateName = keyof typeof FATE;

/** The fates in words, those that say most first: a row shows the first that it has. */
export const FATE_WORDS: readonly (readonly [FateName, Fate])[] = [
  ['filtered', 'Filtered'], ['lost', 'Lost'], ['onlyAtSource', 'Only at source'], ['onlyAtAppliance', 'Only at appliance'], ['unexpected', 'Unexpected'], ['truncated', 'Truncated'],
  ['changed', 'Changed'], ['reordered', 'Reordered'], ['duplicated', 'Duplicated'], ['mirrored', 'Mirrored'], ['direct', 'Direct'],
];

/** Fates of the source's packets, by row; 0 for a packet that took no part. With the mirror's own rules, what has no copy is filtered or lost; without them it is a guess. */
export function sourceFates(matching: Matching, differences: Uint16Array, judgement: Judgement | null, kinds: Uint8Array): Uint16Array {
  const { a, b, pairOf, directOf, ownerOf, roleOf } = matching;
  const fates = new Uint16Array(a.count);
  const mirrored = mirroredKinds(matching);
  for (let row = 0; row < a.count; row++) {
    if ((a.columns.marks[row]! & MARK.outside) !== 0) continue;
    const copy = pairOf[row]!;
    if (directOf[row] !== NONE) fates[row]! |= FATE.direct;
    if (copy !== NONE) fates[row]! |= FATE.mirrored | (isTruncated(matching, row, copy) ? FATE.truncated : 0) | ((differences[copy]! & FIELDS) !== 0 ? FATE.changed : 0) | (judgement?.accept[row] === 0 ? FATE.unexpected : 0);
    else if (judgement !== null) fates[row]! |= judgement.accept[row] === 1 ? FATE.lost : FATE.filtered | (directOf[row] === NONE ? FATE.onlyAtSource : 0);
    else if (mirrored.flows.has(a.columns.flow[row]!)) fates[row]! |= FATE.lost;
    else if (directOf[row] === NONE) fates[row]! |= mirrored.flows.has(a.columns.service[row]!) || (mirrored.kinds.has(kindOf(a.columns, row)) && !neverOfIp(kinds[row]!)) ? FATE.lost : FATE.onlyAtSource;
  }
  for (let row = 0; row < b.count; row++) if (roleOf[row] === ROLE.duplicate) fates[ownerOf[row]!]! |= FATE.duplicated;
  markReordered(matching, fates);
  return fates;
}

/** Whether the copy was shorter on the wire: a snaplen, which cuts what is written down only, does not count. */
export function isTruncated(matching: Matching, row: number, copy: number): boolean {
  const { a: { columns: a }, b: { columns: b } } = matching;
  const carried = b.wire[copy]! - b.net[copy]!;
  return carried < Math.min(a.size[row]!, a.wire[row]! - a.net[row]!) && !matching.isSegment(row, copy);
}

/** Ethertype and IP protocol as one number. */
const kindOf = ({ type, protocol }: SightingColumns, row: number): number => type[row]! << 8 | protocol[row]!;

const NEARLY_ALL = 0.9;

/**
 * Flows and services of which the mirror brought something, and protocols of which it brought nearly everything. A packet of theirs without a
 * copy got lost on the way; where the mirror brought nothing of a kind, it may just not mirror it.
 */
function mirroredKinds({ a, pairOf, directOf }: Matching): { flows: IntSet; kinds: Set<number> } {
  const flows = new IntSet();
  const seen = new Map<number, { all: number; mirrored: number }>();
  let last = -1, type = { all: 0, mirrored: 0 };
  for (let row = 0; row < a.count; row++) {
    if ((a.columns.marks[row]! & MARK.outside) !== 0) continue;
    if (kindOf(a.columns, row) !== last) { // nearly always one protocol after itself
      last = kindOf(a.columns, row);
      type = seen.get(last) ?? { all: 0, mirrored: 0 };
      seen.set(last, type);
    }
    if (pairOf[row] !== NONE || directOf[row] === NONE) type.all++;
    if (pairOf[row] === NONE) continue;
    type.mirrored++;
    flows.add(a.columns.flow[row]!);
    flows.add(a.columns.service[row]!);
  }
  return { flows, kinds: new Set([...seen].filter(([, { all, mirrored }]) => mirrored > NEARLY_ALL * all).map(([type]) => type)) };
}

function markReordered({ a, pairOf }: Matching, fates: Uint16Array): void {
  const inOrder = longestIncreasing(pairOf, NONE);
  for (let row = 0; row < a.count; row++) if (pairOf[row] !== NONE && inOrder[row] === 0) fates[row]! |= FATE.reordered;
}

/** Fates of the appliance's packets: `onlyAtAppliance` or those of no source packet's own. */
export function applianceFates({ b, roleOf }: Matching): Uint16Array {
  const fates = new Uint16Array(b.count);
  for (let row = 0; row < b.count; row++) if (roleOf[row] === ROLE.none && (b.columns.marks[row]! & MARK.outside) === 0) fates[row] = FATE.onlyAtAppliance;
  return fates;
}
