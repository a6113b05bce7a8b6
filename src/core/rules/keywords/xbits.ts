import { RuleError } from '../rule-error.ts';
import type { Side } from '../state/address-key.ts';
import { addHostBit, BIT_COMMANDS } from './host-bit.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(\w+)\s*,\s*([^\s,]+)\s*,\s*track\s+(\w+)(?:\s*,\s*expire\s+(\d{1,10}))?$/;
const SIDES: ReadonlyMap<string, Side> = new Map([['ip_src', 'source'], ['ip_dst', 'destination'], ['ip_pair', 'pair']]);
/** Seconds that a bit holds without `expire` (detect-xbits.h). */
const EXPIRE = 30;

export const xbits: Keyword = {
  names: ['xbits'], summary: 'Sets, clears, toggles or tests a named bit of an address or of a pair of addresses.', form: 'xbits:set|unset|toggle|isset|isnotset,NAME,track ip_src|ip_dst|ip_pair[,expire SECONDS]; or xbits:noalert;', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    if (value.toLowerCase() === 'noalert') { rule.noalert = true; return; }
    const fail = (what: string, next: string): never => { throw new RuleError(what, option.valueAt, Math.max(1, value.length), next); };
    const [, word = '', name = '', track = '', expire = String(EXPIRE)] = FORM.exec(value) ?? fail(`“${value}” is no form of xbits`, 'Write xbits:set,NAME,track ip_src; or xbits:isset,NAME,track ip_src;.');
    const command = BIT_COMMANDS.find((each) => each === word) ?? fail(`“${word}” is nothing that xbits does`, `It does ${BIT_COMMANDS.join(', ')}.`);
    if (track === 'tx') { rule.cannot('“xbits”: transactions are not followed for rules'); return; }
    const side = SIDES.get(track) ?? fail(`“${track}” cannot be tracked`, 'Write track ip_src, ip_dst or ip_pair.');
    if (Number(expire) === 0) fail('A bit that expires at once is never set', 'Write expire and a number of seconds from 1 on.');
    addHostBit(option, rule, { keyword: 'xbits', name, side, command, seconds: Number(expire) });
  },
};
