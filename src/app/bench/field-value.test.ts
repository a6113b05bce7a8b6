import { expect, test } from 'vitest';
import { bitsAt, bitsOf } from './field-value.ts';

test.each([
  ['333', 24, '14d'], ['0x14D', 24, '14d'], ['16777215', 24, 'ffffff'], ['16777216', 24, null], ['-1', 8, null], ['', 8, null], ['1', 1, '1'], ['2', 1, null],
  ['172.31.4.131', 32, 'ac1f0483'], ['172.31.4.256', 32, null], ['0a:36:d2:fc:94:2e', 48, '0a36d2fc942e'], ['fd00::4:131', 128, 'fd000000000000000000000000040131'], ['::', 128, '0'.repeat(32)], ['1::2::3', 128, null],
])('%s in %i bits', (typed, bits, hex) => { expect(bitsOf(typed, bits)).toBe(hex); });

test('bits lie across bytes', () => {
  expect(bitsAt(Uint8Array.of(0b1010_0101, 0b1100_0000), 4, 6)).toBe(0b0101_11n);
});
