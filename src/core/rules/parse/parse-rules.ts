import { RuleError, type RuleFault } from '../rule-error.ts';
import type { Signature } from '../signature.ts';
import { placeOf, type RuleText, ruleTexts } from './lines.ts';
import { applyThresholds, isThresholdEntry, type PlacedEntry, readThresholdEntry } from './threshold-config.ts';
import { parseRule, type RuleWorld } from './parse-rule.ts';
import { STOCK_VARIABLES, type Variables } from './variables.ts';

/** More text than this is not read: 2^26 characters are a hundred thousand rules and more. */
export const MAX_RULES_TEXT = 2 ** 26;
/** More rules than this are not kept: each takes some kilobytes, and the largest published sets have half as many. */
export const MAX_RULES = 150_000;
/** Faults kept; further ones are counted. A text that has so many, and fewer rules that can be read, is not read on. */
export const MAX_FAULTS = 1000;
/** Rules between two breaths. */
const BREATH = 250;

/** A text of rules, or of a threshold.config, which its first entry shows, with its name: a file's, or '' for what stands in an editor. */
export interface RuleSource { readonly name: string; readonly text: string }

export interface ParseOptions {
  readonly variables?: Variables;
  /** Whether VXLens's own keywords may be used. */
  readonly ours?: boolean;
  readonly maxText?: number;
  readonly maxRules?: number;
}

export interface ParsedRules {
  /** In the order of the texts; those that are not evaluated among them. */
  readonly signatures: readonly Signature[];
  readonly faults: readonly RuleFault[];
  /** Faults beyond those that were kept. */
  readonly moreFaults: number;
  /** What of a threshold.config changes nothing, as sentences. */
  readonly notes: readonly string[];
  /** Rules met, right or wrong. */
  readonly rules: number;
}

