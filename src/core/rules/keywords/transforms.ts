import { Gunzip, Unzlib } from 'fflate';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { getDomain, getPublicSuffix } from 'tldts';
import { LOWER } from '../match/search.ts';
import type { Option } from '../parse/options.ts';
import { latin1, latin1Bytes } from '../../bytes/latin1.ts';
import { RegexError } from '../regex/node.ts';
import { GAVE_UP, Regex } from '../regex/regex.ts';
import { RuleError } from '../rule-error.ts';
import { type Base64Mode, decodeBase64 } from '../transforms/base64.ts';
import type { Transform } from '../transforms/transform.ts';
import type { Keyword } from './keyword.ts';

// What changes a buffer before it is looked at (rules/transforms.rst): facts from there and from detect-transform-*.c. A change that cannot be made leaves an empty buffer.

const NOTHING = new Uint8Array(0);
const isSpace = (b: number): boolean => b === 0x20 || (b >= 0x09 && b <= 0x0d);
const UPPER = Uint8Array.from({ length: 256 }, (_, b) => (b >= 0x61 && b <= 0x7a ? b - 0x20 : b));
const DOT = 0x2e;
const LF = 0x0a;
const COLON = 0x3a;

const dotPrefix: Transform = (bytes) => {
  const out = new Uint8Array(bytes.length + 1);
  out[0] = DOT;
  out.set(bytes, 1);
  return out;
};

const hexDigit = (b: number | undefined): number => (b === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(b), 16));

/** %41 is A, and + a blank; a % without two digits stays. */
const urlDecode: Transform = (bytes) => {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at] === 0x25 ? hexDigit(bytes[at + 1]) * 16 + hexDigit(bytes[at + 2]) : Number.NaN;
    if (Number.isNaN(value)) { out[length++] = bytes[at] === 0x2b ? 0x20 : bytes[at]!; continue; }
    out[length++] = value;
    at += 2;
  }
  return out.subarray(0, length);
};

/** Header lines as they are, their names in small letters. */
const headerLowercase: Transform = (bytes) => {
  let inName = true;
  return bytes.map((b) => {
    if (b === LF) inName = true; else if (b === COLON) inName = false;
    return inName ? LOWER[b]! : b;
  });
};

/** Header lines without those whose names start with a colon, as HTTP/2's `:method`. */
const stripPseudoHeaders: Transform = (bytes) => {
  const out: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(LF, at);
    const end = found < 0 ? bytes.length : found + 1;
    if (bytes[at] !== COLON) for (let i = at; i < end; i++) out.push(bytes[i]!);
    at = end;
  }
  return Uint8Array.from(out);
};

/** The part of a name that the list of public suffixes tells, the private ones among them; nothing where there is none (detect/transforms/domain.rs). */
const bySuffix = (part: typeof getDomain): Transform => (bytes) => {
  const found = part(latin1(bytes), { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false });
  return found === null ? NOTHING : latin1Bytes(found);
};

const SIMPLE: readonly (readonly [name: string, summary: string, transform: Transform])[] = [
  ['to_lowercase', 'The buffer in small letters.', (bytes) => bytes.map((b) => LOWER[b]!)],
  ['to_uppercase', 'The buffer in capital letters.', (bytes) => bytes.map((b) => UPPER[b]!)],
  ['strip_whitespace', 'The buffer without blanks and line ends.', (bytes) => bytes.filter((b) => !isSpace(b))],
  ['compress_whitespace', 'The buffer with one blank or line end where several follow each other.', (bytes) => bytes.filter((b, i) => !isSpace(b) || i === 0 || !isSpace(bytes[i - 1]!))],
  ['url_decode', 'The buffer with its %XX decoded, and + as a blank.', urlDecode],
  ['dotprefix', 'A dot before the buffer, so that .example.com finds the domain and what is below it.', dotPrefix],
  ['domain', 'The domain that somebody registered, of a name: example.co.uk of www.example.co.uk.', bySuffix(getDomain)], ['tld', 'The public suffix of a name: co.uk of www.example.co.uk.', bySuffix(getPublicSuffix)],
  ['header_lowercase', 'Headers with their names in small letters.', headerLowercase],
  ['strip_pseudo_headers', 'Headers without those of HTTP/2 whose names start with a colon.', stripPseudoHeaders],
  ['to_md5', 'The 16 bytes of the buffer’s MD5.', md5], ['to_sha1', 'The 20 bytes of the buffer’s SHA-1.', sha1], ['to_sha256', 'The 32 bytes of the buffer’s SHA-256.', sha256],
];

