import type { ByteReader, ByteSource } from './byte-source.ts';

/** Bytes that are in memory already. `slice` copies, as with every source; a read fills the whole of `into` where it can. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  open: (from = 0, to = bytes.length) => memoryReader(bytes, from, Math.min(to, bytes.length)),
  slice: (from, to) => Promise.resolve(bytes.slice(from, Math.min(to, bytes.length))),
});

const memoryReader = (bytes: Uint8Array, from: number, to: number): ByteReader => {
  let at = from;
  return {
    read(into) {
      const count = Math.max(0, Math.min(into.length, to - at));
      into.set(bytes.subarray(at, at + count));
      at += count;
      return Promise.resolve(into.subarray(0, count));
    },
    close: () => Promise.resolve(),
  };
};
