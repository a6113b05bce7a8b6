// A search for many patterns by their grams, 4 bytes in a row, letters of either case alike. Of a pattern as many grams that follow one another are known as a text is looked at in steps, so that
// one of them is always met. The text is read by words of 32 bits: its grams at multiples of 4 are those words, the others lie across two. After Wu and Manber (1994), with samples for shifts.

import { wordsOf } from '../../bytes/words-of.ts';

export const GRAM = 4;
/** Sets the bit that tells small letters from capital ones. Other bytes fall together as well; whoever is told compares them all. */
const FOLD = 0x2020_2020;
const SPREAD = 0x9e37_79b1 | 0;
const AGAIN = 0x85eb_ca6b | 0;
/** Bits of the filter for each gram, two of which are set: at every word's four places more is asked of it. All of them should lie in the nearest caches, so it is small. */
const SPARSE = { 4: 16, 1: 64 } as const;
const LEAST_BITS = 12;
const MOST_BITS = 21;
const NEAR_BITS = 16;
const NEAR_SHIFT = 32 - NEAR_BITS;

/** A gram as a number, of the bytes from `at` on. */
export const gramAt = (b: Uint8Array, at: number): number => (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) | FOLD;

/** Steps in which a text is looked at. */
export type Stride = 1 | 4;
/** A pattern's number and where the first of so many grams as a step is long stands in it. */
export interface Anchored { readonly pattern: number; readonly bytes: Uint8Array; readonly offset: number }

/** Another hash, for the second bit. */
const again = (gram: number): number => Math.imul(gram ^ (gram >>> 15), AGAIN);

export type OnFound = (pattern: number, start: number) => void;

export class GramFilter {
  readonly #stride: Stride;
  readonly #filter: Int32Array;
  readonly #shift: number;
  /** A byte for each place of a second filter: four are looked at with one question. */
  readonly #near: Uint8Array;
  /** Grams by their hash, each followed by where its list begins; 0 where there is none. */
  readonly #table: Int32Array;
  readonly #tableShift: number;
  /** Lists of patterns: its number, where the gram stands in it, another of its grams, and where that stands. -1 ends a list. */
  readonly #lists: Int32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;
  #start = 0;
  #found: OnFound = () => {};

  constructor(stride: Stride, patterns: readonly Anchored[]) {
    const grams = new Map<number, number[]>();
    for (const { pattern, bytes, offset } of patterns) {
      for (let at = offset; at < offset + stride; at++) {
        const gram = gramAt(bytes, at);
        const known = grams.get(gram);
        const other = at >= GRAM ? at - GRAM : Math.min(at + GRAM, bytes.length - GRAM);
        if (known === undefined) grams.set(gram, [pattern, at, gramAt(bytes, other), other]); else known.push(pattern, at, gramAt(bytes, other), other);
      }
    }
    const places = Math.max(LEAST_BITS, 33 - Math.clz32(grams.size));
    const bits = Math.min(MOST_BITS, Math.max(LEAST_BITS, 32 - Math.clz32(grams.size * SPARSE[stride])));
    this.#stride = stride;
    this.#filter = new Int32Array(2 ** bits / 32);
    this.#shift = 32 - bits;
    this.#near = new Uint8Array(stride === 1 ? 2 ** NEAR_BITS : 0);
    this.#table = new Int32Array(2 * 2 ** places);
    this.#tableShift = 32 - places;
    const lists: number[] = [0];
    for (const [gram, list] of grams) {
      this.#near[Math.imul(gram, SPREAD) >>> NEAR_SHIFT] = 1;
      this.#set(Math.imul(gram, SPREAD) >>> this.#shift);
      this.#set(again(gram) >>> this.#shift);
      this.#put(gram, lists.length);
      for (const n of list) lists.push(n);
      lists.push(-1);
    }
    this.#lists = Int32Array.from(lists);
  }

