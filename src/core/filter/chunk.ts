import type { PacketColumns } from '../table/packet-columns.ts';
import { plainRows } from './plain-rows.ts';

/** Rows of the packet table that are asked together: their values stay in the processor's cache from one part of a filter to the next. A multiple of 32. */
export const CHUNK_ROWS = 2048;

/** Rows [from..from + count) of a segment, of which the first is row `row` of the table. One object, refilled. */
export class Chunk {
  from = 0;
  count = 0;
  row = 0;
  columns!: PacketColumns;
  readonly #plain = new Uint8Array(CHUNK_ROWS);
  #known = false;
  readonly #mayLose: boolean;

  /** `mayLose`: addresses may have found no room in the address table. */
  constructor(mayLose: boolean) { this.#mayLose = mayLose; }

  fill(columns: PacketColumns, from: number, count: number, row: number): void {
    this.columns = columns; this.from = from; this.count = count; this.row = row;
    this.#known = false;
  }

  /** 1 for each row of which the columns hold every header; worked out when first asked for. */
  get plain(): Uint8Array {
    if (!this.#known) plainRows(this.columns, this.from, this.count, this.#mayLose, this.#plain);
    this.#known = true;
    return this.#plain;
  }
}
