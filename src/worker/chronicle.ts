// What each packet owes to those around it: one pass over the capture in its order, whose answers are kept, so that any packet can be shown in its place.

import { FaultError } from '../core/base/fault.ts';
import { openCapture, type CaptureReader } from '../core/capture/capture-reader.ts';
import { catalogue } from '../core/dissect/catalogue.ts';
import { compile } from '../core/dissect/compile.ts';
import { Dissector } from '../core/dissect/dissect.ts';
import { Journal, Page } from '../core/dissect/journal.ts';
import type { Protocol } from '../core/dissect/protocol.ts';
import { partsIn, recording, type NotedParts } from '../core/dissect/replay.ts';
import { FrameCursor } from '../core/filter/frame-cursor.ts';
import type { ByteSource } from '../core/bytes/byte-source.ts';

/** Kept of answers: some 300,000 packets. What came before is asked again when somebody looks. */
const MOST_BYTES = 64 << 20;
/** Packets of which is known who completes them. */
const MOST_PIECES = 1 << 20;
const PROTOCOLS_MOST = 1024; // a packet's and a protocol's number in one

export interface Noted extends NotedParts { readonly numbers: Float64Array; readonly completedBy: (protocol: number) => number }

export class Chronicle {
  readonly #source: ByteSource;
  readonly #protocols: readonly Protocol[];
  readonly #reassembles: ReadonlySet<string>;
  readonly #completedBy = new Map<number, number>();
  readonly #first: Pass;
  #again: Pass | null = null;

  constructor(source: ByteSource, protocols: readonly Protocol[], reassembles: ReadonlySet<string>) {
    this.#source = source; this.#protocols = protocols; this.#reassembles = reassembles;
    this.#first = this.#pass();
  }

  /** What is noted of a packet already; null where the pass has not come to it, or past the packet that may complete it. */
  known(packet: number): Noted | null {
    const numbers = this.#first.journal.of(packet) ?? this.#again?.journal.of(packet);
    if (!numbers) return null;
    const parts = partsIn(new Page(numbers));
    const completedBy = (protocol: number): number => this.#completedBy.get(packet * PROTOCOLS_MOST + protocol) ?? 0;
    return this.#first.done || parts.held.every((protocol) => completedBy(protocol) > 0) ? { ...parts, numbers, completedBy } : null;
  }

  /** Goes on until a packet is noted; null where it never will be: the capture breaks off before. */
  async until(packet: number, signal: AbortSignal): Promise<Noted | null> {
    for (let found = this.known(packet); ; found = this.known(packet)) {
      if (found) return found;
      if (signal.aborted) throw new FaultError({ code: 'cancelled', what: 'This was cancelled', next: 'Nothing else has changed.' });
      if (!this.#first.done) { await this.#first.go(); continue; }
      if (packet >= this.#first.journal.first) return null;
      if (!this.#again || this.#again.journal.first > packet || this.#again.done) this.#again = this.#pass();
      await this.#again.go();
    }
  }

  #pass(): Pass {
    return new Pass(this.#source, this.#protocols, this.#reassembles, (protocol, packet, by) => {
      if (this.#completedBy.size < MOST_PIECES) this.#completedBy.set(packet * PROTOCOLS_MOST + protocol, by);
    });
  }
}

/** One way through the capture, a window of the file at a time. Whoever asks goes a step; two who ask at once go the same one. */
class Pass {
  readonly journal = new Journal(MOST_BYTES);
  done = false;
  readonly #source: ByteSource;
  readonly #dissector: Dissector;
  #reader: CaptureReader | null = null;
  #frame: FrameCursor | null = null;
  #step: Promise<void> | null = null;

  constructor(source: ByteSource, protocols: readonly Protocol[], reassembles: ReadonlySet<string>, onPiece: (protocol: number, packet: number, by: number) => void) {
    this.#source = source;
    const wanted = [...catalogue(protocols).fields.filter(({ recalled }) => recalled).map(({ abbrev }) => abbrev), 'tcp.options.sack_le', 'tcp.options.sack_re'];
    this.#dissector = new Dissector(compile(protocols, wanted), { remembers: true, reassembles, ...recording(this.journal, onPiece) });
  }

  go(): Promise<void> { return (this.#step ??= this.#on().finally(() => { this.#step = null; })); }

  async #on(): Promise<void> {
    const reader = (this.#reader ??= await openCapture(this.#source));
    const frame = (this.#frame ??= new FrameCursor(reader));
    const dissector = this.#dissector;
    while (reader.next()) {
      frame.step();
      this.journal.begin();
      dissector.time(frame.seconds, frame.nanoseconds, frame.number);
      dissector.dissect(reader.bytes, reader.start, reader.end, frame.protocol, frame.origlen);
    }
    if (await reader.refill()) return;
    this.done = true;
    await reader.close();
  }
}
