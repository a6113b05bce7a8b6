import { closeSync, openSync, readSync } from 'node:fs';

const WINDOW_BYTES = 1 << 20;

/** Baseline: reads a file window by window and looks at nothing. Gives its bytes. */
export function bareRead(path: string): number {
  const fd = openSync(path, 'r');
  const b = new Uint8Array(WINDOW_BYTES);
  let bytes = 0;
  for (let count = 1; count > 0; bytes += count) count = readSync(fd, b, 0, b.length, bytes);
  closeSync(fd);
  return bytes;
}

/** Baseline: walks the record headers of a little-endian pcap and does nothing else: no faults, no times. Gives its packets. */
export function bareWalk(path: string): number {
  const fd = openSync(path, 'r');
  const b = new Uint8Array(WINDOW_BYTES);
  let [packets, at, limit, read] = [0, 24, 0, 0];
  for (;;) {
    const count = readSync(fd, b, limit, b.length - limit, read);
    if (count === 0) break;
    read += count;
    limit += count;
    while (at + 16 <= limit) {
      const end = at + 16 + (b[at + 8]! | (b[at + 9]! << 8) | (b[at + 10]! << 16) | (b[at + 11]! << 24));
      if (end > limit) break;
      at = end;
      packets++;
    }
    b.copyWithin(0, at, limit);
    limit -= at;
    at = 0;
  }
  closeSync(fd);
  return packets;
}
