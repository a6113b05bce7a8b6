// The operators in a table: what they are written as and how tightly they bind (Wireshark 4.0's order; higher binds tighter).

export type Comparison = 'any_eq' | 'all_eq' | 'any_ne' | 'all_ne' | 'lt' | 'le' | 'gt' | 'ge' | 'contains' | 'matches';
export type Operator = Comparison | 'in' | 'not in' | 'and' | 'or' | 'xor' | 'not' | 'any' | 'all' | '..' | '&' | '+' | '-' | '*' | '/' | '%' | 'negative';

export const OR = 1;
export const NOT = 4;
export const QUANTIFIER = 5;
export const COMPARE = 6;
export const NEGATIVE = 11;

interface Row { readonly written: readonly string[]; readonly op: Operator; readonly binds: number; readonly detail: string }

/** Infix operators. In 4.0 `!=` asks all values of a field, `~=` any of them. */
export const INFIX: readonly Row[] = [
  { written: ['==', 'eq', 'any_eq'], op: 'any_eq', binds: COMPARE, detail: 'any value equals' },
  { written: ['!=', 'ne', 'all_ne'], op: 'all_ne', binds: COMPARE, detail: 'no value equals' },
  { written: ['===', 'all_eq'], op: 'all_eq', binds: COMPARE, detail: 'every value equals' },
  { written: ['!==', '~=', 'any_ne'], op: 'any_ne', binds: COMPARE, detail: 'some value differs' },
  { written: ['>', 'gt'], op: 'gt', binds: COMPARE, detail: 'greater than' },
  { written: ['>=', 'ge'], op: 'ge', binds: COMPARE, detail: 'greater or equal' },
  { written: ['<', 'lt'], op: 'lt', binds: COMPARE, detail: 'less than' },
  { written: ['<=', 'le'], op: 'le', binds: COMPARE, detail: 'less or equal' },
  { written: ['contains'], op: 'contains', binds: COMPARE, detail: 'bytes or text somewhere inside' },
  { written: ['matches', '~'], op: 'matches', binds: COMPARE, detail: 'regular expression, case ignored' },
  { written: ['in'], op: 'in', binds: COMPARE, detail: 'one of {a, b, c..d}' },
  { written: ['&&', 'and'], op: 'and', binds: 3, detail: 'both' },
  { written: ['||', 'or'], op: 'or', binds: OR, detail: 'either or both' },
  { written: ['^^', 'xor'], op: 'xor', binds: 2, detail: 'one, not both' },
  { written: ['..'], op: '..', binds: 7, detail: 'from, to and with' },
  { written: ['&', 'bitand', 'bitwise_and'], op: '&', binds: 8, detail: 'bits that are set in both' },
  { written: ['+'], op: '+', binds: 9, detail: 'plus' },
  { written: ['-'], op: '-', binds: 9, detail: 'minus' },
  { written: ['*'], op: '*', binds: 10, detail: 'times' },
  { written: ['/'], op: '/', binds: 10, detail: 'divided by' },
  { written: ['%'], op: '%', binds: 10, detail: 'remainder' },
];

const PREFIX: readonly Row[] = [
  { written: ['!', 'not'], op: 'not', binds: NOT, detail: 'the opposite' },
  { written: ['any'], op: 'any', binds: QUANTIFIER, detail: 'true for any of the values' },
  { written: ['all'], op: 'all', binds: QUANTIFIER, detail: 'true for all of the values' },
  { written: ['-'], op: 'negative', binds: NEGATIVE, detail: 'negative' },
];

const table = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.flatMap((row) => row.written.map((text) => [text, row] as const)));
export const INFIX_BY_TEXT = table(INFIX);
export const PREFIX_BY_TEXT = table(PREFIX);
