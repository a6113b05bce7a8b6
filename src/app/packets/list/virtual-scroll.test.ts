import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MAX_SPACER, VirtualScroll } from './virtual-scroll.ts';

const ROW = 24;
const VIEW = 288;
const list = (rows: number): VirtualScroll => { const s = new VirtualScroll(ROW); s.resize(rows, ROW, VIEW); return s; };
const lastRow = ({ span }: VirtualScroll): number => span.first + span.count - 1;

describe('a list that fits its element', () => {
  it('scrolls as the browser does, pixel by pixel', () => {
    const s = list(1000);
    expect(s.scaled).toBe(false);
    expect(s.spacer).toBe(24_000);
    s.scrolled(50);
    expect(s.span).toEqual({ first: 2, count: 13, shift: 2 });
    s.scrolled(24_000 - VIEW);
    expect(lastRow(s)).toBe(999);
  });
  it('does not take its own scrollTop for the person’s', () => {
    const s = list(1000);
    s.to(100);
    s.placed(s.domTop);
    expect(s.scrolled(100)).toBe(false);
    expect(s.scrolled(130)).toBe(true);
  });
});

describe('five million rows', () => {
  it('stays under the browsers’ cap and still has every row', () => {
    const s = list(5_000_000);
    expect(s.spacer).toBe(MAX_SPACER);
    s.to(Infinity);
    expect(lastRow(s)).toBe(4_999_999);
    expect(s.domTop).toBe(MAX_SPACER - VIEW);
    expect(s.span.shift).toBe(0);
  });
  it('moves ten rows for a wheel of ten rows, also in the middle', () => {
    const s = list(5_000_000);
    s.to(2_500_000 * ROW);
    s.by(240);
    expect(s.span.first).toBe(2_500_010);
  });
  it('follows the thumb in proportion and a small touch pixel by pixel', () => {
    const s = list(5_000_000);
    s.scrolled((MAX_SPACER - VIEW) / 2);
    expect(s.span.first).toBeCloseTo(2_500_000, -2);
    const before = s.offset;
    s.scrolled((MAX_SPACER - VIEW) / 2 + 30);
    expect(s.offset - before).toBeCloseTo(30, 5);
  });
  it('reaches both ends by the thumb', () => {
    const s = list(5_000_000);
    s.scrolled(MAX_SPACER - VIEW);
    expect(lastRow(s)).toBe(4_999_999);
    s.scrolled(0);
    expect(s.span.first).toBe(0);
  });
});

describe('showing a row', () => {
  it('moves as little as it can', () => {
    const s = list(1000);
    expect(s.reveal(5)).toBe(false);
    s.reveal(12);
    expect(s.offset).toBe(24);
    s.reveal(0);
    expect(s.offset).toBe(0);
  });
  it('keeps the row on top when rows become lower', () => {
    const s = list(1000);
    s.to(100 * ROW);
    s.resize(1000, 20, VIEW);
    expect(s.span.first).toBe(100);
  });
  it('puts it whole into view from anywhere, in lists of any length', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (rows, from, to) => {
      const s = list(rows);
      s.to(from * rows * ROW);
      const index = Math.floor(to * (rows - 1));
      s.reveal(index);
      const { first, count, shift } = s.span;
      expect(index >= first && index < first + count).toBe(true);
      expect(count * ROW - shift).toBeLessThan(VIEW + ROW + 1);
      expect(s.isInView(index)).toBe(true);
    }));
  });
});

it('a thumb that was dragged on before its event came is seen to be ahead', () => {
  const scroll = new VirtualScroll(24);
  scroll.resize(400_000, 24, 480);
  scroll.scrolled(7_000_000);
  expect(scroll.isBehind(7_000_000)).toBe(false);
  expect(scroll.isBehind(7_160_000)).toBe(true);
  scroll.placed(7_160_000);
  expect(scroll.isBehind(7_160_000)).toBe(false);
});
