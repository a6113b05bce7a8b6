import { epochText, span, type FrameInfo } from '../core/dissect/frame.ts';
import type { Program } from '../core/dissect/program.ts';
import { valueText } from '../core/dissect/read-tape.ts';
import type { Tape } from '../core/dissect/tape.ts';
import { rowsWiresharkShows } from '../core/dissect/together.ts';
import type { FieldRequest } from './field-options.ts';

const FIRST_BYTES = 1 << 17;
const LONGEST = 64; //            characters of one plain value, and what stands around it
const MOST_EXACT = 0xffff_ffff; // whole numbers that are written digit by digit
const HEX = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const [DOT, COLON, ZERO, X, LINE] = [0x2e, 0x3a, 0x30, 0x78, 0x0a] as const;

type FrameWriter = (out: FieldLines, frame: FrameInfo) => void;
const FRAME_WRITERS: Readonly<Record<string, FrameWriter>> = {
  'frame.number': (out, f) => { out.decimal(f.number); },
  'frame.len': (out, f) => { out.decimal(f.origlen); },
  'frame.cap_len': (out, f) => { out.decimal(f.caplen); },
  'frame.time_epoch': (out, f) => { if (f.hasTime && f.nanoseconds >= 0) out.seconds(f.seconds, f.nanoseconds, 0, 0); else if (f.hasTime) out.text(epochText(f)); },
  'frame.time_relative': (out, f) => { if (f.hasTime) out.seconds(f.seconds, f.nanoseconds, f.firstSeconds, f.firstNanoseconds); },
  'frame.time_delta': (out, f) => { if (f.hasTime) out.seconds(f.seconds, f.nanoseconds, f.previousSeconds, f.previousNanoseconds); },
};

/**
 * Lines of numbers and addresses, of which most output is, written as bytes: a string a value would take most of the time. For `plain` columns only, whose
 * values have no character beyond ASCII and none to be escaped; the same text as `lineForm` over `FieldCells`.
 */
export class FieldLines {
  #bytes = new Uint8Array(FIRST_BYTES);
  #at = 0;
  readonly #program: Program;
  readonly #columns: readonly (readonly number[] | undefined)[]; // by field id
  readonly #frame: readonly (FrameWriter | undefined)[]; //         by column
  readonly #rows: readonly number[][]; //                           by column: the first #counts[column] are the packet's
  readonly #counts: Int32Array;
  readonly #separator: number;
  readonly #aggregator: number;
  readonly #occurrence: FieldRequest['occurrence'];

  /** Null where only strings will do. */
  static of(program: Program, request: FieldRequest, plain: readonly boolean[]): FieldLines | null {
    const single = [request.separator, request.aggregator].every((text) => /^[\0-\x7f]$/.test(text));
    return request.form !== 'json' && single && plain.every(Boolean) ? new FieldLines(program, request) : null;
  }

  private constructor(program: Program, { names, separator, aggregator, occurrence }: FieldRequest) {
    this.#program = program;
    const columns = program.fields.map(({ abbrev, aliases }) => names.flatMap((name, i) => (abbrev === name || aliases.includes(name) ? [i] : [])));
    this.#columns = columns.map((of) => (of.length > 0 ? of : undefined));
    this.#frame = names.map((name) => (Object.hasOwn(FRAME_WRITERS, name) ? FRAME_WRITERS[name] : undefined));
    this.#rows = names.map(() => []);
    this.#counts = new Int32Array(names.length);
    this.#separator = separator.charCodeAt(0);
    this.#aggregator = aggregator.charCodeAt(0);
    this.#occurrence = occurrence;
  }

