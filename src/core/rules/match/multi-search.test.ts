import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultiSearch } from './multi-search.ts';
import { find, needle } from './search.ts';

// Few letters make many overlaps, prefixes and suffixes; the last two differ from others in the bit of upper and lower case and are no letters.
const bytes = (min: number, max: number) => fc.array(fc.constantFrom(0x61, 0x41, 0x69, 0x3d, 0x00, 0x20, 0x40), { minLength: min, maxLength: max }).map((list) => Uint8Array.from(list));
const pattern = (min: number, max: number) => fc.tuple(bytes(min, max), fc.boolean()).map(([list, nocase]) => needle(list, nocase));

const found = (search: MultiSearch, i: number): boolean => search.has(search.samePattern[i]! < 0 ? i : search.samePattern[i]!);

describe('many patterns at once', () => {
  it('finds what a search for each by itself finds, and nothing else', () => {
    fc.assert(fc.property(fc.array(pattern(1, 12), { minLength: 1, maxLength: 40 }), bytes(0, 80), fc.nat(9), (patterns, text, from) => {
      const search = new MultiSearch(patterns);
      search.scan(text, from, text.length);
      for (const [i, one] of patterns.entries()) expect(found(search, i)).toBe(find(one, text, from, text.length) >= 0);
      expect(search.hitCount).toBe(new Set(search.hits.subarray(0, search.hitCount)).size);
    }), { numRuns: 500 });
  });

  it('finds a pattern wherever it stands, and not beyond the ends of the text', () => {
    fc.assert(fc.property(fc.array(pattern(1, 30), { minLength: 1, maxLength: 5 }), bytes(0, 20), bytes(0, 20), (patterns, before, behind) => {
      const search = new MultiSearch(patterns);
      for (const [i, { bytes: wanted }] of patterns.entries()) {
        const text = Uint8Array.from([...before, ...wanted, ...behind]);
        search.scan(text, before.length, before.length + wanted.length);
        expect(found(search, i)).toBe(true);
        search.scan(text, before.length, before.length + wanted.length - 1);
        expect(found(search, i)).toBe(find(patterns[i]!, text.subarray(0, before.length + wanted.length - 1), before.length, before.length + wanted.length - 1) >= 0);
      }
    }));
  });

  it('finds each of many patterns with the same beginning', () => {
    const patterns = Array.from({ length: 300 }, (_, i) => needle(Uint8Array.of(...[0x75, 0x73, 0x65, 0x72], ...[...String(1000 + i)].map((c) => c.charCodeAt(0))), false));
    const search = new MultiSearch(patterns);
    for (const [i, { bytes: text }] of patterns.entries()) {
      search.scan(text, 0, text.length);
      expect([...search.hits.subarray(0, search.hitCount)]).toEqual([i]);
    }
  });

  it('keeps what it found in texts of one packet, and forgets what it found in the packet before', () => {
    const search = new MultiSearch([needle(Uint8Array.of(1, 2), false), needle(Uint8Array.of(3), false)]);
    search.scan(Uint8Array.of(0, 1, 2), 0, 3);
    search.scanMore(Uint8Array.of(3), 0, 1);
    expect([search.has(0), search.has(1)]).toEqual([true, true]);
    search.scan(Uint8Array.of(1, 0), 0, 2);
    expect([search.has(0), search.has(1)]).toEqual([false, false]);
  });
});
