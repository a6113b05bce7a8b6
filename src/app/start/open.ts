// The ways in: files from the dialog, a drop or the clipboard, a sample of the build, an address.

import { FaultError } from '../../core/base/fault.ts';
import { fetchFile } from '../../worker/client.ts';
import { captureNamed, showCapture } from '../stores/captures.ts';
import { tell } from '../stores/trouble.ts';
import { openCapture } from '../stores/workers.ts';
import type { Sample } from './samples.ts';

/** Opens files beside those that are open. */
export function openFiles(files: Iterable<File>): void {
  for (const file of files) openCapture(file, file.name === '' ? 'pasted.pcap' : file.name);
}

export const SAMPLES_FOLDER = 'samples/';

/** Opens the captures of a sample, and shows the one that it names. What cannot be fetched is told, the others open. */
export async function openSample({ name, captures, show }: Sample): Promise<void> {
  const fetched = await Promise.all(captures.map(async ({ file }) => ({ file, blob: await fetchOrTell(`${SAMPLES_FOLDER}${name}/${file}`, file) })));
  for (const { file, blob } of fetched) if (blob) openCapture(blob, file);
  const shown = captureNamed(show);
  if (shown) showCapture(shown.id);
}

/** The file at an address, or null when its fault has been told. */
export async function fetchOrTell(address: string, name: string): Promise<Blob | null> {
  try {
    return await fetchFile(new URL(address, document.baseURI).href);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (error.fault.code !== 'cancelled') tell(name, error.fault);
    return null;
  }
}
