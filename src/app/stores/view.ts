// Which view is in front and which rows its list has: what the shown capture, the filter and the sort order come to.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import type { Sort, ViewProgress } from '../../worker/protocol.ts';
import { captureOf, useCaptures, type CaptureId } from './captures.ts';
import { useFilter } from './filter.ts';
import { tell } from './trouble.ts';
import { callCapture } from './workers.ts';

interface ViewState {
  readonly tab: string; //                     the id of a view in `views.tsx`
  readonly piece: string | null; //            the view that stands within the lesson, while a step of one is in front
  readonly sort: Sort | null; //               null: the order of the file
  readonly rows: number; //                    of the shown capture that pass the filter
  readonly version: number; //                 grows with every answer: rows that were asked for before may be others now
  readonly progress: ViewProgress | null; //   while a filter is still looking
  readonly status: readonly string[]; //       what the view in front says in the status bar
}

export const useView = create<ViewState>()(() => ({ tab: 'packets', piece: null, sort: null, rows: 0, version: 0, progress: null, status: [] }));

export const LEARN = 'learn';

/** The view that can be worked with now: within a lesson, that of its step. */
export const frontView = ({ tab, piece }: Pick<ViewState, 'tab' | 'piece'> = useView.getState()): string => (tab === LEARN ? piece ?? LEARN : tab);

/** Brings a view in front; within a lesson it takes the place of the one there, so that nobody loses the thread. */
export const showTab = (view: string): void => useView.setState(({ tab }) => (tab === LEARN && view !== LEARN ? { piece: view } : { tab: view }));
/** Leaves what is in front for another view: tabs and their keys. */
export const chooseTab = (tab: string): void => useView.setState({ tab });
export const setSort = (sort: Sort | null): void => useView.setState({ sort });
export const setStatus = (status: readonly string[]): void => useView.setState({ status });

interface Wanted { readonly capture: CaptureId; readonly filter: string; readonly sort: Sort | null }

let asked: Wanted | null = null; //  what the running or last call asked for
let stop = new AbortController();
let busy = false;
let stale = false; //                packets came, or something else changed, since the running call was sent

const wanted = (): Wanted | null => {
  const { shown } = useCaptures.getState();
  const { wanted: filter } = useFilter.getState();
  return shown === null || captureOf(shown)?.state === 'waiting' ? null : { capture: shown, filter, sort: useView.getState().sort };
};

const same = (a: Wanted | null, b: Wanted | null): boolean => a?.capture === b?.capture && a?.filter === b?.filter && a?.sort === b?.sort;

/** Brings the rows up to what is wanted. Many calls while one runs come to one more. */
function refresh(): void {
  stale = true;
  if (busy && !same(asked, wanted())) stop.abort();
  if (!busy) void run();
}

/** The same rows are asked for again: other packets may pass now. */
export const askAgain = (): void => { refresh(); };

async function run(): Promise<void> {
  busy = true;
  while (stale) {
    stale = false;
    const want = wanted();
    if (!same(asked, want)) useView.setState({ progress: null });
    asked = want;
    stop = new AbortController();
    if (!want) useView.setState(({ version }) => ({ rows: 0, version: version + 1 }));
    else await apply(want, stop.signal);
  }
  busy = false;
}

async function apply(want: Wanted, signal: AbortSignal): Promise<void> {
  const { capture, filter, sort } = want;
  try {
    const onProgress = (progress: ViewProgress): void => useView.setState({ progress });
    const reply = await callCapture(capture, 'view', { filter, sort }, { signal, onProgress });
    if (!same(want, wanted())) { stale = true; return; }
    if ('error' in reply) useFilter.setState(({ applied }) => ({ error: reply.error, wanted: applied }));
    else {
      // After a mistake the filter before is applied again: the mistake in the box stays one.
      useFilter.setState(({ draft, error }) => ({ applied: filter, error: draft.trim() === filter ? null : error }));
      useView.setState(({ version }) => ({ rows: reply.rows, version: version + 1, progress: null }));
    }
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    useView.setState({ progress: null });
    if (fault.code === 'cancelled' || fault.code === 'worker-died') return; // another call follows, or the capture is read again
    tell(captureOf(capture)?.name ?? '', fault);
  }
}

/** Follows the stores from then on. Called once, by the app. */
export function followView(): () => void {
  const ends = [
    useCaptures.subscribe((now, before) => {
      const [a, b] = [now.captures.find(({ id }) => id === now.shown), before.captures.find(({ id }) => id === before.shown)];
      const filtered = useFilter.getState().wanted !== ''; // a filter is asked about all packets once they are there, and about those so far when it is applied
      if (now.shown !== before.shown || a?.state !== b?.state || (a?.packets !== b?.packets && !filtered)) refresh();
    }),
    useFilter.subscribe((now, before) => { if (now.wanted !== before.wanted) refresh(); }),
    useView.subscribe((now, before) => { if (now.sort !== before.sort) refresh(); }),
  ];
  return () => ends.forEach((end) => end());
}
