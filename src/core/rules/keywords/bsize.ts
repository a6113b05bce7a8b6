import { type Inspection, MISS } from '../match/chain.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import type { Keyword } from './keyword.ts';

export const bsize: Keyword = {
  names: ['bsize'], summary: 'The length of the buffer compares.', form: 'bsize:[!|<|>|<=|>=]N; or bsize:A<>B;', value: 'required',
  read(option, rule) {
    const test = readNumberTest((option.value ?? '').replace(/^"(.*)"$/, '$1'), { keyword: 'bsize', at: option.valueAt, max: 4_294_967_295 });
    rule.part({
      keyword: 'bsize', source: option.source, wanted: `the length of ${rule.buffer.label} ${numberWords(test)}`, relative: false,
      inspect(i: Inspection, cursor: number): number {
        i.matchFrom = i.from;
        i.matchTo = i.to;
        i.again = -1;
        if (i.tracing) i.seen = String(i.to - i.from);
        return numberPasses(test, i.to - i.from) ? cursor : MISS;
      },
    });
  },
};
