import type { FromWorker } from './protocol.ts';

/**
 * Tells the page that this worker can be called, and holds a lock for as long as it lives: whoever waits for that lock learns of its death, also of one
 * without an event (out of memory). An error that nothing caught ends the worker's life as well, since nobody knows what state it left.
 */
export function announce(): void {
  const ready = (lock: string): void => self.postMessage({ ready: lock } satisfies FromWorker);
  if (!('locks' in navigator)) return ready('');
  const name = `vxlens.worker.${crypto.randomUUID()}`;
  navigator.locks.request(name, () => { ready(name); return new Promise(() => {}); }).catch(() => ready(''));
}
