import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { align, type Entry } from './align.ts';

/** "link network .ttl .src transport": a dot marks a field. */
const rows = (text: string): Entry[] => text.split(' ').filter(Boolean).map((word) => (word.startsWith('.') ? { key: word.slice(1), depth: 2 } : { key: word, depth: 1 }));

/** The stacks as columns of text, a line a height, as they would stand on the screen. */
function picture(...texts: string[]): string[] {
  const stacks = texts.map(rows);
  const columns = align(stacks).map((gaps, s) => gaps.flatMap((gap, i) => [...Array.from({ length: gap }, () => '-'), stacks[s]![i]!.key]));
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, line) => columns.map((column) => column[line] ?? '-').join(' '));
}

describe('stacks side by side', () => {
  it('need no padding when they are folded alike', () => {
    expect(picture('link network transport vxlan', 'link network transport data')).toEqual(['link link', 'network network', 'transport transport', 'vxlan data']);
  });
  it('pad the side that is folded', () => {
    expect(picture('link network .ttl .src transport', 'link network transport')).toEqual(['link link', 'network network', 'ttl -', 'src -', 'transport transport']);
  });
  it('set fields of one name opposite each other when one side opens a group', () => {
    expect(picture('network .ihl .flags .rb .df .ttl', 'network .ihl .flags .ttl')).toEqual(['network network', 'ihl ihl', 'flags flags', 'rb -', 'df -', 'ttl ttl']);
  });
  it('pass over what only one side has', () => {
    expect(picture('link vlan network', 'link network data')).toEqual(['link link', 'vlan -', 'network network', '- data']);
  });
  it('align three levels, and the first two stay aligned', () => {
    expect(picture('link network transport vxlan', 'link vlan network transport vxlan', 'link network .ttl transport')).toEqual([
      'link link link', '- vlan -', 'network network network', '- - ttl', 'transport transport transport', 'vxlan vxlan -']);
  });
  it('never reorder or overlap rows', () => {
    const stack = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), depth: fc.integer({ min: 1, max: 3 }) }), { maxLength: 30 });
    fc.assert(fc.property(fc.array(stack, { maxLength: 4 }), (stacks) => {
      for (const [s, gaps] of align(stacks).entries()) {
        expect(gaps).toHaveLength(stacks[s]!.length);
        expect(gaps.every((gap) => Number.isInteger(gap) && gap >= 0)).toBe(true);
      }
    }));
  });
});
