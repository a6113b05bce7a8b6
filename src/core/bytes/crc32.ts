/** CRC-32 as in gzip (RFC 1952 section 8), four tables so that four bytes go at once. */
const TABLES = new Uint32Array(4 * 256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  TABLES[n] = c;
}
for (let n = 256; n < 1024; n++) {
  const before = TABLES[n - 256]!;
  TABLES[n] = (before >>> 8) ^ TABLES[before & 255]!;
}

/** The CRC-32 of what went before (0 at first) and `bytes` after it. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    c ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    c = TABLES[768 + (c & 255)]! ^ TABLES[512 + ((c >>> 8) & 255)]! ^ TABLES[256 + ((c >>> 16) & 255)]! ^ TABLES[c >>> 24]!;
  }
  for (; at < bytes.length; at++) c = (c >>> 8) ^ TABLES[(c ^ bytes[at]!) & 255]!;
  return ~c >>> 0;
}
