import type { ByteSource } from '../bytes/byte-source.ts';
import { u32le } from '../bytes/read.ts';

/** Deflate's best: a match of 258 bytes in two bits. */
const MOST_A_BYTE = 1032;
/** What does not compress grows by five bytes in 65,535 (RFC 1951 section 3.2.4), and a header may carry a name and a comment. */
const GROWTH = 1.001;
const HEADER_BYTES = 1024;
const LENGTH_BYTES = 4;

/**
 * About how many bytes a gzip inflates to, told before anything is inflated: its last four bytes hold the length of its last member modulo 2³² (RFC 1952 section 2.3.1).
 * Null where that cannot be the whole: several members, more than 4 GiB, or a file that breaks off.
 */
export async function inflatedSize(source: ByteSource): Promise<number | null> {
  const { size } = source;
  if (size === Infinity || size < LENGTH_BYTES) return null;
  const length = u32le(await source.slice(size - LENGTH_BYTES, size), 0);
  return length * GROWTH + HEADER_BYTES < size || length > size * MOST_A_BYTE ? null : length;
}
