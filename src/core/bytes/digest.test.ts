import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { md5, sha1, sha256 } from './digest.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('digests, beside those of OpenSSL', () => {
  it.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000])('of %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 0xff);
    for (const [name, digest] of [['md5', md5], ['sha1', sha1], ['sha256', sha256]] as const) expect(hex(digest(bytes))).toBe(createHash(name).update(bytes).digest('hex'));
  });
});
