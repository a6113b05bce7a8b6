// Which of the two captures is further out: told by how deep the packets lie that both have.

import { NO_RUNG } from './content-hash.ts';
import { addKeyed, joined, keyedRows, type KeyedRows } from './groups.ts';
import { compared } from './matching.ts';
import type { Sightings } from './sightings.ts';

/**
 * `wrapped`: b has envelopes that a has not, as an appliance's eth0 beside a source; what b shows as deep as a is a direct sighting.
 * `unwrapped`: the other way round, as a VXLAN interface beside an appliance's eth0.
 * `level`: both alike, as two taps of one path, or a source beside a VXLAN interface.
 */
export type Relation = 'wrapped' | 'unwrapped' | 'level';

/** Counts deeper, equal and shallower copies among packets whose headers are the same. Where they have nothing in common, the deeper capture is the outer one. */
export function relationOf(a: Sightings, b: Sightings): Relation {
  const { count, aStart, aRows, bStart, bRows } = joined(byHeaders(a), byHeaders(b));
  let wrapped = 0, unwrapped = 0;
  for (let g = 0; g < count; g++) {
    const depth = a.columns.depth[aRows[aStart[g]!]!]!;
    for (let i = bStart[g]!; i < bStart[g + 1]!; i++) {
      const other = b.columns.depth[bRows[i]!]!;
      if (other > depth) wrapped++;
      else if (other < depth) unwrapped++;
    }
  }
  if (wrapped > 0 && wrapped >= unwrapped) return 'wrapped';
  if (unwrapped > 0) return 'unwrapped';
  return bRows.length === 0 && deepest(b) > deepest(a) ? 'wrapped' : 'level';
}

/** How many envelopes the deepest packet has. */
export const deepest = ({ columns, count }: Sightings): number => {
  let depth = 0;
  for (let row = 0; row < count; row++) if (columns.depth[row]! > depth && compared(columns.marks[row]!)) depth = columns.depth[row]!;
  return depth;
};

function byHeaders({ columns: c, count }: Sightings): KeyedRows {
  const keyed = keyedRows(count);
  for (let row = 0; row < count; row++) {
    if (!compared(c.marks[row]!) || c.top[row] === NO_RUNG) continue;
    const second = c.top[row]! >= 1;
    addKeyed(keyed, row, second ? c.rung1[row]! : c.rung0[row]!, second ? c.rung0[row]! : c.size[row]!);
  }
  return keyed;
}