/** Reads rules. A rule with a mistake becomes a fault and the others are read on; never throws on text. */
export function parseRules(rules: string | readonly RuleSource[], options: ParseOptions = {}): ParsedRules {
  const reading = readingRules(typeof rules === 'string' ? [{ name: '', text: rules }] : rules, options);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** The same step by step, for those who have more to do meanwhile. Several texts are read as one: no two of their rules may have one sid. */
export function* readingRules(sources: readonly RuleSource[], { variables = STOCK_VARIABLES, ours = false, maxText = MAX_RULES_TEXT, maxRules = MAX_RULES }: ParseOptions = {}): Generator<void, ParsedRules> {
  const reading = new Reading({ variables, ours });
  let before = 0; // characters of the texts that are done
  for (const { name, text } of sources) {
    reading.open(name);
    let isThresholds: boolean | null = null; // an editor may hold rules and a threshold.config
    for (const rule of ruleTexts(text)) {
      if (name === '' || isThresholds === null) isThresholds = isThresholdEntry(rule.text);
      if (before + rule.at >= maxText) { reading.tooLarge(rule.lines[0]!, maxText); return reading.result(); }
      if (reading.kept >= maxRules) { reading.tooMany(rule.lines[0]!, maxRules); return reading.result(); }
      reading.rule(rule, isThresholds);
      if (reading.hopeless) { reading.giveUp(rule.lines.at(-1)!); break; }
      if (reading.rules % BREATH === 0) yield;
    }
    before += text.length;
  }
  return reading.result();
}

class Reading {
  rules = 0;
  readonly #world: RuleWorld;
  readonly #byId = new Map<string, Signature>();
  readonly #thresholds: PlacedEntry[] = [];
  readonly #faults: RuleFault[] = [];
  #moreFaults = 0;
  #file = '';
  /** Of the text that is being read: rules, mistakes, the first of them, and how many faults there were before it. */
  #good = 0;
  #bad = 0;
  #first: RuleFault | null = null;
  #before = { faults: 0, more: 0 };
  constructor(world: RuleWorld) { this.#world = world; }

  open(file: string): void {
    this.#file = file;
    this.#good = this.#bad = 0;
    this.#first = null;
    this.#before = { faults: this.#faults.length, more: this.#moreFaults };
  }

  rule(rule: RuleText, isThreshold: boolean): void {
    if (!isThreshold) this.rules++;
    try {
      if (isThreshold) this.#thresholds.push({ entry: readThresholdEntry(rule.text, this.#world.variables), file: this.#file, line: rule.lines[0]! });
      else this.#keep(parseRule(rule.text, { index: this.#byId.size, file: this.#file, line: rule.lines[0]! }, this.#world));
      this.#good++;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.#bad++;
      this.#fault(rule, error);
    }
  }

  /** Rules that can be read so far. */
  get kept(): number { return this.#byId.size; }

  /** Whether the text is hardly one of rules. */
  get hopeless(): boolean { return this.#bad >= MAX_FAULTS && this.#bad > this.#good; }

  /** Of two rules with one gid and sid the higher rev stays; an equal or lower one that comes later is refused (detect-parse.c). */
  #keep(signature: Signature): void {
    const id = `${signature.gid}:${signature.sid}`;
    const before = this.#byId.get(id);
    if (before !== undefined && before.rev >= signature.rev) {
      const at = signature.text.search(/\bsid\s*:/);
      const where = before.file === signature.file ? '' : before.file === '' ? ' of the editor' : ` of ${before.file}`;
      throw new RuleError(`The rule ${id} is there already, in line ${before.line}${where}`, Math.max(0, at), 3, 'Give it another sid, or a higher rev to replace the other.');
    }
    this.#byId.delete(id);
    this.#byId.set(id, signature);
  }

  #fault(rule: RuleText, error: RuleError): void {
    const full = this.#faults.length === MAX_FAULTS;
    if (full) this.#moreFaults++;
    if (full && this.#first !== null) return;
    const { line, column } = placeOf(rule, error.at);
    const fault: RuleFault = {
      code: 'bad-rule', what: error.message, file: this.#file, line, column, length: error.length, keyword: keywordAt(rule.text, error.at), kept: 'The other rules still run.', next: error.next,
    };
    this.#first ??= fault;
    if (!full) this.#faults.push(fault);
  }

  /** One sentence takes the place of the text's mistakes. */
  giveUp(lastLine: number): void {
    const [good, bad] = [this.#good, this.#bad].map((n) => n.toLocaleString('en-US'));
    const first = this.#first!;
    this.#faults.length = this.#before.faults;
    this.#moreFaults = this.#before.more;
    this.#faults.push({
      ...first, code: 'unsupported',
      what: `This is hardly a text of rules: ${bad} of its first ${(this.#good + this.#bad).toLocaleString('en-US')} entries cannot be read, the first because ${first.what.replace(/^The /, 'the ')}`,
      kept: `Reading stopped in line ${lastLine.toLocaleString('en-US')}, and ${this.#good === 0 ? 'nothing of it was kept' : `the ${good} rules before it were kept`}.`,
      next: 'Check that it is a file of Suricata rules.',
    });
  }

  tooLarge(line: number, maxText: number): void { this.#stop(line, `The rules have more than ${maxText.toLocaleString('en-US')} characters, and no more are read`); }

  tooMany(line: number, maxRules: number): void { this.#stop(line, `There are more than ${maxRules.toLocaleString('en-US')} rules, and no more are read`); }

  #stop(line: number, what: string): void {
    this.#faults.push({
      code: 'too-large', what, file: this.#file, line, column: 1, length: 0, keyword: '',
      kept: `The ${this.#byId.size.toLocaleString('en-US')} rules before line ${line.toLocaleString('en-US')} were kept.`, next: 'Split the file, and run its parts one after the other.',
    });
  }

  result(): ParsedRules {
    const signatures = [...this.#byId.values()];
    for (const [index, signature] of signatures.entries()) (signature as { index: number }).index = index; // not copied: there may be hundreds of thousands
    const notes = applyThresholds(this.#thresholds, this.#byId);
    return { signatures, notes, faults: this.#faults, moreFaults: this.#moreFaults, rules: this.rules };
  }
}

/** The keyword of the option that a place lies in; '' in the header. */
function keywordAt(text: string, at: number): string {
  const open = text.indexOf('(');
  if (open < 0 || at <= open) return '';
  const from = Math.max(open, text.slice(0, at).search(/(?<!\\);[^;]*$/)) + 1;
  return /^\s*([^:;)\s]+)/.exec(text.slice(from))?.[1] ?? '';
}
