import type { AppBuffer } from './buffer.ts';
import { DNS_BUFFERS } from './dns-buffers.ts';
import { HTTP_BUFFERS } from './http-buffers.ts';
import { TLS_BUFFERS } from './tls-buffers.ts';

export const APP_BUFFERS: readonly AppBuffer[] = [...HTTP_BUFFERS, ...DNS_BUFFERS, ...TLS_BUFFERS];

const BY_NAME: ReadonlyMap<string, AppBuffer> = new Map(APP_BUFFERS.flatMap((buffer) => buffer.names.map((name) => [name, buffer])));

/** The buffer of a name that is known to be one. */
export function appBuffer(name: string): AppBuffer {
  const buffer = BY_NAME.get(name);
  if (buffer === undefined) throw new Error(`no buffer ${name}`);
  return buffer;
}
