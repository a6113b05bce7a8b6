// How many alerts each packet has on each level, for the marks in the list: small numbers in typed arrays, since a run may flag every packet.

import type { RowAlert } from './protocol.ts';

const MOST = 0xffff; // counted a packet and level; more show as this many

interface LevelMarks { readonly count: Uint16Array; readonly priority: Uint8Array }

export class AlertMarks {
  readonly #packets: number;
  readonly #levels: LevelMarks[] = [];

  /** For packets 1 to `packets`. */
  constructor(packets: number) { this.#packets = packets; }

  add(number: number, level: number, priority: number): void {
    while (this.#levels.length <= level) this.#levels.push({ count: new Uint16Array(this.#packets), priority: new Uint8Array(this.#packets) });
    const { count, priority: best } = this.#levels[level]!;
    const row = number - 1;
    if (count[row]! < MOST) count[row]!++;
    best[row] = best[row] === 0 ? Math.min(priority, 0xff) : Math.min(best[row]!, priority);
  }

  /** The marks of a row (from 0), outermost level first; levels without an alert are left out. */
  of(row: number): RowAlert[] {
    return this.#levels.flatMap(({ count, priority }, level) => (count[row]! > 0 ? [{ level, count: count[row]!, priority: priority[row]! }] : []));
  }

  /** Packets with an alert, each counted once, and those of them with alerts on more than one level. */
  packets(): { flagged: number; twice: number } {
    let [flagged, twice] = [0, 0];
    for (let row = 0; row < this.#packets; row++) {
      let levels = 0;
      for (const { count } of this.#levels) if (count[row]! > 0) levels++;
      if (levels > 0) flagged++;
      if (levels > 1) twice++;
    }
    return { flagged, twice };
  }

  /** Alerts of each of so many rows on all levels: what the list sorts by. Rows that were not there when the rules ran have none. */
  totals(rows: number): Uint32Array {
    const totals = new Uint32Array(rows);
    for (const { count } of this.#levels) for (let row = 0; row < Math.min(rows, count.length); row++) totals[row]! += count[row]!;
    return totals;
  }
}
