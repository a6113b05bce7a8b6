import { LOWER } from './search.ts';

// Many patterns sought at once (Aho and Corasick, 1975), letters of either case alike. It says which patterns may be there; the chain then looks exactly.

/** Transitions at most: with more the patterns are cut shorter. */
const MAX_TRANSITIONS = 1 << 24;
const LENGTHS: readonly number[] = [8, 5, 3, 2];

export class MultiSearch {
  /** Byte to its class: bytes that no pattern has share class 0. */
  readonly #classes = new Uint8Array(256);
  #classCount = 1;
  #next: Int32Array = new Int32Array(0);
  /** The pattern that ends in a state, -1 without one, and the state that its suffixes end in, 0 for none. */
  #ends: Int32Array = new Int32Array(0);
  #suffix: Int32Array = new Int32Array(0);
  /** Per pattern the number of the last text it was found in. */
  readonly #found: Uint32Array;
  /** The patterns that may be there, each once, as many as `hitCount` says. */
  readonly hits: Int32Array;
  hitCount = 0;
  #text = 0;

  /** Patterns are bytes; an empty one is never found. Those that are alike share their answer through `samePattern`. */
  constructor(patterns: readonly Uint8Array[]) {
    this.#found = new Uint32Array(patterns.length);
    this.hits = new Int32Array(patterns.length);
    for (const pattern of patterns) for (const b of pattern) if (this.#classes[LOWER[b]!] === 0 && this.#classCount < 255) this.#classes[LOWER[b]!] = this.#classCount++;
    for (let b = 0; b < 256; b++) this.#classes[b] = this.#classes[LOWER[b]!]!;
    const total = (length: number): number => patterns.reduce((sum, pattern) => sum + Math.min(length, pattern.length), 1) * this.#classCount;
    const length = LENGTHS.find((one) => total(one) <= MAX_TRANSITIONS) ?? LENGTHS.at(-1)!;
    this.#build(patterns.map((pattern) => rarest(pattern, length)));
  }

  /** Marks the patterns that may be in a text; `has` answers for the last one. */
  scan(bytes: Uint8Array, from: number, to: number): void {
    const text = ++this.#text;
    this.hitCount = 0;
    this.#mark(bytes, from, to, text);
  }

  /** The same for a further text of the same packet: what was found stays found. */
  scanMore(bytes: Uint8Array, from: number, to: number): void { this.#mark(bytes, from, to, this.#text); }

  /** Forgets what was found. */
  clear(): void { this.#text++; this.hitCount = 0; }

  has(pattern: number): boolean { return this.#found[pattern] === this.#text; }

  #mark(bytes: Uint8Array, from: number, to: number, text: number): void {
    const next = this.#next;
    const classes = this.#classes;
    const width = this.#classCount;
    const ends = this.#ends;
    let state = 0;
    for (let at = from; at < to; at++) {
      state = next[state * width + classes[bytes[at]!]!]!;
      if (ends[state] !== -1) this.#markState(state, text);
    }
  }

  #markState(first: number, text: number): void {
    for (let state = first; ; state = this.#suffix[state]!) {
      const pattern = this.#ends[state]!;
      if (pattern < 0) return;
      if (this.#found[pattern] !== text) { this.#found[pattern] = text; this.hits[this.hitCount++] = pattern; }
      if (this.#suffix[state] === 0) return;
    }
  }

  /** The tree of the patterns, then its failure links, breadth first, written into the transitions. */
  #build(patterns: readonly Uint8Array[]): void {
    const width = this.#classCount;
    const states = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
    const next = new Int32Array(states * width).fill(-1);
    const ends = new Int32Array(states).fill(-1);
    const suffix = new Int32Array(states);
    const same = new Int32Array(patterns.length).fill(-1);
    let count = 1;
    for (const [number, pattern] of patterns.entries()) {
      let state = 0;
      for (const b of pattern) {
        const slot = state * width + this.#classes[b]!;
        if (next[slot] === -1) next[slot] = count++;
        state = next[slot]!;
      }
      if (state === 0) continue;
      if (ends[state] === -1) ends[state] = number; else same[number] = ends[state]!;
    }
    this.samePattern = same;
    this.#link(next, ends, suffix, count);
  }

  /** Per pattern the earlier one that is found with it; -1 when it is its own. */
  samePattern = new Int32Array(0);

  #link(next: Int32Array, ends: Int32Array, suffix: Int32Array, count: number): void {
    const width = this.#classCount;
    const fail = new Int32Array(count);
    const queue: number[] = [];
    for (let c = 0; c < width; c++) {
      const state = next[c]!;
      if (state > 0) queue.push(state); else next[c] = 0;
    }
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head]!;
      const shorter = fail[state]!;
      suffix[state] = ends[shorter] !== -1 ? shorter : suffix[shorter]!;
      // A state without a pattern of its own stands for the longest that ends in it.
      if (ends[state] === -1 && suffix[state] !== 0) { ends[state] = ends[suffix[state]]!; suffix[state] = suffix[suffix[state]]!; }
      for (let c = 0; c < width; c++) {
        const slot = state * width + c;
        const target = next[shorter * width + c]!;
        if (next[slot] === -1) { next[slot] = target; continue; }
        fail[next[slot]!] = target;
        queue.push(next[slot]!);
      }
    }
    this.#next = next.subarray(0, count * width);
    this.#ends = ends.subarray(0, count);
    this.#suffix = suffix.subarray(0, count);
  }
}

/** The stretch of a pattern with the most different bytes, in small letters: zeros and blanks are everywhere. */
function rarest(pattern: Uint8Array, length: number): Uint8Array {
  let best = 0;
  let bestKinds = -1;
  for (let at = 0; at + Math.min(length, pattern.length) <= pattern.length; at++) {
    const kinds = new Set(pattern.subarray(at, at + length)).size;
    if (kinds > bestKinds) { best = at; bestKinds = kinds; }
  }
  return pattern.slice(best, best + length).map((b) => LOWER[b]!);
}
