import { MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { readByteAmount, readByteNumber, readWords, splitWords, takeNumber } from './byte-options.ts';
import type { Keyword } from './keyword.ts';

const WORDS = ['bytes', 'offset', 'oper', 'rvalue', 'result', 'relative', 'endian', 'string', 'dce', 'bitmask'];

/** A quotient by zero has no value, and the keyword then does not match. */
const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => (b === 0n ? -1n : a / b),
  '<<': (a, b) => (b > 63n ? 0n : a << b), '>>': (a, b) => (b > 63n ? 0n : a >> b),
};

export const byteMath: Keyword = {
  names: ['byte_math'], summary: 'Reads a number, calculates with it and keeps the result in a variable.',
  form: 'byte_math:bytes N, offset N, oper +|-|*|/|<<|>>, rvalue N, result NAME[, relative][, endian little][, string hex|dec|oct][, bitmask MASK];', value: 'required',
  read(option, rule) {
    const words = readWords(option, splitWords(option), WORDS);
    const need = (word: string): string => {
      const value = words.get(word) ?? '';
      if (value === '') throw new RuleError(`“byte_math” has no ${word}`, option.valueAt, (option.value ?? '').length, `Write ${word} and its value.`);
      return value;
    };
    const operator = need('oper');
    const operation = OPERATIONS[operator];
    if (operation === undefined) throw new RuleError(`“${operator}” is no operation of byte_math`, option.valueAt, (option.value ?? '').length, 'Write +, -, *, /, << or >>.');
    const right = readByteAmount(option, rule, need('rvalue'));
    const base = words.get('string');
    const flags = new Map([...words, ...(base === undefined ? [] : [[base, ''] as const])]);
    const number = readByteNumber(option, rule, readByteAmount(option, rule, need('bytes')), readByteAmount(option, rule, need('offset')), flags);
    const variable = rule.define(need('result'), option.valueAt);
    rule.part({
      keyword: 'byte_math', source: option.source, relative: number.relative, wanted: `the ${need('bytes')} bytes at ${need('offset')} ${operator} ${need('rvalue')} as “${need('result')}”`,
      inspect(i, cursor) {
        const found = takeNumber(i, cursor, number);
        if (found < 0n) { if (i.tracing) i.seen = 'no such number there'; return MISS; }
        const operand = right.variable < 0 ? BigInt(right.value) : i.variables[right.variable]!;
        if (operator === '/' && operand === 0n) { if (i.tracing) i.seen = 'a division by zero'; return MISS; }
        i.variables[variable] = operation(found, operand);
        if (i.tracing) i.seen = String(i.variables[variable]);
        return i.matchTo;
      },
    });
  },
};
