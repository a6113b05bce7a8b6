import { Bitset } from '../base/bitset.ts';
import { SEGMENT_ROWS } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { MAYBE, NO } from './columns.ts';
import type { Filter } from './compile.ts';

/** Rows that pass by the packet table alone, and those of which the bytes must be asked. */
export interface KnownRows { readonly passed: Bitset; readonly open: Bitset }

/** Asks the packet table about its first `size` rows. */
export function knownRows(table: PacketTable, filter: Filter, size: number): KnownRows {
  const test = filter.columns?.(table);
  if (!test) return { passed: new Bitset(size), open: Bitset.full(size) };
  const passed = new Bitset(size);
  const open = new Bitset(size);
  for (let row = 0; row < size; row++) {
    const answer = test(table.segments[Math.floor(row / SEGMENT_ROWS)]!, row % SEGMENT_ROWS, row);
    if (answer !== NO) (answer === MAYBE ? open : passed).add(row);
  }
  return { passed, open };
}
