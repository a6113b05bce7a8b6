// Numbers of packets as ranges, and as a display filter that shows them.

import type { NumbersFilter } from './protocol.ts';

/** Ranges in one filter: each is asked about every packet. */
const MOST_RANGES = 500;

export class NumberRanges {
  readonly #edges: number[] = []; // first and last of each range
  count = 0;

  /** Numbers come ascending; one that is there already changes nothing. */
  add(number: number): void {
    const last = this.#edges.at(-1);
    if (last === number) return;
    this.count++;
    if (last !== undefined && last === number - 1) this.#edges[this.#edges.length - 1] = number; else this.#edges.push(number, number);
  }

  /** All other numbers from 1 to `last`. */
  others(last: number): NumberRanges {
    const rest = new NumberRanges();
    const put = (from: number, to: number): void => { if (from <= to) { rest.#edges.push(from, to); rest.count += to - from + 1; } };
    let next = 1;
    for (let i = 0; i < this.#edges.length; i += 2) { put(next, Math.min(last, this.#edges[i]! - 1)); next = this.#edges[i + 1]! + 1; }
    put(next, last);
    return rest;
  }

  /** "frame.number in {2..14, 16}", as Wireshark has it, for the first of them when there are too many ranges; '' for none. */
  filter(): NumbersFilter {
    const ranges: string[] = [];
    let shown = 0;
    for (let i = 0; i < this.#edges.length && ranges.length < MOST_RANGES; i += 2) {
      const [from, to] = [this.#edges[i]!, this.#edges[i + 1]!];
      ranges.push(from === to ? String(from) : `${from}..${to}`);
      shown += to - from + 1;
    }
    return { filter: ranges.length === 0 ? '' : `frame.number in {${ranges.join(', ')}}`, shown, packets: this.count };
  }
}
