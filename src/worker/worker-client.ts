// The calling end of a worker: calls with ids, progress, cancelling, faults; every call is settled exactly once, also when the worker dies.

import { FaultError, type Fault } from '../core/base/fault.ts';
import type { CallMap, FromWorker, ToWorker } from './protocol.ts';

export interface CallOptions<P> { readonly signal?: AbortSignal; readonly onProgress?: (p: P) => void; readonly transfer?: Transferable[] }

interface Pending { readonly resolve: (reply: unknown) => void; readonly reject: (error: FaultError) => void; readonly onProgress: ((p: never) => void) | undefined }

const CANCELLED: Fault = { code: 'cancelled', what: 'This was cancelled', next: 'Nothing else has changed.' };
const CLOSED: Fault = { code: 'cancelled', what: 'The capture was closed', next: 'Open it again to go on.' };
const DIED: Fault = { code: 'worker-died', what: 'The part of this page that reads the capture stopped', next: 'It is started again with the same file.' };

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
