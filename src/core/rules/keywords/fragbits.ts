import { u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import { bitsPass, bitsWords, readModifier } from './bit-test.ts';
import type { Keyword } from './keyword.ts';

const BITS: Readonly<Record<string, number>> = { R: 0x80, D: 0x40, M: 0x20 };
const letters = (bits: number): string => Object.keys(BITS).filter((letter) => (bits & BITS[letter]!) !== 0).join('') || 'none';

/** Where the IPv6 fragment header of a fragment stands, -1 without one. */
export function fragmentHeader(p: PacketView): number {
  if (p.ipVersion !== 6 || !p.fragment) return -1;
  let next = u8(p.bytes, p.ip + 6);
  let at = p.ip + 40;
  while (next !== 44 && at + 8 <= p.ipEnd) {
    const size = next === 51 ? (u8(p.bytes, at + 1) + 2) * 4 : (u8(p.bytes, at + 1) + 1) * 8;
    next = u8(p.bytes, at);
    at += size;
  }
  return next === 44 && at + 8 <= p.ipEnd ? at : -1;
}

export const fragbits: Keyword = {
  names: ['fragbits'], summary: 'The fragmentation bits of IPv4: M more fragments, D do not fragment, R reserved.', form: 'fragbits:[+|*|!]<MDR>;', value: 'required',
  read(option, rule) {
    const { modifier, rest } = readModifier(option.value ?? '');
    if (!/^[MDR]+$/.test(rest)) throw new RuleError(`“${option.value ?? ''}” are no fragmentation bits`, option.valueAt, Math.max(1, (option.value ?? '').length), 'Write M, D and R, with +, * or ! before them.');
    const wanted = [...rest].reduce((bits, letter) => bits | BITS[letter]!, 0);
    const value = (p: PacketView): number => (p.ipVersion === 4 ? u8(p.bytes, p.ip + 6) & 0xe0 : -1);
    rule.conditions.push({
      keyword: 'fragbits', source: option.source, wanted: `the fragmentation bits ${bitsWords(modifier, letters(wanted))}`,
      test: (p) => { const bits = value(p); return bits >= 0 && bitsPass(modifier, bits, wanted); },
      see: (p) => { const bits = value(p); return bits < 0 ? NOTHING_SEEN : { text: letters(bits), from: p.ip + 6, to: p.ip + 7 }; },
    });
  },
};
