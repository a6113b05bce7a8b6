// Values of a field, a protocol or a slice, in the order in which they stand in the packet. The general way: whatever has no
// shortcut in tests.ts goes through here.

import { occurrences } from '../dissect/occurrences.ts';
import type { FieldInfo, Program } from '../dissect/program.ts';
import { nanosecondsOf, valueText } from '../dissect/read-tape.ts';
import { layerOf, type Tape } from '../dissect/tape.ts';
import type { Context } from './context.ts';
import { nameOf, type Meaning } from './names.ts';
import type { LayerRange, SliceRange } from './syntax.ts';
import { bytesOfText, type Value } from './value.ts';

export type Read = (c: Context) => Value[];
export type BuildRead = (program: Program) => Read;

const HIGH = 4_294_967_296;

/** Field ids of the program by number: 1 where the field belongs to the name. */
export function members(program: Program, name: string): Uint8Array {
  const set = new Uint8Array(program.fields.length);
  for (const field of program.fields) if (field.abbrev === name || field.aliases.includes(name)) set[field.id] = 1;
  return set;
}

export const readMeaning = (meaning: Meaning, layers: readonly LayerRange[] | null): BuildRead => {
  switch (meaning.kind) {
    case 'frame': return inFrame(layers, (c) => { const v = meaning.value.read(c.frame); return Array.isArray(v) ? [...(v as Value[])] : [v as Value]; });
    case 'path': return inFrame(layers, (c) => occurrences(c.program, c.tape, c.packet, c.frame, meaning.name));
    case 'status': return statuses(meaning.name, layers);
    case 'packet': return inFrame(layers, (c) => [c.packet]);
    case 'protocol': return () => (c) => protocolLayers(c, meaning.name, layers).map((layer) => c.packet.subarray(c.tape.layerOffset[layer], c.tape.layerBound[layer]));
    case 'field': return (program) => {
      const wanted = members(program, meaning.name);
      const textual = meaning.type === 'text';
      return (c) => wantedRows(c, wanted, layers).map((row) => (textual ? valueText(c.program, c.tape, row, c.packet) : rowValue(program.fields[c.tape.fieldId[row]!]!, c, row)));
    };
  }
};

/** Rows of the wanted fields, in these layers. */
export function wantedRows({ rows, tape }: Context, wanted: Uint8Array, layers: readonly LayerRange[] | null): number[] {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (wanted[tape.fieldId[row]!] === 1 && (layers === null || inLayers(tape, layerOf(tape, row), layers))) found.push(row);
  }
  return found;
}

/** What the file says belongs to the frame, which is one layer. */
const inFrame = (layers: readonly LayerRange[] | null, read: Read): BuildRead => () => (layers === null || layers.some((range) => isIn(range, 1, 1)) ? read : () => []);

/** Verdicts on a checksum, in the layers of the checksums. */
const statuses = (name: string, layers: readonly LayerRange[] | null): BuildRead => (program) => {
  const wanted = members(program, name.slice(0, -'.status'.length));
  return (c) => {
    const all = occurrences(c.program, c.tape, c.packet, c.frame, name, c.preferences).map(Number);
    if (layers === null) return all;
    const rows = wantedRows(c, wanted, null);
    return all.filter((_, i) => rows[i] !== undefined && inLayers(c.tape, layerOf(c.tape, rows[i]), layers));
  };
};

/** Layers of a protocol, outermost first. */
export function protocolLayers({ tape, program }: Context, name: string, layers: readonly LayerRange[] | null): number[] {
  const found: number[] = [];
  for (let layer = 0; layer < tape.layerCount; layer++) {
    if (nameOf(program.protocols[tape.layerProtocol[layer]!]!) === name && (layers === null || inLayers(tape, layer, layers))) found.push(layer);
  }
  return found;
}

/** Is this layer the first, second, ... of its protocol, as the ranges say? */
export function inLayers(tape: Tape, layer: number, ranges: readonly LayerRange[]): boolean {
  let place = 0;
  let count = 0;
  for (let l = 0; l < tape.layerCount; l++) {
    if (tape.layerProtocol[l] !== tape.layerProtocol[layer]) continue;
    count++;
    if (l <= layer) place++;
  }
  return ranges.some((range) => isIn(range, place, count));
}

function isIn({ low, high }: LayerRange, place: number, count: number): boolean {
  const from = (n: number): number => (n < 0 ? count + 1 + n : n);
  return place >= from(low) && place <= from(high);
}

function rowValue(field: FieldInfo, c: Context, row: number): Value {
  const { tape } = c;
  switch (field.type) {
    case 'bool': return tape.lo[row] === 0 && tape.hi[row] === 0 ? 0 : 1;
    case 'duration': case 'time': return nanosecondsOf(field, tape, row, c.packet);
    case 'uint': if (field.over) return tape.lo[row]! / field.over; return field.signed ? tape.lo[row]! | 0 : tape.hi[row]! * HIGH + tape.lo[row]!;
    case 'ipv4': case 'ether': return tape.hi[row]! * HIGH + tape.lo[row]!;
    case 'ipv6': case 'bytes': return rowBytes(c, row);
    case 'text': return valueText(c.program, tape, row, c.packet);
  }
}

const rowBytes = ({ packet, tape }: Context, row: number): Uint8Array => packet.subarray(tape.bitOffset[row]! >> 3, (tape.bitOffset[row]! + tape.bitLength[row]!) >> 3);

/** The bytes behind each value, for slices, `contains` and `matches` on addresses. */
export const readBytes = (meaning: Meaning, layers: readonly LayerRange[] | null): BuildRead => {
  if (meaning.kind !== 'field') return readMeaning(meaning, layers);
  return (program) => {
    const wanted = members(program, meaning.name);
    return (c) => wantedRows(c, wanted, layers).map((row) => rowBytes(c, row));
  };
};

/** A protocol's own bytes, without what it carries: what Wireshark slices and measures. What carries nothing is whole. */
export const readHeaders = (meaning: Meaning & { kind: 'protocol' }, layers: readonly LayerRange[] | null): BuildRead => () => (c) =>
  protocolLayers(c, meaning.name, layers).map((layer) => {
    const from = c.tape.layerOffset[layer]!;
    return c.packet.subarray(from, WHOLE.has(meaning.name) ? c.tape.layerBound[layer] : from + c.tape.layerLength[layer]!);
  });

/** Wireshark gives these all bytes to the end, although something may follow inside them. */
const WHOLE: ReadonlySet<string> = new Set(['icmp', 'icmpv6', 'data', 'dns', 'mdns']);

/** The pieces put together, up to the first that does not lie inside. */
export function sliced(value: Value, ranges: readonly SliceRange[]): Uint8Array {
  const bytes = bytesOfText(value);
  const size = bytes.length;
  const pieces: Uint8Array[] = [];
  for (const { at, length, last } of ranges) {
    const from = at < 0 ? size + at : at;
    const to = last === null ? (length === Infinity ? size : from + length) : (last < 0 ? size + last : last) + 1;
    if (from < 0 || to > size || to <= from) break;
    pieces.push(bytes.subarray(from, to));
  }
  return pieces.length === 1 ? pieces[0]! : Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}
