// What stands in the brackets of a slice, eth.src[0:3], and of a layer, ip.addr#[1-2].

import { FilterError } from './filter-error.ts';
import type { LayerRange, SliceRange } from './syntax.ts';
import type { Token } from './tokens.ts';

const PIECE = /^\s*(?:(-?\d{1,6})\s*:\s*(\d{1,6})|(-?\d{1,6})\s*-\s*(-?\d{1,6})|:\s*(\d{1,6})|(-?\d{1,6})\s*:|(-?\d{1,6}))\s*$/;
const HELP = 'Write a range as [from:length], [from-to], [:length], [from:] or [index]; several are set apart by commas';

/** Bytes, from 0; a negative place counts from the end. */
export function sliceRanges(token: Token): SliceRange[] {
  return pieces(token, (m): SliceRange | string => {
    if (m[1] !== undefined) return m[2] === '0' ? 'A range of no bytes matches nothing: write a length of 1 or more' : { at: Number(m[1]), length: Number(m[2]), last: null };
    if (m[3] !== undefined) return { at: Number(m[3]), length: 0, last: Number(m[4]) };
    if (m[5] !== undefined) return { at: 0, length: Number(m[5]), last: null };
    if (m[6] !== undefined) return { at: Number(m[6]), length: Infinity, last: null };
    return { at: Number(m[7]), length: 1, last: null };
  });
}

/** Layers, from 1; -1 is the innermost. */
export function layerRanges(token: Token): LayerRange[] {
  if (token.kind === 'word') return [layer(Number(token.text), Number(token.text), token)];
  return pieces(token, (m): LayerRange => {
    if (m[1] !== undefined) return layer(Number(m[1]), Number(m[1]) + Number(m[2]) - 1, token);
    if (m[3] !== undefined) return layer(Number(m[3]), Number(m[4]), token);
    if (m[5] !== undefined) return { low: 0, high: Number(m[5]) - 1 }; // from the start, which is before the first
    if (m[6] !== undefined) return layer(Number(m[6]), Infinity, token);
    return layer(Number(m[7]), Number(m[7]), token);
  });
}

function layer(low: number, high: number, token: Token): LayerRange {
  if (low === 0 || high === 0) throw new FilterError(token, 'Layers are counted from 1: #1 is the outermost, #[-1] the innermost');
  return { low, high };
}

function pieces<T>(token: Token, read: (m: RegExpExecArray) => T | string): T[] {
  let at = token.from + 1;
  return token.text.split(',').map((piece) => {
    const span = { from: at, to: at + piece.length };
    at = span.to + 1;
    const m = PIECE.exec(piece);
    const range = m ? read(m) : HELP;
    if (typeof range === 'string') throw new FilterError(piece.trim() === '' ? token : span, range);
    return range;
  });
}
