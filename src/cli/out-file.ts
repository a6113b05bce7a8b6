import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { FaultError } from '../core/base/fault.ts';

/** Whether a capture of this name is written as a pcapng. */
export const isPcapngName = (path: string): boolean => /\.(pcapng|ntar)$/i.test(path);

/**
 * A file to write pieces to, or standard output (`-`). It is opened with the first piece, so that what lies there stays when `input` turns out to be no capture.
 * Throws a FaultError when it cannot be written or is the input itself.
 */
export function outFile(path: string, input: string): { write: (piece: Uint8Array) => void; close: () => void } {
  if (path !== '-' && path !== '/dev/null' && sameFile(path, input)) throw new FaultError({ code: 'unsupported', what: `${path} is the capture that is read`, next: 'Give the new one another name.' });
  const failed = (e: unknown): FaultError => new FaultError({ code: 'read-failed', what: `${path} cannot be written (${e instanceof Error ? e.message : String(e)})`, next: 'Name a file in a folder that can be written.' });
  let fd = path === '-' ? 1 : -1;
  return {
    write(piece) {
      if (fd < 0) try { fd = openSync(path, 'w'); } catch (e) { throw failed(e); }
      for (let done = 0; done < piece.length;) {
        try {
          done += writeSync(fd, piece, done);
        } catch (e) {
          if (!(e instanceof Error && 'code' in e && e.code === 'EAGAIN')) throw failed(e); // a pipe whose reader is slower
        }
      }
    },
    close: () => { if (fd > 1) closeSync(fd); },
  };
}

function sameFile(one: string, two: string): boolean {
  const [a, b] = [one, two].map((path) => statSync(path, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
