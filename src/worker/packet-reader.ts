// Gets packets' bytes out of the file again and dissects them: for the rows in view and the one packet that is looked at.

import type { ByteSource } from '../core/bytes/byte-source.ts';
import { BLOCK, linkEncap, linkProtocol } from '../core/capture/link-types.ts';
import type { CaptureReader } from '../core/capture/capture-reader.ts';
import { Dissector } from '../core/dissect/dissect.ts';
import type { FrameInfo } from '../core/dissect/frame.ts';
import type { Program } from '../core/dissect/program.ts';
import type { Tape } from '../core/dissect/tape.ts';
import { firstProtocol } from '../core/protocols/all.ts';
import type { PacketTable } from '../core/table/packet-table.ts';
import { Mark } from '../core/table/packet-columns.ts';

/** Bytes that are read at once for rows that lie close together, at most. */
const READ_BYTES = 1 << 20;

export class PacketReader {
  readonly program: Program; // every field of every protocol
  readonly #dissector: Dissector;
  readonly #source: ByteSource;
  readonly #reader: CaptureReader;
  readonly #table: PacketTable;

  constructor(source: ByteSource, reader: CaptureReader, table: PacketTable, program: Program) {
    this.program = program;
    this.#dissector = new Dissector(program);
    this.#source = source;
    this.#reader = reader;
    this.#table = table;
  }

  /** The bytes of one row's packet. */
  bytes(row: number): Promise<Uint8Array> {
    const from = this.#table.at('fileOffset', row);
    return this.#source.slice(from, from + this.#table.at('caplen', row));
  }

  /** The bytes of rows in any order. Rows that follow each other in the file are read together. */
  async bytesOf(rows: readonly number[]): Promise<Uint8Array[]> {
    const found: Uint8Array[] = [];
    for (let first = 0; first < rows.length;) {
      const from = this.#table.at('fileOffset', rows[first]!);
      let to = from;
      let next = first;
      for (; next < rows.length; next++) {
        const start = this.#table.at('fileOffset', rows[next]!);
        const end = start + this.#table.at('caplen', rows[next]!);
        if (next > first && (start < to || end - from > READ_BYTES)) break;
        to = end;
      }
      const chunk = await this.#source.slice(from, to);
      for (; first < next; first++) {
        const start = this.#table.at('fileOffset', rows[first]!) - from;
        found.push(chunk.subarray(start, start + this.#table.at('caplen', rows[first]!)));
      }
    }
    return found;
  }

  /** The packet's field tape; valid until the next call. */
  dissect(row: number, packet: Uint8Array): Tape {
    return this.#dissector.dissect(packet, 0, packet.length, this.firstProtocolOf(row), this.#table.at('origlen', row));
  }

  /** The protocol that the row's link type starts with. */
  firstProtocolOf(row: number): number {
    return firstProtocol(linkProtocol(this.#table.interfaces[this.#table.at('iface', row)]!.linkType));
  }

  /** What the file says about a packet. `before` is the row shown before it, itself where there is none. */
  frame(row: number, before = Math.max(0, row - 1)): FrameInfo {
    const table = this.#table;
    const { linkType, section, number, name, description } = table.interfaces[table.at('iface', row)]!;
    const previous = Math.max(0, row - 1);
    return {
      number: row + 1, hasTime: (table.at('marks', row) & Mark.NO_TIME) === 0,
      seconds: table.at('seconds', row), nanoseconds: table.at('nanoseconds', row),
      firstSeconds: table.at('seconds', 0), firstNanoseconds: table.at('nanoseconds', 0),
      previousSeconds: table.at('seconds', previous), previousNanoseconds: table.at('nanoseconds', previous),
      displayedSeconds: table.at('seconds', before), displayedNanoseconds: table.at('nanoseconds', before),
      caplen: table.at('caplen', row), origlen: table.at('origlen', row), encap: linkType === BLOCK ? -1 : linkEncap(linkType),
      section: number === null ? 0 : section, iface: number, interfaceName: name, interfaceDescription: description,
      comments: this.#reader.comments.get(row + 1) ?? [], flags: -1,
    };
  }
}
