import { RuleError } from '../rule-error.ts';
import { type Keyword, plainWords } from './keyword.ts';

export const target: Keyword = {
  names: ['target'], summary: 'Which side of the packet is the target of the attack.', form: 'target:src_ip|dest_ip;', value: 'required', once: true, words: plainWords('src_ip dest_ip'),
  read(option, rule) {
    const value = option.value ?? '';
    if (value !== 'src_ip' && value !== 'dest_ip') throw new RuleError(`“${value}” is no target`, option.valueAt, Math.max(1, value.length), 'Write src_ip or dest_ip.');
    rule.target = value;
  },
};
