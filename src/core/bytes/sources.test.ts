import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileSource } from '../../cli/file-source.ts';
import { concat } from '../testing/bytes.ts';
import { blobSource } from './blob-source.ts';
import type { ByteReader, ByteSource } from './byte-source.ts';
import { memorySource } from './memory-source.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
const folder = mkdtempSync(join(tmpdir(), 'vxlens-test-'));
const path = join(folder, 'bytes');
writeFileSync(path, bytes);
afterAll(() => rmSync(folder, { recursive: true }));

/** An engine whose streams are no byte streams. */
const plainBlob = (): Blob => {
  const blob = new Blob([bytes]);
  const slice = (from: number, to: number): Blob => {
    const part = blob.slice(from, to);
    return Object.assign(part, { stream: () => new ReadableStream<Uint8Array<ArrayBuffer>>({
      async start(controller) {
        const all = new Uint8Array(await part.arrayBuffer());
        for (let at = 0; at < all.length; at += 333) controller.enqueue(all.slice(at, at + 333));
        controller.close();
      },
    }) });
  };
  return Object.assign(new Blob([bytes]), { slice });
};

async function readAll(reader: ByteReader, step: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let buffer = new Uint8Array(step);
  for (;;) {
    const view = await reader.read(buffer);
    if (view.length === 0) break;
    parts.push(view.slice());
    buffer = new Uint8Array(view.buffer);
  }
  await reader.close();
  return concat(parts);
}

const SOURCES: [string, () => ByteSource][] = [
  ['memory', () => memorySource(bytes)], ['a blob', () => blobSource(new Blob([bytes]))], ['a blob without byte streams', () => blobSource(plainBlob())], ['a file', () => fileSource(path)],
];

describe.each(SOURCES)('a source over %s', (_, make) => {
  it.each([[1000], [70_000], [1 << 20]])('gives its bytes in order, up to %i a read', async (step) => {
    const source = make();
    expect(source.size).toBe(bytes.length);
    expect(Buffer.compare(await readAll(source.open(), step), bytes)).toBe(0);
    expect(Buffer.compare(await readAll(source.open(100, 5000), step), bytes.subarray(100, 5000))).toBe(0);
    expect(Buffer.compare(await readAll(source.open(199_990), step), bytes.subarray(199_990))).toBe(0);
  });

  it('gives a copy of any part, shorter at its end', async () => {
    const source = make();
    expect(await source.slice(5, 9)).toEqual(bytes.slice(5, 9));
    expect(await source.slice(199_998, 200_100)).toEqual(bytes.slice(199_998));
    expect(await source.slice(300_000, 300_100)).toHaveLength(0);
  });

  it('stops when it is closed early', async () => {
    const reader = make().open();
    await reader.read(new Uint8Array(10));
    await reader.close();
  });
});

it('says why a file cannot be opened', () => {
  expect(() => fileSource(join(folder, 'absent'))).toThrow(`${join(folder, 'absent')} cannot be opened: there is no such file. Check the path and its permissions.`);
  expect(() => fileSource(folder)).toThrow('it is a folder');
  expect(() => fileSource(join(path, 'below'))).toThrow('a part of the path is no folder');
});
