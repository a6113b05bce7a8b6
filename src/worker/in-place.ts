// One packet as it is in its place among the others: with what follows from them, and put together with them.

import { Dissector } from '../core/dissect/dissect.ts';
import { Page } from '../core/dissect/journal.ts';
import type { Program } from '../core/dissect/program.ts';
import { partsIn, replaying, type Scene } from '../core/dissect/replay.ts';
import type { Tape } from '../core/dissect/tape.ts';
import type { Chronicle, Noted } from './chronicle.ts';
import type { PacketReader } from './packet-reader.ts';

/** Wholes of packets that lie in wholes of packets: outer fragments, inner fragments, a stream. */
const MOST_DEEP = 4;
/** Packets that are read for one. */
const MOST_PACKETS = 20_000;
/** Everything together that is shown of one packet. */
const MOST_BYTES = 64 << 20;

const NOTHING: Scene = { page: new Page(new Float64Array(0)), wholes: [], completedBy: () => 0, next: 0 };

/** Puts packets in their places. */
export class Stage {
  readonly #dissector: Dissector;
  readonly #packets: PacketReader;
  readonly #chronicle: Chronicle;
  #scene = NOTHING;

  constructor(program: Program, packets: PacketReader, chronicle: Chronicle, reassembles: ReadonlySet<string>) {
    this.#packets = packets;
    this.#chronicle = chronicle;
    this.#dissector = new Dissector(program, { remembers: true, reassembles, ...replaying(() => this.#scene) });
  }

  /** The tape of row `row`, of which `noted` is what the others say; valid until the next call. */
  async dissect(row: number, packet: Uint8Array, noted: Noted, signal: AbortSignal): Promise<Tape> {
    const wholes = await new Gathering(this.#packets, this.#chronicle, signal).wholesOf(noted, 0);
    const frame = this.#packets.frame(row);
    this.#scene = { page: new Page(noted.numbers), wholes, completedBy: noted.completedBy, next: 0 };
    this.#dissector.time(frame.seconds, frame.nanoseconds, row + 1);
    return this.#dissector.dissect(packet, 0, packet.length, this.#packets.firstProtocolOf(row), frame.origlen);
  }
}

/** Reads what the pieces of one packet's wholes are made of. */
class Gathering {
  readonly #packets: PacketReader;
  readonly #chronicle: Chronicle;
  readonly #signal: AbortSignal;
  readonly #read = new Map<number, Uint8Array>(); // by packet, each with its own wholes behind its bytes
  #left = MOST_BYTES;

  constructor(packets: PacketReader, chronicle: Chronicle, signal: AbortSignal) { this.#packets = packets; this.#chronicle = chronicle; this.#signal = signal; }

  async wholesOf({ wholes }: Pick<Noted, 'wholes'>, depth: number): Promise<Uint8Array[]> {
    const made: Uint8Array[] = [];
    for (const { length, pieces } of wholes) {
      if (length > this.#left) { made.push(new Uint8Array(0)); continue; }
      this.#left -= length;
      const whole = new Uint8Array(length);
      for (const { packet, offset, length: bytes, at } of [...pieces].reverse()) { // what stands first stays, as when it was put together
        const from = (await this.#bytesOf(packet, depth, offset + bytes)).subarray(offset, offset + Math.min(bytes, Math.max(0, length - at)));
        if (from.length > 0) whole.set(from, at);
      }
      made.push(whole);
    }
    return made;
  }

  /** A packet's bytes, and its wholes where so many bytes are wanted that they are among them. */
  async #bytesOf(packet: number, depth: number, wanted: number): Promise<Uint8Array> {
    const known = this.#read.get(packet);
    if (known && known.length >= wanted) return known;
    if (this.#read.size >= MOST_PACKETS) return new Uint8Array(0);
    const own = await this.#packets.bytes(packet - 1);
    let bytes = own;
    if (own.length < wanted && depth < MOST_DEEP) {
      const noted = await this.#chronicle.until(packet, this.#signal);
      if (noted) bytes = joined([own, ...await this.wholesOf(partsIn(new Page(noted.numbers)), depth + 1)]);
    }
    this.#read.set(packet, bytes);
    return bytes;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
