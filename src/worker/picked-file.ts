import type { ByteSource } from '../core/bytes/byte-source.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { writtenAs } from '../core/export/capture-writer.ts';
import { writePicked } from '../core/export/picked-packets.ts';
import { GrowingBlob } from './growing-blob.ts';
import type { CaptureFile } from './protocol.ts';

interface Options {
  readonly wanted: (number: number, iface: number) => boolean;
  readonly edits?: ReadonlyMap<number, readonly string[]>; // comments in place of the file's
  readonly last?: number; //                    no packet behind this one is wanted
  readonly signal: AbortSignal;
  readonly onProgress: (bytesRead: number) => void;
}

/** Some packets of a capture as a capture of its own form, in their order. `source` breathes, or a cancel is not read. */
export async function pickedFile(source: ByteSource, { wanted, edits = new Map(), ...options }: Options): Promise<CaptureFile> {
  const file = new GrowingBlob();
  const reader = await openCapture(source);
  reader.editComments(edits);
  const format = writtenAs(reader);
  try {
    const packets = await writePicked(reader, wanted, file.add, options);
    return { file: file.end(), format, packets };
  } finally { await reader.close(); }
}
