// What a frame says, for a row of the list: addresses, protocol, Info. With the dissector, for the rows in view only.

import type { ByteSource } from '../bytes/byte-source.ts';
import { compile } from '../dissect/compile.ts';
import { Dissector } from '../dissect/dissect.ts';
import { infoText, ownLayers, protocolColumn } from '../dissect/info.ts';
import { layersOf, type Layer } from '../dissect/layer.ts';
import { ETHERTYPE } from '../mirror/headers.ts';
import { firstProtocol, PROTOCOLS } from '../protocols/all.ts';
import { frameBytes } from './frame-bytes.ts';
import { MARK, type Sightings } from './sightings.ts';

export interface FrameText {
  readonly sourceAddress: string;
  readonly destinationAddress: string;
  readonly protocol: string;
  readonly info: string;
}

export class FrameTexts {
  readonly #program = compile(PROTOCOLS);
  readonly #dissector = new Dissector(this.#program);

  /** The text of a row's innermost frame. */
  async read(source: ByteSource, sightings: Sightings, row: number): Promise<FrameText> {
    const frame = await frameBytes(source, sightings, row);
    const layers = layersOf(this.#program, this.#dissector.dissect(frame, 0, frame.length, startOf(sightings, row)), frame);
    const [from, to] = addresses(layers);
    return { sourceAddress: from, destinationAddress: to, protocol: protocolColumn(layers), info: infoText(layers) };
  }
}

/** The protocol that a row's innermost frame starts with, as `frameBytes` gives it. */
export function startOf({ columns }: Sightings, row: number): number {
  if ((columns.marks[row]! & MARK.ethernet) !== 0) return firstProtocol('eth');
  return firstProtocol(columns.type[row] === ETHERTYPE.ipv4 ? 'ip' : columns.type[row] === ETHERTYPE.ipv6 ? 'ipv6' : 'data');
}

/** Of the innermost layer that has a source and a destination, without those that an ICMP error quotes. */
function addresses(layers: readonly Layer[]): [string, string] {
  const layer = [...ownLayers(layers)].reverse().find((l) => l.has('src') && l.has('dst'));
  return layer === undefined ? ['', ''] : [layer.text('src'), layer.text('dst')];
}