const refuse = (option: Option, what: string, next: string): never => { throw new RuleError(what, option.valueAt, Math.max(1, (option.value ?? '').length), next); };
const plain = (option: Option): string => (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();

/** A key of `size` bytes that stands in the buffer changes what comes from `offset` on. */
function xorWithin(option: Option, offset: number, size: number, at: number): Transform {
  if (size < 1 || size > 255) refuse(option, `A key of ${size} bytes changes nothing`, 'Write extract BYTES OFFSET with 1 to 255 bytes.');
  return (bytes) => (at + size > bytes.length ? NOTHING : bytes.map((b, i) => (i < offset ? b : b ^ bytes[at + ((i - offset) % size)]!)));
}

/** What the first parentheses of an expression take of the buffer; where it does not match, the buffer stays as it is (detect-transform-pcrexform.c). */
function pcreTake(option: Option): Transform | string {
  const pattern = (option.value ?? '').replace(/^"(.*)"$/, '$1');
  try {
    const regex = new Regex(pattern, { caseless: false, multiline: false, dotAll: false, extended: false, dollarEnd: false, ungreedy: false }, false, true);
    return (bytes) => {
      const found = regex.find(latin1(bytes), 0);
      if (found === GAVE_UP) return NOTHING;
      return found < 0 || regex.group === null ? bytes : latin1Bytes(regex.group);
    };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return error.supported ? refuse(option, `The regular expression is not valid: ${error.message}`, 'Mend the expression.') : `its expression has ${error.message}, which is not evaluated`;
  }
}

function xorWith(option: Option): Transform | string {
  const text = plain(option);
  const [extract, offset = '0', size = '', at = ''] = /^(?:offset\s+(\d{1,5})\s*,\s*)?extract\s+(\d{1,5})\s+(\d{1,5})$/.exec(text) ?? [];
  if (extract !== undefined) return xorWithin(option, Number(offset), Number(size), Number(at));
  if (!/^([0-9a-f]{2}){1,255}$/i.test(text)) return refuse(option, `“${text}” is no key`, 'Write hexadecimal digits: xor:"0a0DC8ff";.');
  const key = Uint8Array.from(text.match(/../g)!, (digits) => Number.parseInt(digits, 16));
  return (bytes) => bytes.map((b, i) => b ^ key[i % key.length]!);
}

const isMode = (text: string): text is Base64Mode => text === 'rfc2045' || text === 'rfc4648' || text === 'strict';

function fromBase64(option: Option): Transform | string {
  let [count, offset] = [Infinity, 0];
  let mode: Base64Mode = 'rfc4648';
  for (const part of plain(option).split(',').map((each) => each.trim()).filter((each) => each !== '')) {
    const [, word = '', value = ''] = /^(bytes|offset|mode)\s+(\S+)$/.exec(part) ?? [];
    if (word === 'mode' && isMode(value.toLowerCase())) mode = value.toLowerCase() as Base64Mode;
    else if (word !== 'mode' && /^\d{1,6}$/.test(value)) { if (word === 'bytes') count = Number(value); else offset = Number(value); } else refuse(option, `“${part}” has no meaning in from_base64`, 'It takes bytes N, offset N and mode rfc4648, rfc2045 or strict.');
  }
  return (bytes) => (offset >= bytes.length ? NOTHING : decodeBase64(bytes, offset, Math.min(bytes.length, offset + count), mode));
}

/** subslice:-6 is the last six bytes, 0,-6 all but them, 2,3 three from the third on; with truncate what lies beyond is left out instead of all. */
function subslice(option: Option): Transform | string {
  const [, first, second, truncate] = /^(-?\d{1,6})(?:\s*,\s*(-?\d{1,6}))?(\s*,\s*truncate)?$/.exec(plain(option)) ?? refuse(option, `“${plain(option)}” is no form of subslice`, 'Write subslice:OFFSET,BYTES; with numbers below zero to count from the end.');
  return (bytes) => {
    const size = bytes.length;
    const from = Number(first) < 0 ? size + Number(first) : Number(first);
    const start = truncate === undefined ? from : Math.max(0, from);
    const end = second === undefined ? size : Number(second) < 0 ? size + Number(second) : start + Number(second);
    if (start < 0 || start > size || end < start || (truncate === undefined && end > size)) return NOTHING;
    return bytes.subarray(start, Math.min(end, size));
  };
}

/** Bytes that an inflated buffer may have unless `max-size` says less. */
const INFLATED = 1024;

function inflate(option: Option, make: () => Gunzip | Unzlib): Transform {
  const [, text = String(INFLATED)] = /^(?:max-size\s+(\d{1,6}))?$/.exec(plain(option)) ?? refuse(option, `“${plain(option)}” has no meaning in ${option.name}`, 'It takes max-size N.');
  const most = Number(text);
  return (bytes) => {
    const out = new Uint8Array(most);
    let length = 0;
    const stream = make();
    stream.ondata = (chunk: Uint8Array): void => {
      const part = chunk.subarray(0, most - length);
      out.set(part, length);
      length += part.length;
    };
    try { stream.push(bytes, true); } catch { /* broken data: what came out before stays */ }
    return out.subarray(0, length);
  };
}

type Make = (option: Option) => Transform | string;
const WITH_VALUE: readonly (readonly [name: string, summary: string, form: string, value: Keyword['value'], make: Make])[] = [
  ['xor', 'The buffer with each byte changed by a key.', 'xor:"HEX"; or xor:[offset N,]extract BYTES OFFSET;', 'required', xorWith],
  ['pcrexform', 'What the first parentheses of a regular expression take of the buffer.', 'pcrexform:"EXPRESSION";', 'required', pcreTake],
  ['from_base64', 'The buffer decoded from base64.', 'from_base64:[bytes N][,offset N][,mode rfc4648|rfc2045|strict];', 'optional', fromBase64],
  ['subslice', 'A part of the buffer.', 'subslice:OFFSET[,BYTES][,truncate];', 'required', subslice],
  ['gunzip', 'The buffer inflated from gzip.', 'gunzip[:max-size N];', 'optional', (option) => inflate(option, () => new Gunzip())],
  ['zlib_deflate', 'The buffer inflated from zlib.', 'zlib_deflate[:max-size N];', 'optional', (option) => inflate(option, () => new Unzlib())],
];

export const transforms: readonly Keyword[] = [
  ...SIMPLE.map(([name, summary, transform]): Keyword => ({ names: [name], summary, form: `${name};`, value: 'none', read(option, rule) { rule.transform(name, transform, option.at, option.source.length); } })),
  ...WITH_VALUE.map(([name, summary, form, value, make]): Keyword => ({
    names: [name], summary, form, value,
    read(option, rule) {
      const transform = make(option);
      if (typeof transform === 'string') rule.cannot(`“${name}”: ${transform}`); else rule.transform(option.value === null ? name : `${name}:${option.value}`, transform, option.at, option.source.length);
    },
  })),
];
