import { RuleError } from '../rule-error.ts';
import { type Keyword, plainWords } from './keyword.ts';

export const reference: Keyword = {
  names: ['reference'], summary: 'Where to read more: a system and an identifier.', form: 'reference:SYSTEM,ID;', value: 'required', words: plainWords('url, cve, bugtraq, nessus, md5, exploitdb,'),
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1');
    const comma = value.indexOf(',');
    if (comma < 1 || comma === value.length - 1) throw new RuleError(`“${value}” is no reference`, option.valueAt, Math.max(1, value.length), 'Write the system, a comma and the identifier, as cve,2014-0160.');
    rule.references.push({ system: value.slice(0, comma).trim(), id: value.slice(comma + 1).trim() });
  },
};
