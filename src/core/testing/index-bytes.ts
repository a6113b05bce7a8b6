import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { indexCapture } from '../index/index-capture.ts';
import { PacketTable } from '../table/packet-table.ts';

/** The table of a capture that is in memory (not compressed). */
export async function indexBytes(bytes: Uint8Array, windowBytes?: number): Promise<PacketTable> {
  const table = new PacketTable();
  const reader = await openCapture(memorySource(bytes), windowBytes);
  await indexCapture(reader, table);
  await reader.close();
  return table;
}
