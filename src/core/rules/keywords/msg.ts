import { quoted } from '../parse/options.ts';
import { unescape } from '../parse/pattern.ts';
import type { Keyword } from './keyword.ts';

export const msg: Keyword = {
  names: ['msg'], summary: 'Text of the alert.', form: 'msg:"TEXT";', value: 'required', once: true,
  read(option, rule) { rule.msg = unescape(quoted(option).text); },
};
