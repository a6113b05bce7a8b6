import { wordsOf } from '../../bytes/words-of.ts';
import type { OnFound } from './gram-filter.ts';

/** Sets the bit that tells small letters from capital ones; other bytes fall together as well. */
const FOLD = 0x20;
const FOLD_ALL = 0x2020_2020;

/** Patterns of one to three bytes, by their first two, or their only one: few rules have them, and they are everywhere. */
export class ShortPatterns {
  readonly #single: readonly (readonly number[] | undefined)[];
  readonly #pairs: ReadonlyMap<number, readonly number[]>;
  readonly #known = new Uint8Array(65_536);

  /** Numbers and bytes of patterns. */
  constructor(patterns: readonly { readonly pattern: number; readonly bytes: Uint8Array }[]) {
    const single: number[][] = [];
    const pairs = new Map<number, number[]>();
    for (const { pattern, bytes } of patterns) {
      const [first, second] = [bytes[0]! | FOLD, bytes[1]! | FOLD];
      if (bytes.length === 1) { (single[first] ??= []).push(pattern); continue; }
      const pair = first | (second << 8);
      const known = pairs.get(pair);
      if (known === undefined) pairs.set(pair, [pattern]); else known.push(pattern);
      this.#known[pair] = 1;
    }
    this.#single = single;
    this.#pairs = pairs;
  }

  /** Calls `found` with each pattern that may stand in bytes[from..to), and where it would start. */
  scan(bytes: Uint8Array, from: number, to: number, found: OnFound): void {
    if (this.#single.length > 0) this.#singles(bytes, from, to, found);
    if (this.#pairs.size === 0) return;
    const start = bytes.byteOffset;
    const words = wordsOf(bytes);
    const known = this.#known;
    const first = (start + from + 3) >> 2;
    const stop = Math.max(first, Math.min(words.length - 1, (start + to - 1) >> 2)); // as in GramFilter, for pairs
    for (let at = from, most = Math.min(4 * first - start, to - 1); at < most; at++) this.#one(bytes, at, found);
    for (let i = first; i < stop; i++) {
      const word = words[i]! | FOLD_ALL;
      const last = ((word >>> 24) | (words[i + 1]! << 8) | (FOLD << 8)) & 0xffff;
      if ((known[word & 0xffff]! | known[(word >>> 8) & 0xffff]! | known[word >>> 16]! | known[last]!) !== 0) for (let at = 4 * i - start, k = 0; k < 4; k++) this.#one(bytes, at + k, found);
    }
    for (let at = 4 * stop - start; at < to - 1; at++) this.#one(bytes, at, found);
  }

  #one(bytes: Uint8Array, at: number, found: OnFound): void {
    const pair = (bytes[at]! | FOLD) | ((bytes[at + 1]! | FOLD) << 8);
    if (this.#known[pair] !== 0) for (const pattern of this.#pairs.get(pair)!) found(pattern, at);
  }

  #singles(bytes: Uint8Array, from: number, to: number, found: OnFound): void {
    for (let at = from; at < to; at++) {
      const patterns = this.#single[bytes[at]! | FOLD];
      if (patterns !== undefined) for (const pattern of patterns) found(pattern, at);
    }
  }
}
