import type { ByteSource } from '../bytes/byte-source.ts';
import { openCapture, type CaptureReader } from '../capture/capture-reader.ts';

/** A record that outlives the window. */
export interface KeptRecord {
  readonly number: number;
  readonly hasTime: boolean;
  readonly seconds: number;
  readonly nanoseconds: number;
  readonly caplen: number;
  readonly origlen: number;
  readonly iface: number;
  readonly flags: number;
  readonly fileOffset: number;
  readonly bytes: Uint8Array;
}

/** All records of a capture, copied, and the reader that gave them. */
export async function readRecords(source: ByteSource, windowBytes?: number): Promise<{ records: KeptRecord[]; reader: CaptureReader }> {
  const reader = await openCapture(source, windowBytes);
  const records: KeptRecord[] = [];
  do {
    while (reader.next()) {
      const { number, hasTime, seconds, nanoseconds, caplen, origlen, iface, flags, fileOffset, start, end } = reader;
      records.push({ number, hasTime, seconds, nanoseconds, caplen, origlen, iface, flags, fileOffset, bytes: reader.bytes.slice(start, end) });
    }
  } while (await reader.refill());
  await reader.close();
  return { records, reader };
}
