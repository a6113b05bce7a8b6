/**
 * The ones' complement sum of the 16-bit words of bytes[from..to) and `start`, folded and not inverted (RFC 1071). An odd last byte counts as the
 * upper half of a word. Over data with a right checksum in it the answer is 0xffff.
 */
export function onesSum(bytes: Uint8Array, from: number, to: number, start: number): number {
  let sum = start;
  let at = from;
  for (; at + 1 < to; at += 2) sum += (bytes[at]! << 8) | bytes[at + 1]!;
  if (at < to) sum += bytes[at]! << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000);
  return sum;
}
