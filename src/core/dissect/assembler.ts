// Gatherers of all protocols that have one, and the rows of what they put together. The dissector asks behind each header, and goes on in the whole.

import { CONFLICT, newGathered, OVERLAP, TAILS, TOO_LONG, type Gathered, type Gatherer, type Messages, type Taker, type WrapGatherer } from './gather.ts';
import type { Program, Unit } from './program.ts';
import type { Sight } from './recall.ts';
import { MAX_SOURCES, NO_ROW, putRow, type Tape } from './tape.ts';

const FIRST_ROOM = 1 << 12;

export class Assembler {
  readonly gatherers: readonly (Gatherer | null)[]; // by protocol
  readonly any: boolean;
  readonly out: Gathered = newGathered();
  readonly taker: Taker;
  /** The packet's bytes and, behind them, what was put together: a copy that the next packet overwrites. */
  room = new Uint8Array(FIRST_ROOM);
  readonly #tape: Tape;

  constructor(program: Program, tape: Tape, preferences: ReadonlySet<string>, wrap?: WrapGatherer) {
    this.#tape = tape;
    this.gatherers = program.units.map(({ gathers, id }) => {
      if (!gathers || !preferences.has(gathers.preference)) return null;
      return wrap ? wrap(gathers.gatherer(preferences), id) : gathers.gatherer(preferences);
    });
    this.any = this.gatherers.some(Boolean);
    const messages: readonly (Messages | null)[] = program.units.map((unit) => (unit.messages && preferences.has(unit.messages.preference) ? unit.messages : null));
    this.taker = { protocol: -1, messages: null, of: (protocol) => messages[protocol] ?? null };
  }

  /** Asks about a payload that goes to `protocol`. False where it stands for itself. */
  gather(unit: Unit, sight: Sight, protocol: number): boolean {
    const { out, taker } = this;
    out.whole = null; out.protocol = -1; out.from = out.upto = out.held = out.in = 0;
    taker.protocol = protocol;
    taker.messages = taker.of(protocol);
    return this.gatherers[unit.id]!.gather(sight, taker, out) && (out.whole === null || this.#tape.sourceCount < MAX_SOURCES);
  }

  /** Copies bytes behind the `used` ones of the room. */
  append(bytes: Uint8Array, used: number): void {
    if (used + bytes.length > this.room.length) { const old = this.room; this.room = new Uint8Array(Math.max(old.length * 2, used + bytes.length)); this.room.set(old.subarray(0, used)); }
    this.room.set(bytes, used);
  }

  /** Rows for what the last `gather` found: `payload` and `source` are where the payload and the whole start. */
  show(unit: Unit, payload: number, source: number): void {
    const tape = this.#tape;
    const ids = unit.gathered!;
    const { whole, held, from, upto } = this.out;
    if (held > 0) {
      putRow(tape, ids.held, payload + Math.max(from, upto), held, 0, NO_ROW);
      if (this.out.in > 0) putRow(tape, ids.in, payload, 0, this.out.in, NO_ROW);
    }
    if (whole === null) return;
    const { length } = whole.bytes;
    const all = putRow(tape, ids.all, source, length, 0, NO_ROW);
    for (const { packet, at, length: bytes, marks } of whole.pieces) {
      const each = putRow(tape, (marks & ~OVERLAP) !== 0 ? ids.error : ids.each, source + Math.min(at, length), Math.max(0, Math.min(bytes, length - at)), packet, all);
      if ((marks & OVERLAP) !== 0) putRow(tape, ids.overlap, source, 0, 1, each);
      if ((marks & CONFLICT) !== 0) putRow(tape, ids.conflict, source, 0, 1, each);
      if ((marks & TAILS) !== 0) putRow(tape, ids.tails, source, 0, 1, each);
      if ((marks & TOO_LONG) !== 0) putRow(tape, ids.tooLong, source, 0, 1, each);
    }
    putRow(tape, ids.count, source, 0, whole.pieces.length, all);
    putRow(tape, ids.length, source, 0, length, all);
    putRow(tape, ids.data, source, length, 0, all);
  }
}
