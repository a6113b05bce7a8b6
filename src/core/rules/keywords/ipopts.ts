import { u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import { type Keyword, plainWords } from './keyword.ts';

/** Names of the manual and option types of RFC 791 and IANA's registry. */
const TYPES: Readonly<Record<string, number>> = { eol: 0, nop: 1, rr: 7, qs: 25, ts: 68, sec: 130, lsrr: 131, esec: 133, cipso: 134, satid: 136, ssrr: 137, rtralt: 148 };
const ANY = 'any';

/** Where an option of a type starts, or the first option at all for -1; -1 without it. */
function optionPlace(p: PacketView, type: number): number {
  if (p.ipVersion !== 4) return -1;
  const end = p.ip + (u8(p.bytes, p.ip) & 0x0f) * 4;
  for (let at = p.ip + 20; at < end; ) {
    const found = u8(p.bytes, at);
    if (type < 0 || found === type) return at;
    if (found === 0) return -1;
    const length = found === 1 ? 1 : at + 1 < end ? u8(p.bytes, at + 1) : 0;
    if (length < 1) return -1;
    at += length;
  }
  return -1;
}

export const ipopts: Keyword = {
  names: ['ipopts'], summary: 'The IPv4 header has this option.', form: `ipopts:${Object.keys(TYPES).join('|')}|any;`, value: 'required', words: plainWords(`${Object.keys(TYPES).join(' ')} ${ANY}`),
  read(option, rule) {
    const name = (option.value ?? '').replace(/^"(.*)"$/, '$1').toLowerCase();
    const type = name === ANY ? -1 : TYPES[name];
    if (type === undefined) throw new RuleError(`“${name}” is no IPv4 option`, option.valueAt, Math.max(1, name.length), `Options are ${Object.keys(TYPES).join(', ')} and any.`);
    rule.conditions.push({
      keyword: 'ipopts', source: option.source, wanted: name === ANY ? 'the IPv4 header has options' : `the IPv4 header has the option ${name}`,
      test: (p) => optionPlace(p, type) >= 0,
      see(p) {
        const at = optionPlace(p, type);
        return at < 0 ? NOTHING_SEEN : { text: `option ${u8(p.bytes, at)}`, from: at, to: at + 1 };
      },
    });
  },
};
