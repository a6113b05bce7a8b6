import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FaultError } from '../core/base/fault.ts';
import type { Spool } from '../core/bytes/spool.ts';

export interface TempSpool extends Spool { close(): void }

/** A spool in a temporary file, which is gone once it is closed. */
export function tempSpool(): TempSpool {
  const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
  const fd = openSync(join(folder, 'inflated'), 'w+', 0o600);
  let size = 0;
  const fill = <B extends Uint8Array>(into: B, from: number): number => {
    let have = 0;
    for (let count = 1; have < into.length && count > 0; have += count) count = readSync(fd, into, have, into.length - have, from + have);
    return have;
  };
  return {
    write(chunk) {
      try {
        for (let done = 0; done < chunk.length;) done += writeSync(fd, chunk, done, chunk.length - done, size + done);
      } catch (e) {
        throw new FaultError({ code: 'too-large', what: `The inflated capture cannot be written to ${folder} (${e instanceof Error ? e.message : String(e)})`, next: 'Make room there, or set TMPDIR to another folder.' });
      }
      size += chunk.length;
    },
    source: () => ({
      get size() { return size; },
      open(from = 0, to = Infinity) {
        let at = from;
        return {
          read(into) {
            const count = fill(into.subarray(0, Math.max(0, Math.min(into.length, to - at, size - at))), at);
            at += count;
            return Promise.resolve(into.subarray(0, count));
          },
          close: () => Promise.resolve(),
        };
      },
      slice(from, to) {
        const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
        return Promise.resolve(bytes.subarray(0, fill(bytes, from)));
      },
    }),
    close() {
      closeSync(fd);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
