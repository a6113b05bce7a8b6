// Tests over a tape. The shortcuts at the top answer most filters without making a value; the general ones below take the rest.

import type { Program } from '../dissect/program.ts';
import { layerOf } from '../dissect/tape.ts';
import type { BuildTest, Test } from './context.ts';
import { nameOf, type Meaning } from './names.ts';
import { inLayers, members, protocolLayers, readMeaning, type BuildRead } from './read-values.ts';
import type { LayerRange } from './syntax.ts';
import { inside, order, type Interval, type Value } from './value.ts';

export type Relation = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
const HIGH = 4_294_967_296;

/** Is the field, protocol or frame value there at all? */
export const exists = (meaning: Meaning, layers: readonly LayerRange[] | null): BuildTest => {
  switch (meaning.kind) {
    case 'packet': case 'path': case 'status': return quantified(readMeaning(meaning, layers), false, () => true);
    case 'frame': return layers ? quantified(readMeaning(meaning, layers), false, () => true) : () => (c) => { const v = meaning.value.read(c.frame); return !Array.isArray(v) || v.length > 0; };
    case 'protocol': return layers ? () => (c) => protocolLayers(c, meaning.name, layers).length > 0 : hasLayer(meaning.name);
    case 'field': return (program) => {
      const wanted = members(program, meaning.name);
      return (c) => {
        const { tape } = c;
        for (let row = 0; row < c.rows; row++) {
          if (wanted[tape.fieldId[row]!] === 1 && (layers === null || inLayers(tape, layerOf(tape, row), layers))) return true;
        }
        return false;
      };
    };
  }
};

const hasLayer = (name: string): BuildTest => ({ protocols }: Program): Test => {
  const wanted = Uint8Array.from(protocols, (p) => (nameOf(p) === name ? 1 : 0));
  return (c) => {
    const { tape } = c;
    for (let layer = 0; layer < tape.layerCount; layer++) if (wanted[tape.layerProtocol[layer]!] === 1) return true;
    return false;
  };
};

/** A number, flag, IPv4 or MAC field against numbers, without an allocation. */
export const numericRows = (name: string, how: 'unsigned' | 'signed' | 'flag', relation: Relation, intervals: readonly Interval[], all: boolean): BuildTest => (program) => {
  const wanted = members(program, name);
  const [lows, highs] = bounds(relation, intervals);
  const negate = relation === 'ne';
  return (c) => {
    const { rows } = c;
    const { fieldId, lo, hi } = c.tape;
    let seen = false;
    for (let row = 0; row < rows; row++) {
      if (wanted[fieldId[row]!] !== 1) continue;
      let value = how === 'signed' ? lo[row]! | 0 : hi[row]! * HIGH + lo[row]!;
      if (how === 'flag' && value > 1) value = 1;
      let hit = false;
      for (let i = 0; i < lows.length && !hit; i++) hit = value >= lows[i]! && value <= highs[i]!;
      if (hit === negate) { if (all) return false; } else { if (!all) return true; seen = true; }
    }
    return seen;
  };
};

/** Relations to whole numbers as intervals: below 5 is up to 4. */
export function bounds(relation: Relation, intervals: readonly Interval[]): [Float64Array, Float64Array] {
  const numbers = intervals.map(({ low, high }) => [low as number, high as number] as const).map(([low, high]): readonly [number, number] => {
    switch (relation) {
      case 'lt': return [-Infinity, low - 1];
      case 'le': return [-Infinity, high];
      case 'gt': return [high + 1, Infinity];
      case 'ge': return [low, Infinity];
      default: return [low, high];
    }
  });
  return [Float64Array.from(numbers, (n) => n[0]), Float64Array.from(numbers, (n) => n[1])];
}

/** One value against one interval. */
export const passes = (relation: Relation, v: Value, i: Interval): boolean => {
  switch (relation) {
    case 'eq': return inside(v, i);
    case 'ne': return !inside(v, i);
    case 'lt': return order(v, i.low) < 0;
    case 'le': return order(v, i.high) <= 0;
    case 'gt': return order(v, i.high) > 0;
    case 'ge': return order(v, i.low) >= 0;
  }
};

/** A predicate over all values or any of them; none make it false. What could not be computed (NaN) is passed over: all of the others have to pass, or any. */
export const quantified = (read: BuildRead, all: boolean, predicate: (v: Value) => boolean): BuildTest => (program) => {
  const values = read(program);
  return (c) => {
    const found = values(c);
    return found.length > 0 && (all ? found.every((v) => isMissing(v) || predicate(v)) : found.some((v) => !isMissing(v) && predicate(v)));
  };
};

const isMissing = (v: Value): boolean => Number.isNaN(v);

export const related = (read: BuildRead, relation: Relation, intervals: readonly Interval[], all: boolean): BuildTest =>
  quantified(read, all, relation === 'ne' ? (v) => intervals.every((i) => passes('ne', v, i)) : (v) => intervals.some((i) => passes(relation, v, i)));

/** Values against values: every pair, or any. */
export const paired = (left: BuildRead, right: BuildRead, all: boolean, pair: (a: Value, b: Value) => boolean): BuildTest => (program) => {
  const [as, bs] = [left(program), right(program)];
  return (c) => {
    const a = as(c);
    const b = a.length > 0 ? bs(c) : [];
    if (b.length === 0) return false;
    return all ? a.every((x) => isMissing(x) || b.every((y) => isMissing(y) || pair(x, y))) : a.some((x) => !isMissing(x) && b.some((y) => !isMissing(y) && pair(x, y)));
  };
};

export const relatedTo = (left: BuildRead, right: BuildRead, relation: Relation, all: boolean): BuildTest =>
  paired(left, right, all, (a, b) => passes(relation, a, { low: b, high: b }));
