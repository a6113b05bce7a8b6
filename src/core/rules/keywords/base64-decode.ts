import { type Inspection, MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { decodeBase64 } from '../transforms/base64.ts';
import type { Keyword } from './keyword.ts';

/** Bytes that are decoded at most (detect-base64-decode.h). */
const MOST = 65_535;

export const base64Decode: Keyword = {
  names: ['base64_decode'], summary: 'Decodes base64 for base64_data.', form: 'base64_decode[:bytes N][,offset N][,relative];', value: 'optional',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    let [count, offset] = [MOST, 0];
    let relative = false;
    for (const part of value.split(',').map((each) => each.trim()).filter((each) => each !== '')) {
      const [, word = '', number = ''] = /^(bytes|offset)\s+(\d{1,5})$/.exec(part) ?? [];
      if (part === 'relative') relative = true;
      else if (word === 'bytes' && Number(number) > 0) count = Number(number);
      else if (word === 'offset') offset = Number(number);
      else throw new RuleError(`“${part}” has no meaning in base64_decode`, option.valueAt, Math.max(1, value.length), 'It takes bytes N, offset N and relative.');
    }
    rule.part({
      keyword: 'base64_decode', source: option.source, relative, wanted: `base64 ${relative ? 'after the match before' : ''}${offset > 0 ? ` from byte ${offset} on` : ''}`.trimEnd(),
      inspect(i: Inspection, cursor: number): number {
        const from = (relative ? cursor : i.from) + offset;
        const to = Math.min(i.to, from + count);
        i.again = -1;
        i.matchFrom = Math.min(from, i.to);
        i.matchTo = Math.max(i.matchFrom, to);
        const decoded = from < i.to ? decodeBase64(i.bytes, from, to, 'rfc4648') : null;
        i.decoded = decoded === null || decoded.length === 0 ? null : decoded;
        if (i.tracing) i.seen = i.decoded === null ? 'nothing that decodes' : `${i.decoded.length} bytes decoded`;
        return i.decoded === null ? MISS : cursor;
      },
    });
  },
};
