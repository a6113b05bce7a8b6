// What a packet's header diagram and the reference's have in common.

import { Fragment } from 'react';
import { BITS, type Piece } from './diagram-model.ts';

/** The bit numbers over a diagram: where its fields begin and end. */
export function Ruler({ rows }: { rows: readonly (readonly Piece[])[] }) {
  const marks = new Set(rows.flatMap((row) => row.flatMap(({ column, width }) => (width > 1 ? [column, column + width - 1] : []))));
  marks.add(0).add(BITS - 1);
  return <div className="diagram-ruler" aria-hidden>{Array.from({ length: BITS }, (_, bit) => <span key={bit}>{marks.has(bit) || (rows[0]?.some(({ column, width }) => width === 1 && column === bit) && bit % 8 === 0) ? bit : ''}</span>)}</div>;
}

/** What the letters of single bits stand for, each once. */
export function Letters({ letters }: { letters: readonly { readonly short: string; readonly label: string }[] }) {
  const each = new Map(letters.map(({ short, label }) => [`${short} ${label}`, { short, label }]));
  if (each.size === 0) return null;
  return <p className="diagram-letters">{[...each.values()].map(({ short, label }) => <Fragment key={`${short} ${label}`}><b>{short}</b> {label} </Fragment>)}</p>;
}