  #set(bit: number): void { this.#filter[bit >>> 5]! |= 1 << bit; }
  #has(bit: number): boolean { return (this.#filter[bit >>> 5]! & (1 << bit)) !== 0; }

  #put(gram: number, list: number): void {
    let place = 2 * (Math.imul(gram, SPREAD) >>> this.#tableShift);
    while (this.#table[place + 1] !== 0) place = (place + 2) & (this.#table.length - 1);
    this.#table[place] = gram;
    this.#table[place + 1] = list;
  }

  /** Calls `found` with each pattern that may stand in bytes[from..to), and where it would start. */
  scan(bytes: Uint8Array, from: number, to: number, found: OnFound): void {
    if (to - from < GRAM) return;
    this.#found = found;
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    this.#start = bytes.byteOffset;
    const words = wordsOf(bytes);
    const [begin, end] = [this.#start + from, this.#start + to];
    const first = (begin + 3) >> 2;
    const stop = Math.max(first, Math.min(words.length - 1, (end - 3) >> 2)); // the word at `stop` is the first whose last gram does not lie in the text
    for (let at = begin, most = Math.min(4 * first, end - GRAM + 1); at < most; at++) this.#one(bytes, at);
    if (this.#stride === 4) this.#coarse(words, first, stop); else this.#fine(words, first, stop);
    for (let at = 4 * stop; at <= end - GRAM; at++) this.#one(bytes, at);
  }

  /** Looks at a single place, as at the ends of a text. */
  #one(bytes: Uint8Array, at: number): void {
    const gram = gramAt(bytes, at - this.#start);
    this.#look(gram, at);
  }

  #coarse(words: Int32Array, first: number, stop: number): void {
    const filter = this.#filter;
    const shift = this.#shift;
    for (let i = first; i < stop; i++) {
      const gram = words[i]! | FOLD;
      const bit = Math.imul(gram, SPREAD) >>> shift;
      if ((filter[bit >>> 5]! & (1 << bit)) !== 0) this.#look(gram, 4 * i);
    }
  }

  #fine(words: Int32Array, first: number, stop: number): void {
    const near = this.#near;
    if (first >= stop) return;
    let a = words[first]! | FOLD;
    for (let i = first; i < stop; i++) {
      const next = words[i + 1]! | FOLD;
      const b = (a >>> 8) | (next << 24);
      const c = (a >>> 16) | (next << 16);
      const d = (a >>> 24) | (next << 8);
      if ((near[Math.imul(a, SPREAD) >>> NEAR_SHIFT]! | near[Math.imul(b, SPREAD) >>> NEAR_SHIFT]! | near[Math.imul(c, SPREAD) >>> NEAR_SHIFT]! | near[Math.imul(d, SPREAD) >>> NEAR_SHIFT]!) !== 0) {
        this.#look(a, 4 * i);
        this.#look(b, 4 * i + 1);
        this.#look(c, 4 * i + 2);
        this.#look(d, 4 * i + 3);
      }
      a = next;
    }
  }

  #look(gram: number, at: number): void {
    if (!this.#has(Math.imul(gram, SPREAD) >>> this.#shift) || !this.#has(again(gram) >>> this.#shift)) return;
    const table = this.#table;
    for (let place = 2 * (Math.imul(gram, SPREAD) >>> this.#tableShift); table[place + 1] !== 0; place = (place + 2) & (table.length - 1)) {
      if (table[place] !== gram) continue;
      this.#list(table[place + 1]!, at - this.#start);
      return;
    }
  }

  /** Of the patterns with a gram that stands at a place, tells those of which another one stands there as well. */
  #list(first: number, at: number): void {
    const lists = this.#lists;
    for (let i = first; lists[i] !== -1; i += 4) {
      const start = at - lists[i + 1]!;
      const other = start + lists[i + 3]!;
      if (start >= this.#from && other + GRAM <= this.#to && gramAt(this.#bytes, other) === lists[i + 2]) this.#found(lists[i]!, start);
    }
  }
}
