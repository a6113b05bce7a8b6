import type { Keyword } from './keyword.ts';
import { wholeNumber } from './whole-number.ts';

export const priority: Keyword = {
  names: ['priority'], summary: '1 is highest; it decides the order of rules and is the alert’s severity.', form: 'priority:N;', value: 'required', once: true,
  read(option, rule) { rule.priority = wholeNumber(option, 1, 255); },
};
