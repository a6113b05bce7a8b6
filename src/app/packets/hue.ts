// Which of the encapsulation's hues a layer or a level has: `hue-NAME` is the class of base.css, NAME what a Glyph takes.

import type { LayerView } from '../../worker/protocol.ts';

/** Levels past the third start the row again; their number in the label tells them apart. */
const INNER = ['inner', 'inner2', 'inner3'] as const;

export const hueOfLevel = (level: number): string => (level === 0 ? 'outer' : INNER[(level - 1) % INNER.length]!);
export const hueOf = ({ part, level }: Pick<LayerView, 'part' | 'level'>): string => (part === 'envelope' ? 'envelope' : hueOfLevel(level));

/** "Outer", "Inner", "Inner 2" … */
export const levelName = (level: number): string => (level === 0 ? 'Outer' : level === 1 ? 'Inner' : `Inner ${level}`);

/** Neighbouring layers of one hue take its two tints in turn, so that their border shows without a line. True for the second tint. */
export function secondTints(layers: readonly LayerView[]): boolean[] {
  const next = new Map<string, boolean>();
  return layers.map((layer) => {
    const second = next.get(hueOf(layer)) ?? false;
    next.set(hueOf(layer), !second);
    return second;
  });
}
