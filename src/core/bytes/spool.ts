import { FaultError } from '../base/fault.ts';
import type { ByteSource } from './byte-source.ts';

/** A place for bytes that come in order and are wanted again out of order: what a compressed file unpacks to. */
export interface Spool {
  /** Takes a chunk, which may be reused afterwards. Throws or rejects with a FaultError when there is no room. */
  write(chunk: Uint8Array): void | Promise<void>;
  /** What was written so far; its size grows with each write. */
  source(): ByteSource;
}

const BLOCK_BYTES = 1 << 20;

/** A spool in memory, for what is small or has nowhere else to go. */
export function memorySpool(limit = 1 << 30): Spool {
  const blocks: Uint8Array[] = [];
  let size = 0;
  const copy = (from: number, into: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    const count = Math.max(0, Math.min(into.length, size - from));
    for (let done = 0; done < count;) {
      const block = blocks[Math.floor((from + done) / BLOCK_BYTES)]!;
      const inside = (from + done) % BLOCK_BYTES;
      const part = block.subarray(inside, inside + count - done);
      into.set(part, done);
      done += part.length;
    }
    return into.subarray(0, count);
  };
  return {
    write(chunk) {
      if (size + chunk.length > limit) {
        throw new FaultError({ code: 'too-large', what: `Unpacked, the capture takes more than the ${(limit / 2 ** 20).toLocaleString('en-US')} MiB of memory that there are for it`, next: 'Unpack it beforehand and open what comes out.' });
      }
      for (let done = 0; done < chunk.length;) {
        const inside = size % BLOCK_BYTES;
        if (inside === 0) blocks.push(new Uint8Array(BLOCK_BYTES));
        const part = chunk.subarray(done, done + BLOCK_BYTES - inside);
        blocks.at(-1)!.set(part, inside);
        done += part.length;
        size += part.length;
      }
    },
    source: () => ({
      get size() { return size; },
      open: (from = 0, to = Infinity) => {
        let at = from;
        return {
          read(into) {
            const view = copy(at, into.subarray(0, Math.max(0, Math.min(into.length, to - at))));
            at += view.length;
            return Promise.resolve(view);
          },
          close: () => Promise.resolve(),
        };
      },
      slice: (from, to) => Promise.resolve(copy(from, new Uint8Array(Math.max(0, Math.min(to, size) - from)))),
    }),
  };
}
