import { MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { readByteAmount, readByteNumber, readWords, splitWords, takeNumber } from './byte-options.ts';
import type { Keyword } from './keyword.ts';

const TESTS: Readonly<Record<string, (value: bigint, wanted: bigint) => boolean>> = {
  '<': (v, w) => v < w, '>': (v, w) => v > w, '=': (v, w) => v === w, '<=': (v, w) => v <= w, '>=': (v, w) => v >= w,
  '&': (v, w) => (v & w) !== 0n, '^': (v, w) => (v ^ w) !== 0n,
};
const WORDS = ['relative', 'big', 'little', 'string', 'hex', 'dec', 'oct', 'dce', 'bitmask'];

export const byteTest: Keyword = {
  names: ['byte_test'], summary: 'A number in the buffer compares.', form: 'byte_test:BYTES,[!]OPERATOR,VALUE,OFFSET[,relative][,little][,string,hex|dec|oct][,bitmask MASK];', value: 'required',
  read(option, rule) {
    const [bytes = '', sign = '', wanted = '', offset = '', ...rest] = splitWords(option);
    const [, bang = '', operator = ''] = /^(!?)\s*(<=|>=|<|>|=|&|\^)?$/.exec(sign) ?? [];
    const test = TESTS[operator === '' && bang === '!' ? '=' : operator];
    if (test === undefined) throw new RuleError(`“${sign}” is no comparison of byte_test`, option.valueAt, (option.value ?? '').length, 'Write <, >, =, <=, >=, & or ^, or ! before one.');
    const value = readByteAmount(option, rule, wanted);
    const number = readByteNumber(option, rule, readByteAmount(option, rule, bytes), readByteAmount(option, rule, offset), readWords(option, rest, WORDS));
    rule.part({
      keyword: 'byte_test', source: option.source, relative: number.relative,
      wanted: `the ${bytes} bytes at ${offset}${number.relative ? ' after the match before' : ''} as a number ${bang}${operator} ${wanted}`,
      inspect(i, cursor) {
        const found = takeNumber(i, cursor, number);
        if (i.tracing) i.seen = found < 0n ? 'no such number there' : String(found);
        if (found < 0n) return MISS;
        const compared = value.variable < 0 ? BigInt.asUintN(64, BigInt(value.value)) : i.variables[value.variable]!;
        return test(found, compared) !== (bang === '!') ? cursor : MISS;
      },
    });
  },
};
