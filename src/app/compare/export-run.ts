// Writing files of the comparison: the table, the result, packets. Long ones tell how far they are and can be cancelled.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import { csvLine } from '../../core/format/csv.ts';
import type { RowRange, Side } from '../../worker/compare-protocol.ts';
import { saveBlob } from '../shared/save.ts';
import { tell } from '../stores/trouble.ts';
import { client, nameOf, useComparison } from './compare-run.ts';
import { columnsWith, linesOf } from './lines.ts';

const AT_ONCE = 400; // lines: their texts are made in the captures' workers

export const useExport = create<{ readonly step: string | null }>()(() => ({ step: null }));

let stop = new AbortController();
export const cancelExport = (): void => stop.abort();

/** What a file holds. */
export type Kind = 'csv' | 'json' | Side;

/** Makes a file of these rows and gives it to the person. What goes wrong is told as an alert. */
export async function saveRows(kind: Kind, range: RowRange): Promise<void> {
  stop.abort();
  const { signal } = (stop = new AbortController());
  useExport.setState({ step: 'Writing the file' });
  try {
    const { file, ending } = await made(kind, range, signal);
    if (!signal.aborted) saveBlob(file, `${fileName(kind, range)}.${ending}`);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell('Export', error.fault);
  } finally {
    if (stop.signal === signal) useExport.setState({ step: null });
  }
}

async function made(kind: Kind, range: RowRange, signal: AbortSignal): Promise<{ file: Blob; ending: string }> {
  if (kind === 'csv') return { file: await table(range, signal), ending: 'csv' };
  if (kind === 'json') return { file: await client().call('resultFile', range), ending: 'json' };
  const { file, format } = await client().call('captureFile', { ...range, side: kind }, { signal, onProgress: ({ step, done, total }) => useExport.setState({ step: share(step, done, total) }) });
  return { file, ending: format };
}

/** As on screen, with what else there is to say of a packet in a column of its own. */
async function table({ fate, from, count }: RowRange, signal: AbortSignal): Promise<Blob> {
  const { of, points } = useComparison.getState();
  const columns = columnsWith(points.map(({ name }) => name));
  const pieces = [csvLine([...columns.map(({ label }) => label), 'Note'])];
  for (let done = 0; done < count && of && !signal.aborted; done += AT_ONCE) {
    const lines = await linesOf({ fate, from: from + done, count: Math.min(AT_ONCE, count - done) }, of);
    pieces.push(lines.map((line) => csvLine([...columns.map(({ text }) => text(line)), line.pair.note])).join(''));
    useExport.setState({ step: share('Writing the table', done, count) });
  }
  return new Blob(pieces, { type: 'text/csv' });
}

const share = (step: string, done: number, total: number): string => `${step}, ${Math.floor((100 * done) / Math.max(1, total))} %`;

const bare = (name: string): string => name.replace(/\.(pcap|pcapng|cap)?(\.gz)?$/i, '');

function fileName(kind: Kind, { fate }: RowRange): string {
  const { of } = useComparison.getState();
  const what = fate === null ? '' : `-${fate.toLowerCase().replaceAll(' ', '-')}`;
  const sides = [bare(nameOf(of?.source)), bare(nameOf(of?.appliance))];
  return kind === 'source' ? `${sides[0]}${what || '-part'}` : kind === 'appliance' ? `${sides[1]}${what || '-part'}` : `${sides.join('-')}${what}`;
}
