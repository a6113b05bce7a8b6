import { Bitset } from '../base/bitset.ts';
import { SEGMENT_ROWS } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { Chunk, CHUNK_ROWS } from './chunk.ts';
import { YES } from './columns.ts';
import type { Filter } from './compile.ts';

/** Rows that pass by the packet table alone, and those of which the bytes must be asked. */
export interface KnownRows { readonly passed: Bitset; readonly open: Bitset }

/** Asks the packet table about its first `size` rows. */
export function knownRows(table: PacketTable, filter: Filter, size: number): KnownRows {
  const test = filter.columns?.(table);
  if (!test) return { passed: new Bitset(size), open: Bitset.full(size) };
  const [passed, open] = [new Uint32Array((size + 31) >>> 5), new Uint32Array((size + 31) >>> 5)];
  const chunk = new Chunk(table.addresses.full, size - size % SEGMENT_ROWS);
  const answers = new Uint8Array(CHUNK_ROWS);
  for (let row = 0; row < size; row += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, size - row);
    chunk.fill(table.segments[Math.floor(row / SEGMENT_ROWS)]!, row % SEGMENT_ROWS, count, row);
    test(chunk, answers);
    answers.fill(0, count);
    pack(answers, passed, open, row >>> 5);
  }
  return { passed: new Bitset(size, passed), open: new Bitset(size, open) };
}

/** A bit for each row that is a yes (1), and one for each maybe (2), from a word on: without a branch, since which rows pass is anybody's guess. */
function pack(answers: Uint8Array, passed: Uint32Array, open: Uint32Array, first: number): void {
  for (let k = 0, w = first; k < CHUNK_ROWS && w < passed.length; w++) {
    let [yes, maybe] = [0, 0];
    for (let bit = 0; bit < 32; bit++, k++) {
      const answer = answers[k]!;
      yes |= (answer & YES) << bit;
      maybe |= (answer >> 1) << bit;
    }
    passed[w] = yes;
    open[w] = maybe;
  }
}
