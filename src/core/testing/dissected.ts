import { compile } from '../dissect/compile.ts';
import { describe } from '../dissect/describe.ts';
import { Dissector } from '../dissect/dissect.ts';
import { bareFrame } from '../dissect/frame.ts';
import { infoText, protocolColumn, type InfoContext } from '../dissect/info.ts';
import { layersOf } from '../dissect/layer.ts';
import { occurrences } from '../dissect/occurrences.ts';
import type { FieldView, LayerView } from '../dissect/view.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { fromHex } from './bytes.ts';

const program = compile(PROTOCOLS);

/** A packet as tests ask for it: by field name, by layer, in words. */
export interface Dissected {
  readonly path: string; //                                frame.protocols
  readonly layers: readonly LayerView[];
  readonly fields: readonly FieldView[];
  readonly info: string;
  readonly column: string; //                              the Protocol column
  values(name: string): string[]; //                      as tshark prints them, outermost first
  texts(name: string): string[]; //                       as people read them
  layer(name: string): LayerView; //                      the first of that Wireshark name
}

/** Reads bytes (or hexadecimal digits, blanks allowed) from their first layer on; `origlen` where the capture kept fewer than were on the wire. */
export function dissected(bytes: Uint8Array | string, first = 'eth', { origlen, info = {} }: { readonly origlen?: number; readonly info?: InfoContext } = {}): Dissected {
  const packet = typeof bytes === 'string' ? fromHex(bytes) : bytes;
  const frame = bareFrame(packet.length, { origlen: origlen ?? packet.length });
  const tape = new Dissector(program).dissect(packet, 0, packet.length, firstProtocol(first), frame.origlen);
  const { layers, fields } = describe(program, tape, packet, frame);
  const stack = layersOf(program, tape, packet);
  const values = (name: string): string[] => occurrences(program, tape, packet, frame, name);
  return {
    path: values('frame.protocols')[0] ?? '', layers, fields, info: infoText(stack, info), column: protocolColumn(stack), values,
    texts: (name) => fields.filter((field) => field.name === name).map((field) => field.text),
    layer: (name) => {
      const found = layers.find((layer) => layer.protocol === name);
      if (!found) throw new Error(`no layer ${name} in ${values('frame.protocols').join()}`);
      return found;
    },
  };
}

/** `values` of several fields at once, one occurrence each, as a table to compare with. */
export const table = (packet: Dissected, names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, packet.values(name).join(', ')]));
