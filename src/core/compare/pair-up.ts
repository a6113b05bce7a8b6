// The pairing: stage by stage, first what is beyond doubt, then the clocks, then the identical packets with the help of order and time.

import type { ByteSource } from '../bytes/byte-source.ts';
import { admitted, cutsOf, leastDepth, originOf } from './admission.ts';
import { alignIdentical, NOBODY, type Bearings } from './align.ts';
import { bearingsOf, fitted } from './bearings.ts';
import { clockOf, type Clock, type ClockFit } from './clock.ts';
import { byEnvelope, envelopeNumbers, type EnvelopeNumbers } from './envelopes.ts';
import { GroupList, joined, type Groups } from './groups.ts';
import { firstRow, Matching, NONE, ROLE } from './matching.ts';
import { refined } from './refine.ts';
import type { Relation } from './relation.ts';
import type { Scan } from './scan.ts';
import { matchSegments } from './segments.ts';
import { MARK, timeOf } from './sightings.ts';
import { keyed, STAGES } from './stages.ts';

/** Which copies are looked for: what the mirror brought, or the packet itself on the appliance's wire. */
export type Purpose = 'mirrored' | 'direct';

export class Pairing {
  readonly matching: Matching;
  readonly #relation: Relation;
  readonly #aOrigin: number;
  readonly #bOrigin: number;
  /** Source packets that wait in a group, and packets of the appliance likewise. */
  readonly #aWaits: Uint8Array;
  readonly #bWaits: Uint8Array;
  /** Of each rung, how many packets were cut there. */
  readonly #aCuts: Uint32Array;
  readonly #bCuts: Uint32Array;
  readonly #left: (row: number) => boolean;
  readonly #right: (row: number) => boolean;
  /** Ways by which copies came that are the same byte for byte: the ways of this source. */
  readonly #home = new Set<number>();
  #fit: ClockFit | null = null;

  /** `vni`: only envelopes with it count as the mirror's; null for all. */
  constructor(a: Scan, b: Scan, relation: Relation, vni: number | null) {
    this.matching = new Matching(a, b);
    this.#relation = relation;
    this.#aOrigin = originOf(a);
    this.#bOrigin = originOf(b);
    this.#aWaits = new Uint8Array(a.count);
    this.#bWaits = new Uint8Array(b.count);
    this.#aCuts = cutsOf(a);
    this.#bCuts = cutsOf(b);
    this.#left = admitted(a, vni, relation === 'unwrapped');
    this.#right = admitted(b, vni, relation === 'wrapped');
  }

