import type { Keyword } from './keyword.ts';
import { wholeNumber } from './whole-number.ts';

export const gid: Keyword = {
  names: ['gid'], summary: 'Group of the rule; 1 unless set.', form: 'gid:N;', value: 'required', once: true,
  read(option, rule) { rule.gid = wholeNumber(option, 0, 4_294_967_295); },
};
