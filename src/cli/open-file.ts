import { openCapture, type CaptureReader } from '../core/capture/capture-reader.ts';
import { peel } from '../core/capture/inflate.ts';
import { fileSource } from './file-source.ts';

export interface OpenFile {
  readonly reader: CaptureReader;
  /** Bytes of the file as it lies there; Infinity for a pipe. */
  readonly size: number;
  readonly close: () => Promise<void>;
}

/** Opens a capture, gzip or not, for one pass; `-` is standard input. Rejects with a FaultError that a person can read. */
export async function openFile(path: string): Promise<OpenFile> {
  const source = fileSource(path);
  try {
    const reader = await openCapture(await peel(source));
    return { reader, size: source.size, close: async () => { await reader.close(); source.close(); } };
  } catch (e) {
    source.close();
    throw e;
  }
}
