import type { ByteSource } from '../../bytes/byte-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';

/** Baseline: the same reading loop, which only walks the record headers. Gives the packets. */
export async function walk(source: ByteSource): Promise<number> {
  const reader = await openCapture(source);
  let packets = 0;
  do { while (reader.next()) packets++; } while (await reader.refill());
  await reader.close();
  return packets;
}
