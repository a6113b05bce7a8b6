// Files of the comparison: the table, the result, packets.

import { csvLine } from '../../core/format/csv.ts';
import type { RowRange, Side } from '../../worker/compare-protocol.ts';
import { bareName, save, type Making } from '../shared/saving.ts';
import { client, nameOf, useComparison } from './compare-run.ts';
import { columnsWith, linesOf } from './lines.ts';

const AT_ONCE = 400; // lines: their texts are made in the captures' workers

/** What a file holds. */
export type Kind = 'csv' | 'json' | Side;

/** Makes a file of these rows and gives it to the person. */
export const saveRows = (kind: Kind, range: RowRange): Promise<void> => save(async (making) => {
  const { file, ending } = await made(kind, range, making);
  return { file, name: `${fileName(kind, range)}.${ending}` };
});

async function made(kind: Kind, range: RowRange, making: Making): Promise<{ file: Blob; ending: string }> {
  if (kind === 'csv') return { file: await table(range, making), ending: 'csv' };
  if (kind === 'json') return { file: await client().call('resultFile', range), ending: 'json' };
  const { file, format } = await client().call('captureFile', { ...range, side: kind }, { signal: making.signal, onProgress: ({ step, done, total }) => making.tell(step, done, total) });
  return { file, ending: format };
}

/** As on screen, with what else there is to say of a packet in a column of its own. */
async function table({ fate, from, count }: RowRange, { signal, tell }: Making): Promise<Blob> {
  const { of, points } = useComparison.getState();
  const columns = columnsWith(points.map(({ name }) => name));
  const pieces = [csvLine([...columns.map(({ label }) => label), 'Note'])];
  for (let done = 0; done < count && of && !signal.aborted; done += AT_ONCE) {
    const lines = await linesOf({ fate, from: from + done, count: Math.min(AT_ONCE, count - done) }, of);
    pieces.push(lines.map((line) => csvLine([...columns.map(({ text }) => text(line)), line.pair.note])).join(''));
    tell('Writing the table', done, count);
  }
  return new Blob(pieces, { type: 'text/csv' });
}

function fileName(kind: Kind, { fate }: RowRange): string {
  const { of } = useComparison.getState();
  const what = fate === null ? '' : `-${fate.toLowerCase().replaceAll(' ', '-')}`;
  const sides = [bareName(nameOf(of?.source)), bareName(nameOf(of?.appliance))];
  return kind === 'source' ? `${sides[0]}${what || '-part'}` : kind === 'appliance' ? `${sides[1]}${what || '-part'}` : `${sides.join('-')}${what}`;
}
