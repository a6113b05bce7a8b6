import { expect, it, vi } from 'vitest';
import { FaultError, type Fault } from '../core/base/fault.ts';
import { WorkerClient, type Port } from './worker-client.ts';
import type { Handlers } from './protocol.ts';
import { serve } from './server.ts';

interface TestCalls {
  add: { request: { a: number; b: number }; progress: never; reply: number };
  count: { request: { to: number }; progress: number; reply: string };
  hang: { request: Record<string, never>; progress: never; reply: never };
  give: { request: Record<string, never>; progress: never; reply: ArrayBuffer };
  fail: { request: { fault: Fault | null }; progress: never; reply: never };
}

const HANDLERS: Handlers<TestCalls> = {
  add: ({ a, b }) => Promise.resolve(a + b),
  count: ({ to }, { progress }) => { for (let n = 1; n <= to; n++) progress(n); return Promise.resolve('counted'); },
  hang: (_request, { signal }) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(new Error('stopped'))); }),
  give: (_request, { move }) => { const buffer = new ArrayBuffer(8); move([buffer]); return Promise.resolve(buffer); },
  fail: ({ fault }) => Promise.reject(fault ? new FaultError(fault) : new RangeError('off by one')),
};

function pair(onDeath?: (fault: Fault) => void) {
  const { port1, port2 } = new MessageChannel();
  serve<TestCalls>(port2, HANDLERS);
  const port: Port = port1;
  const client = new WorkerClient<TestCalls>(port, onDeath);
  return { client, port, end: () => { port1.close(); port2.close(); } };
}

const codeOf = (call: Promise<unknown>) => call.then(() => 'replied', (error: unknown) => (error instanceof FaultError ? error.fault.code : String(error)));

it('answers each call with its own reply, whichever comes first', async () => {
  const { client, end } = pair();
  expect(await Promise.all([client.call('add', { a: 1, b: 2 }), client.call('count', { to: 0 }), client.call('add', { a: 3, b: 4 })])).toEqual([3, 'counted', 7]);
  end();
});

it('hands on progress before the reply, and buffers without a copy', async () => {
  const { client, end } = pair();
  const seen: number[] = [];
  await client.call('count', { to: 3 }, { onProgress: (n) => seen.push(n) });
  expect(seen).toEqual([1, 2, 3]);
  expect((await client.call('give', {})).byteLength).toBe(8);
  end();
});

it('gives a fault as it was thrown, and calls an unknown error a bug of this page', async () => {
  const { client, end } = pair();
  const fault: Fault = { code: 'bad-compression', what: 'The gzip breaks off', offset: 12, next: 'Copy it again.' };
  await expect(client.call('fail', { fault })).rejects.toMatchObject({ fault });
  await expect(client.call('fail', { fault: null })).rejects.toMatchObject({ fault: { code: 'bug', what: expect.stringContaining('off by one') as string } });
  end();
});

it('cancels: at once before the call, through the worker during it, and listens no longer after it', async () => {
  const { client, end } = pair();
  const controller = new AbortController();
  const listeners = vi.spyOn(controller.signal, 'removeEventListener');
  await client.call('add', { a: 1, b: 1 }, { signal: controller.signal });
  expect(listeners).toHaveBeenCalledOnce();
  const hanging = codeOf(client.call('hang', {}, { signal: controller.signal }));
  controller.abort();
  expect(await hanging).toBe('cancelled');
  expect(await codeOf(client.call('add', { a: 1, b: 1 }, { signal: controller.signal }))).toBe('cancelled');
  end();
});

it('settles every pending call when the worker dies, tells it once, and refuses further calls', async () => {
  const onDeath = vi.fn();
  const { client, port, end } = pair(onDeath);
  const pending = [codeOf(client.call('hang', {})), codeOf(client.call('hang', {}))];
  port.onmessageerror?.(new MessageEvent('messageerror'));
  port.onmessageerror?.(new MessageEvent('messageerror'));
  expect(await Promise.all(pending)).toEqual(['worker-died', 'worker-died']);
  expect(onDeath).toHaveBeenCalledOnce();
  expect(await codeOf(client.call('add', { a: 1, b: 1 }))).toBe('worker-died');
  end();
});

it('cancels what is pending when it is closed on purpose, and tells no death', async () => {
  const onDeath = vi.fn();
  const { client, end } = pair(onDeath);
  const pending = codeOf(client.call('hang', {}));
  client.close();
  expect(await pending).toBe('cancelled');
  expect(onDeath).not.toHaveBeenCalled();
  end();
});
