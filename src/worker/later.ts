// Handlers whose code is loaded when the first of their calls comes.

import type { Calls, Handlers } from './protocol.ts';

type Some<K extends keyof Calls> = Pick<Handlers<Calls>, K>;

/** Handlers of these names that load the real ones once and pass each call on. Rejects as loading does; the next call tries again. */
export function later<K extends keyof Calls>(names: readonly K[], load: () => Promise<Some<K>>): Some<K> {
  let loaded: Promise<Some<K>> | null = null;
  const handlers = (): Promise<Some<K>> => (loaded ??= load().catch((error: unknown) => { loaded = null; throw error; }));
  return Object.fromEntries(names.map((name) => [name, async (request: never, context: never) => (await handlers())[name](request, context)])) as Some<K>;
}
