import type { Bitset } from '../base/bitset.ts';
import type { PacketTable } from './packet-table.ts';
import { sortRows, type Sort } from './sort.ts';

/**
 * What the packet list counts: the rows that pass a filter, in the order of the file or sorted. Places count from 0, as rows do. A view without a
 * filter and a sort grows with its table.
 */
export class PacketView {
  readonly #table: PacketTable;
  readonly #filter: Bitset | null;
  readonly #order: Uint32Array | null;

  /** `filter`: the rows to show, null for all. `alerts`: how many each row has, for sorting by them (copied where it is sorted by). */
  constructor(table: PacketTable, filter: Bitset | null = null, sort: Sort | null = null, alerts: Uint32Array | null = null) {
    this.#table = table;
    this.#filter = filter;
    this.#order = sort && !(sort.column === 'number' && !sort.descending) ? sortRows(table, filter, sort, alerts?.slice() ?? null) : null;
  }

  get rows(): number { return this.#order?.length ?? this.#filter?.count ?? this.#table.count; }

  /** The table's row at a place; -1 beyond the end. */
  rowAt(place: number): number {
    if (place < 0 || place >= this.rows) return -1;
    return this.#order ? this.#order[place]! : this.#filter ? this.#filter.select(place) : place;
  }

  /** Whether a row of the table is shown. */
  has(row: number): boolean {
    if (row < 0 || row >= this.#table.count) return false;
    return !this.#filter || (row < this.#filter.size && this.#filter.has(row));
  }

  /** Where a row of the table is; -1 when it is not shown. */
  placeOf(row: number): number {
    if (!this.has(row)) return -1;
    if (this.#order) return this.#order.indexOf(row);
    return this.#filter ? this.#filter.rank(row) : row;
  }
}
