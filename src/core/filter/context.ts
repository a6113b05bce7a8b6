import type { ColumnTest } from './columns.ts';
import { bareFrame, type FrameInfo } from '../dissect/frame.ts';
import type { Preferences } from '../dissect/occurrences.ts';
import type { Program } from '../dissect/program.ts';
import { newTape, type Tape } from '../dissect/tape.ts';
import { rowsWiresharkShows } from '../dissect/together.ts';

/** The packet that a test looks at: one object, refilled for each packet. */
export class Context {
  tape: Tape = newTape();
  rows = 0; //                                       of the tape, that count
  bytes: Uint8Array = new Uint8Array(0); // of which [start..end) is the packet
  start = 0;
  end = 0;
  frame: FrameInfo = bareFrame(0);
  readonly program: Program;
  readonly preferences: Preferences;
  #packet: Uint8Array | null = null;

  constructor(program: Program, preferences: Preferences) { this.program = program; this.preferences = preferences; }

  fill(tape: Tape, bytes: Uint8Array, frame: FrameInfo, start: number, end: number): void {
    this.tape = tape; this.bytes = bytes; this.frame = frame; this.start = start; this.end = end;
    this.rows = rowsWiresharkShows(this.program, tape);
    this.#packet = null;
  }

  /** The packet's bytes alone, made only for those who need them. */
  get packet(): Uint8Array { return (this.#packet ??= this.bytes.subarray(this.start, this.end)); }
}

/** Does the packet pass? Made once for a program, so that nothing is looked up for a packet. */
export type Test = (c: Context) => boolean;
export type BuildTest = (program: Program) => Test;

/** A part of a filter: the test of a packet's bytes, and what the packet table knows of its answer. */
export interface Condition { readonly test: BuildTest; readonly columns: ColumnTest }
