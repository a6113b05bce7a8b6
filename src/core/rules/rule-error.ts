import type { Fault } from '../base/fault.ts';

/** What is wrong with a rule, or with a whole text of rules, and where. */
export interface RuleFault extends Fault {
  readonly code: 'bad-rule' | 'too-large' | 'unsupported';
  /** Name of the text that it is in, '' for one without a name. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many characters from `column` are at fault; 0 when it is a place and not a word. */
  readonly length: number;
  /** The keyword at fault, '' in the header. */
  readonly keyword: string;
}

/** Stops the reading of one rule. `at` counts characters from the rule's start. Caught by the parser, never seen outside. */
export class RuleError extends Error {
  readonly at: number;
  readonly length: number;
  readonly next: string;
  constructor(what: string, at: number, length: number, next: string) {
    super(what);
    this.name = 'RuleError';
    this.at = at;
    this.length = length;
    this.next = next;
  }
}

/** The fault without its line, in words. That the other rules still run goes without saying beside a mistake in one. */
export const ruleFaultText = ({ code, what, offset, kept, next }: RuleFault): string =>
  [`${what}${offset === undefined ? '' : `, at byte ${offset.toLocaleString('en-US')}`}.`, code === 'bad-rule' ? '' : kept, next].filter(Boolean).join(' ');
