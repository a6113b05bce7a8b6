import type { PacketView } from '../packet/packet-view.ts';
import { numberPasses, numberWords, readNumberTest } from '../parse/number-test.ts';
import { RuleError } from '../rule-error.ts';
import { NOTHING_SEEN } from '../signature.ts';
import type { Keyword } from './keyword.ts';

const OR_ABSENT = 'or_absent';

/** Which tags count: one by its place from the outside (or, below zero, from the inside), or any, or all. */
function layers(p: PacketView, which: string): number[] {
  const all = [...p.vlans.subarray(0, p.vlanCount)];
  if (which === 'any' || which === 'all' || which === OR_ABSENT || which === 'all_or_absent') return all;
  const one = all.at(Number(which));
  return one === undefined ? [] : [one];
}

export const vlanId: Keyword = {
  names: ['vlan.id'], summary: 'The number of a VLAN tag compares: any of them, or the one at a place.', form: 'vlan.id:[!|<|>]N[,any|all|PLACE];', value: 'required',
  read(option, rule) {
    const value = option.value ?? '';
    const [number = '', which = 'any', ...more] = value.split(',').map((part) => part.trim());
    if (more.length > 0 || !/^(any|all|or_absent|all_or_absent|-[1-3]|[0-2])$/.test(which)) throw new RuleError(`“${which}” is no place of a VLAN tag`, option.valueAt, Math.max(1, value.length), 'Write 0 for the outermost to 2, -1 for the innermost to -3, any or all.');
    const test = readNumberTest(number, { keyword: 'vlan.id', at: option.valueAt, max: 4095 });
    const absent = which.endsWith(OR_ABSENT);
    const all = which.startsWith('all');
    rule.conditions.push({
      keyword: 'vlan.id', source: option.source, wanted: `the number of ${which === 'any' || all ? `${which} VLAN tag${all ? 's' : ''}` : `VLAN tag ${which}`} ${numberWords(test)}`,
      test(p) {
        const ids = layers(p, which);
        if (ids.length === 0) return absent;
        return all ? ids.every((id) => numberPasses(test, id)) : ids.some((id) => numberPasses(test, id));
      },
      see: (p) => (p.vlanCount === 0 ? NOTHING_SEEN : { text: layers(p, which).join(', '), from: p.ether + 14, to: p.ether + 14 + 4 * p.vlanCount }),
    });
  },
};
