import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultError } from '../core/base/fault.ts';
import type { ByteReader, ByteSource } from '../core/bytes/byte-source.ts';

export interface FileSource extends ByteSource { close(): void }

/** A file of this machine; `-` is standard input. Throws a FaultError when it cannot be opened or is a folder. */
export function fileSource(path: string): FileSource {
  const fd = path === '-' ? 0 : opened(path);
  const close = (): void => { if (fd !== 0) closeSync(fd); };
  const stat = fstatSync(fd);
  if (stat.isDirectory()) { close(); throw notReadable(path, 'it is a folder'); }
  if (!stat.isFile()) return { ...streamSource(fd), close };
  const { size } = stat;
  return {
    size, close,
    open: (from = 0, to = size) => fileReader(fd, from, Math.min(to, size)),
    slice: (from, to) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      let have = 0;
      for (let count = 1; have < bytes.length && count > 0; have += count) count = readSync(fd, bytes, have, bytes.length - have, from + have);
      return Promise.resolve(bytes.subarray(0, have));
    },
  };
}

const opened = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch (e) {
    throw notReadable(path, e instanceof Error && 'code' in e ? REASONS.get(String(e.code)) ?? e.message : String(e));
  }
};

const REASONS = new Map([['ENOENT', 'there is no such file'], ['EACCES', 'permission is denied'], ['ENOTDIR', 'a part of the path is no folder'], ['ELOOP', 'its links go round in a circle']]);

const notReadable = (path: string, why: string): FaultError =>
  new FaultError({ code: 'read-failed', what: `${path} cannot be opened: ${why}`, next: 'Check the path and its permissions.' });

/** Synchronous reads: the bytes are in the system's cache or on a local disk, and a turn through the thread pool costs more than the copy. */
const fileReader = (fd: number, from: number, to: number): ByteReader => {
  let at = from;
  return {
    read(into) {
      try {
        const count = readSync(fd, into, 0, Math.max(0, Math.min(into.length, to - at)), at);
        at += count;
        return Promise.resolve(into.subarray(0, count));
      } catch (e) {
        return Promise.reject(e instanceof Error ? e : new Error(String(e)));
      }
    },
    close: () => Promise.resolve(),
  };
};

/** A pipe or a terminal: read once, in order, and it has no second look at what has gone by. */
const streamSource = (fd: number): ByteSource => ({
  size: Infinity,
  open: () => ({ read: (into) => readSome(fd, into), close: () => Promise.resolve() }),
  slice: () => Promise.reject(new FaultError({ code: 'unsupported', what: 'A pipe cannot be read a second time', next: 'Save it to a file and name that.' })),
});

async function readSome(fd: number, into: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  for (;;) {
    const got = await new Promise<number | string>((resolve, reject) => {
      read(fd, into, 0, into.length, null, (e, count) => {
        if (!e) resolve(count);
        else if (e.code === 'EAGAIN' || e.code === 'EOF') resolve(e.code); // a pipe that does not block; a closed one on Windows
        else reject(e);
      });
    });
    if (typeof got === 'number') return into.subarray(0, got);
    if (got === 'EOF') return into.subarray(0, 0);
    await pause(10);
  }
}