  /** From all pairs that are there now; null without any. */
  clock(): Clock | null {
    const { a } = this.matching;
    const fit = fitted(this.matching, this.#aOrigin, this.#bOrigin);
    return fit && clockOf(fit, timeOf(a.columns, firstRow(a), this.#aOrigin), this.#bOrigin - this.#aOrigin);
  }

  /** Looks for copies of one kind through all stages. The sources are the captures' own, to look at bytes again. */
  async run(purpose: Purpose, aSource: ByteSource, bSource: ByteSource, signal?: AbortSignal): Promise<void> {
    const { a, b } = this.matching;
    this.#aWaits.fill(0);
    this.#bWaits.fill(0);
    const waiting: GroupList[] = [];
    for (const onlyDeep of this.#relation === 'unwrapped' && purpose === 'mirrored' ? [true, false] : [false]) {
      for (const stage of STAGES) {
        if (!stage.any(this.#aCuts, this.#bCuts)) continue;
        const right = keyed(b.columns, b.count, stage.keyB, (row) => this.matching.isFree(row) && this.#bWaits[row] === 0 && this.#right(row));
        if (right.count === 0) continue;
        const left = keyed(a.columns, a.count, stage.keyA, (row) => (!onlyDeep || a.columns.depth[row]! > 0) && (stage.copies || this.#isOpen(row, purpose)) && this.#left(row));
        if (left.count === 0) continue;
        const groups = new GroupList();
        this.#stage(joined(left, right), purpose, groups, stage === STAGES[0]);
        if (groups.count > 0) waiting.push(stage.coarse ? this.#settled(await refined(groups, a, aSource, b, bSource, signal), purpose) : groups);
      }
    }
    if (this.#fit === null || purpose === 'mirrored') this.#fit = fitted(this.matching, this.#aOrigin, this.#bOrigin);
    if (waiting.length > 0) {
      const bearings = bearingsOf(this.matching, this.#aOrigin, this.#bOrigin, this.#fit, (row) => this.#aWaits[row] === 1);
      const numbers = await envelopeNumbers(waiting, b, bSource, signal);
      for (const groups of waiting) for (let g = 0; g < groups.count; g++) this.#resolve(groups.a(g), groups.b(g), purpose, bearings, numbers);
    }
    this.#segments(purpose);
  }

  #segments(purpose: Purpose): void {
    const { matching } = this;
    const depths = matching.b.columns.depth;
    const depth = this.#relation === 'wrapped' ? leastDepth(matching.a) : -1;
    matchSegments(matching, {
      purpose,
      openA: (row) => this.#left(row) && this.#hasNone(row, purpose),
      freeB: (row) => this.#right(row) && matching.isFree(row) && depths[row]! > depth === (purpose === 'mirrored'),
    });
  }

  /** What belongs to an envelope in pieces gets the owner of the row that stands for it; pieces without the rest are told by their beginning. */
  finish(): void {
    const { a, b, ownerOf, roleOf } = this.matching;
    const orphan = (row: number): boolean => (b.columns.marks[row]! & (MARK.partial | MARK.outside)) === MARK.partial;
    const orphans = b.columns.marks.subarray(0, b.count).some((_, row) => orphan(row));
    for (const { keyA, keyB } of orphans ? STAGES : []) {
      const right = keyed(b.columns, b.count, keyB, (row) => orphan(row) && ownerOf[row] === NONE);
      if (right.count === 0) continue;
      const { count, aStart, aRows, bStart, bRows } = joined(keyed(a.columns, a.count, keyA, this.#left), right);
      for (let g = 0; g < count; g++) {
        const owners = aRows.subarray(aStart[g], aStart[g + 1]);
        const owner = owners.find((row) => this.#isOpen(row, 'mirrored')) ?? owners[0]!;
        for (const row of bRows.subarray(bStart[g], bStart[g + 1])) { ownerOf[row] = owner; roleOf[row] = ROLE.orphan; }
      }
    }
    for (const [row, pieces] of b.pieces) {
      if (ownerOf[row] === NONE) continue;
      for (const { packet } of pieces) if (roleOf[packet - 1] === ROLE.none) { ownerOf[packet - 1] = ownerOf[row]!; roleOf[packet - 1] = ROLE.member; }
    }
  }

  #isOpen(row: number, purpose: Purpose): boolean {
    return this.#aWaits[row] === 0 && this.#hasNone(row, purpose);
  }

  /** A source packet that is alone with its content gets its copies at once; identical ones wait until the clocks are known. */
  #stage({ count, aStart, aRows, bStart, bRows }: Groups, purpose: Purpose, waiting: GroupList, same: boolean): void {
    for (let g = 0; g < count; g++) {
      if (bStart[g] === bStart[g + 1]) continue;
      if (aStart[g]! + 1 === aStart[g + 1] && bStart[g]! + 1 === bStart[g + 1] && this.#isOpen(aRows[aStart[g]!]!, purpose)) { // nearly always
        if (!this.#isRelated(aRows[aStart[g]!]!, bRows[bStart[g]!]!, purpose)) continue;
        if (same) this.#home.add(this.matching.b.columns.path[bRows[bStart[g]!]!]!);
        this.#match(aRows[aStart[g]!]!, bRows[bStart[g]!]!, purpose);
        continue;
      }
      const as = aRows.subarray(aStart[g], aStart[g + 1]);
      const bs = this.#related(as[0]!, bRows.subarray(bStart[g], bStart[g + 1]), purpose);
      if (bs.length === 0) continue;
      if (same) for (const row of bs) this.#home.add(this.matching.b.columns.path[row]!);
      if (as.length === 1 && this.#isOpen(as[0]!, purpose)) { for (const row of bs) this.#match(as[0]!, row, purpose); continue; }
      waiting.add(as, bs);
      for (const row of as) this.#aWaits[row] = 1;
      for (const row of bs) this.#bWaits[row] = 1;
    }
  }

  /** Matches what has turned out to be alone with its content; the rest waits on. */
  #settled(groups: GroupList, purpose: Purpose): GroupList {
    const rest = new GroupList();
    for (let g = 0; g < groups.count; g++) {
      const as = groups.a(g), bs = groups.b(g);
      if (as.length === 1 && this.#hasNone(as[0]!, purpose)) for (const row of bs) this.#match(as[0]!, row, purpose);
      else rest.add(as, bs);
    }
    return rest;
  }

  #hasNone(row: number, purpose: Purpose): boolean { return (purpose === 'mirrored' ? this.matching.pairOf[row]! : this.matching.directOf[row]!) === NONE; }

  /** Whether b lies as deep beside a as the purpose asks, and may be this source's: what differs AND came by another way than all that is the same is somebody else's packet. */
  #isRelated(a: number, b: number, purpose: Purpose): boolean {
    const { a: { columns: left }, b: { columns: right } } = this.matching;
    if (this.#relation !== 'wrapped') return true;
    return right.depth[b]! > left.depth[a]! === (purpose === 'mirrored') && (purpose === 'direct' || left.rest[a] === right.rest[b] || this.#home.size === 0 || this.#home.has(right.path[b]!));
  }

  #related(a: number, bs: Uint32Array, purpose: Purpose): Uint32Array {
    return this.#relation === 'wrapped' ? bs.filter((row) => this.#isRelated(a, row, purpose)) : bs;
  }

  #match(a: number, b: number, purpose: Purpose): void {
    if (purpose === 'mirrored') this.matching.pair(a, b);
    else this.matching.direct(a, b);
  }

  #resolve(aRows: Uint32Array, bRows: Uint32Array, purpose: Purpose, bearings: Bearings, numbers: EnvelopeNumbers | null): void {
    const { matching } = this;
    const counterpart = purpose === 'mirrored' ? matching.pairOf : matching.directOf;
    const open = aRows.filter((row) => counterpart[row] === NONE);
    if (open.length === 0) { this.#furtherCopies(aRows, bRows, purpose); return; }
    for (const bs of this.#byPath(bRows)) {
      if (open.length === 1) { for (const row of bs) this.#match(open[0]!, row, purpose); continue; }
      const { firsts, firstOf, numbered } = byEnvelope(bs, numbers, matching.b.columns.path[bs[0]!]!);
      const places = alignIdentical(open, firsts, bearings, { numbered, came: (row) => counterpart[row] !== NONE });
      for (let j = 0; j < bs.length; j++) if (places[firstOf[j]!]! !== NOBODY) this.#match(open[places[firstOf[j]!]!]!, bs[j]!, purpose);
    }
    if (open.length > 1 && open.some((row) => counterpart[row] === NONE)) matching.ambiguous.push({ a: open, b: bRows.slice() });
  }

  /** Copies of packets that have theirs already. What differs AND came another way is another packet: the same content in somebody else's network. */
  #furtherCopies(aRows: Uint32Array, bRows: Uint32Array, purpose: Purpose): void {
    const { a, b, pairOf } = this.matching;
    for (const row of bRows) {
      const owner = aRows.find((candidate) => {
        const known = pairOf[candidate]!;
        return a.columns.rest[candidate] === b.columns.rest[row] || purpose === 'direct' || (known !== NONE && b.columns.path[known] === b.columns.path[row]);
      });
      if (owner !== undefined) this.#match(owner, row, purpose);
    }
  }

  /** Copies that came different ways (handed back by an appliance, mirrored at both ends) are aligned each for itself. */
  #byPath(bRows: Uint32Array): Uint32Array[] {
    const { path } = this.matching.b.columns;
    const first = path[bRows[0]!]!;
    if (bRows.every((row) => path[row] === first)) return [bRows];
    return [...new Set(Array.from(bRows, (row) => path[row]!))].map((way) => bRows.filter((row) => path[row] === way));
  }
}
