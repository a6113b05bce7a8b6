import type { ByteSource } from '../core/bytes/byte-source.ts';
import { peel } from '../core/capture/inflate.ts';
import { fileSource } from './file-source.ts';
import { tempSpool } from './temp-spool.ts';

export interface SeekableFile { readonly source: ByteSource; close(): void }

/** A capture that can be read again and out of order: a gzip and standard input go through a temporary file. Rejects with a FaultError. */
export async function seekableFile(path: string): Promise<SeekableFile> {
  const file = fileSource(path);
  const spool = tempSpool();
  const close = (): void => { file.close(); spool.close(); };
  try {
    const source = await peel(file, spool);
    if (source.size !== Infinity || source.compressed !== undefined) return { source, close };
    const reader = source.open();
    for (let chunk = await reader.read(new Uint8Array(1 << 20)); chunk.length > 0; chunk = await reader.read(new Uint8Array(chunk.buffer))) await spool.write(chunk);
    return { source: spool.source(), close };
  } catch (e) {
    close();
    throw e;
  }
}
