import type { Signature } from '../signature.ts';

/** What became of a signature on a level of so many packets, of which `first` is the first. */
export interface Tally { readonly signature: Signature; readonly level: number; count: number; first: number }

/** Counts by signature and level. */
export class Tallies {
  readonly #tallies = new Map<Signature, Tally[]>();

  get all(): readonly Tally[] { return [...this.#tallies.values()].flat(); }

  note(signature: Signature, level: number, number: number, count = 1): void {
    const known = this.#tallies.get(signature) ?? [];
    const tally = known.find((each) => each.level === level);
    if (tally === undefined) { this.#tallies.set(signature, [...known, { signature, level, count, first: number }]); return; }
    tally.count += count;
    tally.first = Math.min(tally.first, number);
  }
}
