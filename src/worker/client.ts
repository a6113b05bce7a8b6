// The page's end of a worker: calls with ids, progress, cancelling, faults; every call is settled exactly once, also when the worker dies.

import jqAddress from 'jq-wasm/jq.wasm?url';
import { FaultError, type Fault } from '../core/base/fault.ts';
import type { CompareCalls } from './compare-protocol.ts';
import type { FetchCalls, FetchProgress } from './fetcher/fetcher-protocol.ts';
import type { JqCalls } from './jq-protocol.ts';
import type { CallMap, Calls, FromWorker, ReferencePage, ToWorker } from './protocol.ts';

export interface CallOptions<P> { readonly signal?: AbortSignal; readonly onProgress?: (p: P) => void; readonly transfer?: Transferable[] }

interface Pending { readonly resolve: (reply: unknown) => void; readonly reject: (error: FaultError) => void; readonly onProgress: ((p: never) => void) | undefined }

const CANCELLED: Fault = { code: 'cancelled', what: 'This was cancelled', next: 'Nothing else has changed.' };
const CLOSED: Fault = { code: 'cancelled', what: 'The capture was closed', next: 'Open it again to go on.' };
const DIED: Fault = { code: 'worker-died', what: 'The part of this page that reads the capture stopped', next: 'It is started again with the same file.' };

const FETCHER_DIED: Fault = { code: 'read-failed', what: 'The part of this page that fetches files stopped', next: 'Try again, or download the file and drop it here.' };

/** A worker, or in tests one end of a channel. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate?(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror?: ((event: ErrorEvent) => void) | null;
}

/** Calls one worker. `onDeath` is told once, with the fault that all pending calls were settled with; after `close` it is not. */
export class WorkerClient<M extends CallMap<M>> {
  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  readonly #onDeath: (fault: Fault) => void;
  readonly #watch = new AbortController();
  #lastId = 0;
  #end: Fault | null = null;

  constructor(port: Port, onDeath: (fault: Fault) => void = () => {}) {
    this.#port = port;
    this.#onDeath = onDeath;
    port.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    port.onerror = (event) => { event.preventDefault(); this.#die(DIED); };
    port.onmessageerror = () => this.#die(DIED);
  }

  /** Rejects with a FaultError. An abort tells the worker; the call is then settled by what the worker answers. */
  call<C extends keyof M & string>(call: C, request: M[C]['request'], { signal, onProgress, transfer = [] }: CallOptions<M[C]['progress']> = {}): Promise<M[C]['reply']> {
    if (this.#end) return Promise.reject(new FaultError(this.#end));
    if (signal?.aborted) return Promise.reject(new FaultError(CANCELLED));
    const id = ++this.#lastId;
    const cancel = (): void => this.#port.postMessage({ id, cancel: true } satisfies ToWorker<M>, []);
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise<M[C]['reply']>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onProgress });
      this.#port.postMessage({ id, call, request }, transfer);
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Ends the worker on purpose; what is pending is cancelled. */
  close(): void { this.#settleAll(CLOSED); }

  #receive(message: FromWorker): void {
    if ('ready' in message) return this.#watchLock(message.ready);
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    if ('progress' in message) return pending.onProgress?.(message.progress as never);
    this.#pending.delete(message.id);
    if ('fault' in message) pending.reject(new FaultError(message.fault));
    else pending.resolve(message.reply);
  }

  /** A worker that runs out of memory ends without an event, but its lock is given free: whoever waits for it learns of the death. */
  #watchLock(name: string): void {
    if (name === '' || !('locks' in navigator)) return;
    navigator.locks.request(name, { signal: this.#watch.signal }, () => this.#die(DIED)).catch(() => {});
  }

  #die(fault: Fault): void {
    if (this.#end) return;
    this.#settleAll(fault);
    this.#onDeath(fault);
  }

  #settleAll(fault: Fault): void {
    this.#end ??= fault;
    this.#watch.abort();
    this.#port.terminate?.();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(new FaultError(fault));
  }
}

const captureWorker = (onDeath: (fault: Fault) => void): WorkerClient<Calls> =>
  new WorkerClient<Calls>(new Worker(new URL('./capture.worker.ts', import.meta.url), { type: 'module', name: 'capture' }), onDeath);

interface Spare { client?: WorkerClient<Calls>; onDeath: (fault: Fault) => void }

let spare: Spare | null = null;

/** Starts a worker ahead of the first capture: its code is loaded and compiled by the time that somebody has chosen a file. */
export function warmCaptureWorker(): void {
  if (spare) return;
  const warm: Spare = { onDeath: () => { spare = null; } };
  warm.client = captureWorker((fault) => warm.onDeath(fault));
  spare = warm;
}

/** A worker that holds one capture. */
export function startCaptureWorker(onDeath: (fault: Fault) => void): WorkerClient<Calls> {
  const warm = spare;
  spare = null;
  if (!warm?.client) return captureWorker(onDeath);
  warm.onDeath = onDeath;
  return warm.client;
}

/** Every protocol and field, from a worker that ends when it has answered: no capture has to be open. Rejects with a FaultError. */
export async function fetchReference(): Promise<readonly ReferencePage[]> {
  const client = captureWorker(() => {});
  try { return await client.call('reference', {}); } finally { client.close(); }
}

/** The worker that compares two captures. */
export const startCompareWorker = (onDeath: (fault: Fault) => void): WorkerClient<CompareCalls> =>
  new WorkerClient<CompareCalls>(new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module', name: 'compare' }), onDeath);

let fetcher: WorkerClient<FetchCalls> | null = null;
let fetching = 0;

/** The file at an address, fetched in a worker without captures, which ends when nothing more is asked of it. Rejects with a FaultError. */
export async function fetchFile(address: string, options: CallOptions<FetchProgress> = {}): Promise<Blob> {
  fetcher ??= new WorkerClient<FetchCalls>(new Worker(new URL('./fetcher/fetch.worker.ts', import.meta.url), { type: 'module', name: 'fetcher' }), () => { fetcher = null; });
  fetching++;
  try {
    return new Blob([...await fetcher.call('fetch', { address }, options)]);
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === 'worker-died') throw new FaultError(FETCHER_DIED);
    throw error;
  } finally {
    if (--fetching === 0) { fetcher?.close(); fetcher = null; }
  }
}

/** A worker with jq, whose WebAssembly (a part of this build) is fetched first. The worker itself cannot fetch: alerts say what was in packets. */
export async function startJqWorker(onDeath: (fault: Fault) => void): Promise<WorkerClient<JqCalls>> {
  const wasm = await (await fetchFile(new URL(jqAddress, location.href).href)).arrayBuffer();
  const client = new WorkerClient<JqCalls>(new Worker(new URL('./jq.worker.ts', import.meta.url), { type: 'module', name: 'jq' }), onDeath);
  await client.call('load', { wasm }, { transfer: [wasm] });
  return client;
}
