import type { Keyword } from './keyword.ts';
import { wholeNumber } from './whole-number.ts';

export const rev: Keyword = {
  names: ['rev'], summary: 'Version of the rule; of two with the same number the higher one is kept.', form: 'rev:N;', value: 'required', once: true,
  read(option, rule) { rule.rev = wholeNumber(option, 1, 4_294_967_295); },
};
