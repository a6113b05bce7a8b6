// Where an inflated capture lies: a file of the origin private file system, so that it takes disk and not memory. Nobody but this origin sees it.

import { FaultError } from '../core/base/fault.ts';
import type { ByteSource } from '../core/bytes/byte-source.ts';
import { memorySpool, type Spool } from '../core/bytes/spool.ts';
import { bytesText } from '../core/format/number.ts';

/** A spool that can give all it has as one Blob. */
export interface BlobSpool extends Spool { blob(): Promise<Blob> }

const FOLDER = 'vxlens.inflated';

/** A spool on disk where the browser has one to give, in memory elsewhere. `expected` is how many bytes will come, where that is known. */
export async function openSpool(expected: number | null): Promise<BlobSpool> {
  return (await diskSpool(expected)) ?? inMemory();
}

/** Files of workers that have ended go; those that are still held by another tab refuse, and stay. */
export async function removeOldSpools(): Promise<void> {
  const folder = await folderOf().catch(() => null); // no such file system here: nothing to remove
  if (!folder) return;
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  await Promise.allSettled(names.map((name) => folder.removeEntry(name)));
}

async function folderOf(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function diskSpool(expected: number | null): Promise<BlobSpool | null> {
  try {
    const folder = await folderOf();
    const file = await folder.getFileHandle(crypto.randomUUID(), { create: true });
    return onDisk(file, await file.createSyncAccessHandle(), expected);
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return null; // refused (private window), or not there (http)
    throw error;
  }
}

function onDisk(file: FileSystemFileHandle, handle: FileSystemSyncAccessHandle, expected: number | null): BlobSpool {
  let size = 0;
  return {
    write(chunk) {
      try {
        for (let done = 0; done < chunk.length;) done += handle.write(chunk.subarray(done), { at: size + done });
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        throw noRoom(expected, error.name);
      }
      size += chunk.length;
    },
    source: () => sourceOver(() => size, (into, at) => handle.read(into, { at })),
    blob: async () => { handle.flush(); return (await file.getFile()).slice(0, size); },
  };
}

const noRoom = (expected: number | null, why: string): FaultError => new FaultError({
  code: 'too-large', what: `Unpacked, the capture takes ${expected === null ? '' : `about ${bytesText(expected)}, `}more than this browser gives a page (${why})`,
  next: 'Unpack it beforehand and open what comes out: that is read where it lies and takes no room here.',
});

function inMemory(): BlobSpool {
  const spool = memorySpool();
  return { ...spool, blob: async () => { const source = spool.source(); return new Blob([(await source.slice(0, source.size)).slice()]); } };
}

/** A source over something that reads at once. */
const sourceOver = (size: () => number, fill: (into: Uint8Array, at: number) => number): ByteSource => ({
  get size() { return size(); },
  open(from = 0, to = Infinity) {
    let at = from;
    return {
      read(into) {
        const count = fill(into.subarray(0, Math.max(0, Math.min(into.length, to - at, size() - at))), at);
        at += count;
        return Promise.resolve(into.subarray(0, count));
      },
      close: () => Promise.resolve(),
    };
  },
  slice(from, to) {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, size()) - from));
    return Promise.resolve(bytes.subarray(0, fill(bytes, from)));
  },
});
