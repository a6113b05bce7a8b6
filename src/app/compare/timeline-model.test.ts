import { describe, expect, it } from 'vitest';
import { barPath, biggest, nextFilled, ticks } from './timeline-model.ts';

const mirrored = { perBin: [1000, 0, 500] }, direct = { perBin: [0, 0, 500] }, lost = { perBin: [0, 1, 0] };

describe('the timeline', () => {
  it('stacks what lies in one bin', () => {
    expect(biggest([mirrored, direct], 3)).toBe(1000);
    expect(barPath([mirrored, direct], 0, 1000, 30, -30)).toBe('M0 30.0h1v-30.0h-1zM2 30.0h1v-15.0h-1z');
    expect(barPath([mirrored, direct], 1, 1000, 30, -30)).toBe('M2 15.0h1v-15.0h-1z');
  });

  it('shows a single packet among thousands', () => { expect(barPath([lost], 0, 1000, 30, 16)).toBe('M1 30.0h1v2.0h-1z'); });

  it('goes to the next trouble, and stays where there is none', () => {
    expect([nextFilled([lost], 0, 1), nextFilled([lost], 2, -1), nextFilled([lost], 1, 1), nextFilled([], 1, 1)]).toEqual([1, 1, 1, 1]);
  });

  it('has round times', () => {
    expect(ticks(0, 9.5).map(({ text }) => text)).toEqual(['0 s', '2 s', '4 s', '6 s', '8 s']);
    expect(ticks(-0.01, 0.09).map(({ text }) => text)).toEqual(['0.00 s', '0.02 s', '0.04 s', '0.06 s', '0.08 s']);
  });
});
