import type { ByteReader, ByteSource } from './byte-source.ts';

/**
 * A Blob or File of the browser. Passes read it with a BYOB reader, whose buffer goes back and forth (five times as fast as the
 * other ways in Chromium); an engine that has none gives chunks of its own, which are copied.
 */
export const blobSource = (blob: Blob): ByteSource => ({
  size: blob.size,
  open: (from = 0, to = blob.size) => {
    const stream: ReadableStream<Uint8Array<ArrayBuffer>> = blob.slice(from, to).stream();
    try {
      return byobReader(stream.getReader({ mode: 'byob' }));
    } catch (e) {
      if (!(e instanceof TypeError)) throw e; // the engine's word for "this is not a byte stream"
      return chunkReader(stream.getReader());
    }
  },
  slice: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
});

/**
 * Readers that a read is under way with. Chromium (156) collects a Blob's stream that nothing but its own pending read refers to, and that read
 * then never ends: with a heap that is collected often, a file of 600 MB came to its end in one case of three.
 */
const reading = new Set<object>();

const byobReader = (reader: ReadableStreamBYOBReader): ByteReader => ({
  async read(into) {
    reading.add(reader);
    try {
      const { value } = await reader.read(into);
      return value ?? new Uint8Array(0); // nothing comes back from a stream that was cancelled
    } finally { reading.delete(reader); }
  },
  close: () => reader.cancel(),
});

/** Reads a stream that hands out chunks of its own: what does not fit is kept for the next read. */
export const chunkReader = (reader: ReadableStreamDefaultReader<Uint8Array>): ByteReader => {
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(into) {
      while (rest.length === 0) {
        const { done, value } = await reader.read();
        if (done) return into.subarray(0, 0);
        rest = value;
      }
      const count = Math.min(into.length, rest.length);
      into.set(rest.subarray(0, count));
      rest = rest.subarray(count);
      return into.subarray(0, count);
    },
    close: () => reader.cancel(),
  };
};
