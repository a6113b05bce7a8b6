const FIRST_SLOTS = 1 << 10;

/** An odd number of 32 bits that nobody outside can know: multiplying by it and keeping the top bits spreads keys, also those chosen to collide. */
export const secretMultiplier = (): number => Math.trunc(Math.random() * 2 ** 31) * 2 + 1 | 0;

/**
 * An open-addressed table from 32-bit keys to numbers from 1, pairs of them in one array: slot s has its key at 2s and its number at 2s + 1, which is 0
 * where the slot is free. Whoever looks something up runs the loop, since what equal means differs; a free slot that ends it is where `put` puts the
 * newcomer. At most half of the slots are taken.
 */
export class Slots {
  pairs = new Int32Array(FIRST_SLOTS * 2);
  mask = FIRST_SLOTS - 1;
  shift = 32 - Math.log2(FIRST_SLOTS);
  readonly multiplier: number = secretMultiplier();
  #taken = 0;

  put(slot: number, key: number, id: number): void {
    this.pairs[slot * 2] = key;
    this.pairs[slot * 2 + 1] = id;
    if (++this.#taken * 2 > this.mask) this.#grow();
  }

  /** Another number for the key that has this slot. */
  renumber(slot: number, id: number): void { this.pairs[slot * 2 + 1] = id; }

  get byteLength(): number { return this.pairs.byteLength; }

  #grow(): void {
    const { pairs } = this;
    this.pairs = new Int32Array(pairs.length * 2);
    this.mask = pairs.length - 1;
    this.shift--;
    for (let i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] === 0) continue;
      let slot = Math.imul(pairs[i]!, this.multiplier) >>> this.shift;
      while (this.pairs[slot * 2 + 1] !== 0) slot = (slot + 1) & this.mask;
      this.pairs[slot * 2] = pairs[i]!;
      this.pairs[slot * 2 + 1] = pairs[i + 1]!;
    }
  }
}
