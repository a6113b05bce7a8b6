import type { Keyword } from './keyword.ts';

export const noalert: Keyword = {
  names: ['noalert'], summary: 'The rule acts but writes no alert.', form: 'noalert;', value: 'none',
  read(_option, rule) { rule.noalert = true; },
};
