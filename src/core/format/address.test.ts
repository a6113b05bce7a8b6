import { expect, test } from 'vitest';
import { ipv4Text, ipv6Text, macText } from './address.ts';

const groups = (...words: number[]) => words.flatMap((w) => [w >> 8, w & 255]);

test.each([
  // RFC 5952 sections 4.2.2, 4.2.3 and 5; RFC 4291 section 2.5.5
  [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
  [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
  [[0x2001, 0xdb8, 0, 0, 1, 0, 0, 1], '2001:db8::1:0:0:1'],
  [[0, 0, 0, 0, 0, 0xffff, 0xc000, 0x201], '::ffff:192.0.2.1'],
  [[0, 0, 0, 0, 0, 0, 0xc000, 0x201], '::192.0.2.1'],
  [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
  [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
  [[0xff02, 0, 0, 0, 0, 0, 0, 0], 'ff02::'],
])('IPv6 %j is %s', (words, text) => expect(ipv6Text([0, ...groups(...words)], 1)).toBe(text));

test('IPv4 and MAC addresses', () => {
  expect(ipv4Text([172, 31, 9, 144])).toBe('172.31.9.144');
  expect(macText([0, 0x0a, 0xd3, 0x93, 0xe4, 0x27, 0xb2], 1)).toBe('0a:d3:93:e4:27:b2');
});
