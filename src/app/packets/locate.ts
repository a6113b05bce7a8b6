// Between the selection, which names a field so that it can be found again in the next packet and in a link, and the places of a packet.

import type { FieldView, LayerView, PacketDetail, SourceView } from '../../worker/protocol.ts';

/** A layer, or with `field` >= 0 a field of it: indexes into the packet's `layers` and `fields`. */
export interface Place { readonly layer: number; readonly field: number }
/** "ip.ttl" or "ip" in a level; "~2" behind it for the second of that name there. */
export interface Key { readonly level: number; readonly field: string }

const nameOf = (layer: LayerView, field: FieldView | undefined): string => field ? field.name || `${layer.protocol}:${field.label}` : layer.protocol;

/** Layers and fields of a level in the order of the packet, a layer before its fields. */
function* places({ layers, fields }: PacketDetail, level: number): Iterable<Place & { name: string }> {
  for (const [index, layer] of layers.entries()) {
    if (layer.level !== level) continue;
    yield { layer: index, field: -1, name: nameOf(layer, undefined) };
    for (const [at, field] of fields.entries()) if (field.layer === index) yield { layer: index, field: at, name: nameOf(layer, field) };
  }
}

export function keyOf(detail: PacketDetail, { layer, field }: Place): Key {
  const { level } = detail.layers[layer]!;
  const name = nameOf(detail.layers[layer]!, detail.fields[field]);
  let nth = 0;
  for (const place of places(detail, level)) {
    if (place.name === name) nth++;
    if (place.layer === layer && place.field === field) break;
  }
  return { level, field: nth > 1 ? `${name}~${nth}` : name };
}

/** Null where this packet has no such field. */
export function placeOf(detail: PacketDetail, { level, field }: Key): Place | null {
  if (field === '') return null;
  const [, name, nth] = /^(.*?)(?:~(\d+))?$/s.exec(field)!;
  let left = Number(nth ?? 1);
  for (const place of places(detail, level)) if (place.name === name && --left === 0) return { layer: place.layer, field: place.field };
  return null;
}

export interface BitRange { readonly bit: number; readonly bits: number }

/** The bits of a place, counted from the packet's start; no bits for a value that is on no wire. */
export function rangeOf({ layers, fields }: PacketDetail, { layer, field }: Place): BitRange {
  const at = fields[field];
  if (at) return { bit: at.bitOffset, bits: at.bitLength };
  const { offset, length } = layers[layer]!;
  return { bit: offset * 8, bits: length * 8 };
}

/** The bytes that a range of bits touches, [from, to). */
export const bytesOf = ({ bit, bits }: BitRange): { from: number; to: number } => ({ from: bit >> 3, to: bits === 0 ? bit >> 3 : (bit + bits + 7) >> 3 });

/** What a byte belongs to: the narrowest field over the whole byte, else the first of the fields that share it, else the layer. Null between layers. */
export function placeAtByte({ layers, fields }: PacketDetail, byte: number): Place | null {
  let whole = -1;
  let shared = -1;
  for (const [at, { bitOffset, bitLength }] of fields.entries()) {
    if (bitLength === 0 || bitOffset >= byte * 8 + 8 || bitOffset + bitLength <= byte * 8) continue;
    if (bitOffset <= byte * 8 && bitOffset + bitLength >= byte * 8 + 8) { if (whole < 0 || bitLength <= fields[whole]!.bitLength) whole = at; }
    else if (shared < 0) shared = at;
  }
  const field = whole >= 0 ? whole : shared;
  if (field >= 0) return { layer: fields[field]!.layer, field };
  const layer = layers.findLastIndex(({ offset, length }) => byte >= offset && byte < offset + length);
  return layer < 0 ? null : { layer, field: -1 };
}

/** Where a byte is shown: in the packet itself, or in what was put together. */
export const sourceAt = ({ sources }: PacketDetail, byte: number): SourceView => sources.findLast(({ from }) => byte >= from) ?? sources[0]!;

/** The bytes of a range as they count in their source. */
export function within(detail: PacketDetail, { bit, bits }: BitRange): BitRange { return { bit: bit - sourceAt(detail, bit >> 3).from * 8, bits }; }

/** "46–48" */
export const byteSpan = (from: number, to: number): string => (to - from > 1 ? `${from}–${to - 1}` : String(from));

/** "bytes 46–48", "byte 14, bits 4–7": bits are counted from the byte's highest, as in an RFC. */
export function rangeText(range: BitRange): string {
  const { from, to } = bytesOf(range);
  if (range.bits === 0) return 'on no wire';
  const bytes = `${to - from > 1 ? 'bytes' : 'byte'} ${byteSpan(from, to)}`;
  const first = range.bit & 7;
  return first === 0 && range.bits % 8 === 0 ? bytes : `${bytes}, ${range.bits > 1 ? `bits ${first}–${first + range.bits - 1}` : `bit ${first}`}`;
}

/** "bytes 46–48", "bytes 0–7 of Reassembled IPv4" */
export function placeRange(detail: PacketDetail, place: Place): string {
  const range = rangeOf(detail, place);
  const source = sourceAt(detail, range.bit >> 3);
  return `${rangeText(within(detail, range))}${source.from > 0 && range.bits > 0 ? ` of ${source.name}` : ''}`;
}

/** "bytes 46–48 · vxlan.vni · VXLAN Network Identifier (VNI)" */
export function placeText(detail: PacketDetail, place: Place): string {
  const layer = detail.layers[place.layer]!;
  const field = detail.fields[place.field];
  return [placeRange(detail, place), field ? field.name : layer.protocol, field ? field.label : layer.label].filter(Boolean).join(' · ');
}
