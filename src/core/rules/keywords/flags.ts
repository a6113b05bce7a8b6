import { u8 } from '../../bytes/read.ts';
import { type PacketKey, prefilterOf } from '../match/key-lists.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import { bitsPass, bitsWords, readModifier } from './bit-test.ts';
import type { Keyword } from './keyword.ts';

/** Letters of the manual; 1 and 2 are old names of C and E, 0 is no flag at all. */
const BITS: Readonly<Record<string, number>> = { C: 0x80, E: 0x40, U: 0x20, A: 0x10, P: 0x08, R: 0x04, S: 0x02, F: 0x01, 1: 0x80, 2: 0x40, 0: 0 };
const LETTERS = 'CEUAPRSF';
const letters = (bits: number): string => [...LETTERS].filter((letter) => (bits & BITS[letter]!) !== 0).join('') || 'none';
const bitsOf = (text: string): number => [...text.toUpperCase()].reduce((bits, letter) => bits | BITS[letter]!, 0);

const bits = (p: PacketView): number => (p.isTcp ? u8(p.bytes, p.transport + 13) : -1);
const FLAGS: PacketKey = { of: bits };

export const flags: Keyword = {
  names: ['tcp.flags', 'flags'], summary: 'The TCP flags, with those to ignore after a comma: flags:S,12.', form: 'tcp.flags:[+|*|!]<FSRPAUCE0>[,<ignored>];', value: 'required',
  read(option, rule) {
    const value = option.value ?? '';
    const [first = '', ignored = '', ...more] = value.split(',').map((part) => part.trim());
    const { modifier, rest } = readModifier(first);
    if (!/^[CEUAPRSF120]+$/i.test(rest) || !/^[CEUAPRSF12]*$/i.test(ignored) || more.length > 0) {
      throw new RuleError(`“${value}” are no TCP flags`, option.valueAt, Math.max(1, value.length), 'Flags are F S R P A U C E, or 0 for none; + * ! may stand before them.');
    }
    const wanted = bitsOf(rest);
    const mask = ~bitsOf(ignored) & 0xff;
    rule.conditions.push({
      keyword: 'tcp.flags', source: option.source,
      wanted: `the TCP flags ${bitsWords(modifier, letters(wanted))}${mask === 0xff ? '' : `, ${letters(~mask & 0xff)} aside`}`,
      test: (p) => { const b = bits(p); return b >= 0 && bitsPass(modifier, b & mask, wanted); }, prefilter: prefilterOf(FLAGS, 0xff, (b) => bitsPass(modifier, b & mask, wanted)),
      see: (p) => { const b = bits(p); return b < 0 ? NOTHING_SEEN : { text: letters(b), from: p.transport + 13, to: p.transport + 14 }; },
    });
  },
};
