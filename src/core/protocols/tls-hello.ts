// Fingerprints of TLS hellos: JA3 and JA3S (github.com/salesforce/ja3), JA4 of the client (github.com/FoxIO-LLC/ja4), put together when somebody asks.

import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ascii } from './http-lines.ts';

/** Values that clients send to keep servers from choking on new ones (RFC 8701). */
const isGrease = (n: number): boolean => (n & 0x0f0f) === 0x0a0a && n >>> 8 === (n & 0xff);
const HELLO_HEAD = 2 + 32; // version and random
const [GROUPS, FORMATS, ALGORITHMS, ALPN, VERSIONS, SERVER_NAME] = [10, 11, 13, 16, 43, 0];

interface Hello { readonly version: number; readonly ciphers: readonly number[]; readonly extensions: readonly { readonly type: number; readonly at: number; readonly end: number }[] }

const u16 = (b: Uint8Array, at: number): number => ((b[at] ?? 0) << 8) | (b[at + 1] ?? 0);

/** The hello whose version stands at `at`; lists end with the bytes that are here. */
function helloAt(b: Uint8Array, at: number, limit: number, client: boolean): Hello {
  const ciphers: number[] = [];
  const extensions: { type: number; at: number; end: number }[] = [];
  let here = at + HELLO_HEAD + 1 + (b[at + HELLO_HEAD] ?? 0);
  const size = client ? u16(b, here) : 2;
  if (client) here += 2;
  for (let i = here; i + 2 <= Math.min(limit, here + size); i += 2) ciphers.push(u16(b, i));
  here += size;
  here += client ? 1 + (b[here] ?? 0) : 1;
  const message = Math.min(limit, at + ((b[at - 3]! << 16) | (b[at - 2]! << 8) | b[at - 1]!)); // the handshake's own length stands before it
  const end = here + 2 <= message ? Math.min(message, here + 2 + u16(b, here)) : here;
  for (here += 2; here + 4 <= end; here += 4 + u16(b, here + 2)) extensions.push({ type: u16(b, here), at: here + 4, end: Math.min(end, here + 4 + u16(b, here + 2)) });
  return { version: u16(b, at), ciphers, extensions };
}

/** Numbers of two bytes behind a length of `head` bytes in an extension. */
function numbersIn(b: Uint8Array, hello: Hello, type: number, head: number, width = 2): number[] {
  const found = hello.extensions.find((e) => e.type === type);
  if (!found) return [];
  const numbers: number[] = [];
  for (let i = found.at + head; i + width <= found.end; i += width) numbers.push(width === 2 ? u16(b, i) : b[i]!);
  return numbers;
}
const plain = (numbers: readonly number[]): number[] => numbers.filter((n) => !isGrease(n));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('');
const hashed = (text: string): string => hex(md5(new TextEncoder().encode(text)));

export function ja3Full(b: Uint8Array, at: number, end: number): string {
  const hello = helloAt(b, at, end, true);
  return [hello.version, ...[hello.ciphers, hello.extensions.map(({ type }) => type), numbersIn(b, hello, GROUPS, 2), numbersIn(b, hello, FORMATS, 1, 1)].map((list) => plain(list).join('-'))].join();
}
export function ja3sFull(b: Uint8Array, at: number, end: number): string {
  const hello = helloAt(b, at, end, false);
  return [hello.version, hello.ciphers[0] ?? '', plain(hello.extensions.map(({ type }) => type)).join('-')].join();
}
export const ja3 = (b: Uint8Array, at: number, end: number): string => hashed(ja3Full(b, at, end));
export const ja3s = (b: Uint8Array, at: number, end: number): string => hashed(ja3sFull(b, at, end));

const JA4_VERSIONS: Readonly<Record<number, string>> = { 0x0304: '13', 0x0303: '12', 0x0302: '11', 0x0301: '10', 0x0300: 's3', 0x0002: 's2' };
const two = (n: number): string => String(Math.min(99, n)).padStart(2, '0');
const words = (numbers: readonly number[]): string => numbers.map((n) => n.toString(16).padStart(4, '0')).join();
const short = (text: string): string => (text === '' ? '000000000000' : hex(sha256(new TextEncoder().encode(text))).slice(0, 12));

/** Over TCP: what the client can do, its sorted ciphers, and its sorted extensions with its algorithms as they stand. */
export function ja4(b: Uint8Array, at: number, end: number): string {
  const hello = helloAt(b, at, end, true);
  const types = plain(hello.extensions.map(({ type }) => type));
  const ciphers = plain(hello.ciphers);
  const version = Math.max(hello.version, ...plain(numbersIn(b, hello, VERSIONS, 1)));
  const alpn = hello.extensions.find((e) => e.type === ALPN);
  const first = alpn ? ascii(b, alpn.at + 3, Math.min(alpn.end, alpn.at + 3 + (b[alpn.at + 2] ?? 0))) : '';
  const head = `t${JA4_VERSIONS[version] ?? '00'}${types.includes(SERVER_NAME) ? 'd' : 'i'}${two(ciphers.length)}${two(types.length)}${first === '' ? '00' : first.charAt(0) + first.charAt(first.length - 1)}`;
  const extensions = words(types.filter((t) => t !== SERVER_NAME && t !== ALPN).sort((x, y) => x - y));
  const algorithms = words(numbersIn(b, hello, ALGORITHMS, 2));
  return `${head}_${short(words(ciphers.toSorted((x, y) => x - y)))}_${short(extensions === '' ? '' : algorithms === '' ? extensions : `${extensions}_${algorithms}`)}`;
}
