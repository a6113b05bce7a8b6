import { RuleError } from '../rule-error.ts';
import { addHostBit, BIT_COMMANDS } from './host-bit.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(\w+)\s*,\s*([^\s,]+)(?:\s*,\s*(src|dst))?$/;
/** Seconds that a bit holds (detect-hostbits.c). */
const EXPIRE = 300;

export const hostbits: Keyword = {
  names: ['hostbits'], summary: 'Sets, clears, toggles or tests a named bit of a host, the source unless said otherwise.', form: 'hostbits:set|unset|toggle|isset|isnotset,NAME[,src|dst]; or hostbits:noalert;', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    if (value.toLowerCase() === 'noalert') { rule.noalert = true; return; }
    const [, word = '', name = '', side = 'src'] = FORM.exec(value) ?? [];
    const command = BIT_COMMANDS.find((each) => each === word);
    if (command === undefined) throw new RuleError(`“${value}” is no form of hostbits`, option.valueAt, Math.max(1, value.length), 'Write hostbits:set,NAME; or hostbits:isset,NAME,dst;.');
    addHostBit(option, rule, { keyword: 'hostbits', name, side: side === 'src' ? 'source' : 'destination', command, seconds: EXPIRE });
  },
};
