import { type Inspection, MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { readByteAmount, readByteNumber, readWords, splitWords, takeNumber } from './byte-options.ts';
import { amountOf } from './content.ts';
import type { Keyword } from './keyword.ts';

const WORDS = ['relative', 'multiplier', 'big', 'little', 'string', 'hex', 'dec', 'oct', 'align', 'from_beginning', 'from_end', 'post_offset', 'dce', 'bitmask'];
const ALIGNMENT = 4n;

export const byteJump: Keyword = {
  names: ['byte_jump'], summary: 'Reads a number and goes on from that many bytes farther.',
  form: 'byte_jump:BYTES,OFFSET[,relative][,multiplier N][,little][,string,hex|dec|oct][,align][,from_beginning|from_end][,post_offset N][,bitmask MASK];', value: 'required',
  read(option, rule) {
    const [bytes = '', offset = '', ...rest] = splitWords(option);
    const words = readWords(option, rest, WORDS);
    const number = readByteNumber(option, rule, readByteAmount(option, rule, bytes), readByteAmount(option, rule, offset), words);
    const multiplier = Number(words.get('multiplier') ?? '1');
    if (!Number.isInteger(multiplier) || multiplier < 0) throw new RuleError('The multiplier is no number', option.valueAt, (option.value ?? '').length, 'Write multiplier 4.');
    const post = readByteAmount(option, rule, words.get('post_offset') ?? '0');
    const from = words.has('from_beginning') ? 'start' : words.has('from_end') ? 'end' : 'number';
    rule.part({
      keyword: 'byte_jump', source: option.source, relative: number.relative,
      wanted: `a jump by the ${bytes} bytes at ${offset}${number.relative ? ' after the match before' : ''}, from ${from === 'number' ? 'the end of that number' : `the ${from} of the buffer`}`,
      inspect(i: Inspection, cursor: number): number {
        const found = takeNumber(i, cursor, number);
        if (found < 0n) { if (i.tracing) i.seen = 'no such number there'; return MISS; }
        let jump = found * BigInt(multiplier);
        if (words.has('align')) jump = ((jump + ALIGNMENT - 1n) / ALIGNMENT) * ALIGNMENT;
        const base = from === 'start' ? i.from : from === 'end' ? i.to : i.matchTo;
        const to = base + Number(jump) + amountOf(i, post);
        if (i.tracing) i.seen = `${found}, so on from byte ${to - i.from}`;
        return to > i.to ? MISS : Math.max(to, i.from);
      },
    });
  },
};
