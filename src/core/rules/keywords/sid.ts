import type { Keyword } from './keyword.ts';
import { wholeNumber } from './whole-number.ts';

export const sid: Keyword = {
  names: ['sid'], summary: 'Number that identifies the rule.', form: 'sid:N;', value: 'required', once: true,
  read(option, rule) { rule.sid = wholeNumber(option, 1, 4_294_967_295); },
};
