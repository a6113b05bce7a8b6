// The first import of every worker that holds a capture: takes away each way out of the worker before any capture arrives.
// A policy in a meta tag binds the page and not its module workers, so this is what keeps a capture's bytes here.

/** Whatever can make a request, or start another context that could. `caches` and FontFace fetch too, and so would a nested worker. */
export const WAYS_OUT = [
  'fetch', 'fetchLater', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'RTCPeerConnection', 'RTCDataChannel', 'importScripts',
  'caches', 'Cache', 'CacheStorage', 'FontFace', 'FontFaceSet', 'fonts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'Notification', 'BackgroundFetchManager', 'PushManager',
] as const;

/** Removes the names from an object and all it inherits from, then puts `undefined` in their place for good. */
export function removeFrom(scope: object, names: readonly string[]): void {
  for (const name of names) {
    for (let at: object | null = scope; at !== null; at = Object.getPrototypeOf(at) as object | null) Reflect.deleteProperty(at, name);
    if (!Reflect.defineProperty(scope, name, { value: undefined, writable: false, configurable: false })) throw new Error(`${name} cannot be removed`);
  }
}

/** Locks a worker down; throws, and so starts nothing, where a way out stays. */
export function lockDown(scope: object): void {
  removeFrom(scope, WAYS_OUT);
  for (const name of WAYS_OUT) if (Reflect.get(scope, name) !== undefined) throw new Error(`${name} is still there`);
  const navigator: unknown = Reflect.get(scope, 'navigator');
  if (typeof navigator === 'object' && navigator !== null) removeFrom(navigator, ['sendBeacon', 'serviceWorker']);
}

if ('WorkerGlobalScope' in globalThis) lockDown(globalThis);
