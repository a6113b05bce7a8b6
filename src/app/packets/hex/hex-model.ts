// The bytes of a packet in rows of sixteen: what each belongs to and how it is coloured. Only the rows in view are ever made, since a
// packet may have 262,144 bytes.

import type { PacketDetail, SourceView } from '../../../worker/protocol.ts';
import { hueOf, secondTints } from '../hue.ts';
import { bytesOf, rangeOf, type Place } from '../locate.ts';

export const ACROSS = 16;

export interface HexByte {
  readonly at: number; //        offset in the packet
  readonly hex: string;
  readonly char: string; //      printable ASCII, else a middle dot
  readonly hue: string; //       class, '' between layers
  readonly second: boolean; //   the second tint of its hue
}
export interface HexRow { readonly at: number; readonly bytes: readonly HexByte[] }

export const hexRows = (length: number): number => Math.ceil(length / ACROSS);
/** "00a0"; wide enough for the packet's last byte, at least four digits. */
export const offsetText = (at: number, length: number): string => at.toString(16).padStart(Math.max(4, Math.max(0, length - 1).toString(16).length), '0');
const charOf = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');

/** The rows [first, first + count) of a source. */
export function hexWindow(detail: PacketDetail, source: SourceView, first: number, count: number): HexRow[] {
  const { all: bytes } = detail;
  const from = source.from + first * ACROSS;
  const to = Math.min(source.to, source.from + (first + count) * ACROSS);
  const layers = layersOf(detail, from, to);
  const second = secondTints(detail.layers);
  const rows: HexRow[] = [];
  for (let at = from; at < to; at += ACROSS) {
    const row: HexByte[] = [];
    for (let i = at; i < Math.min(at + ACROSS, to); i++) {
      const layer = layers[i - from]!;
      row.push({ at: i, hex: bytes[i]!.toString(16).padStart(2, '0'), char: charOf(bytes[i]!), hue: layer < 0 ? '' : hueOf(detail.layers[layer]!), second: layer >= 0 && second[layer]! });
    }
    rows.push({ at, bytes: row });
  }
  return rows;
}

/** The layer of each byte in [from, to): the one whose header it is in, else the one that has a field there (a trailer; not a payload in which others lie), else, between two layers, the one before it. */
function layersOf({ layers, fields }: PacketDetail, from: number, to: number): Int16Array {
  const owner = new Int16Array(to - from).fill(-1);
  const paint = (layer: number, start: number, end: number): void => { for (let i = Math.max(from, start); i < Math.min(to, end); i++) owner[i - from] = layer; };
  const next = (layer: number): number => layers[layer + 1]?.offset ?? Infinity;
  for (const layer of layers.keys()) if (next(layer) < Infinity) paint(layer, layers[layer]!.offset, next(layer));
  for (const { layer, bitOffset, bitLength } of fields) {
    const [start, end] = [bitOffset >> 3, (bitOffset + bitLength + 7) >> 3];
    if (bitLength > 0 && (start > next(layer) || end <= next(layer))) paint(layer, start, end);
  }
  for (const [layer, { offset, length }] of layers.entries()) paint(layer, offset, offset + length);
  return owner;
}

/** The bytes of a place, [from, to); null where it has none. */
export function marked(detail: PacketDetail, place: Place | null): { from: number; to: number } | null {
  if (!place) return null;
  const { from, to } = bytesOf(rangeOf(detail, place));
  return to > from ? { from, to: Math.min(to, detail.all.length) } : null;
}

/** "0a 36 d2" */
export const hexText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** A C array of the bytes, twelve a line, named after where they come from. */
export function cArray(bytes: Uint8Array, name: string): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 12) lines.push(`  ${Array.from(bytes.subarray(at, at + 12), (byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')}`);
  return `static const unsigned char ${name.replace(/\W+/g, '_')}[${bytes.length}] = {\n${lines.join(',\n')}\n};\n`;
}
