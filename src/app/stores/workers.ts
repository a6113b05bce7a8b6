// The worker of each open capture, and the files they were opened from. Beside the stores, since those hold nothing that cannot be shown.

import { FaultError, type Fault } from '../../core/base/fault.ts';
import { startCaptureWorker, type CallOptions, type WorkerClient } from '../../worker/client.ts';
import type { Calls, IndexProgress, Role } from '../../worker/protocol.ts';
import { forgetComments, useComments } from './comments.ts';
import { captureOf, changeCapture, useCaptures, withFreeNames, type CaptureId, type OpenCapture, type Origin } from './captures.ts';
import { useDecodeAs } from './decode-as.ts';
import { useSettings } from './settings.ts';
import { tell, tellText } from './trouble.ts';

interface Held { readonly file: Blob; client: WorkerClient<Calls> | null; reading: AbortController; restarts: number }

/** Captures that are read at a time; the others wait. More would only take turns, and each takes a worker. */
const AT_ONCE = 4;

const held = new Map<CaptureId, Held>();
let lastId = 0;

/** Asks the worker of a capture. Rejects with a FaultError; 'cancelled' where the capture has been closed meanwhile, or waits to be read. */
export function callCapture<C extends keyof Calls>(id: CaptureId, call: C, request: Calls[C]['request'], options?: CallOptions<Calls[C]['progress']>): Promise<Calls[C]['reply']> {
  const worker = held.get(id);
  if (!worker) return Promise.reject(new FaultError({ code: 'cancelled', what: 'The capture was closed', next: 'Open it again to go on.' }));
  if (!worker.client) return Promise.reject(new FaultError({ code: 'cancelled', what: 'The capture waits to be read', next: 'Its turn comes when others have been.' }));
  return worker.client.call(call, request, options);
}

/** The file as it was given, for a pass of another worker or for saving; undefined once closed. */
export const fileOf = (id: CaptureId): Blob | undefined => held.get(id)?.file;

export interface Opening { readonly file: Blob; readonly name: string; readonly origin: Origin | null }

/** Opens files beside the others and reads them, a few at a time. `show` names the one whose packets are shown then; without it that is the first, where nothing is shown yet. */
export function openCaptures(files: readonly Opening[], show?: string): void {
  const opened = files.map(({ file, name, origin }): OpenCapture => {
    const id = ++lastId;
    held.set(id, { file, client: null, reading: new AbortController(), restarts: 0 });
    return { id, name, size: file.size, state: 'waiting', packets: 0, bytesRead: 0, bytesTotal: file.size, inflated: null, role: 'Other', roleChosen: false, origin, summary: null };
  });
  const named = opened.find(({ name }) => name === show)?.id;
  useCaptures.setState(({ captures, shown }) => ({ captures: withFreeNames(captures, opened), shown: named ?? shown ?? opened[0]?.id ?? null }));
  readNext();
}

/** Starts to read what waits, as far as there is room: the capture that is shown first, then in their order. */
function readNext(): void {
  const { captures, shown } = useCaptures.getState();
  const waiting = captures.filter(({ state }) => state === 'waiting').sort((a, b) => Number(b.id === shown) - Number(a.id === shown));
  const room = AT_ONCE - captures.filter(({ state }) => state === 'indexing').length;
  for (const { id } of waiting.slice(0, Math.max(0, room))) {
    changeCapture(id, { state: 'indexing' });
    void read(id);
  }
}

/** Stops reading; the packets read so far stay. One that waits has none, and is closed. */
export function cancelIndexing(id: CaptureId): void {
  if (held.get(id)?.client) held.get(id)?.reading.abort();
  else closeCapture(id);
}

export function closeCapture(id: CaptureId): void {
  held.get(id)?.client?.close();
  held.delete(id);
  forgetComments(id);
  useCaptures.setState(({ captures, shown }) => {
    const at = captures.findIndex((capture) => capture.id === id);
    const left = captures.filter((capture) => capture.id !== id);
    return { captures: left, shown: shown === id ? (left[Math.min(at, left.length - 1)]?.id ?? null) : shown };
  });
}

async function read(id: CaptureId): Promise<void> {
  const mine = held.get(id);
  if (!mine) return;
  const { file, reading } = mine;
  const client = (mine.client ??= startCaptureWorker((fault) => restart(id, fault)));
  const guessed = (guess: Role | null): { role?: Role } => (guess === null || captureOf(id)?.roleChosen === true ? {} : { role: guess });
  const onProgress = ({ guess, ...read }: IndexProgress): void => { if (mine.reading === reading) changeCapture(id, { ...read, ...guessed(guess) }); };
  const name = captureOf(id)?.name ?? '';
  try {
    if (!useSettings.getState().reassembly) await client.call('reassembly', { on: false });
    const summary = await client.call('open', { file, name, decodeAs: useDecodeAs.getState().rules }, { signal: reading.signal, onProgress });
    const { packets, fault, guess } = summary;
    if (mine.reading !== reading) return; // it is being read again
    for (const [number, comments] of useComments.getState().edits.get(id) ?? []) await client.call('editComments', { number, comments }); // of a worker that was started again
    changeCapture(id, { summary, packets, state: fault ? 'stopped' : 'ready', ...guessed(guess) });
    mine.restarts = 0;
    if (fault && fault.code !== 'cancelled') tell(name, fault);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code === 'worker-died') return; // `restart` has been told and does the rest
    if (held.get(id) !== mine) return; // closed meanwhile
    if (error.fault.code !== 'cancelled') tell(name, error.fault);
    closeCapture(id); // there was never a packet to show
  } finally {
    readNext();
  }
}

/** Reads what is open once more, by the rules that are said now. */
function readAgain(): void {
  for (const { id, state } of useCaptures.getState().captures) {
    const mine = held.get(id);
    if (!mine?.client || state === 'waiting' || state === 'dead') continue;
    mine.reading.abort();
    mine.reading = new AbortController();
    changeCapture(id, { state: 'indexing', packets: 0, bytesRead: 0, summary: null });
    void read(id);
  }
}

useDecodeAs.subscribe((now, before) => { if (now.rules.join() !== before.rules.join()) readAgain(); });

/** A worker that died is told and started again with the same file; one that dies again at once is not, or it would never end. */
function restart(id: CaptureId, fault: Fault): void {
  const mine = held.get(id);
  const capture = captureOf(id);
  if (!mine || !capture) return;
  if (++mine.restarts > 2) {
    changeCapture(id, { state: 'dead' });
    tellText(`${capture.name}: ${fault.what} again, each time it was started. Close the capture, or open a smaller part of it (editcap -c splits a file).`);
    return;
  }
  tell(capture.name, fault);
  mine.client = startCaptureWorker((next) => restart(id, next));
  mine.reading = new AbortController();
  changeCapture(id, { state: 'indexing', packets: 0, bytesRead: 0, inflated: null, summary: null });
  void read(id);
}
