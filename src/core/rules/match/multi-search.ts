import { GRAM, gramAt, GramFilter, type Stride } from './gram-filter.ts';
import { type Needle, standsAt } from './search.ts';
import { ShortPatterns } from './short-patterns.ts';

/** Steps in which a text may be looked at, the longest first: a pattern must have a gram for each byte of a step. */
const STRIDES: readonly Stride[] = [4, 1];
/** Patterns with one and the same gram, from which on a pattern rather goes by a rarer one and shorter steps. */
const CROWDED = 32;

/** Many patterns sought at once: finds each that stands in a text. */
export class MultiSearch {
  /** The patterns that are there, each once, as many as `hitCount` says. */
  readonly hits: Int32Array;
  hitCount = 0;
  /** Per pattern the earlier one that is found with it, since both are alike; -1 when it is its own. */
  readonly samePattern: Int32Array;
  readonly #patterns: readonly Needle[];
  readonly #filters: readonly GramFilter[];
  readonly #short: ShortPatterns | null;
  /** Per pattern the number of the last text it was found in. */
  readonly #found: Uint32Array;
  #text = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #from = 0;
  #to = 0;

  readonly #candidate = (pattern: number, start: number): void => {
    if (this.#found[pattern] === this.#text || start < this.#from) return;
    const wanted = this.#patterns[pattern]!;
    if (start + wanted.bytes.length > this.#to || !standsAt(wanted, this.#bytes, start)) return;
    this.#found[pattern] = this.#text;
    this.hits[this.hitCount++] = pattern;
  };

  /** An empty pattern is never found. */
  constructor(patterns: readonly Needle[]) {
    this.#patterns = patterns;
    this.#found = new Uint32Array(patterns.length);
    this.hits = new Int32Array(patterns.length);
    this.samePattern = alike(patterns);
    const own = patterns.flatMap(({ bytes }, pattern) => (bytes.length === 0 || this.samePattern[pattern] !== -1 ? [] : [{ pattern, bytes }]));
    const long = own.filter(({ bytes }) => bytes.length >= GRAM);
    const counts = gramCounts(long);
    const placed = long.map((one) => ({ ...one, ...place(one.bytes, counts) }));
    this.#filters = STRIDES.map((stride) => ({ stride, list: placed.filter((one) => one.stride === stride) })).filter(({ list }) => list.length > 0).map(({ stride, list }) => new GramFilter(stride, list));
    this.#short = long.length === own.length ? null : new ShortPatterns(own.filter(({ bytes }) => bytes.length < GRAM));
  }

  /** Looks for the patterns in a text. */
  scan(bytes: Uint8Array, from: number, to: number): void {
    this.clear();
    this.scanMore(bytes, from, to);
  }

  /** The same for a further text of the same packet: what was found stays found. */
  scanMore(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#from = from;
    this.#to = to;
    for (const filter of this.#filters) filter.scan(bytes, from, to, this.#candidate);
    this.#short?.scan(bytes, from, to, this.#candidate);
  }

  /** Forgets what was found. */
  clear(): void { this.#text++; this.hitCount = 0; }

  has(pattern: number): boolean { return this.#found[pattern] === this.#text; }
}

/** For each pattern the first that is the same, -1 for that one. */
function alike(patterns: readonly Needle[]): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(patterns, ({ bytes, nocase }, pattern) => {
    const key = (nocase ? 'i' : '=') + String.fromCharCode(...bytes.subarray(0, 8192));
    const known = bytes.length > 8192 ? undefined : first.get(key);
    if (known === undefined) { first.set(key, pattern); return -1; }
    return known;
  });
}

/** In how many places of all patterns each gram stands, about: a small table by hash. */
function gramCounts(patterns: readonly { readonly bytes: Uint8Array }[]): GramCounts {
  const counts = new GramCounts();
  for (const { bytes } of patterns) for (let at = 0; at + GRAM <= bytes.length; at++) counts.add(gramAt(bytes, at));
  return counts;
}

class GramCounts {
  readonly #counts = new Uint16Array(1 << 18);
  add(gram: number): void { const slot = this.#slot(gram); if (this.#counts[slot]! < 0xffff) this.#counts[slot]!++; }
  of(gram: number): number { return this.#counts[this.#slot(gram)]!; }
  #slot(gram: number): number { return Math.imul(gram, 0x85eb_ca6b) >>> 14; }
}

/** Where a pattern's grams are fewest among all patterns, and the steps in which a text is looked at for them. */
function place(bytes: Uint8Array, counts: GramCounts): { stride: Stride; offset: number } {
  let best: { stride: Stride; offset: number; crowd: number } = { stride: 1, offset: 0, crowd: Infinity };
  for (const stride of STRIDES) {
    for (let offset = 0; offset + stride + GRAM - 1 <= bytes.length; offset++) {
      let crowd = 0;
      for (let i = 0; i < stride; i++) crowd = Math.max(crowd, commonness(bytes, offset + i, counts));
      if (crowd < best.crowd) best = { stride, offset, crowd };
    }
    if (best.crowd <= CROWDED) break;
  }
  return best;
}

/** Zeros and blanks are everywhere: a gram of few different bytes counts as if many had it. */
function commonness(bytes: Uint8Array, at: number, counts: GramCounts): number {
  const [a, b, c, d] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  const kinds = 1 + Number(b !== a) + Number(c !== a && c !== b) + Number(d !== a && d !== b && d !== c);
  return counts.of(gramAt(bytes, at)) + (kinds < 3 ? CROWDED : 0);
}
