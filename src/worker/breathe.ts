// Long passes let messages in, or a cancel would never be read and rows would wait for the end.

import type { ByteReader, ByteSource } from '../core/bytes/byte-source.ts';

const BREATH_MS = 8;
const PAUSE_MS = 4;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** The next turn of the event loop: whatever messages have come are read before. */
export const turn = (): Promise<void> => new Promise((resolve) => { waiting.push(resolve); channel.port2.postMessage(null); });

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/**
 * The same source, whose readers take a breath between two reads when the last one is some time ago. For the first `slowMs` they pause after each read:
 * a machine with few cores then draws the first rows before it reads on.
 */
export const breathing = (source: ByteSource, slowMs = 0): ByteSource => ({
  get size() { return source.size; },
  open: (from, to) => breathingReader(source.open(from, to), slowMs),
  slice: (from, to) => source.slice(from, to),
});

function breathingReader(reader: ByteReader, slowMs: number): ByteReader {
  const start = performance.now();
  let last = start;
  return {
    async read(into) {
      const now = performance.now();
      if (now - start < slowMs && now > start + PAUSE_MS) await pause(PAUSE_MS);
      else if (now - last > BREATH_MS) await turn();
      else return reader.read(into);
      last = performance.now();
      return reader.read(into);
    },
    close: () => reader.close(),
  };
}
