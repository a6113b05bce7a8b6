import { expect, it } from 'vitest';
import { FaultError } from './fault.ts';
import { plainText } from './plain-text.ts';

it('reads text, whatever its bytes', () => {
  expect(plainText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9, 0xff))).toBe('aé\ufffd');
});

it('refuses what is no text, and says at which byte', () => {
  expect(() => plainText(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0))).toThrow(FaultError);
  expect(() => plainText(Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0))).toThrow(/no text: there is a NUL byte, at byte 5\. Nothing of it was read\./);
});
