import type { RuleDraft } from '../parse/draft.ts';
import type { Option } from '../parse/options.ts';
import { RuleError } from '../rule-error.ts';
import type { Amount, ContentDraft } from './content.ts';
import type { Keyword } from './keyword.ts';

/** Suricata bounds distance, within, offset and depth so. */
const LIMIT = 1_048_576;

/** A number, or the name of a variable that an option before defines. */
export function readAmount(option: Option, rule: RuleDraft, lowest: number): Amount {
  const text = (option.value ?? '').replace(/^"(.*)"$/, '$1');
  if (/^-?\d+$/.test(text)) {
    const value = Number(text);
    if (value < lowest || value > LIMIT) throw new RuleError(`${text} is out of range for “${option.name}”`, option.valueAt, text.length, `It runs from ${lowest} to ${LIMIT}.`);
    return { value, variable: -1 };
  }
  const variable = rule.variable(text);
  if (variable < 0) throw new RuleError(`“${text}” is no number and no variable for “${option.name}”`, option.valueAt, text.length, 'Write a number, or define the name with byte_extract before.');
  return { value: 0, variable };
}

/** Refuses modifiers that contradict each other, in Suricata's pairs. */
export function refuseWith(option: Option, content: ContentDraft, others: readonly (keyof ContentDraft & ('offset' | 'depth' | 'distance' | 'within' | 'startswith' | 'endswith'))[]): void {
  for (const other of others) {
    const set = content[other];
    if (set === null || set === false) continue;
    throw new RuleError(`“${option.name}” and “${other}” cannot stand at one content`, option.at, option.source.length, 'Take out one of them.');
  }
}

export interface Modifier {
  readonly name: string;
  readonly summary: string;
  readonly form: string;
  readonly value: 'required' | 'none' | 'optional';
  readonly apply: (content: ContentDraft, option: Option, rule: RuleDraft) => void;
}

/** A keyword that says more about the content before it. */
export const contentModifier = ({ name, summary, form, value, apply }: Modifier): Keyword => ({
  names: [name], summary, form, value,
  read(option, rule) {
    const content = rule.lastContent(name, option.at, option.source.length);
    apply(content, option, rule);
    content.sources.push(option.source);
  },
});
