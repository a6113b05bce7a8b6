import type { Condition } from '../signature.ts';
import type { PacketView } from '../packet/packet-view.ts';
import type { Rule } from './rule-group.ts';

/** A small number that a packet has: whoever wants certain ones of it need not be evaluated where it is another. The same object for all conditions that look at it. */
export interface PacketKey { of(p: PacketView): number }

/** A condition holds only where the key is one of these. */
export interface Prefilter { readonly key: PacketKey; readonly values: readonly number[] }

/** Beyond so many values a condition sorts out too little. */
const MOST_VALUES = 64;

/** The values of a key from 0 to `max` with which a test holds, as a prefilter; none where they are too many. */
export function prefilterOf(key: PacketKey, max: number, holds: (value: number) => boolean): Prefilter | undefined {
  const values: number[] = [];
  for (let value = 0; value <= max && values.length <= MOST_VALUES; value++) if (holds(value)) values.push(value);
  return values.length > MOST_VALUES ? undefined : { key, values };
}

/** Rules that wait for a number of the packet: a list for each key and value. */
export class KeyLists {
  readonly #keys: readonly PacketKey[];
  readonly #lists: readonly ReadonlyMap<number, Int32Array>[];
  readonly #waits = new Set<number>();

  /** Of those places among the rules that may wait for a number. */
  constructor(rules: readonly Rule[], places: readonly number[]) {
    const byKey = new Map<PacketKey, Map<number, number[]>>();
    for (const place of places) {
      const prefilter = fewest(rules[place]!.signature.conditions);
      if (prefilter === null) continue;
      this.#waits.add(place);
      const lists = byKey.get(prefilter.key) ?? new Map<number, number[]>();
      byKey.set(prefilter.key, lists);
      for (const value of prefilter.values) lists.set(value, [...lists.get(value) ?? [], place]);
    }
    this.#keys = [...byKey.keys()];
    this.#lists = [...byKey.values()].map((lists) => new Map([...lists].map(([value, list]) => [value, Int32Array.from(list)])));
  }

  waits(place: number): boolean { return this.#waits.has(place); }

  /** Calls `take` with each list of a packet's numbers. */
  forEach(p: PacketView, take: (places: Int32Array) => void): void {
    for (let i = 0; i < this.#keys.length; i++) {
      const list = this.#lists[i]!.get(this.#keys[i]!.of(p));
      if (list !== undefined) take(list);
    }
  }
}

function fewest(conditions: readonly Condition[]): Prefilter | null {
  let best: Prefilter | null = null;
  for (const { prefilter } of conditions) if (prefilter !== undefined && (best === null || prefilter.values.length < best.values.length)) best = prefilter;
  return best;
}
