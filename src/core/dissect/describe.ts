// A dissected packet for people: layers with summaries, fields with meanings, header diagrams, verdicts and notes. Everything is made
// from the tape and the declarations, for the one packet in view.

import { cellsOf } from './cells.ts';
import { bareFrame, type FrameInfo } from './frame.ts';
import { layersOf, type Layer } from './layer.ts';
import { meaningText } from './meaning.ts';
import type { Program } from './program.ts';
import { valueText } from './read-tape.ts';
import { shortfallText } from './shortfall.ts';
import { NO_ROW, type Tape } from './tape.ts';
import type { DiagramCell, FieldView, LayerView, Place } from './view.ts';

export interface Description { readonly layers: readonly LayerView[]; readonly fields: readonly FieldView[] }

/** `packet` starts at the packet's first byte; `program` should be compiled with all fields. */
export function describe(program: Program, tape: Tape, packet: Uint8Array, frame: FrameInfo = bareFrame(packet.length)): Description {
  const layers = layersOf(program, tape, packet);
  const order = layers.flatMap((layer) => layer.rows);
  const places = new Map(order.map((row, i) => [row, i]));
  const fields = layers.flatMap((layer) => layer.rows.map((row): FieldView => {
    const { abbrev, label } = program.fields[tape.fieldId[row]!]!;
    return {
      layer: layer.index, parent: tape.parent[row] === NO_ROW ? -1 : places.get(tape.parent[row]!) ?? -1, name: abbrev, label,
      value: valueText(program, tape, row, packet), text: meaningText(program, tape, row, packet),
      bitOffset: tape.bitOffset[row]!, bitLength: tape.bitLength[row]!, verdict: null,
    };
  }));
  return { layers: layers.map((layer) => layerView(program, tape, layer, fields, frame)), fields };
}

function layerView(program: Program, tape: Tape, layer: Layer, fields: readonly FieldView[], frame: FrameInfo): LayerView {
  const { protocol, level, offset, length, index } = layer;
  return {
    protocol: protocol.path ?? protocol.name, name: protocol.short ?? protocol.column, label: protocol.label, summary: protocol.summary?.(layer) ?? '',
    level, part: placeOf(layer), offset, length, note: shortfallText(program, tape, index, frame), diagram: diagramOf(layer, fields),
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
