import { RuleError } from '../rule-error.ts';
import { ELSEWHERE, PAYLOAD } from '../match/buffers.ts';
import type { Keyword } from './keyword.ts';

export const absent: Keyword = {
  names: ['absent'], summary: 'The buffer before it does not exist, or with or_else may be missing.', form: 'absent; or absent:or_else;', value: 'optional',
  read(option, rule) {
    if (option.value !== null && option.value.trim() !== 'or_else') throw new RuleError(`“${option.value}” has no meaning in absent`, option.valueAt, Math.max(1, option.value.length), 'Write absent; or absent:or_else;.');
    if (rule.buffer === PAYLOAD) throw new RuleError('“absent” has no buffer before it', option.at, option.source.length, 'Write a buffer first, as http.referer; absent;.');
    if (rule.buffer !== ELSEWHERE && rule.looked) throw new RuleError('“absent” comes after what is looked for in the buffer', option.at, option.source.length, 'Write it right after the buffer.');
    rule.absent(option.value === null ? 'match' : 'match too');
  },
};
