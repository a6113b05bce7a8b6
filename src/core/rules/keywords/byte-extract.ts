import { MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { readByteAmount, readByteNumber, readWords, splitWords, takeNumber } from './byte-options.ts';
import type { Keyword } from './keyword.ts';

const WORDS = ['relative', 'multiplier', 'big', 'little', 'string', 'hex', 'dec', 'oct', 'align', 'dce'];

export const byteExtract: Keyword = {
  names: ['byte_extract'], summary: 'Reads a number from the buffer into a variable.', form: 'byte_extract:BYTES,OFFSET,NAME[,relative][,multiplier N][,little][,string,hex|dec|oct][,align 2|4];', value: 'required',
  read(option, rule) {
    const [bytes = '', offset = '', name = '', ...rest] = splitWords(option);
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new RuleError(`“${name}” is no name of a variable`, option.valueAt, (option.value ?? '').length, 'Write letters and digits, a letter first.');
    const words = readWords(option, rest, WORDS);
    const number = readByteNumber(option, rule, readByteAmount(option, rule, bytes), readByteAmount(option, rule, offset), words);
    const multiplier = BigInt(/^\d+$/.test(words.get('multiplier') ?? '1') ? words.get('multiplier') ?? '1' : '1');
    const align = words.get('align');
    if (align !== undefined && align !== '2' && align !== '4') throw new RuleError(`align ${align} is no alignment`, option.valueAt, (option.value ?? '').length, 'Write align 2 or align 4.');
    const step = BigInt(align ?? 1);
    const variable = rule.define(name, option.valueAt);
    rule.part({
      keyword: 'byte_extract', source: option.source, relative: number.relative,
      wanted: `the ${bytes} bytes at ${offset}${number.relative ? ' after the match before' : ''} as “${name}”`,
      inspect(i, cursor) {
        const found = takeNumber(i, cursor, number);
        if (i.tracing) i.seen = found < 0n ? 'no such number there' : String(found);
        if (found < 0n) return MISS;
        i.variables[variable] = ((found * multiplier + step - 1n) / step) * step;
        return i.matchTo;
      },
    });
  },
};
