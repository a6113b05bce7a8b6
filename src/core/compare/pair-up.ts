// The pairing: stage by stage, first what is beyond doubt, then the clocks, then the identical packets with the help of order and time.

import type { ByteSource } from '../bytes/byte-source.ts';
import type { Piece } from '../mirror/reassembly.ts';
import { matchDatagrams } from './datagrams.ts';
import { admitted, cutsOf, leastDepth, originOf } from './admission.ts';
import { bearingsOf, fitted } from './bearings.ts';
import { clockOf, expected, type Clock, type ClockFit } from './clock.ts';
import { steppedBy } from './clock-steps.ts';
import { envelopeNumbers } from './envelopes.ts';
import { GroupList, joined } from './groups.ts';
import { Identical } from './identical.ts';
import { firstRow, Matching, NONE, ROLE, type Purpose } from './matching.ts';
import { refined } from './refine.ts';
import type { Relation } from './relation.ts';
import type { Scan } from './scan.ts';
import { matchSegments, type SegmentOptions, type Timing } from './segments.ts';
import { MARK, timeOf } from './sightings.ts';
import { KeyFilter, KeyTable, STANDING } from './key-table.ts';
import { keyed, STAGES, type Key, type Stage } from './stages.ts';
import type { Watch } from './watch.ts';

const WAIT = { no: 0, yes: 1, aside: 2 } as const;
const SLACK = 1e-4; // seconds
const FEW = 4; // so many times fewer keys are worth a filter

export class Pairing {
  readonly matching: Matching;
  readonly #relation: Relation;
  readonly #aOrigin: number;
  readonly #bOrigin: number;
  /** 1 for source packets that wait in a group; WAIT of the appliance's. */
  readonly #aWaits: Uint8Array;
  readonly #bWaits: Uint8Array;
  /** Of each rung, how many packets were cut there. */
  readonly #aCuts: Uint32Array;
  readonly #bCuts: Uint32Array;
  readonly #left: (row: number) => boolean;
  readonly #right: (row: number) => boolean;
  /** Ways by which copies came that are the same byte for byte: the ways of this source. */
  readonly #home = new Set<number>();
  #lastHome = -1;
  readonly #hints: Uint32Array;
  #fit: ClockFit | null = null;
  #steps = 0;

