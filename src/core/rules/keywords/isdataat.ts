import { type Inspection, MISS } from '../match/chain.ts';
import { RuleError } from '../rule-error.ts';
import { type Amount, amountOf } from './content.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(!?)\s*(\d+|[A-Za-z_]\w*)\s*((?:,\s*(?:relative|rawbytes)\s*)*)$/;

export const isdataat: Keyword = {
  names: ['isdataat'], summary: 'The buffer goes on to at least this byte, or with ! does not.', form: 'isdataat:[!]N[,relative];', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^(!?)"(.*)"$/, '$1$2');
    const found = FORM.exec(value);
    if (found === null) throw new RuleError(`“${value}” is no form of isdataat`, option.valueAt, Math.max(1, value.length), 'Write isdataat:N; or isdataat:!N,relative;.');
    const [, bang = '', what = '', flags = ''] = found;
    const variable = /^\d/.test(what) ? -1 : rule.variable(what);
    if (!/^\d/.test(what) && variable < 0) throw new RuleError(`“${what}” is no number and no variable`, option.valueAt, value.length, 'Define it with byte_extract before.');
    const amount: Amount = { value: variable < 0 ? Number(what) : 0, variable };
    if (amount.value > 65_535) throw new RuleError(`${what} is too much for isdataat`, option.valueAt, value.length, 'It is 65535 at most.');
    const relative = flags.includes('relative');
    const negated = bang !== '';
    rule.part({
      keyword: 'isdataat', source: option.source, relative,
      wanted: `${negated ? 'no ' : ''}data ${relative ? `${what} bytes after the match before` : `at byte ${what}`}`,
      inspect(i: Inspection, cursor: number): number {
        const n = amountOf(i, amount);
        // Relative, the end itself counts: isdataat:!1,relative is the very end (suricata-verify's issue-8031 pins both).
        const there = relative ? cursor + n <= i.to : i.from + n < i.to;
        i.matchFrom = i.matchTo = Math.min(relative ? cursor : i.from + n, i.to);
        i.again = -1;
        if (i.tracing) i.seen = relative ? `${i.to - cursor} bytes follow` : `${i.to - i.from} bytes in all`;
        return there === negated ? MISS : cursor;
      },
    });
  },
};
