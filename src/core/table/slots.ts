const FIRST_SLOTS = 1 << 10;

/** An odd number of 32 bits that nobody outside can know: multiplying by it and keeping the top bits spreads keys, also those chosen to collide. */
export const secretMultiplier = (): number => Math.trunc(Math.random() * 2 ** 31) * 2 + 1 | 0;

/**
 * An open-addressed table from 32-bit keys to numbers from 1; 0 is a free slot. Whoever looks something up runs the loop, since what equal means
 * differs; a free slot that ends it is where `put` puts the newcomer. At most half of the slots are taken.
 */
export class Slots {
  keys = new Int32Array(FIRST_SLOTS);
  ids = new Uint32Array(FIRST_SLOTS);
  mask = FIRST_SLOTS - 1;
  shift = 32 - Math.log2(FIRST_SLOTS);
  readonly multiplier: number = secretMultiplier();
  #taken = 0;

  put(slot: number, key: number, id: number): void {
    this.keys[slot] = key;
    this.ids[slot] = id;
    if (++this.#taken * 2 > this.ids.length) this.#grow();
  }

  get byteLength(): number { return this.keys.byteLength + this.ids.byteLength; }

  #grow(): void {
    const { keys, ids } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.ids = new Uint32Array(keys.length * 2);
    this.mask = keys.length * 2 - 1;
    this.shift--;
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] === 0) continue;
      let slot = Math.imul(keys[i]!, this.multiplier) >>> this.shift;
      while (this.ids[slot] !== 0) slot = (slot + 1) & this.mask;
      this.keys[slot] = keys[i]!;
      this.ids[slot] = ids[i]!;
    }
  }
}
