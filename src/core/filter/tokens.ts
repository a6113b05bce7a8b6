// A filter's text to words, strings and signs. A word is what Wireshark lets stand unquoted: a name, a number, an address,
// a byte string, all told apart later by what they are compared with.

import { FilterError } from './filter-error.ts';
import { INFIX_BY_TEXT, PREFIX_BY_TEXT } from './operators.ts';

export type TokenKind = 'word' | 'string' | 'char' | 'sign' | 'slice' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string; //   as written; for a slice what stands between the brackets
  readonly value: string; //  of a string or char: its bytes, one character (0 to 255) each; else ''
  readonly from: number;
  readonly to: number;
}

/** Longest first, so that `===` is not read as `==` and `=`. */
const SIGNS = ['===', '!==', '==', '!=', '~=', '<=', '>=', '&&', '||', '^^', '..', '<', '>', '!', '~', '&', '+', '-', '*', '/', '%', '(', ')', '{', '}', ',', '#'];
const FIXES: Readonly<Record<string, string>> = {
  '=': 'Write == to compare', '|': 'Write || for "or"', '^': 'Write ^^ for "either, not both"', ';': 'Write && or || between conditions',
  '@': 'Raw values (@field) are not supported; slice the field instead: eth.src[0:3]', $: 'References (${field}) are not supported; write the value itself',
  '’': "Write a straight quote: \"", '“': 'Write straight quotes: "', '”': 'Write straight quotes: "', ']': 'This bracket closes nothing: remove it',
};
// A word ends before `..`, so that 1..5 is a range; a dash or a slash inside belongs to it (0a-d3-93, 10.0.0.0/8).
const WORD = /(?:[A-Za-z0-9_:]|\.(?!\.))(?:[A-Za-z0-9_:/\-]|\.(?!\.))*/y;
const NEGATIVE = /-[0-9](?:[A-Za-z0-9_]|\.(?!\.))*/y;
const SPACE = /\s*/y;
const MAX_LENGTH = 65_536;
const CLOSED = 'Close the string with "';

const encoder = new TextEncoder();
/** Text to a string of its UTF-8 bytes. */
export const byteString = (text: string): string => Array.from(encoder.encode(text), (b) => String.fromCharCode(b)).join('');

export function tokens(text: string): Token[] {
  if (text.length > MAX_LENGTH) throw new FilterError({ from: MAX_LENGTH, to: text.length }, `A filter has at most ${MAX_LENGTH} characters: shorten it`);
  const list: Token[] = [];
  for (let at = skip(text, 0); at < text.length; at = skip(text, list.at(-1)!.to)) list.push(tokenAt(text, at, list.at(-1)));
  list.push({ kind: 'end', text: '', value: '', from: text.length, to: text.length });
  return list;
}

const skip = (text: string, at: number): number => at + match(SPACE, text, at).length;

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const c = text[at]!;
  if (c === '"') return string(text, at, at + 1, false);
  if ((c === 'r' || c === 'R') && text[at + 1] === '"') return string(text, at, at + 2, true);
  if (c === "'") return character(text, at);
  if (c === '[') return slice(text, at);
  const word = match(WORD, text, at) || (operandBefore(before) ? '' : match(NEGATIVE, text, at));
  if (word !== '') return { kind: 'word', text: word, value: '', from: at, to: at + word.length };
  const sign = SIGNS.find((s) => text.startsWith(s, at));
  if (sign !== undefined) return { kind: 'sign', text: sign, value: '', from: at, to: at + sign.length };
  const symbol = String.fromCodePoint(text.codePointAt(at)!);
  throw new FilterError({ from: at, to: at + symbol.length }, FIXES[symbol] ?? `"${symbol}" has no meaning in a filter: put text in double quotes`);
}

const operandBefore = (t: Token | undefined): boolean => t !== undefined && (t.kind === 'word' ? !INFIX_BY_TEXT.has(t.text) && !PREFIX_BY_TEXT.has(t.text) : t.kind !== 'sign' || t.text === ')' || t.text === '}');

function slice(text: string, at: number): Token {
  const close = text.indexOf(']', at);
  if (close < 0) throw new FilterError({ from: at, to: at + 1 }, 'Close the range with ]');
  return { kind: 'slice', text: text.slice(at + 1, close), value: '', from: at, to: close + 1 };
}

function character(text: string, at: number): Token {
  const { value, end } = quoted(text, at, at + 1, "'", false);
  if (value.length !== 1) throw new FilterError({ from: at, to: end }, 'Single quotes hold one byte; put text in double quotes');
  return { kind: 'char', text: text.slice(at, end), value, from: at, to: end };
}

function string(text: string, from: number, at: number, raw: boolean): Token {
  const { value, end } = quoted(text, from, at, '"', raw);
  return { kind: 'string', text: text.slice(from, end), value, from, to: end };
}

function quoted(text: string, from: number, start: number, quote: string, raw: boolean): { value: string; end: number } {
  let value = '';
  for (let at = start; at < text.length;) {
    const c = text[at]!;
    if (c === quote) return { value, end: at + 1 };
    if (c === '\\' && raw && at + 1 < text.length) {
      // A raw string keeps its backslashes, except that one still guards a quote.
      value += text[at + 1] === quote ? quote : `\\${byteString(text[at + 1]!)}`;
      at += 2;
    } else if (c === '\\') {
      const { byte, end } = escape(text, at);
      value += byte;
      at = end;
    } else {
      const symbol = String.fromCodePoint(text.codePointAt(at)!);
      value += byteString(symbol);
      at += symbol.length;
    }
  }
  throw new FilterError({ from, to: text.length }, CLOSED.replace('"', quote));
}

const LETTERS: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'", '?': '?' };
const HEX = /x[0-9A-Fa-f]{1,2}/y;
const OCTAL = /[0-3]?[0-7]{1,2}/y;
const UNICODE = /u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}/y;

/** An escape as in C. Anything else after a backslash is an error, since it is most often a pattern's `\.` that wants `\\.` or r"\.". */
function escape(text: string, at: number): { byte: string; end: number } {
  const letter = LETTERS[text[at + 1] ?? ''];
  if (letter !== undefined) return { byte: letter, end: at + 2 };
  const hex = match(HEX, text, at + 1);
  if (hex !== '') return { byte: String.fromCharCode(parseInt(hex.slice(1), 16)), end: at + 1 + hex.length };
  const octal = match(OCTAL, text, at + 1);
  if (octal !== '') return { byte: String.fromCharCode(parseInt(octal, 8)), end: at + 1 + octal.length };
  const unicode = match(UNICODE, text, at + 1);
  const point = parseInt(unicode.slice(1), 16);
  if (unicode !== '' && point <= 0x10_ffff) return { byte: byteString(String.fromCodePoint(point)), end: at + 1 + unicode.length };
  throw new FilterError({ from: at, to: Math.min(at + 2, text.length) }, 'Unknown escape: write \\\\ for a backslash, or put r before the string, as in r"\\d+"');
}
