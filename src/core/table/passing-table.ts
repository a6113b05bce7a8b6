import { packetColumns, SEGMENT_ROWS, type PacketColumns } from './packet-columns.ts';
import { PacketTable } from './packet-table.ts';

/** A table for who looks at each row once: a segment that is full, and the last one, is handed over, and its memory is filled again. Its rows cannot be asked for. */
export class PassingTable extends PacketTable {
  readonly #columns = packetColumns(SEGMENT_ROWS);
  readonly #pass: (columns: PacketColumns, rows: number) => void;
  #passed = 0; // rows

  constructor(pass: (columns: PacketColumns, rows: number) => void) {
    super();
    this.#pass = pass;
  }

  override open(): PacketColumns {
    if (this.count === this.#passed + SEGMENT_ROWS) this.close();
    return this.#columns;
  }

  override close(): void {
    this.#pass(this.#columns, this.count - this.#passed);
    this.#passed = this.count;
  }
}
