const BYTES = 4;
let last: Uint8Array | null = null;
let words: Int32Array = new Int32Array(0);

/**
 * All whole words of 32 bits of the memory that the bytes lie in, counted from its start and not from theirs, in the machine's order, which is little-endian wherever browsers run. Reading them is
 * twice as fast as a view. Those of the last window are kept.
 */
export function wordsOf(bytes: Uint8Array): Int32Array {
  if (bytes !== last) {
    words = new Int32Array(bytes.buffer, 0, Math.floor(bytes.buffer.byteLength / BYTES));
    last = bytes;
  }
  return words;
}
