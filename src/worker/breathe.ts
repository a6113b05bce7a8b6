// Long passes let messages in, or a cancel would never be read and rows would wait for the end.

import type { ByteReader, ByteSource } from '../core/bytes/byte-source.ts';

const BREATH_MS = 20;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** The next turn of the event loop: whatever messages have come are read before. */
export const turn = (): Promise<void> => new Promise((resolve) => { waiting.push(resolve); channel.port2.postMessage(null); });

/** The same source, whose readers take a breath between two reads when the last one is some time ago. */
export const breathing = (source: ByteSource): ByteSource => ({
  get size() { return source.size; },
  open: (from, to) => breathingReader(source.open(from, to)),
  slice: (from, to) => source.slice(from, to),
});

function breathingReader(reader: ByteReader): ByteReader {
  let last = performance.now();
  return {
    async read(into) {
      if (performance.now() - last > BREATH_MS) {
        await turn();
        last = performance.now();
      }
      return reader.read(into);
    },
    close: () => reader.close(),
  };
}
