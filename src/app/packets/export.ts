// Files of what the list shows, made in the capture's worker.

import { useCaptures, captureOf } from '../stores/captures.ts';
import { useFilter } from '../stores/filter.ts';
import { useSettings } from '../stores/settings.ts';
import { callCapture } from '../stores/workers.ts';
import { bareName, save } from '../shared/saving.ts';
import { columnOf } from './list/columns.ts';
import { shownIds } from './list/use-columns.ts';

export type Kind = 'csv' | 'json' | 'capture';

/** The kinds in the order they are offered. */
export const KINDS: readonly { readonly kind: Kind; readonly label: string; readonly line: string }[] = [
  { kind: 'csv', label: 'CSV', line: 'the columns shown, a line a packet' },
  { kind: 'json', label: 'JSON', line: 'the columns shown, an object a packet' },
  { kind: 'capture', label: 'Capture', line: 'the packets, byte for byte' },
];

/** Saves the packets that pass the filter: as a table in the list's order with the columns that are shown, or as a capture. */
export function saveDisplayed(kind: Kind): void {
  const { shown } = useCaptures.getState();
  const capture = captureOf(shown);
  if (!capture) return;
  const name = `${bareName(capture.name)}${useFilter.getState().applied === '' ? '' : '-filtered'}`;
  void save(async ({ signal, tell }) => {
    const options = { signal, onProgress: ({ done, total }: { done: number; total: number }) => tell(kind === 'capture' ? 'Writing packets' : 'Writing the table', done, total) };
    if (kind === 'capture') {
      const { file, format } = await callCapture(capture.id, 'captureFile', {}, options);
      return { file, name: `${name}.${format}` };
    }
    const columns = shownIds(useSettings.getState().columns).map((id) => ({ id, title: columnOf(id).title }));
    return { file: await callCapture(capture.id, 'tableFile', { form: kind, columns }, options), name: `${name}.${kind}` };
  });
}
