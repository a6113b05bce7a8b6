import type { PacketView } from '../packet/packet-view.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^([^\s,]+)\s*,\s*(\+|-|=|==|!=|<|>|<=|>=|isset|isnotset|notset)\s*(?:,\s*([^\s,]+))?$/;

const TESTS: Readonly<Record<string, (value: number, wanted: number) => boolean>> = {
  '==': (v, w) => v === w, '!=': (v, w) => v !== w, '<': (v, w) => v < w, '>': (v, w) => v > w, '<=': (v, w) => v <= w, '>=': (v, w) => v >= w,
};

/** A number, or what another counter of the flow has: 0 without it (detect-flowint.c). */
const amount = (p: PacketView, text: string): number => (/^\d+$/.test(text) ? Number(text) : p.flow?.counters?.get(text) ?? 0);

function change(p: PacketView, name: string, operation: string, by: number): void {
  if (p.flow === null) return;
  const counters = (p.flow.counters ??= new Map<string, number>());
  const before = counters.get(name);
  if (operation === '-' && before === undefined) return;
  counters.set(name, (operation === '=' ? by : operation === '+' ? (before ?? 0) + by : before! - by) >>> 0);
}

export const flowint: Keyword = {
  names: ['flowint'], summary: 'Sets, counts or compares a named integer of the flow.', form: 'flowint:NAME,+|-|=|==|!=|<|>|<=|>=,VALUE|NAME; or flowint:NAME,isset|isnotset;', value: 'required',
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    const [, name = '', word = '', right = ''] = FORM.exec(value) ?? [];
    const alone = word === 'isset' || word === 'isnotset' || word === 'notset';
    if (name === '' || alone === (right !== '') || (/^\d/.test(right) && !(Number(right) <= 0xffff_ffff))) {
      throw new RuleError(`“${value}” is no form of flowint`, option.valueAt, Math.max(1, value.length), 'Write flowint:NAME,+,1; or flowint:NAME,>,3; or flowint:NAME,isset;.');
    }
    rule.usesFlow = true;
    const names = right === '' || /^\d/.test(right) ? [name] : [name, right];
    if (word === '+' || word === '-' || word === '=') {
      rule.uses('flow integers', 'set', names);
      rule.effects.push((p) => { change(p, name, word, amount(p, right)); });
      return;
    }
    rule.uses('flow integers', 'read', names);
    const test = TESTS[word];
    rule.conditions.push({
      keyword: 'flowint', source: option.source, wanted: `the flow’s number ${name} ${alone ? (word === 'isset' ? 'is there' : 'is not there') : `${word} ${right}`}`,
      test(p) {
        if (p.flow === null) return false;
        const now = p.flow.counters?.get(name);
        if (test === undefined) return (now !== undefined) === (word === 'isset');
        return now !== undefined && test(now, amount(p, right));
      },
      see: (p) => ({ text: p.flow === null ? 'no flow' : String(p.flow.counters?.get(name) ?? 'not set'), from: 0, to: 0 }),
    });
  },
};
