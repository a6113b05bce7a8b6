// Levels of encapsulation as people call them, and their hues.

export const levelName = (level: number): string => (level === 0 ? 'outer' : level === 1 ? 'inner' : `inner ${level}`);

/** A packet without an envelope has one level: the frame itself. */
export const columnName = (level: number, levels: number): string => (levels === 1 ? 'frame' : levelName(level));

const HUES = ['outer', 'inner', 'inner2', 'inner3'];
export const levelHue = (level: number): string => `hue-${level < HUES.length ? HUES[level]! : HUES[1 + ((level - 1) % 3)]!}`;
