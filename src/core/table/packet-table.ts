import type { CaptureInterface } from '../capture/capture-reader.ts';
import { AddressTable } from './address-table.ts';
import { FlowTable } from './flow-table.ts';
import { packetColumns, SEGMENT_ROWS, trimmed, type PacketColumn, type PacketColumns } from './packet-columns.ts';
import { VniPaths } from './vni-paths.ts';

/** All that stays of a capture: columns, and the tables that their numbers count in. None of the file's bytes. Rows count from 0, packets from 1. */
export class PacketTable {
  count = 0;
  readonly segments: PacketColumns[] = [];
  readonly addresses = new AddressTable();
  readonly flows = new FlowTable();
  readonly paths = new VniPaths();
  interfaces: readonly CaptureInterface[] = [];

  /** The segment of the row after the last, which is added where there is none yet. */
  open(): PacketColumns {
    const segment = Math.floor(this.count / SEGMENT_ROWS);
    return this.segments[segment] ?? (this.segments[segment] = packetColumns(SEGMENT_ROWS));
  }

  /** Gives back what the last segment has too much, when no more rows come. */
  close(): void {
    const rest = this.count % SEGMENT_ROWS;
    const last = this.segments.length - 1;
    if (rest > 0 && this.segments[last]!.marks.length > rest) this.segments[last] = trimmed(this.segments[last]!, rest);
  }

  /** One value. Passes over many rows go segment by segment instead. */
  at(column: PacketColumn, row: number): number {
    return this.segments[Math.floor(row / SEGMENT_ROWS)]![column][row % SEGMENT_ROWS]!;
  }

  /** Sets a bit of Mark. */
  mark(row: number, mark: number): void { this.segments[Math.floor(row / SEGMENT_ROWS)]!.marks[row % SEGMENT_ROWS]! |= mark; }

  /** Bytes of all columns and tables. */
  get byteLength(): number {
    return this.segments.reduce((sum, columns) => Object.values(columns).reduce((n, column) => n + column.byteLength, sum), 0)
      + this.addresses.byteLength + this.flows.byteLength + this.paths.byteLength;
  }
}
