import { type Inspection, MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const TESTS: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  '=': (v, w) => Math.abs(v - w) < 1e-9, '!': (v, w) => Math.abs(v - w) >= 1e-9, '!=': (v, w) => Math.abs(v - w) >= 1e-9, '<': (v, w) => v < w, '>': (v, w) => v > w, '<=': (v, w) => v <= w, '>=': (v, w) => v >= w,
};
const VALUE = /^value\s+(<=|>=|!=|=|<|>|!)?\s*(\d+(?:\.\d+)?)$/;

const counts = new Uint32Array(256);

/** Shannon's entropy of bytes in bits for each byte, 0 to 8; 0 of nothing. */
function shannon(bytes: Uint8Array, from: number, to: number): number {
  counts.fill(0);
  for (let at = from; at < to; at++) counts[bytes[at]!]!++;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / (to - from)) * Math.log2(count / (to - from));
  return bits;
}

export const entropy: Keyword = {
  names: ['entropy'], summary: 'Shannon’s entropy of the buffer compares.', form: 'entropy:[bytes N,][offset N,]value [<|>|<=|>=|!]X;', value: 'required',
  read(option, rule) {
    const text = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    let [count, offset] = [Infinity, 0];
    let compared: { operator: string; value: number } | null = null;
    for (const part of text.split(',').map((each) => each.trim())) {
      const [, word = '', number = ''] = /^(bytes|offset)\s+(\d{1,6})$/.exec(part) ?? [];
      const value = VALUE.exec(part);
      if (word === 'bytes') count = Number(number) || Infinity;
      else if (word === 'offset') offset = Number(number);
      else if (value !== null && compared === null) compared = { operator: value[1] ?? '=', value: Number(value[2]) };
      else throw new RuleError(`“${part}” has no meaning in entropy`, option.valueAt, Math.max(1, text.length), 'It takes bytes N, offset N and value with a comparison.');
    }
    if (compared === null || compared.value > 8) throw new RuleError(compared === null ? '“entropy” compares with nothing' : `The entropy of bytes is never ${compared.value}`, option.valueAt, text.length, 'Write value > N, N from 0 to 8.');
    const { operator, value: wanted } = compared;
    rule.part({
      keyword: 'entropy', source: option.source, relative: false, wanted: `the entropy ${operator} ${wanted}`,
      inspect(i: Inspection, cursor: number): number {
        i.again = -1;
        const from = Math.min(i.from + offset, i.to);
        const to = Math.min(i.to, from + count);
        const found = shannon(i.bytes, from, to);
        i.matchFrom = from;
        i.matchTo = to;
        if (i.tracing) i.seen = found.toFixed(3);
        return from < to && TESTS[operator]!(found, wanted) ? cursor : MISS;
      },
    });
  },
};
