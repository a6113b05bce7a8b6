import { RuleError } from '../rule-error.ts';

// How Suricata's keywords compare a number (rules/integer-keywords.rst): N, =N, !N, !=N, <N, >N, <=N, >=N, A-B and A<>B (both ends excluded), !A-B, &MASK=N, &MASK!=N. Decimal or 0x…, kb, mb and
// gb for powers of 1024.

export type NumberOperator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'between' | 'not between' | 'mask =' | 'mask !=';

export interface NumberTest { readonly operator: NumberOperator; readonly a: number; readonly b: number }

/** Whether a number passes; -1 (no such field in the packet) never does. */
export function numberPasses({ operator, a, b }: NumberTest, value: number): boolean {
  if (value < 0) return false;
  switch (operator) {
    case '=': return value === a;
    case '!=': return value !== a;
    case '<': return value < a;
    case '>': return value > a;
    case '<=': return value <= a;
    case '>=': return value >= a;
    case 'between': return value > a && value < b;
    case 'not between': return value <= a || value >= b;
    case 'mask =': return (value & a) >>> 0 === b;
    case 'mask !=': return (value & a) >>> 0 !== b;
  }
}

/** The test in words, to stand after a noun: "is 8", "is more than 10". */
export function numberWords({ operator, a, b }: NumberTest): string {
  switch (operator) {
    case '=': return `is ${a}`;
    case '!=': return `is not ${a}`;
    case '<': return `is less than ${a}`;
    case '>': return `is more than ${a}`;
    case '<=': return `is ${a} at most`;
    case '>=': return `is ${a} at least`;
    case 'between': return `is more than ${a} and less than ${b}`;
    case 'not between': return `is ${a} at most or ${b} at least`;
    case 'mask =': return `masked with 0x${a.toString(16)} is 0x${b.toString(16)}`;
    case 'mask !=': return `masked with 0x${a.toString(16)} is not 0x${b.toString(16)}`;
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, kb: 1024, kib: 1024, mb: 1024 ** 2, mib: 1024 ** 2, gb: 1024 ** 3, gib: 1024 ** 3 };
const NUMBER = '(0[xX][0-9a-fA-F]+|\\d+)\\s*(kib|kb|mib|mb|gib|gb)?';
const RANGE = new RegExp(`^(!?)\\s*${NUMBER}\\s*(?:-|<>)\\s*${NUMBER}$`, 'i');
const MASK = new RegExp(`^&\\s*${NUMBER}\\s*(!?=)\\s*${NUMBER}$`, 'i');
const COMPARED = new RegExp(`^(<=|>=|!=|=|<|>|!)?\\s*${NUMBER}$`, 'i');

const OPERATORS: Readonly<Record<string, NumberOperator>> = { '': '=', '=': '=', '!': '!=', '!=': '!=', '<': '<', '>': '>', '<=': '<=', '>=': '>=' };

export interface NumberPlace { readonly keyword: string; readonly at: number; readonly max: number }

/** Reads a comparison. `max` is the field's highest value: a number beyond it can never be met and is refused, as Suricata does. */
export function readNumberTest(text: string, { keyword, at, max }: NumberPlace): NumberTest {
  const number = (digits: string | undefined, unit: string | undefined): number => {
    const value = Number(digits) * UNITS[(unit ?? '').toLowerCase()]!;
    if (value > max) throw new RuleError(`${value} is too much for “${keyword}”`, at, text.length, `Its highest value is ${max}.`);
    return value;
  };
  const range = RANGE.exec(text);
  if (range !== null) {
    const a = number(range[2], range[3]);
    const b = number(range[4], range[5]);
    if (b <= a + 1) throw new RuleError(`The range “${text}” is empty`, at, text.length, 'Both ends are left out of a range: 8<>11 is 9 and 10.');
    return { operator: range[1] === '!' ? 'not between' : 'between', a, b };
  }
  const mask = MASK.exec(text);
  if (mask !== null) return { operator: mask[3] === '=' ? 'mask =' : 'mask !=', a: number(mask[1], mask[2]), b: number(mask[4], mask[5]) };
  const compared = COMPARED.exec(text);
  if (compared === null) throw new RuleError(`“${text}” is no number for “${keyword}”`, at, Math.max(1, text.length), 'Write a number, <N, >N, !N or a range A<>B.');
  return { operator: OPERATORS[compared[1] ?? '']!, a: number(compared[2], compared[3]), b: 0 };
}
