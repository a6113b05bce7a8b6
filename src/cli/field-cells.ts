import { absoluteTime, FRAME_FIELDS, type FrameInfo } from '../core/dissect/frame.ts';
import { occurrences, type Preferences } from '../core/dissect/occurrences.ts';
import type { Program } from '../core/dissect/program.ts';
import { valueText } from '../core/dissect/read-tape.ts';
import type { Tape } from '../core/dissect/tape.ts';
import { rowsWiresharkShows } from '../core/dissect/together.ts';
import type { Clock } from './time-zone.ts';

/** The fields that tshark prints in local time. */
const LOCAL_TIMES: ReadonlySet<string> = new Set(['frame.time', 'icmp.data_time']);

const PLAIN_TYPES: ReadonlySet<string> = new Set(['uint', 'bool', 'ipv4', 'ipv6', 'ether']);
const PLAIN_FRAME: ReadonlySet<string> = new Set(['frame.number', 'frame.len', 'frame.cap_len', 'frame.time_epoch', 'frame.time_relative', 'frame.time_delta']);

/** The values of the chosen fields, packet by packet: a list of texts for each name, in the order of the names. */
export class FieldCells {
  readonly cells: string[][];
  readonly #program: Program;
  readonly #columns: (readonly number[] | undefined)[]; // by field id
  readonly #frame: readonly { readonly text: (frame: FrameInfo) => string | readonly string[]; readonly column: number }[];
  readonly #others: readonly { readonly name: string; readonly column: number }[];
  /** Columns of numbers and addresses, whose texts have no character that has to be escaped. */
  readonly plain: readonly boolean[];
  readonly #times: readonly number[]; //                    columns
  readonly #clock: Clock | null;
  readonly #preferences: Preferences;

  /** `clock` is null for UTC. */
  constructor(program: Program, names: readonly string[], clock: Clock | null, preferences: Preferences) {
    this.#program = program;
    this.#preferences = preferences;
    this.#clock = clock;
    this.cells = names.map(() => []);
    const columnsOf = program.fields.map((field) => names.flatMap((name, i) => (field.abbrev === name || field.aliases.includes(name) ? [i] : [])));
    this.#columns = columnsOf.map((columns) => (columns.length > 0 ? columns : undefined));
    const others = names.map((name, column) => ({ name, column })).filter(({ column }) => !columnsOf.some((columns) => columns.includes(column)));
    this.#frame = others.flatMap(({ name, column }) => (Object.hasOwn(FRAME_FIELDS, name) ? [{ text: FRAME_FIELDS[name]!.text, column }] : []));
    this.#others = others.filter(({ name }) => !Object.hasOwn(FRAME_FIELDS, name));
    this.plain = names.map((_, column) => PLAIN_FRAME.has(names[column]!) || (columnsOf.some((columns) => columns.includes(column)) && columnsOf.every((columns, id) => !columns.includes(column) || PLAIN_TYPES.has(program.fields[id]!.type))));
    this.#times = clock ? names.flatMap((name, i) => (LOCAL_TIMES.has(name) ? [i] : [])) : [];
  }

  /** Fills `cells` from bytes[start..end), of which `tape` was made. */
  fill(tape: Tape, bytes: Uint8Array, start: number, end: number, frame: FrameInfo): void {
    const { cells } = this;
    for (let i = 0; i < cells.length; i++) while (cells[i]!.length > 0) cells[i]!.pop(); // keeps their room, which setting the length would give back
    let packet: Uint8Array | null = null;
    const rows = rowsWiresharkShows(this.#program, tape);
    for (let row = 0; row < rows; row++) {
      const columns = this.#columns[tape.fieldId[row]!];
      if (columns === undefined) continue;
      packet ??= bytes.subarray(start, end);
      const text = valueText(this.#program, tape, row, packet);
      for (let i = 0; i < columns.length; i++) cells[columns[i]!]!.push(text);
    }
    for (let i = 0; i < this.#frame.length; i++) {
      const { text, column } = this.#frame[i]!;
      const value = text(frame);
      if (typeof value === 'string') cells[column]!.push(value); else cells[column]!.push(...value);
    }
    for (const { name, column } of this.#others) cells[column]!.push(...occurrences(this.#program, tape, packet ??= bytes.subarray(start, end), frame, name, this.#preferences));
    for (const column of this.#times) cells[column] = cells[column]!.map((text) => localTime(text, this.#clock!));
  }
}

/** "Jun 20, 2008 10:20:37.965649000 UTC" in local time. */
function localTime(text: string, clock: Clock): string {
  const m = /^(.*)\.(\d{9}) UTC$/.exec(text);
  const ms = m ? Date.parse(`${m[1]!} UTC`) : NaN;
  if (Number.isNaN(ms)) return text;
  const { offset, name } = clock(ms / 1000);
  return absoluteTime(ms / 1000 + offset, Number(m![2])).replace(/UTC$/, name);
}
