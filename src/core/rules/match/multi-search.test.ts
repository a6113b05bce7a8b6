import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultiSearch } from './multi-search.ts';
import { find, needle } from './search.ts';

// Few letters make many overlaps, prefixes and suffixes.
const bytes = (min: number, max: number) => fc.array(fc.constantFrom(0x61, 0x41, 0x62, 0x63, 0x00), { minLength: min, maxLength: max }).map((list) => Uint8Array.from(list));

describe('many patterns at once', () => {
  it('finds what a search for each by itself finds, and nothing else up to 8 bytes', () => {
    fc.assert(fc.property(fc.array(bytes(1, 8), { minLength: 1, maxLength: 12 }), bytes(0, 60), (patterns, text) => {
      const search = new MultiSearch(patterns);
      search.scan(text, 0, text.length);
      for (const [i, pattern] of patterns.entries()) {
        const same = search.samePattern[i]!;
        expect(search.has(same < 0 ? i : same)).toBe(find(needle(pattern, true), text, 0, text.length) >= 0);
      }
    }));
  });

  it('never misses a longer pattern', () => {
    fc.assert(fc.property(fc.array(bytes(9, 20), { minLength: 1, maxLength: 5 }), bytes(0, 20), bytes(0, 20), (patterns, before, behind) => {
      const search = new MultiSearch(patterns);
      for (const [i, pattern] of patterns.entries()) {
        const text = Uint8Array.from([...before, ...pattern, ...behind]);
        search.scan(text, 0, text.length);
        const same = search.samePattern[i]!;
        expect(search.has(same < 0 ? i : same)).toBe(true);
      }
    }));
  });

  it('forgets what it found in the text before', () => {
    const search = new MultiSearch([Uint8Array.of(1, 2)]);
    search.scan(Uint8Array.of(0, 1, 2), 0, 3);
    expect(search.has(0)).toBe(true);
    search.scan(Uint8Array.of(1, 0), 0, 2);
    expect(search.has(0)).toBe(false);
  });
});
