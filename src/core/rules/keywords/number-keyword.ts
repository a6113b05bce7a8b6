import { type PacketKey, prefilterOf } from '../match/key-lists.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import { NOTHING_SEEN } from '../signature.ts';
import type { Keyword } from './keyword.ts';

/** A field of a header that a keyword compares. */
export interface NumberField {
  readonly names: readonly [string, ...string[]];
  readonly summary: string;
  /** The field as the subject of a sentence: "the time to live". */
  readonly label: string;
  readonly max: number;
  /** Bytes of the field in the packet; 0 when it is counted and not read. */
  readonly width: number;
  /** Whether a number may also stand as x1F. */
  readonly bareHex?: true;
  /** Whether it tells of the flow and not of the packet. */
  readonly ofFlow?: true;
  /** The field's value, -1 when the packet has none. */
  value(p: PacketView): number;
  /** Where it stands. */
  place(p: PacketView): number;
}

/** Fields with more values are sorted by where one alone is wanted. */
const MOST_TRIED = 0xffff;

/** A keyword whose value is a comparison with a number. */
export const numberKeyword = (field: NumberField): Keyword => withKey(field, { of: (p) => field.value(p) });

const withKey = (field: NumberField, key: PacketKey): Keyword => ({
  names: field.names, summary: field.summary, form: `${field.names[0]}:[!|<|>|<=|>=]N; or ${field.names[0]}:A<>B;`, value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const text = field.bareHex === true ? value.replace(/^(!?\s*)x(?=[\da-f])/i, '$10x') : value;
    const test = readNumberTest(text, { keyword: option.name, at: option.valueAt, max: field.max });
    if (field.ofFlow === true) rule.usesFlow = true;
    rule.conditions.push({
      keyword: field.names[0], source: option.source, wanted: `${field.label} ${numberWords(test)}`,
      test: (p) => numberPasses(test, field.value(p)), prefilter: field.ofFlow === true ? undefined : test.operator === '=' ? { key, values: [test.a] } : field.max > MOST_TRIED ? undefined : prefilterOf(key, field.max, (value) => numberPasses(test, value)),
      see(p) {
        const value = field.value(p);
        if (value < 0) return NOTHING_SEEN;
        const from = field.width === 0 ? 0 : field.place(p);
        return { text: String(value), from, to: from + field.width };
      },
    });
  },
});
