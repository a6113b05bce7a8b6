// The worker's end: one AbortController a call, every throw turned into a fault.

import { FaultError, type Fault } from '../core/base/fault.ts';
import type { CallMap, Context, FromWorker, Handlers, ToWorker } from './protocol.ts';

interface ServerPort { postMessage(message: unknown, options: { transfer: Transferable[] }): void; onmessage: ((event: MessageEvent) => void) | null }

type AnyHandler = (request: unknown, context: Context) => Promise<unknown>;

/** Answers the calls that arrive on a port. A call that was aborted is answered with 'cancelled' when its handler throws. */
export function serve<M extends CallMap<M>>(port: ServerPort, handlers: Handlers<M>): void {
  const running = new Map<number, AbortController>();
  const post = (message: FromWorker, transfer: Transferable[] = []): void => port.postMessage(message, { transfer });
  const answer = async (id: number, call: string, request: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = (handlers as Readonly<Record<string, AnyHandler | undefined>>)[call];
      if (!handler) throw new Error(`no handler for ${call}`);
      const moved: Transferable[] = [];
      const reply = await handler(request, { signal: controller.signal, progress: (progress) => post({ id, progress }), move: (buffers) => moved.push(...buffers) });
      post({ id, reply }, moved);
    } catch (error) {
      post({ id, fault: toFault(error, controller.signal) });
    } finally {
      running.delete(id);
    }
  };
  port.onmessage = ({ data }: MessageEvent<ToWorker<M>>) => {
    if ('cancel' in data) running.get(data.id)?.abort();
    else void answer(data.id, data.call, data.request);
  };
}

/** A throw as a fault: what carries one gives it, an abort is 'cancelled', anything else is a bug of ours and says so. */
export function toFault(error: unknown, signal?: AbortSignal): Fault {
  if (error instanceof FaultError) return error.fault;
  if (signal?.aborted) return { code: 'cancelled', what: 'This was cancelled', next: 'Nothing else has changed.' };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return { code: 'read-failed', what: 'The file can no longer be read: it was changed, moved or removed since it was opened', next: 'Open it again.' };
  }
  return { code: 'bug', what: `Something went wrong in this page itself (${message})`, next: 'What was read stays. Please report it with the steps that led here.' };
}
