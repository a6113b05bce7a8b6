import type { RuleDraft } from '../parse/draft.ts';
import type { Option } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

const FORM = /^(set|unset|toggle|isset|isnotset)\s*,\s*(.+)$/i;
const NAME = /^[^\s|,]{1,64}$/;

/** Suricata refuses a rule that both sets and tests a bit so that it never, or always, holds (detect-flowbits.c). */
const CONTRADICTIONS: readonly (readonly [string, string])[] = [['set', 'isset'], ['isnotset', 'isset'], ['isnotset', 'unset']];

function refuseContradiction(name: string, command: string, rule: RuleDraft, option: Option): void {
  const before = rule.flowbitCommands.get(name) ?? [];
  for (const [a, b] of CONTRADICTIONS) {
    const other = command === a ? b : command === b ? a : '';
    if (other !== '' && before.includes(other)) throw new RuleError(`“${other}” and “${command}” of the bit “${name}” cannot stand in one rule`, option.at, option.source.length, 'Take out one of them.');
  }
  rule.flowbitCommands.set(name, [...before, command]);
}

/** Names joined with | in isset and isnotset: any of them. */
export const flowbits: Keyword = {
  names: ['flowbits'], summary: 'Sets, clears, toggles or tests a named bit of the flow.', form: 'flowbits:set|unset|toggle|isset|isnotset,NAME[|NAME]; or flowbits:noalert;', value: 'required',
  words: [
    { text: 'set,', meaning: 'sets the bit of the flow' }, { text: 'unset,', meaning: 'clears it' }, { text: 'toggle,', meaning: 'turns it over' }, { text: 'isset,', meaning: 'the bit must be set' }, { text: 'isnotset,', meaning: 'the bit must not be set' },
    { text: 'noalert', meaning: 'a match writes no alert' },
  ],
  read(option, rule) {
    const value = (option.value ?? '').replace(/^"(.*)"$/, '$1').trim();
    if (value.toLowerCase() === 'noalert') { rule.noalert = true; return; }
    const found = FORM.exec(value);
    const command = found?.[1]?.toLowerCase() ?? '';
    const names = (found?.[2] ?? '').split('|').map((name) => name.trim());
    if (found === null || names.some((name) => !NAME.test(name))) throw new RuleError(`“${value}” is no form of flowbits`, option.valueAt, Math.max(1, value.length), 'Write flowbits:set,NAME; or flowbits:isset,NAME;.');
    for (const name of names) refuseContradiction(name, command, rule, option);
    if (command === 'isset' || command === 'isnotset') {
      const wanted = command === 'isset';
      rule.usesFlow = true;
      rule.uses('flow bits', 'read', names);
      rule.conditions.push({
        keyword: 'flowbits', source: option.source, wanted: `the flow has ${wanted ? '' : 'not '}${names.join(' or ')} set`,
        // isnotset,a|b holds when any of them is not set.
        test: (p) => p.flow !== null && names.some((name) => (p.flow?.bits?.has(name) ?? false) === wanted),
        see: (p) => ({ text: p.flow === null ? 'no flow' : [...(p.flow.bits ?? [])].join(', ') || 'no bit set', from: 0, to: 0 }),
      });
      return;
    }
    if (names.length > 1) throw new RuleError('Only isset and isnotset take several names', option.valueAt, value.length, 'Write an option for each.');
    const [name] = names;
    rule.uses('flow bits', 'set', names);
    rule.effects.push((p) => {
      if (p.flow === null) return;
      const bits = (p.flow.bits ??= new Set());
      if (command === 'set' || (command === 'toggle' && !bits.has(name!))) bits.add(name!); else bits.delete(name!);
    });
  },
};
