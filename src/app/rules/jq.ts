// jq over eve.json, in a worker of its own that is started when it is first wanted. A program that runs too long is ended with its worker.

import { FaultError } from '../../core/base/fault.ts';
import { startJqWorker, type WorkerClient } from '../../worker/client.ts';
import type { JqCalls, JqOutput } from '../../worker/jq-protocol.ts';
import { jqCommand } from './jq-command.ts';

/** A hundred thousand alerts take a few seconds. */
const LONGEST_MS = 30_000;

let worker: Promise<WorkerClient<JqCalls>> | null = null;

function started(): Promise<WorkerClient<JqCalls>> {
  worker ??= startJqWorker(() => { worker = null; }).catch((error: unknown) => { worker = null; throw error; });
  return worker;
}

/** Has jq ready by the time that a program is typed. */
export const warmJq = (): void => { started().catch(() => {}); }; // told when a program is run

const empty = (error: string): JqOutput => ({ output: new Blob([]), lines: 0, error });

/** What jq makes of the lines; its own words where the program is wrong. A signal ends it, and so does a quarter of a minute and more. */
export async function runJq(input: Blob, line: string, signal: AbortSignal): Promise<JqOutput> {
  const command = jqCommand(line);
  if (typeof command === 'string') return empty(command);
  let ended = '';
  try {
    const client = await started();
    const end = (why: string) => (): void => { ended = why; worker = null; client.close(); };
    const late = setTimeout(end(`jq was stopped after ${LONGEST_MS / 1000} seconds. Let it look at fewer alerts, or say less.`), LONGEST_MS);
    const stop = end('jq was stopped.');
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await client.call('run', { input, program: command.program, options: command.options });
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
    }
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    return empty(ended || (fault.code === 'worker-died' ? 'jq took more memory than it may have, and was stopped.' : fault.code === 'bug' ? 'jq took more memory than it may have.' : `${fault.what}. ${fault.next}`));
  }
}
