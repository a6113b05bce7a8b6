import type { Inspection } from '../match/chain.ts';
import type { RuleDraft } from '../parse/draft.ts';
import type { Option } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';
import type { Amount } from './content.ts';

// What byte_test, byte_jump, byte_extract and byte_math have in common: a number of some bytes at an offset, big-endian unless `little`, or written as text
// (`string` with hex, dec or oct), masked and shifted down by the mask's trailing zeros. Arithmetic is in 64 bits without a sign, as Suricata's.

export type Base = 'bytes' | 'hex' | 'dec' | 'oct';

export interface ByteNumber {
  readonly bytes: Amount;
  readonly offset: Amount;
  readonly relative: boolean;
  readonly little: boolean;
  readonly base: Base;
  readonly mask: bigint | null;
}

/** Words after the numbers: `relative`, `little`, `string`, … and those with a value, as `multiplier 4`. */
export type Words = ReadonlyMap<string, string>;

const FAIL = { next: 'The manual has the form under “Payload keywords”.' };

export function splitWords(option: Option): string[] {
  return (option.value ?? '').replace(/^"(.*)"$/, '$1').split(',').map((part) => part.trim());
}

export function readWords(option: Option, parts: readonly string[], known: readonly string[]): Map<string, string> {
  const words = new Map<string, string>();
  for (const part of parts) {
    const [, word = '', value = ''] = /^(\S+)\s*(.*)$/.exec(part) ?? [];
    const name = word.toLowerCase();
    if (!known.includes(name)) throw new RuleError(`“${part}” has no meaning in “${option.name}”`, option.valueAt, (option.value ?? '').length, `Known are ${known.join(', ')}.`);
    words.set(name, value);
  }
  return words;
}

/** A number in decimal or 0x…, or the name of a variable. */
export function readByteAmount(option: Option, rule: RuleDraft, text: string): Amount {
  if (/^[+-]?(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) {
    const sign = text.startsWith('-') ? -1 : 1;
    return { value: sign * Number(text.replace(/^[+-]/, '')), variable: -1 };
  }
  const variable = rule.variable(text);
  if (variable < 0) throw new RuleError(`“${text}” is no number and no variable for “${option.name}”`, option.valueAt, (option.value ?? '').length, 'Define it with byte_extract before.');
  return { value: 0, variable };
}

/** The common words of a number. `limit` is how many bytes it may have as text. */
export function readByteNumber(option: Option, rule: RuleDraft, bytes: Amount, offset: Amount, words: Words): ByteNumber {
  const text = words.has('string');
  const base: Base = words.has('hex') ? 'hex' : words.has('oct') ? 'oct' : 'dec';
  if (words.has('dce')) rule.cannot('the byte order of DCE/RPC is not read for rules yet');
  const most = text ? 23 : 8;
  if (bytes.variable < 0 && (bytes.value < 0 || bytes.value > most)) {
    throw new RuleError(`“${option.name}” reads ${most} bytes at most${text ? ' as text' : ''}`, option.valueAt, (option.value ?? '').length, FAIL.next);
  }
  const mask = words.get('bitmask');
  if (mask !== undefined && !/^(0[xX])?[0-9a-fA-F]{1,16}$/.test(mask)) throw new RuleError(`“${mask}” is no bitmask`, option.valueAt, (option.value ?? '').length, 'Write it as 0xFF.');
  return {
    bytes, offset, relative: words.has('relative'), little: words.has('little') || words.get('endian') === 'little', base: text ? base : 'bytes',
    mask: mask === undefined ? null : BigInt(mask.toLowerCase().startsWith('0x') ? mask : `0x${mask}`),
  };
}

const size = (i: Inspection, amount: Amount): number => (amount.variable < 0 ? amount.value : Number(i.variables[amount.variable]!));

/**
 * Reads the number; sets `matchFrom` and `matchTo` to its bytes and answers its value, or -1n when it does not lie whole in the buffer or is no number.
 */
export function takeNumber(i: Inspection, cursor: number, n: ByteNumber): bigint {
  const at = (n.relative ? cursor : i.from) + size(i, n.offset);
  const count = size(i, n.bytes);
  i.matchFrom = i.matchTo = Math.min(Math.max(at, i.from), i.to);
  i.again = -1;
  if (at < i.from || at + count > i.to || at > i.to) return -1n;
  i.matchTo = at + count;
  const value = n.base === 'bytes' ? binary(i.bytes, at, count, n.little) : written(i, at, count, n.base);
  if (value < 0n || n.mask === null) return value;
  const masked = value & n.mask;
  return n.mask === 0n ? masked : masked >> trailingZeros(n.mask);
}

function binary(b: Uint8Array, at: number, count: number, little: boolean): bigint {
  let value = 0n;
  for (let k = 0; k < count; k++) value = (value << 8n) | BigInt(b[little ? at + count - 1 - k : at + k]!);
  return value;
}

const DIGITS = { hex: /^\s*(?:0x)?([0-9a-f]+)/i, dec: /^\s*([0-9]+)/, oct: /^\s*([0-7]+)/ } as const;
const PREFIX = { hex: '0x', dec: '', oct: '0o' } as const;

/** A number written in letters, read as far as its digits go; the match ends with the last digit. */
function written(i: Inspection, at: number, count: number, base: 'hex' | 'dec' | 'oct'): bigint {
  const text = String.fromCharCode(...i.bytes.subarray(at, at + count));
  const found = DIGITS[base].exec(text);
  if (found === null) return -1n;
  i.matchTo = at + found[0].length;
  return BigInt.asUintN(64, BigInt(PREFIX[base] + found[1]!));
}

function trailingZeros(mask: bigint): bigint {
  let zeros = 0n;
  while (((mask >> zeros) & 1n) === 0n) zeros++;
  return zeros;
}
