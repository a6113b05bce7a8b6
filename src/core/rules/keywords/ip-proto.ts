import { u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { IP_PROTOCOL_NUMBERS } from '../packet/ip-protocols.ts';
import { nearest } from '../parse/nearest.ts';
import { type NumberTest, numberPasses, numberWords } from '../parse/number-test.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import { type Keyword, plainWords } from './keyword.ts';

const OPERATORS: Readonly<Record<string, NumberTest['operator']>> = { '': '=', '!': '!=', '<': '<', '>': '>' };

function read(text: string, at: number): NumberTest {
  const [, sign = '', name = ''] = /^\s*([!<>]?)\s*"?([\w./+-]+)"?\s*$/.exec(text) ?? [];
  const number = /^\d+$/.test(name) ? Number(name) : IP_PROTOCOL_NUMBERS.get(name.toLowerCase());
  if (number === undefined || number > 255) {
    const meant = nearest(name, IP_PROTOCOL_NUMBERS.keys());
    throw new RuleError(`“${name}” is no IP protocol`, at, Math.max(1, text.length), meant === '' ? 'Write its number, 0 to 255, or its name.' : `Did you mean “${meant}”?`);
  }
  return { operator: OPERATORS[sign]!, a: number, b: 0 };
}

export const ipProto: Keyword = {
  names: ['ip_proto'], summary: 'The protocol that the IP packet carries, by number or name.', form: 'ip_proto:[!|<|>]NUMBER|NAME;', value: 'required', words: plainWords([...IP_PROTOCOL_NUMBERS.keys()].join(' ')),
  read(option, rule) {
    const test = read(option.value ?? '', option.valueAt);
    const place = (p: PacketView): number => (p.ipVersion === 4 ? p.ip + 9 : p.ip + 6);
    rule.conditions.push({
      keyword: 'ip_proto', source: option.source, wanted: `the IP protocol ${numberWords(test)}`,
      test: (p) => numberPasses(test, p.protocol),
      see: (p) => (p.protocol < 0 ? NOTHING_SEEN : { text: p.ipVersion === 6 && u8(p.bytes, p.ip + 6) !== p.protocol ? `${p.protocol}, after extension headers` : String(p.protocol), from: place(p), to: place(p) + 1 }),
    });
  },
};
