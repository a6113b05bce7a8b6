import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onesSum } from './checksum.ts';

/** RFC 1071 section 4.1, word by word. */
function wordByWord(bytes: Uint8Array, start: number): number {
  let sum = start;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 0x1_0000) + Math.floor(sum / 0x1_0000);
  return sum;
}

describe('the ones’ complement sum', () => {
  it('is that of RFC 1071’s example', () => { expect(onesSum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7), 0, 8, 0)).toBe(0xddf2); });

  it('is that of the words one by one, wherever they lie and however many they are', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.nat(9), fc.nat(0xffff), fc.constantFrom(1, 1, 1, 1000), (piece, from, start, times) => {
      const bytes = new Uint8Array(from + piece.length * times + 3);
      for (let i = 0; i < times; i++) bytes.set(piece, from + i * piece.length);
      const to = from + piece.length * times;
      expect(onesSum(bytes.subarray(1), from, to, start)).toBe(wordByWord(bytes.subarray(1).subarray(from, to), start));
    }));
  });
});
