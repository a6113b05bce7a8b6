// The ways in: files from the dialog, a drop or the clipboard, a sample of the build, an address.

import { FaultError } from '../../core/base/fault.ts';
import { fetchFile } from '../../worker/client.ts';
import { tell } from '../stores/trouble.ts';
import { openCaptures } from '../stores/workers.ts';
import { useAwaited } from '../url/sync.ts';
import type { Sample } from './samples.ts';

/** Opens files beside those that are open. */
export function openFiles(files: readonly File[]): void {
  openCaptures(files.map((file) => ({ file, name: file.name === '' ? 'pasted.pcap' : file.name, origin: null })));
}

/** Fetches the captures of a sample; calling what comes back opens them, and shows the one that the sample names unless a link names another. What cannot be fetched is told. */
export async function fetchSample({ name, captures, show }: Sample): Promise<() => void> {
  const fetched = await Promise.all(captures.map(async ({ file }) => ({ name: file, file: await fetchOrTell(`samples/${name}/${file}`, file) })));
  const origin = { key: 'sample', value: name } as const;
  const files = fetched.flatMap((each) => (each.file ? [{ name: each.name, file: each.file, origin }] : []));
  return () => openCaptures(files, useAwaited.getState().link?.show ?? show);
}

export const openSample = async (sample: Sample): Promise<void> => (await fetchSample(sample))();

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
