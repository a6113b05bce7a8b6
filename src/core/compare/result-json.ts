// The comparison as the command line prints it. Numbers of packets count from 1, as everywhere outside the core.

import type { CompareResult } from './compare.ts';
import { FATE } from './fates.ts';
import { changedFields } from './frame-difference.ts';
import { NONE, ROLE, type Matching } from './matching.ts';

type Numbers = readonly number[];

export interface ResultJson {
  /** Source packet and the copy of it that came first. */
  readonly pairs: readonly Numbers[];
  readonly direct: readonly Numbers[];
  readonly onlyInA: Numbers;
  readonly onlyInB: Numbers;
  readonly lost: Numbers;
  readonly filtered: readonly (readonly [number, number | null])[];
  readonly duplicates: readonly (readonly [number, Numbers])[];
  readonly fragments: readonly (readonly [number, Numbers])[];
  /** Source packet, its frame's bytes, and how many of them the copy had on the wire. */
  readonly truncated: readonly Numbers[];
  readonly changed: readonly (readonly [number, number, readonly string[]])[];
  readonly ambiguous: readonly (readonly [Numbers, Numbers])[];
  readonly clockOffsetSeconds: number | null;
  readonly driftPpm: number | null;
}

const numbers = (rows: Uint32Array): number[] => Array.from(rows, (row) => row + 1);

/** Packets that an excerpt of the result is about: 1 for each row of the source, and of the appliance for those that only it has. */
export interface Excerpt { readonly a: Uint8Array; readonly b: Uint8Array }

/** The whole result, or an excerpt: the lists are then of those packets only, the clocks stay those of the whole. */
export function resultJson(result: CompareResult, excerpt: Excerpt | null = null): ResultJson {
  const { matching, clock, fatesA, fatesB, judgement } = result;
  const { pairOf } = matching;
  const rows = (fates: Uint16Array, mask: number, inside: Uint8Array | undefined): number[] => Array.from(fates.keys()).filter((row) => (fates[row]! & mask) !== 0 && inside?.[row] !== 0);
  const withFate = (fates: Uint16Array, mask: number): number[] => rows(fates, mask, excerpt?.a);
  const inside = (lists: readonly Numbers[]): readonly Numbers[] => (excerpt === null ? lists : lists.filter(([a]) => excerpt.a[a! - 1] === 1));
  const onlyA = withFate(fatesA, FATE.lost | FATE.onlyAtSource | FATE.filtered).filter((row) => pairOf[row] === NONE && (fatesA[row]! & FATE.direct) === 0);
  return {
    pairs: withFate(fatesA, FATE.mirrored).map((row) => [row + 1, pairOf[row]! + 1]),
    direct: inside(sightings(matching, ROLE.direct)),
    onlyInA: onlyA.map((row) => row + 1),
    onlyInB: rows(fatesB, FATE.onlyAtAppliance, excerpt?.b).map((row) => row + 1),
    lost: withFate(fatesA, FATE.lost).map((row) => row + 1),
    filtered: withFate(fatesA, FATE.filtered).map((row) => [row + 1, judgement === null || judgement.rule[row]! < 0 ? null : judgement.rule[row]!]),
    duplicates: byOwner(inside(sightings(matching, ROLE.duplicate))),
    fragments: byOwner(inside([...sightings(matching, ROLE.segment), ...outerFragments(matching)])),
    truncated: withFate(fatesA, FATE.truncated).map((row) => truncation(matching, row)),
    changed: withFate(fatesA, FATE.changed).map((row) => [row + 1, pairOf[row]! + 1, changedFields(result.differences[pairOf[row]!]!, matching.a.columns.type[row]!, matching.a.columns.protocol[row]!)]),
    ambiguous: matching.ambiguous.filter(({ a }) => excerpt === null || a.some((row) => excerpt.a[row] === 1)).map(({ a, b }) => [numbers(a), numbers(b)]),
    clockOffsetSeconds: clock === null ? null : clock.offset,
    driftPpm: clock === null ? null : clock.drift * 1e6,
  };
}

/** Owner and packet of the appliance's packets with this role, in the order of the owners. */
function sightings({ ownerOf, roleOf }: Matching, role: number): number[][] {
  const found: number[][] = [];
  for (let row = 0; row < roleOf.length; row++) if (roleOf[row] === role) found.push([ownerOf[row]! + 1, row + 1]);
  return found.sort(([p], [q]) => p! - q!);
}

/** The first segment of a super-frame is its pair and belongs to the list as well. */
function outerFragments({ b, ownerOf, pairOf, split }: Matching): number[][] {
  const found: number[][] = [];
  for (const [row, pieces] of b.pieces) if (ownerOf[row] !== NONE) found.push(...pieces.map(({ packet }) => [ownerOf[row]! + 1, packet]));
  for (const owner of split) if (pairOf[owner] !== NONE) found.push([owner + 1, pairOf[owner]! + 1]);
  return found;
}

function byOwner(found: readonly Numbers[]): [number, number[]][] {
  const lists = new Map<number, number[]>();
  for (const [owner, packet] of [...found].sort(([p, q], [r, s]) => p! - r! || q! - s!)) {
    const list = lists.get(owner!);
    if (list === undefined) lists.set(owner!, [packet!]);
    else if (list.at(-1) !== packet) list.push(packet!);
  }
  return [...lists];
}

/** An envelope without a link header leaves that out of the frame; it counts all the same. */
function truncation({ a, b, pairOf }: Matching, row: number): number[] {
  const copy = pairOf[row]!;
  return [row + 1, a.columns.wire[row]!, b.columns.wire[copy]! - b.columns.net[copy]! + a.columns.net[row]!];
}
