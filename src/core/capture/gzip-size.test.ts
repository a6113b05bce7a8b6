import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { inflatedSize } from './gzip-size.ts';

const sizeOf = (bytes: Uint8Array): Promise<number | null> => inflatedSize(memorySource(new Uint8Array(bytes)));
const text = Buffer.alloc(1_000_000, 'mirror ');

it.each([
  ['that compresses well', gzipSync(text), 1_000_000],
  ['that is all zeros, as well as deflate can', gzipSync(Buffer.alloc(10_000_000)), 10_000_000],
  ['that does not compress', gzipSync(randomBytes(300_000)), 300_000],
  ['of nothing', gzipSync(Buffer.alloc(0)), 0],
])('a gzip %s says its size', async (_, bytes, size) => { expect(await sizeOf(bytes)).toBe(size); });

it.each([
  ['of several members, whose last is the least', Buffer.concat([gzipSync(randomBytes(50_000)), gzipSync(Buffer.from('end'))])],
  ['that breaks off where its last bytes are a number too large', Buffer.concat([gzipSync(text).subarray(0, 500), Buffer.from('ffffff7f', 'hex')])],
  ['of three bytes', Buffer.from('1f8b08', 'hex')],
])('a gzip %s does not', async (_, bytes) => { expect(await sizeOf(bytes)).toBeNull(); });
