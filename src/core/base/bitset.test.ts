import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitset } from './bitset.ts';

const sets = fc.integer({ min: 1, max: 3000 }).chain((size) =>
  fc.record({ size: fc.constant(size), rows: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 400 }) }));

test('select, rank, next and count say what a sorted list of the rows says', () => {
  fc.assert(fc.property(sets, ({ size, rows }) => {
    const set = new Bitset(size);
    for (const row of rows) set.add(row);
    const sorted = [...rows].sort((a, b) => a - b);
    expect(set.count).toBe(sorted.length);
    expect([...set]).toEqual(sorted);
    expect(sorted.map((_, i) => set.select(i))).toEqual(sorted);
    expect(sorted.map((row) => set.rank(row))).toEqual(sorted.map((_, i) => i));
    expect(set.rank(size)).toBe(sorted.length);
    expect(set.select(sorted.length)).toBe(-1);
    expect([...set.not()]).toEqual(Array.from({ length: size }, (_, i) => i).filter((i) => !rows.includes(i)));
  }), { numRuns: 60 });
});

test('and, or and remove', () => {
  const [a, b] = [new Bitset(70), new Bitset(70)];
  for (const row of [1, 31, 32, 69]) a.add(row);
  for (const row of [31, 64, 69]) b.add(row);
  expect([...a.and(b)]).toEqual([31, 69]);
  expect([...a.or(b)]).toEqual([1, 31, 32, 64, 69]);
  expect(a.count).toBe(4);
  a.remove(31);
  expect(a.count).toBe(3);
  expect(Bitset.full(70).count).toBe(70);
  expect(Bitset.full(64).count).toBe(64);
});

test('a block without any bit is stepped over', () => {
  const set = new Bitset(1_000_000);
  set.add(999_999);
  set.add(0);
  expect(set.select(1)).toBe(999_999);
  expect(set.next(1)).toBe(999_999);
  expect(set.rank(999_999)).toBe(1);
});