  /** Bytes that wait to be taken. */
  get size(): number { return this.#at; }

  /** What was written since the last time. */
  take(): string {
    const text = Buffer.from(this.#bytes.buffer, 0, this.#at).toString('latin1');
    this.#at = 0;
    return text;
  }

  /** Writes the line of the packet of which the tape was made. */
  line(tape: Tape, frame: FrameInfo): void {
    this.#sort(tape);
    const counts = this.#counts;
    for (let column = 0; column < counts.length; column++) {
      this.#room();
      if (column > 0) this.#bytes[this.#at++] = this.#separator;
      const writer = this.#frame[column];
      if (writer !== undefined) { writer(this, frame); continue; }
      const rows = this.#rows[column]!;
      const count = counts[column]!;
      const [from, to] = [this.#occurrence === 'l' ? Math.max(0, count - 1) : 0, this.#occurrence === 'f' ? Math.min(1, count) : count];
      for (let i = from; i < to; i++) {
        this.#room();
        if (i > from) this.#bytes[this.#at++] = this.#aggregator;
        this.#value(tape, rows[i]!);
      }
    }
    this.#room();
    this.#bytes[this.#at++] = LINE;
  }

  /** Rows of the tape to the columns that show them. */
  #sort(tape: Tape): void {
    const counts = this.#counts;
    counts.fill(0);
    const rows = rowsWiresharkShows(this.#program, tape);
    for (let row = 0; row < rows; row++) {
      const columns = this.#columns[tape.fieldId[row]!];
      if (columns === undefined) continue;
      for (let i = 0; i < columns.length; i++) { const column = columns[i]!; this.#rows[column]![counts[column]!++] = row; }
    }
  }

  #value(tape: Tape, row: number): void {
    const field = this.#program.fields[tape.fieldId[row]!]!;
    const at = tape.start + (tape.bitOffset[row]! >> 3);
    const bits = tape.bitLength[row]!;
    const digits = field.display === 'hex' ? field.digits ?? Math.max(1, Math.ceil(field.width / 8)) * 2 : 0;
    if (field.type === 'uint' && !field.over && !field.signed && digits <= 8) { if (digits > 0) this.#hex(tape.lo[row]!, digits); else this.decimal(tape.lo[row]!); }
    else if (field.type === 'ipv4' && bits === 32) this.#ipv4(tape.bytes, at);
    else if (field.type === 'ether' && bits === 48) this.#ether(tape.bytes, at);
    else this.text(valueText(this.#program, tape, row, tape.bytes.subarray(tape.start, tape.end)));
  }

  /** With more digits where the value needs them. */
  #hex(value: number, least: number): void {
    let digits = least;
    while (digits < 8 && value >>> (digits * 4) !== 0) digits++;
    this.#bytes[this.#at++] = ZERO; this.#bytes[this.#at++] = X;
    for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) this.#bytes[this.#at++] = HEX[(value >>> shift) & 15]!;
  }

  /** A whole number. */
  decimal(value: number): void {
    if (value < 0 || value > MOST_EXACT) { this.text(String(value)); return; }
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    this.#digits(value, digits);
  }

  /** Between two times, with nine decimals. */
  seconds(seconds: number, nanoseconds: number, fromSeconds: number, fromNanoseconds: number): void {
    let [s, n] = [seconds - fromSeconds, nanoseconds - fromNanoseconds];
    if (n < 0 && s > 0) { n += 1e9; s--; }
    if (s < 0 || n < 0 || s > MOST_EXACT || n >= 1e9) { this.text(span(seconds, nanoseconds, fromSeconds, fromNanoseconds)); return; }
    this.decimal(s);
    this.#bytes[this.#at++] = DOT;
    this.#digits(n, 9);
  }

  #digits(value: number, digits: number): void {
    const bytes = this.#bytes;
    let left = value;
    for (let at = this.#at + digits - 1; at >= this.#at; at--) {
      const tenth = Math.floor(left / 10);
      bytes[at] = ZERO + left - tenth * 10;
      left = tenth;
    }
    this.#at += digits;
  }

  #ipv4(packet: Uint8Array, from: number): void {
    for (let i = 0; i < 4; i++) {
      if (i > 0) this.#bytes[this.#at++] = DOT;
      const byte = packet[from + i]!;
      this.#digits(byte, byte < 10 ? 1 : byte < 100 ? 2 : 3);
    }
  }

  #ether(packet: Uint8Array, from: number): void {
    for (let i = 0; i < 6; i++) {
      if (i > 0) this.#bytes[this.#at++] = COLON;
      this.#bytes[this.#at++] = HEX[packet[from + i]! >> 4]!;
      this.#bytes[this.#at++] = HEX[packet[from + i]! & 15]!;
    }
  }

  /** Text without a character beyond ASCII. */
  text(text: string): void {
    this.#room(text.length);
    for (let i = 0; i < text.length; i++) this.#bytes[this.#at++] = text.charCodeAt(i);
  }

  #room(more = 0): void {
    if (this.#at + more + LONGEST <= this.#bytes.length) return;
    const wider = new Uint8Array((this.#bytes.length + more) * 2);
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}
