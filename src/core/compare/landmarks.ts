// Where in a capture somebody is who has lost the way: one packet in some dozens, found by what it holds. Little enough of them to stay in the cache.

import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

const EVERY = 63; // a mask: packets whose hash has none of these bits
const FREE = -1;

export class Landmarks {
  readonly #scan: Scan;
  #slots: Int32Array | null = null; // rows
  #several = new Uint8Array(0); //      1 for a slot whose packet is there more than once: no landmark

  constructor(scan: Scan) { this.#scan = scan; }

  /** The row of the only packet with these hashes, where it is a landmark; -1 otherwise. */
  find(whole1: number, whole2: number): number {
    if ((whole1 & EVERY) !== 0) return FREE;
    const slots = this.#slots ??= this.#build();
    const slot = this.#slot(slots, whole1, whole2);
    return this.#several[slot] === 1 ? FREE : slots[slot]!;
  }

  #build(): Int32Array {
    const { columns: { whole1, whole2, marks }, count } = this.#scan;
    const isLandmark = (row: number): boolean => (whole1[row]! & EVERY) === 0 && (marks[row]! & (MARK.complete | MARK.assembled | MARK.outside)) === MARK.complete;
    let landmarks = 0;
    for (let row = 0; row < count; row++) if (isLandmark(row)) landmarks++;
    const slots = new Int32Array(2 ** Math.ceil(Math.log2(landmarks * 2 + 2))).fill(FREE);
    this.#several = new Uint8Array(slots.length);
    for (let row = 0; row < count; row++) {
      if (!isLandmark(row)) continue;
      const slot = this.#slot(slots, whole1[row]!, whole2[row]!);
      if (slots[slot] === FREE) slots[slot] = row;
      else this.#several[slot] = 1;
    }
    return slots;
  }

  #slot(slots: Int32Array, one: number, two: number): number {
    const { whole1, whole2 } = this.#scan.columns;
    const mask = slots.length - 1;
    let slot = Math.imul(two, 0x9e37_79b1) >>> 9 & mask;
    for (let row = slots[slot]!; row !== FREE && (whole1[row] !== one || whole2[row] !== two); row = slots[slot]!) slot = (slot + 1) & mask;
    return slot;
  }
}
