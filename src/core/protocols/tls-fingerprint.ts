import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Hello, isGrease } from './tls-hello.ts';
import { hex, latin1Bytes } from '../bytes/latin1.ts';

// Fingerprints of TLS software: JA3 and JA3S (Althouse, Atkinson, Atkins, 2017: github.com/salesforce/ja3) and JA4 (FoxIO's description; of its family only JA4 itself is free to use).

const list = (values: readonly number[]): string => values.filter((value) => !isGrease(value)).join('-');

/** version,ciphers,extensions,groups,point formats of a ClientHello. */
export const ja3 = ({ legacyVersion, ciphers, extensions, groups, pointFormats }: Hello): string =>
  [legacyVersion, list(ciphers), list(extensions), list(groups), pointFormats.join('-')].join(',');

/** version,cipher,extensions of a ServerHello. */
export const ja3s = ({ legacyVersion, ciphers, extensions }: Hello): string => [legacyVersion, ciphers.join('-'), list(extensions)].join(',');

export const md5Hex = (text: string): string => hex(md5(latin1Bytes(text)));

const VERSIONS: ReadonlyMap<number, string> = new Map([[0x0304, '13'], [0x0303, '12'], [0x0302, '11'], [0x0301, '10'], [0x0300, 's3'], [0x0002, 's2']]);
const SERVER_NAME = 0;
const ALPN = 16;
const NO_HASH = '000000000000';

const two = (count: number): string => String(Math.min(count, 99)).padStart(2, '0');
const four = (value: number): string => value.toString(16).padStart(4, '0');
const shortHash = (text: string): string => hex(sha256(latin1Bytes(text))).slice(0, 12);

/** First and last character of the first protocol; of its hexadecimal digits where one is no letter or digit. */
function alpnPart(name: string | undefined): string {
  if (name === undefined || name === '') return '00';
  const ends = name[0]! + name.at(-1)!;
  if (/^[0-9A-Za-z]{2}$/.test(ends)) return ends;
  const digits = hex(latin1Bytes(name));
  return digits[0]! + digits.at(-1)!;
}

/** JA4 of a ClientHello over TCP. */
export function ja4(hello: Hello): string {
  const ciphers = hello.ciphers.filter((value) => !isGrease(value));
  const extensions = hello.extensions.filter((value) => !isGrease(value));
  const start = `t${VERSIONS.get(hello.version) ?? '00'}${extensions.includes(SERVER_NAME) ? 'd' : 'i'}${two(ciphers.length)}${two(extensions.length)}${alpnPart(hello.alpn[0])}`;
  const sorted = extensions.filter((type) => type !== SERVER_NAME && type !== ALPN).map(four).sort().join(',');
  const signatures = hello.signatures.filter((value) => !isGrease(value)).map(four).join(',');
  const first = ciphers.length === 0 ? NO_HASH : shortHash(ciphers.map(four).sort().join(','));
  return `${start}_${first}_${sorted === '' ? NO_HASH : shortHash(signatures === '' ? sorted : `${sorted}_${signatures}`)}`;
}
