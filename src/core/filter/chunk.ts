import { SEGMENT_ROWS, type PacketColumns } from '../table/packet-columns.ts';
import { plainRows } from './plain-rows.ts';

/** Rows of the packet table that are asked together: their values stay in the processor's cache from one part of a filter to the next. A multiple of 32. */
export const CHUNK_ROWS = 2048;

/** Kept for whole segments, whose rows do not change any more: a byte a row from the first filter on. */
const kept = new WeakMap<PacketColumns, Uint8Array>();

function plainOf(columns: PacketColumns, mayLose: boolean): Uint8Array {
  let plain = kept.get(columns);
  if (!plain) {
    plain = new Uint8Array(SEGMENT_ROWS);
    plainRows(columns, 0, SEGMENT_ROWS, mayLose, plain);
    kept.set(columns, plain);
  }
  return plain;
}

/** Rows [from..from + count) of a segment, of which the first is row `row` of the table. One object, refilled. */
export class Chunk {
  from = 0;
  count = 0;
  row = 0;
  columns!: PacketColumns;
  readonly #own = new Uint8Array(CHUNK_ROWS);
  #plain: Uint8Array | null = null;
  readonly #mayLose: boolean;
  readonly #whole: number;

  /** `mayLose`: addresses may have found no room in the address table; `whole`: rows of the table whose segments are full. */
  constructor(mayLose: boolean, whole: number) { this.#mayLose = mayLose; this.#whole = whole; }

  fill(columns: PacketColumns, from: number, count: number, row: number): void {
    this.columns = columns; this.from = from; this.count = count; this.row = row;
    this.#plain = null;
  }

  /** 1 for each row of which the columns hold every header; worked out when first asked for. */
  get plain(): Uint8Array {
    if (this.#plain === null) {
      const { from, count } = this;
      if (this.row < this.#whole) this.#plain = plainOf(this.columns, this.#mayLose).subarray(from, from + count);
      else { plainRows(this.columns, from, count, this.#mayLose, this.#own); this.#plain = this.#own; }
    }
    return this.#plain;
  }
}
