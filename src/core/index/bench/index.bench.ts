import type { ByteSource } from '../../bytes/byte-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { PacketTable } from '../../table/packet-table.ts';
import { indexCapture } from '../index-capture.ts';

/** What is timed: the whole index of a capture, as the app and the CLI make it. */
export async function index(source: ByteSource): Promise<PacketTable> {
  const reader = await openCapture(source);
  const table = new PacketTable();
  await indexCapture(reader, table);
  await reader.close();
  return table;
}