  /** `vni`: only envelopes with it count as the mirror's; null for all. `hints`: for packets of the appliance a source row that is worth asking first, or NONE. */
  constructor(a: Scan, b: Scan, relation: Relation, vni: number | null, hints: Uint32Array) {
    this.#hints = hints;
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
  async run(purpose: Purpose, aSource: ByteSource, bSource: ByteSource, watch: Watch): Promise<void> {
    const { a, b } = this.matching;
    this.#aWaits.fill(0);
    this.#bWaits.fill(0);
    const waiting: GroupList[] = [];
    for (const onlyDeep of this.#relation === 'unwrapped' ? [true, false] : [false]) {
      for (const stage of STAGES) {
        await this.#step(watch);
        if (!stage.any(this.#aCuts, this.#bCuts)) continue;
        const groups = this.#stage(stage, purpose, (row) => (!onlyDeep || a.columns.depth[row]! > 0) && (stage.copies || this.#isOpen(row, purpose)) && this.#left(row));
        if (groups.count > 0) waiting.push(stage.coarse ? this.#settled(await refined(groups, a, aSource, b, bSource, watch), purpose) : groups);
      }
    }
    if (this.#fit === null || purpose === 'mirrored') this.#fit = fitted(this.matching, this.#aOrigin, this.#bOrigin);
    if (waiting.length > 0) {
      const bearings = bearingsOf(this.matching, this.#aOrigin, this.#bOrigin, this.#fit, (row) => this.#aWaits[row] === 1);
      const numbers = await envelopeNumbers(waiting, b, bSource, watch);
      const identical = new Identical(this.matching, purpose, bearings, numbers);
      for (const groups of waiting) for (let g = 0; g < groups.count; g++) identical.resolve(groups.a(g), groups.b(g));
    }
    await this.#step(watch);
    const options = this.#segmentOptions(purpose);
    this.#segments(options);
    await matchDatagrams(this.matching, options, aSource, bSource, watch);
  }

  /** Tells of one more of the steps that `run` takes: stages for the mirror's copies (twice where only the deep ones go first), for direct sightings, and an end to each. */
  #step(watch: Watch): Promise<void> {
    const total = this.#relation === 'level' ? STAGES.length + 1 : 2 * STAGES.length + (this.#relation === 'wrapped' ? 2 : 1);
    return watch.breathe('pairing', ++this.#steps, total);
  }

  #segmentOptions(purpose: Purpose): SegmentOptions {
    const { matching } = this;
    const depths = matching.b.columns.depth;
    const depth = this.#relation === 'wrapped' ? leastDepth(matching.a) : -1;
    return {
      purpose, timing: this.#fit === null ? null : this.#timing(this.#fit),
      hasPart: this.#left,
      openA: (row) => this.#hasNone(row, purpose),
      freeB: (row) => this.#right(row) && matching.isFree(row) && depths[row]! > depth === (purpose === 'mirrored'),
    };
  }

  #segments(options: SegmentOptions): void {
    const { matching } = this;
    const early = options.timing === null || options.purpose === 'direct' ? [] : this.#tooEarly(options.timing);
    matchSegments(matching, options);
    for (const [owner, row] of early) if (matching.isFree(row)) matching.pair(owner, row);
  }

  /** Takes apart pairs with packets that came before theirs was sent, where another copy came later: they may be segments that are the same as a packet that was sent again. */
  #tooEarly({ late, least }: Timing): [owner: number, row: number][] {
    const { matching, matching: { ownerOf, pairOf, roleOf, a: { columns } } } = this;
    const early: [number, number][] = [];
    for (let row = 0; row < roleOf.length; row++) {
      const owner = ownerOf[row]!;
      if (roleOf[row] !== ROLE.duplicate || columns.payload[owner] === 0 || late(owner, pairOf[owner]!) >= least || late(owner, row) < least) continue;
      early.push([owner, pairOf[owner]!]);
      matching.part(pairOf[owner]!);
      matching.pair(owner, row);
    }
    return early;
  }

  #timing(fit: ClockFit): Timing {
    const { a: { columns: left }, b: { columns: right } } = this.matching;
    return {
      late: (row, other) => timeOf(right, other, this.#bOrigin) - expected(fit, timeOf(left, row, this.#aOrigin)) - steppedBy(fit.steps, row, 'a'),
      least: 2 * fit.early - SLACK, // some are quicker than most
      usual: 2 * fit.late + SLACK,
    };
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
      if (cameTwice(pieces)) roleOf[pieces.reduce((last, { packet }) => Math.max(last, packet - 1), 0)] = ROLE.duplicate;
    }
  }

  #isOpen(row: number, purpose: Purpose): boolean {
    return this.#aWaits[row] === 0 && this.#hasNone(row, purpose);
  }

  /** A source packet that is alone with its key gets its copies at once; the groups of the others are answered and wait until the clocks are known. */
  #stage(stage: Stage, purpose: Purpose, wanted: (row: number) => boolean): GroupList {
    const { a, b } = this.matching;
    const open = (row: number): boolean => this.matching.isFree(row) && this.#bWaits[row] === WAIT.no && this.#right(row);
    const most = counted(b, open);
    if (most === 0) return new GroupList();
    const table = new KeyTable(a.columns, a.count, stage.keyA, wanted, most * FEW < a.count ? filtered(b, stage.keyB, open, most) : null);
    const key: Key = { one: 0, two: 0 };
    const same = stage === STAGES[0];
    let aside = 0;
    for (let row = 0; row < b.count; row++) {
      if (!open(row) || !stage.keyB(b.columns, row, key)) continue;
      const owner = table.find(key, this.#hints[row]!);
      if (owner === NONE) continue;
      if (table.standing[owner] !== STANDING.several) {
        if (!this.#isRelated(owner, row, purpose)) continue;
        if (same) this.#cameHome(row);
        if (table.standing[owner] === STANDING.alone) table.standing[owner] = this.#isOpen(owner, purpose) ? STANDING.served : STANDING.late;
        if (table.standing[owner] === STANDING.served) { this.matching.match(owner, row, purpose); continue; } // nearly always
      }
      this.#bWaits[row] = WAIT.aside;
      aside++;
    }
    return aside === 0 ? new GroupList() : this.#grouped(stage, purpose, (row) => table.standing[row] === STANDING.several || table.standing[row] === STANDING.late);
  }

  /** Groups of what a stage has put aside: identical packets of the source, or further copies of one that had its own in an earlier stage. */
  #grouped(stage: Stage, purpose: Purpose, wanted: (row: number) => boolean): GroupList {
    const { a, b } = this.matching;
    const isAside = (row: number): boolean => this.#bWaits[row] === WAIT.aside;
    const filter = filtered(b, stage.keyB, isAside, counted(b, isAside));
    const { count, aStart, aRows, bStart, bRows } = joined(keyed(a.columns, a.count, stage.keyA, wanted, filter), keyed(b.columns, b.count, stage.keyB, isAside));
    for (let row = 0; row < b.count; row++) if (isAside(row)) this.#bWaits[row] = WAIT.no;
    const groups = new GroupList();
    for (let g = 0; g < count; g++) {
      if (bStart[g] === bStart[g + 1]) continue;
      const as = aRows.subarray(aStart[g], aStart[g + 1]);
      const bs = this.#related(as[0]!, bRows.subarray(bStart[g], bStart[g + 1]), purpose);
      if (bs.length === 0) continue;
      groups.add(as, bs);
      if (stage === STAGES[0]) for (const row of bs) this.#cameHome(row);
      for (const row of as) this.#aWaits[row] = 1;
      for (const row of bs) this.#bWaits[row] = WAIT.yes;
    }
    return groups;
  }

  #cameHome(row: number): void {
    const way = this.matching.b.columns.path[row]!;
    if (way === this.#lastHome) return; // nearly always
    this.#lastHome = way;
    this.#home.add(way);
  }

  /** Matches what has turned out to be alone with its content; the rest waits on. */
  #settled(groups: GroupList, purpose: Purpose): GroupList {
    const rest = new GroupList();
    for (let g = 0; g < groups.count; g++) {
      const as = groups.a(g), bs = groups.b(g);
      if (as.length === 1 && this.#hasNone(as[0]!, purpose)) for (const row of bs) this.matching.match(as[0]!, row, purpose);
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

}

/** Whether there are two of each fragment: the last one completes the envelope once more. */
function cameTwice(pieces: readonly Piece[]): boolean {
  const times = new Map<number, number>();
  for (const { at } of pieces) times.set(at, (times.get(at) ?? 0) + 1);
  return [...times.values()].every((n) => n > 1);
}

function counted({ count: rows }: Scan, open: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows; row++) if (open(row)) count++;
  return count;
}

/** The keys of rows that are open to a stage, `most` at most. */
function filtered({ columns, count: rows }: Scan, keying: Stage['keyB'], open: (row: number) => boolean, most: number): KeyFilter {
  const filter = new KeyFilter(most);
  const key: Key = { one: 0, two: 0 };
  for (let row = 0; row < rows; row++) if (open(row) && keying(columns, row, key)) filter.add(key);
  return filter;
}
