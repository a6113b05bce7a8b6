// The page's workers, each with its kind of calls.

import jqAddress from 'jq-wasm/jq.wasm?url';
import { FaultError, type Fault } from '../core/base/fault.ts';
import type { CompareCalls } from './compare-protocol.ts';
import type { FetchCalls, FetchProgress } from './fetcher/fetcher-protocol.ts';
import type { JqCalls } from './jq-protocol.ts';
import type { LaneEntry } from './lane-protocol.ts';
import type { Calls, ReferencePage } from './protocol.ts';
import { WorkerClient, type CallOptions } from './worker-client.ts';

export { helpersOf } from './helper-plan.ts';
export { WorkerClient, type CallOptions } from './worker-client.ts';

const FETCHER_DIED: Fault = { code: 'read-failed', what: 'The part of this page that fetches files stopped', next: 'Try again, or download the file and drop it here.' };

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

/** Workers that help a capture's own worker with its rules, and the ports through which it asks them. They hold nothing once `end` was called. */
export interface Helpers { readonly ports: MessagePort[]; readonly end: () => void }

/** Starts so many. `onDeath` is told of each that dies before its end: whoever waits for it would wait for ever. */
export function startHelpers(count: number, onDeath: () => void): Helpers {
  const started = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    const client = new WorkerClient<LaneEntry>(new Worker(new URL('./lane.worker.ts', import.meta.url), { type: 'module', name: 'rules' }), onDeath);
    client.call('connect', { port: port2 }, { transfer: [port2] }).catch(() => {}); // a death is told
    return { client, port: port1 };
  });
  return { ports: started.map(({ port }) => port), end: () => { for (const { client } of started) client.close(); } };
}

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
