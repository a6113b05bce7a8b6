// A filter's text cut into what it is made of, for the eye only: what is right is decided by the core. A mistake is cut out where it is.

import type { TextError } from '../../../worker/protocol.ts';

export type PartKind = 'name' | 'sign' | 'value' | 'space';
export interface TextPart { readonly kind: PartKind; readonly text: string; readonly wrong: boolean }

const WORDS = new Set(['and', 'or', 'not', 'xor', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'contains', 'matches', 'in', 'any', 'all', 'any_eq', 'all_eq', 'any_ne', 'all_ne', 'bitand', 'bitwise_and', 'len', 'lower', 'upper', 'count', 'string', 'max', 'min', 'abs']);
const PIECE = /(\s+)|("(?:[^"\\]|\\.)*"?)|([a-zA-Z_][\w.-]*)|([\w.:/]+)|(.)/gs;

export function filterParts(text: string, error: TextError | null): TextPart[] {
  const parts: TextPart[] = [];
  for (const [piece, space, string, word, value] of text.matchAll(PIECE)) {
    const kind = space !== undefined ? 'space' : string !== undefined || value !== undefined ? 'value' : word !== undefined ? (WORDS.has(word.toLowerCase()) ? 'sign' : 'name') : 'sign';
    const at = parts.reduce((sum, part) => sum + part.text.length, 0);
    parts.push(...cutOut(piece, at, kind, error));
  }
  // An error behind the last character (something is missing) is shown by a blank of its own.
  if (error && error.from >= text.length) parts.push({ kind: 'space', text: ' ', wrong: true });
  return parts;
}

function cutOut(piece: string, at: number, kind: PartKind, error: TextError | null): TextPart[] {
  if (!error) return [{ kind, text: piece, wrong: false }];
  const from = Math.min(piece.length, Math.max(0, error.from - at));
  const to = Math.min(piece.length, Math.max(0, error.to - at));
  return [{ text: piece.slice(0, from), wrong: false }, { text: piece.slice(from, to), wrong: true }, { text: piece.slice(to), wrong: false }]
    .filter((part) => part.text !== '').map((part) => ({ kind, ...part }));
}
