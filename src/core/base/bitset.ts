/** Words in a block of the rank table: 16 words of 32 bits, so that a look-up counts half a kilobit at most. */
const BLOCK_WORDS = 16;

/** The bits that are set in a word of 32. */
export function popCount(word: number): number {
  let n = word - ((word >>> 1) & 0x5555_5555);
  n = (n & 0x3333_3333) + ((n >>> 2) & 0x3333_3333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/**
 * A set of row numbers [0..size), a bit each. Row k of a filtered view is `select(k)`, and a packet's place in it `rank(row)`: both find their
 * block by a table of counts, which is made when it is first asked for after a change.
 */
export class Bitset {
  readonly words: Uint32Array;
  readonly size: number;
  #blocks: Uint32Array | null = null; // set bits before each block, and in all

  constructor(size: number, words?: Uint32Array) {
    this.size = size;
    this.words = words ?? new Uint32Array((size + 31) >>> 5);
  }

  static full(size: number): Bitset {
    const set = new Bitset(size);
    set.words.fill(0xffff_ffff);
    if (size % 32 !== 0) set.words[set.words.length - 1] = 2 ** (size % 32) - 1;
    return set;
  }

  has(row: number): boolean { return (this.words[row >>> 5]! & (1 << (row & 31))) !== 0; }
  add(row: number): void { this.words[row >>> 5]! |= 1 << (row & 31); this.#blocks = null; }
  remove(row: number): void { this.words[row >>> 5]! &= ~(1 << (row & 31)); this.#blocks = null; }

  get count(): number { const blocks = this.#counted(); return blocks[blocks.length - 1]!; }

  /** How many rows of the set come before `row`. */
  rank(row: number): number {
    const word = row >>> 5;
    const block = Math.floor(word / BLOCK_WORDS);
    let n = this.#counted()[block]!;
    for (let w = block * BLOCK_WORDS; w < word; w++) n += popCount(this.words[w]!);
    return (row & 31) === 0 ? n : n + popCount(this.words[word]! & ((1 << (row & 31)) - 1));
  }

  /** The row with `rank` others before it; -1 when there are not so many. */
  select(rank: number): number {
    const blocks = this.#counted();
    if (rank < 0 || rank >= blocks[blocks.length - 1]!) return -1;
    let low = 0;
    let high = blocks.length - 1; // blocks[low] <= rank < blocks[high]
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (blocks[middle]! <= rank) low = middle; else high = middle;
    }
    let left = rank - blocks[low]!;
    let word = low * BLOCK_WORDS;
    for (let n = popCount(this.words[word]!); n <= left; n = popCount(this.words[word]!)) { left -= n; word++; }
    let bits = this.words[word]!;
    while (left-- > 0) bits &= bits - 1;
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  /** The first row of the set at or after `row`; -1 when none is left. `for (let r = s.next(0); r >= 0; r = s.next(r + 1))` */
  next(row: number): number {
    if (row >= this.size) return -1;
    let word = row >>> 5;
    let bits = (this.words[word]! & (0xffff_ffff << (row & 31))) >>> 0;
    while (bits === 0) {
      if (++word >= this.words.length) return -1;
      bits = this.words[word]!;
    }
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  *[Symbol.iterator](): Generator<number> { for (let row = this.next(0); row >= 0; row = this.next(row + 1)) yield row; }

  /** Rows of both. The sets are of one size. */
  and(other: Bitset): Bitset { return new Bitset(this.size, this.words.map((word, i) => word & other.words[i]!)); }
  or(other: Bitset): Bitset { return new Bitset(this.size, this.words.map((word, i) => word | other.words[i]!)); }
  not(): Bitset { return Bitset.full(this.size).and(new Bitset(this.size, this.words.map((word) => ~word))); }

  #counted(): Uint32Array {
    if (this.#blocks) return this.#blocks;
    const blocks = new Uint32Array(Math.ceil(this.words.length / BLOCK_WORDS) + 1);
    let n = 0;
    for (let w = 0; w < this.words.length; w++) {
      if (w % BLOCK_WORDS === 0) blocks[w / BLOCK_WORDS] = n;
      n += popCount(this.words[w]!);
    }
    blocks[blocks.length - 1] = n;
    return this.#blocks = blocks;
  }
}
