import { appBuffer } from '../app-layer/all-buffers.ts';
import { type Inspection, MISS } from '../match/chain.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import type { Keyword } from './keyword.ts';

export const urilen: Keyword = {
  names: ['urilen'], summary: 'The length of the URI compares: of the normalised one, or with raw of the one that was sent.', form: 'urilen:[<|>]N[,norm|raw]; or urilen:A<>B;', value: 'required',
  read(option, rule) {
    const [, text = '', kind = 'norm'] = /^(.*?)(?:\s*,\s*(norm|raw))?$/.exec((option.value ?? '').replace(/^"(.*)"$/, '$1').trim()) ?? [];
    const buffer = appBuffer(kind === 'raw' ? 'http.uri.raw' : 'http.uri');
    const test = readNumberTest(text, { keyword: 'urilen', at: option.valueAt, max: 65_535 });
    rule.partIn(buffer, {
      keyword: 'urilen', source: option.source, relative: false, wanted: `the length of ${buffer.label} ${numberWords(test)}`,
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
