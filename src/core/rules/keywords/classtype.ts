import { RULE_CLASSES } from '../parse/classes.ts';
import type { Keyword } from './keyword.ts';

/** A class that Suricata's classification.config does not have is taken with priority 3, as Suricata does. */
export const classtype: Keyword = {
  names: ['classtype'], summary: 'Class of the rule: gives the alert’s category and its priority.', form: 'classtype:NAME;', value: 'required', once: true,
  words: [...RULE_CLASSES].map(([text, { text: meaning, priority }]) => ({ text, meaning: `${meaning}, priority ${priority}` })),
  read(option, rule) {
    rule.classtype = (option.value ?? '').replace(/^"(.*)"$/, '$1');
    rule.ruleClass = RULE_CLASSES.get(rule.classtype.toLowerCase()) ?? { text: rule.classtype, priority: 3 };
  },
};
