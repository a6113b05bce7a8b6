import type { PacketTable } from '../../table/packet-table.ts';
import { knownRows } from '../known-rows.ts';
import { filterOf } from './scan.bench.ts';

/** Asks the packet table about all rows, which must be able to tell. */
export function columns(table: PacketTable, text: string): void {
  const { open } = knownRows(table, filterOf(text), table.count);
  if (open.next(0) >= 0) throw new Error(`${text}: the columns do not know row ${open.next(0)}`);
}
