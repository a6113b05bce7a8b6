import { type PacketKey, prefilterOf } from '../match/key-lists.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { type NumberOperator, numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import { NOTHING_SEEN } from '../signature.ts';
import type { Keyword } from './keyword.ts';

/** With these Suricata wants a payload that it looks at (SignatureCreateMask), so !9 does not hold for an empty packet, nor for an envelope whose tunnel was decoded. */
const NEED_PAYLOAD: ReadonlySet<NumberOperator> = new Set(['!=', '>', '>=', 'between', 'not between']);

const PAYLOAD_LENGTH: PacketKey = { of: (p) => p.payloadLength };

export const dsize: Keyword = {
  names: ['dsize'], summary: 'The length of the payload compares.', form: 'dsize:[!|<|>|<=|>=]N; or dsize:A<>B;', value: 'required',
  read(option, rule) {
    const test = readNumberTest((option.value ?? '').replace(/^"(.*)"$/, '$1').trim(), { keyword: 'dsize', at: option.valueAt, max: 65_535 });
    const needsPayload = NEED_PAYLOAD.has(test.operator);
    rule.conditions.push({
      keyword: 'dsize', source: option.source, wanted: `the length of the payload ${numberWords(test)}`,
      test: (p: PacketView) => p.ipVersion !== 0 && numberPasses(test, p.payloadLength) && (!needsPayload || (p.inspectPayload && p.payloadLength > 0)),
      prefilter: prefilterOf(PAYLOAD_LENGTH, 65_535, (value) => numberPasses(test, value)),
      see: (p) => (p.ipVersion === 0 ? NOTHING_SEEN : { text: `${p.payloadLength}${p.inspectPayload ? '' : ', of an envelope whose payload is not looked at'}`, from: Math.max(0, p.payload), to: Math.max(0, p.payloadEnd) }),
    });
  },
};
