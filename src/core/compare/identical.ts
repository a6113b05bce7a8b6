// Identical packets of the source and their copies: each group is taken up by order and time, way by way, and what stays in doubt is said.

import { alignIdentical, costsOf, NOBODY, type Bearings } from './align.ts';
import { doubtful } from './doubt.ts';
import { byEnvelope, type EnvelopeNumbers } from './envelopes.ts';
import { NONE, type Matching, type Purpose } from './matching.ts';

export class Identical {
  readonly #matching: Matching;
  readonly #purpose: Purpose;
  readonly #counterpart: Uint32Array;
  readonly #bearings: Bearings;
  readonly #numbers: EnvelopeNumbers | null;

  constructor(matching: Matching, purpose: Purpose, bearings: Bearings, numbers: EnvelopeNumbers | null) {
    this.#matching = matching;
    this.#purpose = purpose;
    this.#counterpart = purpose === 'mirrored' ? matching.pairOf : matching.directOf;
    this.#bearings = bearings;
    this.#numbers = numbers;
  }

  /** Of one content, each in the order of its capture. */
  resolve(aRows: Uint32Array, bRows: Uint32Array): void {
    const open = aRows.filter((row) => this.#counterpart[row] === NONE);
    if (open.length === 0) { this.#furtherCopies(aRows, bRows); return; }
    const doubted = new Uint8Array(open.length);
    for (const bs of this.#byPath(bRows)) this.#align(open, bs, doubted);
    if (open.length > 1) this.#ambiguous(open, bRows, open.some((row) => this.#counterpart[row] === NONE) ? null : doubted);
  }

  /** Identical packets that came one way. */
  #align(as: Uint32Array, bs: Uint32Array, doubted: Uint8Array): void {
    if (as.length === 1) { for (const row of bs) this.#matching.match(as[0]!, row, this.#purpose); return; }
    const bearings = this.#bearings, way = this.#matching.b.columns.path[bs[0]!]!;
    const { firsts, firstOf, numbered, counted: inOrder } = byEnvelope(bs, this.#numbers, way);
    const costs = costsOf(as, firsts, bearings, { numbered, came: (row) => this.#counterpart[row] !== NONE });
    const places = alignIdentical(as, firsts, bearings, costs);
    if (costs === null && as.length !== firsts.length) doubted.fill(1); // nothing says how the clocks run
    if (costs !== null) doubtful(firsts, places, costs, bearings.fit!, inOrder ? null : bearings.wayOdds(way).overtaking).forEach((doubt, i) => { doubted[i]! |= doubt; });
    for (let j = 0; j < bs.length; j++) if (places[firstOf[j]!]! !== NOBODY) this.#matching.match(as[places[firstOf[j]!]!]!, bs[j]!, this.#purpose);
  }

  /** Of identical packets of which some are missing nobody can say which; of those that all came, the ones in doubt. */
  #ambiguous(open: Uint32Array, bRows: Uint32Array, doubted: Uint8Array | null): void {
    const { ambiguous, ownerOf } = this.#matching;
    const a = doubted === null ? open : open.filter((_, i) => doubted[i] === 1);
    const theirs = new Set(a);
    if (a.length > 0) ambiguous.push({ a, b: doubted === null ? bRows.slice() : bRows.filter((row) => theirs.has(ownerOf[row]!)) });
  }

  /** Copies of packets that have theirs already. What differs AND came another way is another packet: the same content in somebody else's network. */
  #furtherCopies(aRows: Uint32Array, bRows: Uint32Array): void {
    const { a: { columns: left }, b: { columns: right }, pairOf } = this.#matching;
    for (const bs of this.#byPath(bRows)) {
      const way = right.path[bs[0]!]!;
      const sameWay = (row: number): boolean => this.#purpose === 'direct' || (pairOf[row] !== NONE && right.path[pairOf[row]!] === way);
      const came = new Set(Array.from(bs, (row) => right.rest[row]!));
      const as = aRows.filter((row) => sameWay(row) || came.has(left.rest[row]!));
      const sent = new Set(Array.from(as, (row) => left.rest[row]!));
      const own = as.some(sameWay) ? bs : bs.filter((row) => sent.has(right.rest[row]!));
      if (own.length === 0 || as.length === 0) continue;
      const doubted = new Uint8Array(as.length);
      this.#align(as, own, doubted);
      this.#ambiguous(as, own, doubted);
    }
  }

  /** Copies that came different ways (handed back by an appliance, mirrored at both ends) are aligned each for itself. */
  #byPath(bRows: Uint32Array): Uint32Array[] {
    const { path } = this.#matching.b.columns;
    const first = path[bRows[0]!]!;
    if (bRows.every((row) => path[row] === first)) return [bRows];
    return [...new Set(Array.from(bRows, (row) => path[row]!))].map((way) => bRows.filter((row) => path[row] === way));
  }
}
