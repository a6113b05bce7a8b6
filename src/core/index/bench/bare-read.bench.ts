/** Baseline in the browser: the file's bytes through one BYOB buffer of a megabyte, and nothing else. Gives their number. */
const reading = new Set<object>(); // as in blob-source: else Chromium may collect the stream

export async function bareRead(blob: Blob): Promise<number> {
  const reader = blob.stream().getReader({ mode: 'byob' });
  reading.add(reader);
  let buffer = new Uint8Array(1 << 20);
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read(buffer);
    if (done) { reading.delete(reader); return bytes; }
    bytes += value.length;
    buffer = new Uint8Array(value.buffer);
  }
}
