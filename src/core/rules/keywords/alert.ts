import type { Keyword } from './keyword.ts';

export const alert: Keyword = {
  names: ['alert'], summary: 'Writes an alert for a rule whose action alone would not, as pass.', form: 'alert;', value: 'none',
  read(_option, rule) { rule.alert = true; },
};
