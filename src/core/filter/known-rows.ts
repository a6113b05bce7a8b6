import { Bitset } from '../base/bitset.ts';
import { SEGMENT_ROWS } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Chunk, CHUNK_ROWS } from './chunk.ts';
import { newAnswers } from './columns.ts';
import type { Filter } from './compile.ts';

/** Rows that pass by the packet table alone, and those of which the bytes must be asked. */
export interface KnownRows { readonly passed: Bitset; readonly open: Bitset }

/** Asks the packet table about its first `size` rows. */
export function knownRows(table: PacketTable, filter: Filter, size: number): KnownRows {
  const test = filter.columns?.(table);
  if (!test) return { passed: new Bitset(size), open: Bitset.full(size) };
  const [passed, open] = [new Uint32Array((size + 31) >>> 5), new Uint32Array((size + 31) >>> 5)];
  const chunk = new Chunk(table.addresses.full, size - size % SEGMENT_ROWS);
  const answers = newAnswers();
  for (let row = 0; row < size; row += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, size - row);
    chunk.fill(table.segments[Math.floor(row / SEGMENT_ROWS)]!, row % SEGMENT_ROWS, count, row);
    test(chunk, answers);
    answers.rows.fill(0, count);
    pack(answers.fours, passed, open, row >>> 5);
  }
  return { passed: new Bitset(size, passed), open: new Bitset(size, open) };
}

/** A bit for each row that passes, and one for each that may, from a word on: without a branch, since which rows pass is anybody's guess. */
function pack(fours: Int32Array, passed: Uint32Array, open: Uint32Array, first: number): void {
  for (let f = 0, w = first; f < fours.length && w < passed.length; w++) {
    let [yes, may] = [0, 0];
    for (let bit = 0; bit < 32; bit += 4, f++) {
      yes |= bitOfEach(fours[f]!) << bit;
      may |= bitOfEach(fours[f]! >> 1) << bit;
    }
    passed[w] = yes;
    open[w] = may & ~yes;
  }
}

/** The lowest bits of four bytes side by side, the first byte's lowest: the product has each at its place in the upper four bits, and no sums reach them. Bytes of a word are in the order of every machine that runs a browser, the lowest first. */
const bitOfEach = (four: number): number => Math.imul(four & 0x0101_0101, 0x1020_4080) >>> 28;
