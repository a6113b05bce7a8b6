import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compileFilter } from '../../filter/compile.ts';
import { parseRules } from '../../rules/parse/parse-rules.ts';
import { FILTER_CASES } from '../filter-cases.ts';

const RULES = ['alert icmp any any -> any any (msg:"ping"; itype:8; sid:1;)', 'alert tcp $HOME_NET any <> [10.0.0.0/8,!10.1.0.0/16] [80,443,1024:] (content:"|0d 0a|GET"; nocase; depth:9; pcre:"/a+b/i"; sid:2; rev:3;)'];
const SHARED = '../shared/rules';

const words = (lines: readonly string[]): fc.Arbitrary<string> => {
  const pieces = [...new Set(lines.flatMap((line) => line.split(/(?<=[\s;:,(])/)))];
  const cut = fc.tuple(fc.constantFrom(...lines), fc.nat(200), fc.nat(20), fc.string({ maxLength: 6 })).map(([line, at, length, put]) => line.slice(0, at) + put + line.slice(at + length));
  return fc.oneof(cut, fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((some) => some.join('')), fc.string({ maxLength: 200 }));
};

/** Whatever stands in a rule file, it is read, and every error has its line and column inside the text. */
export function rules(): Promise<fc.IAsyncProperty<unknown>> {
  const files = existsSync(SHARED) ? readdirSync(SHARED, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.rules')) : [];
  const lines = files.flatMap((name) => readFileSync(`${SHARED}/${name}`, 'utf8').split('\n')).filter((line) => line !== '' && line.length < 2000).slice(0, 3000);
  return Promise.resolve(fc.asyncProperty(fc.array(words([...RULES, ...lines]), { maxLength: 4 }).map((some) => some.join('\n')), (text) => {
    const { faults } = parseRules(text);
    const count = text.split('\n').length;
    for (const { line } of faults) if (line < 1 || line > count) throw new Error(`an error is in line ${line} of ${count}`);
    return Promise.resolve();
  }));
}

/** Whatever stands in the filter, it is read or refused with characters that are inside it. */
export function filters(): Promise<fc.IAsyncProperty<unknown>> {
  return Promise.resolve(fc.asyncProperty(words(FILTER_CASES.map(([filter]) => filter)), (text) => {
    const result = compileFilter(text);
    if (result.ok) return Promise.resolve();
    const { from, to } = result.error;
    if (from < 0 || to > text.length || from > to) throw new Error(`characters ${from} to ${to} of ${text.length} are said to be wrong`);
    return Promise.resolve();
  }));
}
