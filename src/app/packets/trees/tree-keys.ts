// The keys of a tree, as the ARIA practices have them.

import type { TreeRow } from './tree-model.ts';

export interface Typed { text: string; when: number }
export interface Step { readonly row: number; readonly fold?: 'open' | 'close' }

const PAUSE = 700; // ms after which letters begin a new word

export const isTyping = ({ text, when }: Typed, now: number): boolean => text !== '' && now - when < PAUSE;

/** Where a key leads from a row; null for a key that means nothing here. `typed` keeps the letters of a word in the making. */
export function step(rows: readonly TreeRow[], index: number, key: string, typed: Typed, now: number): Step | null {
  const row = rows[index];
  if (!row) return null;
  const letter = /^[\p{L}\p{N}]$/u.test(key);
  if (!letter && key !== 'Shift') typed.text = ''; // any other key ends the word
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown': return { row: Math.min(last, index + 1) };
    case 'ArrowUp': return { row: Math.max(0, index - 1) };
    case 'Home': return { row: 0 };
    case 'End': return { row: last };
    case 'ArrowRight': return row.fold === '' ? { row: index } : row.open ? { row: Math.min(last, index + 1) } : { row: index, fold: 'open' };
    case 'ArrowLeft': return row.fold !== '' && row.open ? { row: index, fold: 'close' } : { row: row.parent < 0 ? index : row.parent };
    case 'Enter': case ' ': return row.fold === '' ? { row: index } : { row: index, fold: row.open ? 'close' : 'open' };
    default: return letter ? find(rows, index, key, typed, now) : null;
  }
}

/** The next row whose label begins with the letters typed so far; the same letter again goes on to the next. */
function find(rows: readonly TreeRow[], index: number, key: string, typed: Typed, now: number): Step | null {
  const goesOn = isTyping(typed, now);
  typed.text = goesOn && typed.text !== key.toLowerCase() ? typed.text + key.toLowerCase() : key.toLowerCase();
  typed.when = now;
  const from = typed.text.length > 1 ? index : index + 1;
  for (let i = 0; i < rows.length; i++) {
    const at = (from + i) % rows.length;
    if (rows[at]!.label.toLowerCase().startsWith(typed.text)) return { row: at };
  }
  return { row: index };
}
