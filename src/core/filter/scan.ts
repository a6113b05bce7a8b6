import { Bitset } from '../base/bitset.ts';
import type { CaptureReader } from '../capture/capture-reader.ts';
import { compile } from '../dissect/compile.ts';
import { Dissector } from '../dissect/dissect.ts';
import type { Preferences } from '../dissect/occurrences.ts';
import type { Protocol } from '../dissect/protocol.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import type { Filter } from './compile.ts';
import { FrameCursor } from './frame-cursor.ts';
import type { KnownRows } from './known-rows.ts';

export interface ScanOptions {
  readonly signal?: AbortSignal;
  /** After each window of the file: rows of the set that are final, and how many of them are in it. */
  readonly onWindow?: (done: number, passed: number) => void;
  /** Which checksums are verified; all without it. */
  readonly preferences?: Preferences;
  /** What is put together, by tshark's names; nothing without it. */
  readonly reassembles?: ReadonlySet<string>;
  /** What the packet table knows: only the packets that it leaves open are asked. */
  readonly known?: KnownRows;
  readonly protocols?: readonly Protocol[]; // with other places than the built-in ones (Decode As)
}

/**
 * Asks a filter about each of the first `size` packets of a capture: row 0 is packet 1. Only what the filter needs is dissected. Rejects with the signal's
 * reason when it is aborted; a capture that breaks off gives what came before.
 */
export async function scan(reader: CaptureReader, filter: Filter, size: number, { signal, onWindow, preferences, reassembles, known, protocols = PROTOCOLS }: ScanOptions = {}): Promise<Bitset> {
  const program = compile(protocols, filter.fields);
  const dissector = new Dissector(program, { remembers: true, reassembles });
  const passes = filter.bind(program, preferences);
  const frame = new FrameCursor(reader);
  const asked = (): boolean => {
    dissector.time(frame.seconds, frame.nanoseconds, frame.number);
    const tape = dissector.dissect(reader.bytes, reader.start, reader.end, frame.protocol, frame.origlen);
    return passes(tape, tape.bytes, frame, tape.start, tape.end);
  };
  const rows = new Bitset(size);
  let row = 0;
  let passed = 0;
  do {
    signal?.throwIfAborted();
    while (row < size && reader.next()) {
      frame.step();
      if (known && !dissector.remembers && !known.open.has(row) ? known.passed.has(row) : asked()) { rows.add(row); passed++; frame.show(); }
      row++;
    }
    onWindow?.(row, passed);
  } while (row < size && await reader.refill());
  signal?.throwIfAborted();
  return rows;
}
