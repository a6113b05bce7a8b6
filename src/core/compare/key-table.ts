// Source packets by key, for a stage of the pairing: a table of rows and no copy of the keys, since millions of packets have one.

import { NONE } from './matching.ts';
import type { SightingColumns } from './sightings.ts';
import type { Key, Keying } from './stages.ts';

/** How a source row stands in a stage: has no part in it, is the only one with its key, one of several, has got its copies in this stage, or had them before. */
export const STANDING = { absent: 0, alone: 1, several: 2, served: 3, late: 4 } as const;

export class KeyTable {
  /** One of STANDING, by row. */
  readonly standing: Uint8Array;
  /** Row + 1 of the first with a key, and above its bits as many of the key as there is room for: they spare most looks at another row. 0 is free. */
  readonly #slots: Int32Array;
  readonly #rowBits: number;
  readonly #columns: SightingColumns;
  readonly #keying: Keying;
  readonly #here: Key = { one: 0, two: 0 };
  readonly #there: Key = { one: 0, two: 0 };

  /** Takes in rows that are wanted, have a key, and may have a counterpart by `filter` (null: all of them). */
  constructor(columns: SightingColumns, count: number, keying: Keying, wanted: (row: number) => boolean, filter: KeyFilter | null) {
    this.standing = new Uint8Array(count);
    this.#columns = columns;
    this.#keying = keying;
    const slots = this.#slots = new Int32Array(1 << Math.max(4, 32 - Math.clz32(count * 2)));
    this.#rowBits = 32 - Math.clz32(count);
    const key = this.#here;
    for (let row = 0; row < count; row++) {
      if (!wanted(row) || !keying(columns, row, key) || (filter !== null && !filter.has(key))) continue;
      const slot = this.#slot(key);
      const first = this.#row(slots[slot]!);
      if (first === 0) slots[slot] = (row + 1) | (key.two << this.#rowBits);
      else this.standing[first - 1] = STANDING.several;
      this.standing[row] = first === 0 ? STANDING.alone : STANDING.several;
    }
  }

  /** A row with the key, or NONE. `hint` is asked first: most packets come in an order that is known, and the table's places lie all over the memory. */
  find(key: Key, hint: number): number {
    if (hint !== NONE && this.standing[hint] !== STANDING.absent && this.#has(hint, key)) return hint;
    const found = this.#row(this.#slots[this.#slot(key)]!);
    return found === 0 ? NONE : found - 1;
  }

  #has(row: number, { one, two }: Key): boolean {
    const there = this.#there;
    return this.#keying(this.#columns, row, there) && there.one === one && there.two === two;
  }

  #row(slot: number): number { return slot & ((1 << this.#rowBits) - 1); }

  #slot(key: Key): number {
    const slots = this.#slots, mask = slots.length - 1;
    const sign = key.two << this.#rowBits, rowMask = (1 << this.#rowBits) - 1;
    let slot = Math.imul(key.one ^ (key.two >>> 7), 0x9e37_79b1) >>> 7 & mask;
    for (let at = slots[slot]!; at !== 0 && ((at & ~rowMask) !== sign || !this.#has((at & rowMask) - 1, key)); at = slots[slot]!) slot = (slot + 1) & mask;
    return slot;
  }
}

/** Which keys there may be: a bit for each of many hashes (after Bloom). Says yes to one key in eight that is not there. */
export class KeyFilter {
  readonly #bits: Uint32Array;

  constructor(keys: number) { this.#bits = new Uint32Array(1 << Math.max(0, 32 - Math.clz32(keys * 8) - 5)); }

  add(key: Key): void {
    const bit = this.#bit(key);
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  has(key: Key): boolean {
    const bit = this.#bit(key);
    return (this.#bits[bit >>> 5]! >>> (bit & 31) & 1) === 1;
  }

  #bit({ one, two }: Key): number { return (Math.imul(two ^ (one >>> 5), 0x85eb_ca6b | 0) >>> 5) & (this.#bits.length * 32 - 1); }
}
