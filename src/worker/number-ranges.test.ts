import { expect, it } from 'vitest';
import { compileFilter } from '../core/filter/compile.ts';
import { NumberRanges } from './number-ranges.ts';

const of = (...numbers: number[]): NumberRanges => { const ranges = new NumberRanges(); for (const number of numbers) ranges.add(number); return ranges; };

it('joins numbers that follow each other', () => {
  expect(of(2, 3, 3, 4, 9, 11, 12).filter()).toEqual({ filter: 'frame.number in {2..4, 9, 11..12}', shown: 6, packets: 6 });
  expect(of().filter()).toEqual({ filter: '', shown: 0, packets: 0 });
  expect(compileFilter(of(1, 5, 6).filter().filter).ok).toBe(true);
});

it('knows all others', () => {
  expect(of(2, 3, 9).others(12).filter()).toEqual({ filter: 'frame.number in {1, 4..8, 10..12}', shown: 9, packets: 9 });
  expect(of(1, 2, 3).others(3).filter()).toEqual({ filter: '', shown: 0, packets: 0 });
  expect(of().others(3).filter().filter).toBe('frame.number in {1..3}');
  const { shown, packets } = of(...Array.from({ length: 2000 }, (_, i) => 2 * i + 1)).others(4000).filter();
  expect([shown, packets]).toEqual([500, 2000]);
});

it('shows the first of too many', () => {
  const { filter, shown, packets } = of(...Array.from({ length: 2000 }, (_, i) => 2 * i + 1)).filter();
  expect([shown, packets, compileFilter(filter).ok]).toEqual([500, 2000, true]);
});
