import { RuleError, type RuleFault } from '../rule-error.ts';
import type { Signature } from '../signature.ts';
import { placeOf, type RuleText, ruleTexts } from './lines.ts';
import { parseRule } from './parse-rule.ts';
import { STOCK_VARIABLES, type Variables } from './variables.ts';

/** More text than this is not read: 2^25 characters are some hundred thousand rules. */
export const MAX_RULES_TEXT = 2 ** 25;
/** Faults kept; further ones are counted. */
export const MAX_FAULTS = 1000;

export interface ParseOptions {
  readonly variables?: Variables;
  readonly maxText?: number;
}

export interface ParsedRules {
  /** In the order of the text; those that are not evaluated among them. */
  readonly signatures: readonly Signature[];
  readonly faults: readonly RuleFault[];
  /** Faults beyond those that were kept. */
  readonly moreFaults: number;
  /** Rules met, right or wrong. */
  readonly rules: number;
}

/** Reads a rule file. A rule with a mistake becomes a fault and the others are read on; never throws on text. */
export function parseRules(text: string, { variables = STOCK_VARIABLES, maxText = MAX_RULES_TEXT }: ParseOptions = {}): ParsedRules {
  const reading = new Reading(variables);
  const cut = text.length > maxText;
  // The last line of what is read may be half a line: it is left out.
  for (const rule of ruleTexts(cut ? text.slice(0, text.lastIndexOf('\n', maxText) + 1) : text)) reading.rule(rule);
  if (cut) reading.tooLarge(text.length, maxText);
  return reading.result();
}

class Reading {
  readonly #variables: Variables;
  readonly #byId = new Map<string, Signature>();
  readonly #faults: RuleFault[] = [];
  #moreFaults = 0;
  #rules = 0;
  #index = 0;
  constructor(variables: Variables) { this.#variables = variables; }

  rule(rule: RuleText): void {
    this.#rules++;
    try {
      const signature = parseRule(rule.text, this.#index, rule.lines[0]!, this.#variables);
      this.#keep(signature);
      this.#index++;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.#fault(rule, error);
    }
  }

  /** Of two rules with one gid and sid the higher rev stays; an equal or lower one that comes later is refused (detect-parse.c). */
  #keep(signature: Signature): void {
    const id = `${signature.gid}:${signature.sid}`;
    const before = this.#byId.get(id);
    if (before !== undefined && before.rev >= signature.rev) {
      const at = signature.text.search(/\bsid\s*:/);
      throw new RuleError(`The rule ${id} is there already, in line ${before.line}`, Math.max(0, at), 3, 'Give it another sid, or a higher rev to replace the other.');
    }
    this.#byId.delete(id);
    this.#byId.set(id, signature);
  }

  #fault(rule: RuleText, error: RuleError): void {
    if (this.#faults.length === MAX_FAULTS) { this.#moreFaults++; return; }
    const { line, column } = placeOf(rule, error.at);
    this.#faults.push({ code: 'bad-rule', what: error.message, line, column, length: error.length, keyword: keywordAt(rule.text, error.at), kept: 'The other rules still run.', next: error.next });
  }

  tooLarge(length: number, maxText: number): void {
    this.#faults.push({
      code: 'too-large', what: `The rules have ${length.toLocaleString('en-US')} characters, and ${maxText.toLocaleString('en-US')} are read at most`, line: 1, column: 1, length: 0, keyword: '',
      kept: `The ${this.#rules.toLocaleString('en-US')} rules before that were read.`, next: 'Split the file.',
    });
  }

  result(): ParsedRules {
    const signatures = [...this.#byId.values()].map((signature, index) => ({ ...signature, index }));
    return { signatures, faults: this.#faults, moreFaults: this.#moreFaults, rules: this.#rules };
  }
}

/** The keyword of the option that a place lies in; '' in the header. */
function keywordAt(text: string, at: number): string {
  const open = text.indexOf('(');
  if (open < 0 || at <= open) return '';
  const from = Math.max(open, text.slice(0, at).search(/(?<!\\);[^;]*$/)) + 1;
  return /^\s*([^:;)\s]+)/.exec(text.slice(from))?.[1] ?? '';
}
