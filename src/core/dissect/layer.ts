// One layer of a dissected packet, asked by the names of its fields. What protocol files say in words (summary, Info) is written
// against this, so that they need to know neither tape nor program.

import { valueText } from './read-tape.ts';
import type { FieldInfo, Program } from './program.ts';
import type { Protocol } from './protocol.ts';
import { BY_CAPLEN, layerEnd, sourceOf, type Tape } from './tape.ts';

export class Layer {
  readonly index: number;
  readonly protocol: Protocol;
  readonly level: number;
  readonly offset: number; //  bytes from the packet's start
  readonly length: number; //  bytes of header that are there
  readonly source: number; //  -1: in the packet's own bytes, else in what was put together as this one
  readonly packet: Uint8Array;
  readonly #all: readonly Layer[];
  readonly #program: Program;
  readonly #tape: Tape;
  readonly #rows: readonly number[];

  constructor(program: Program, tape: Tape, packet: Uint8Array, index: number, rows: readonly number[], all: readonly Layer[]) {
    this.#program = program; this.#tape = tape; this.#rows = rows; this.#all = all;
    this.packet = packet; this.index = index;
    this.protocol = program.protocols[tape.layerProtocol[index]!]!;
    this.level = tape.layerLevel[index]!;
    this.offset = tape.layerOffset[index]!;
    this.length = tape.layerLength[index]!;
    this.source = sourceOf(tape, this.offset);
  }

  /** The layer that carries this one, and the one that this one carries. */
  get outer(): Layer | undefined { return this.#all[this.index - 1]; }
  get inner(): Layer | undefined { return this.#all[this.index + 1]; }
  /** Bytes after the header, up to the end that the lengths above promise and the capture kept. */
  get payloadBytes(): number { return Math.max(0, this.#tape.layerBound[this.index]! - this.offset - this.length); }
  /** Bytes that it and its payload had on the wire, as the lengths around it promise. */
  get room(): number { return this.#tape.layerReach[this.index]! - this.offset; }
  get rows(): readonly number[] { return this.#rows; }

  #field(row: number): FieldInfo { return this.#program.fields[this.#tape.fieldId[row]!]!; }

  /** Rows of the field, in order. */
  rowsOf(name: string): readonly number[] { return this.#rows.filter((row) => this.#field(row).name === name); }
  has(name: string): boolean { return this.#rows.some((row) => this.#field(row).name === name); }
  /** The first value as a number, NaN where there is none. */
  num(name: string): number {
    const row = this.#rows.find((r) => this.#field(r).name === name);
    return row === undefined ? NaN : this.#tape.lo[row]!;
  }
  /** The values as tshark prints them. */
  texts(name: string): readonly string[] { return this.rowsOf(name).map((row) => valueText(this.#program, this.#tape, row, this.packet)); }
  /** Every value in the order of the packet. */
  entries(): readonly { readonly name: string; readonly num: number; readonly text: string }[] {
    return this.#rows.map((row) => ({ name: this.#field(row).name, num: this.#tape.lo[row]!, text: valueText(this.#program, this.#tape, row, this.packet) }));
  }
  text(name: string): string { return this.texts(name)[0] ?? ''; }
  /** What the value means, '' where no words are known. */
  words(name: string): string {
    const row = this.#rows.find((r) => this.#field(r).name === name);
    return row === undefined ? '' : meaningOf(this.#field(row), this.#tape.lo[row]!);
  }
  /** What the number is likely to stand for (a well-known port), '' where nothing is known. */
  likely(name: string): string {
    const row = this.rowsOf(name)[0];
    return row === undefined ? '' : this.#field(row).note?.[this.#tape.lo[row]!] ?? '';
  }
  /** Not whole, and its header itself is what is cut: by the capture, or by a length (its own, or one around it). */
  get cut(): '' | 'capture' | 'length' {
    const by = this.#tape.shortBy[this.index]!;
    if (this.#tape.layerCut[this.index] === 0) return '';
    return by === BY_CAPLEN ? 'capture' : 'length';
  }
}

/** The words for a value, from the field's table or function. */
export const meaningOf = (field: FieldInfo, value: number): string => field.strings?.[value] ?? field.say?.(value) ?? '';

/** The layer whose field a row is: a trailer is found where the length inside ends, and belongs further out. */
function ownerOf(program: Program, tape: Tape, row: number, found: number): number {
  const owner = program.fields[tape.fieldId[row]!]!.protocol;
  for (let layer = found; layer >= 0; layer--) if (program.protocols[tape.layerProtocol[layer]!] === owner) return layer;
  return found;
}

/** The packet's layers, outermost first. A trailer's row goes to the layer whose field it is, wherever it was found. */
export function layersOf(program: Program, tape: Tape, packet: Uint8Array): readonly Layer[] {
  const rows: number[][] = Array.from({ length: tape.layerCount }, () => []);
  for (let layer = 0; layer < tape.layerCount; layer++) {
    for (let row = tape.layerFirst[layer]!; row < layerEnd(tape, layer); row++) rows[ownerOf(program, tape, row, layer)]!.push(row);
  }
  const all: Layer[] = [];
  for (let layer = 0; layer < tape.layerCount; layer++) all.push(new Layer(program, tape, packet, layer, rows[layer]!, all));
  return all;
}
