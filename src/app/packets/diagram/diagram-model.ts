// A header as the RFCs draw it, 32 bits a row: the cells of a layer cut where a row ends, with the bits that are in this packet.

import type { DiagramCell, PacketDetail } from '../../../worker/protocol.ts';

export const BITS = 32;

/** A cell, or as much of it as stands in one row. */
export interface Piece {
  readonly cell: number; //        index into the cells
  readonly column: number; //      from 0
  readonly width: number;
  readonly bit: number; //         from the layer's start
  readonly continued: boolean; //  the rest of a cell that began in a row above
}

export interface Segment extends Piece {
  readonly field: number; //       of the packet, -1 for reserved bits and for what was cut off
  readonly label: string;
  readonly short: string;
  readonly text: string; //        the value for people
  readonly hex: string; //         "0x00014d", '' where the value says it itself
  readonly bits: string; //        "00001000" of a narrow cell, '' of a wide one
  readonly there: boolean; //      its bits were captured
}

/** As wide as a bit each can still be read. */
export const NARROW = 4;

/** Longer fields (options, a body) are no cells of a header. */
const LONGEST = 128;

/** The cells that the header always has, and behind them the fields of this packet that go on without a gap: what kind of message it is decides those. */
export function cellsOf({ layers, fields }: PacketDetail, layer: number): readonly DiagramCell[] {
  const { diagram, offset } = layers[layer]!;
  if (diagram.length === 0) return diagram;
  const cells = [...diagram];
  let end = Math.max(...diagram.map(({ bitOffset, bits }) => bitOffset + bits));
  for (const [field, { layer: owner, parent, bitOffset, bitLength, label }] of fields.entries()) {
    if (owner !== layer || parent >= 0 || bitOffset - offset * 8 !== end || bitLength === 0 || bitLength > LONGEST) continue;
    cells.push({ bitOffset: end, bits: bitLength, label, short: '', field });
    end += bitLength;
  }
  return cells;
}

/** Cells cut where a row ends, row by row. */
export function piecesOf(cells: readonly { readonly bitOffset: number; readonly bits: number }[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const [cell, { bitOffset, bits }] of cells.entries()) {
    for (let bit = bitOffset; bit < bitOffset + bits;) {
      const column = bit % BITS;
      const width = Math.min(BITS - column, bitOffset + bits - bit);
      (rows[Math.floor(bit / BITS)] ??= []).push({ cell, column, width, bit, continued: bit > bitOffset });
      bit += width;
    }
  }
  return Array.from(rows, (row) => row ?? []);
}

/** Rows of segments; an empty list where the layer has no fixed form. */
export function diagramRows(detail: PacketDetail, layer: number): Segment[][] {
  const { offset } = detail.layers[layer]!;
  const cells = cellsOf(detail, layer);
  return piecesOf(cells).map((row) => row.map((piece) => {
    const { bitOffset, bits, label, short, field } = cells[piece.cell]!;
    const start = offset * 8 + bitOffset;
    const there = start + bits <= detail.all.length * 8;
    const { text, hex } = valueOf(detail, field, start, bits, there);
    return { ...piece, field, label, short, text, hex, bits: there && piece.width <= NARROW ? bitsText(detail.all, offset * 8 + piece.bit, piece.width) : '', there };
  }));
}

function valueOf({ all: bytes, fields }: PacketDetail, field: number, start: number, bits: number, there: boolean): { text: string; hex: string } {
  const at = fields[field];
  if (!there) return { text: 'not captured', hex: '' };
  const number = bits <= 32 ? numberAt(bytes, start, bits) : null;
  const inHex = number === null || bits <= NARROW ? '' : `0x${number.toString(16).padStart(Math.ceil(bits / 4), '0')}`;
  if (!at) return { text: number === null ? '' : String(number), hex: inHex };
  // An address says it all; a value that is written in hex already needs no second one.
  return { text: at.value, hex: /^\d+$/.test(at.value) ? inHex : '' };
}

const bitAt = (bytes: Uint8Array, bit: number): number => (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1;
const bitsText = (bytes: Uint8Array, from: number, count: number): string => Array.from({ length: count }, (_, i) => bitAt(bytes, from + i)).join('');
function numberAt(bytes: Uint8Array, from: number, count: number): number {
  let number = 0;
  for (let i = 0; i < count; i++) number = number * 2 + bitAt(bytes, from + i);
  return number;
}
