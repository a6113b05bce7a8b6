// A dissected packet for people: layers with summaries, fields with meanings, header diagrams, verdicts and notes. Everything is made
// from the tape and the declarations, for the one packet in view.

import { cellsOf } from './cells.ts';
import { checksums, type Checksum } from './checksums.ts';
import { bareFrame, type FrameInfo } from './frame.ts';
import { ownLayers } from './info.ts';
import { layersOf, type Layer } from './layer.ts';
import { meaningText } from './meaning.ts';
import type { Program } from './program.ts';
import { valueText } from './read-tape.ts';
import { shortfallText } from './shortfall.ts';
import { NO_ROW, type Tape } from './tape.ts';
import type { DiagramCell, FieldView, LayerView, Place, SourceView } from './view.ts';

const MOST_NAMED = 12; // pieces of a whole

export interface Description { readonly layers: readonly LayerView[]; readonly fields: readonly FieldView[] }

/** What the tape's offsets count through: the packet of `caplen` bytes, and behind it what was put together. */
export function sourcesOf({ protocols, units }: Program, tape: Tape, caplen: number): readonly SourceView[] {
  const assembled = Array.from({ length: tape.sourceCount }, (_, i): SourceView => {
    const id = tape.sourceProtocol[i]!;
    return { name: `Reassembled ${units[id]!.gathers?.name ?? protocols[id]!.label}`, from: tape.sourceOffset[i]!, to: i + 1 < tape.sourceCount ? tape.sourceOffset[i + 1]! : tape.end - tape.start };
  });
  return [{ name: 'Packet', from: 0, to: caplen }, ...assembled];
}

/** `packet` starts at the packet's first byte; `program` should be compiled with all fields. */
export function describe(program: Program, tape: Tape, packet: Uint8Array, frame: FrameInfo = bareFrame(packet.length)): Description {
  const layers = layersOf(program, tape, packet);
  const sums = new Map(checksums(layers, tape, packet).map((sum) => [sum.row, sum]));
  const places = new Map(layers.flatMap((layer) => layer.rows).map((row, i) => [row, i]));
  const fields = layers.flatMap((layer) => layer.rows.map((row): FieldView => {
    const { abbrev, label, recalled = false, packet: points = false } = program.fields[tape.fieldId[row]!]!;
    const sum = sums.get(row);
    return {
      layer: layer.index, parent: tape.parent[row] === NO_ROW ? -1 : places.get(tape.parent[row]!) ?? -1, name: abbrev, label,
      value: valueText(program, tape, row, packet), text: withVerdict(wholeText(program, tape, row) || meaningText(program, tape, row, packet), sum),
      bitOffset: tape.bitOffset[row]!, bitLength: tape.bitLength[row]!, verdict: sum?.verdict ?? null, derived: recalled, packet: points ? tape.lo[row]! : 0,
    };
  }));
  const own = ownLayers(layers).length;
  return { layers: layers.map((layer) => layerView(layer, fields, notes(program, tape, layer, frame, own, sums))), fields };
}

/** "2 fragments, 1,481 bytes: #18 (1,472), #19 (9)"; '' for any other field. */
function wholeText({ fields }: Program, tape: Tape, row: number): string {
  const { protocol: { gathers }, name } = fields[tape.fieldId[row]!]!;
  if (!gathers || name !== gathers.fields.all.name) return '';
  const pieces: string[] = [];
  let count = 0;
  for (let at = row + 1; at < tape.count && tape.parent[at] !== NO_ROW; at++) {
    if (tape.parent[at] !== row || !fields[tape.fieldId[at]!]!.packet || count++ >= MOST_NAMED) continue;
    pieces.push(`#${tape.lo[at]!.toLocaleString('en-US')} (${(tape.bitLength[at]! / 8).toLocaleString('en-US')})`);
  }
  const word = gathers.fields.each.name;
  return `${count} ${word}${count === 1 ? '' : 's'}, ${(tape.bitLength[row]! / 8).toLocaleString('en-US')} bytes: ${pieces.join(', ')}${count > MOST_NAMED ? ', …' : ''}`;
}

const withVerdict = (text: string, sum: Checksum | undefined): string => (sum ? `${text}, ${sum.note || sum.verdict}` : text);

/** What there is to remark on a layer, in sentences. */
function notes(program: Program, tape: Tape, layer: Layer, frame: FrameInfo, own: number, sums: ReadonlyMap<number, Checksum>): string {
  const said: string[] = [];
  if (layer.index === own && own > 0) said.push('Quoted from the packet that the error is about.');
  const carried = layer.protocol.name === 'data' ? whatIs(layer) : '';
  if (carried) said.push(`${carried}, shown as data.`);
  said.push(shortfallText(program, tape, layer, frame, layer.index >= own));
  const wrong = layer.rows.map((row) => sums.get(row)).find((sum) => sum?.verdict === 'bad');
  if (wrong) said.push(`Checksum ${wrong.note}.`);
  if (tape.full && layer.index === tape.layerCount - 1) said.push('More layers or fields follow than are shown.');
  return said.filter(Boolean).join(' ');
}

const whatIs = ({ outer }: Layer): string => (outer ? outer.protocol.carries?.(outer) ?? '' : 'A link type that is not read here');

function layerView(layer: Layer, fields: readonly FieldView[], note: string): LayerView {
  const { protocol, level, offset, length } = layer;
  return {
    protocol: protocol.path ?? protocol.name, name: protocol.short ?? protocol.column, label: protocol.label, summary: protocol.summary?.(layer) ?? '',
    level, part: placeOf(layer), offset, length, note, diagram: diagramOf(layer, fields),
  };
}

const placeOf = ({ protocol, level }: Layer): Place => (protocol.encapsulates ? 'envelope' : level === 0 ? 'outer' : 'inner');

function diagramOf({ index, offset, protocol }: Layer, fields: readonly FieldView[]): readonly DiagramCell[] {
  const at = new Map<string, number>(); // by place and width; the narrowest reading wins, so it is entered last
  fields.forEach((field, i) => { if (field.layer === index && field.bitLength > 0) at.set(`${field.bitOffset - offset * 8}+${field.bitLength}`, i); });
  return cellsOf(protocol.header).map(({ bitOffset, bits, name, label, short }) => {
    const own = fields.findIndex((f) => f.layer === index && f.bitOffset === offset * 8 + bitOffset && f.bitLength === bits && f.name.endsWith(`.${name}`));
    const field = name !== '' && own >= 0 ? own : name === '' && bits > 1 ? at.get(`${bitOffset}+${bits}`) ?? -1 : -1;
    return { bitOffset, bits, label: field >= 0 && name === '' ? fields[field]!.label : label, short, field };
  });
}
