import type { CaptureReader } from '../capture/capture-reader.ts';
import { FaultError } from '../base/fault.ts';
import { Mark, SEGMENT_ROWS } from '../table/packet-columns.ts';
import type { PacketTable } from '../table/packet-table.ts';
import { PacketIndexer } from './index-packet.ts';
import { linkStep, UDP_PORTS, type UdpPorts } from './numbers.ts';

export interface IndexOptions {
  readonly signal?: AbortSignal;
  /** After each window that was read: the table's rows are there to be looked at while reading goes on. */
  /** What UDP ports stand for, where that is decoded as something else. */
  readonly ports?: UdpPorts;
  readonly onWindow?: (packets: number, bytesRead: number) => void;
}

/**
 * Reads a capture to its end, a row a packet. How reading ended, the reader's `fault` says; the rows up to there stay. Rejects with a 'cancelled'
 * FaultError when the signal is given; the rows up to there stay as well.
 */
export async function indexCapture(reader: CaptureReader, table: PacketTable, { signal, ports = UDP_PORTS, onWindow }: IndexOptions = {}): Promise<void> {
  const indexer = new Indexer(reader, table, ports);
  table.interfaces = reader.interfaces;
  do {
    indexer.window();
    onWindow?.(table.count, reader.bytesRead);
    if (signal?.aborted) throw new FaultError({ code: 'cancelled', what: `Reading stopped after ${table.count.toLocaleString('en-US')} packets`, next: 'Open the capture again to read all of it.' });
  } while (await reader.refill());
  table.close();
}

class Indexer {
  readonly #reader: CaptureReader;
  readonly #table: PacketTable;
  readonly #packets: PacketIndexer;
  #steps: number[] = []; // first step, by interface

  constructor(reader: CaptureReader, table: PacketTable, ports: UdpPorts) {
    this.#reader = reader;
    this.#table = table;
    this.#packets = new PacketIndexer(table, ports);
  }

  /** Every whole packet of the window. */
  window(): void {
    const r = this.#reader;
    const table = this.#table;
    const packets = this.#packets;
    let columns = table.open();
    let row = table.count % SEGMENT_ROWS;
    const view = new DataView(r.bytes.buffer, r.bytes.byteOffset, r.bytes.byteLength); // reads 16 and 32 bits at once
    while (r.next()) {
      if (row === SEGMENT_ROWS) { columns = table.open(); row = 0; }
      const { caplen, origlen, iface } = r;
      columns.fileOffset[row] = r.fileOffset;
      columns.seconds[row] = r.seconds;
      columns.nanoseconds[row] = r.nanoseconds;
      columns.caplen[row] = caplen;
      columns.origlen[row] = origlen;
      columns.iface[row] = iface;
      packets.row(view, r.start, r.end, origlen, this.#steps[iface] ?? this.#meet(iface), columns, row);
      if (!r.hasTime) columns.marks[row]! |= Mark.NO_TIME;
      row++;
      table.count++;
    }
  }

  #meet(iface: number): number { return this.#steps[iface] = linkStep(this.#reader.interfaces[iface]!.linkType); }
}
