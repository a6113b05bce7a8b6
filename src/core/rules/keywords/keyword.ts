import type { RuleDraft } from '../parse/draft.ts';
import type { Option } from '../parse/options.ts';

/** A word of a keyword's value, and what it stands for, '' where it speaks for itself. */
export interface ValueWord { readonly text: string; readonly meaning: string }

/** Words that speak for themselves, with spaces between. */
export const plainWords = (names: string): ValueWord[] => names.split(' ').map((text) => ({ text, meaning: '' }));

/**
 * A keyword of the rule language: one record, one file. `read` takes the option and adds to the rule what it asks for: a condition on headers, a part of the
 * chain over a buffer, or a setting. It throws a RuleError that says where the mistake is and how to mend it.
 */
export interface Keyword {
  /** The first is the one that Suricata's manual uses now; the others mean the same. */
  readonly names: readonly [string, ...string[]];
  /** One sentence for people. */
  readonly summary: string;
  /** The grammar as the manual would write it. */
  readonly form: string;
  readonly value: 'required' | 'optional' | 'none';
  /** Words that its value may be made of, for completion; a value that is free text has none. */
  readonly words?: readonly ValueWord[];
  /** True for one that Suricata does not know: it is off unless it is asked for. */
  readonly ours?: true;
  /** True when a second one in a rule makes no sense. */
  readonly once?: boolean;
  read(option: Option, rule: RuleDraft): void;
}
