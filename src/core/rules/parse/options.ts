import { RuleError } from '../rule-error.ts';

/** One `name:value;` of a rule. Offsets count characters of the rule's text. */
export interface Option {
  readonly name: string;
  readonly at: number;
  /** Without the blanks around it; null when there is no colon. */
  readonly value: string | null;
  readonly valueAt: number;
  /** As the rule has it, without the semicolon. */
  readonly source: string;
}

const isBlank = (c: string): boolean => c === ' ' || c === '\t';

/** Splits what stands in the parentheses. An option ends at the next semicolon without a backslash before it, inside quotes too. */
export function splitOptions(text: string, open: number, close: number): Option[] {
  const options: Option[] = [];
  let at = open + 1;
  for (;;) {
    while (at < close && isBlank(text[at]!)) at++;
    if (at >= close) return options;
    const end = optionEnd(text, at, close);
    if (end === close) {
      throw new RuleError('The last option has no semicolon', at, close - at, 'End every option with a semicolon, the last one too.');
    }
    options.push(readOption(text, at, end));
    at = end + 1;
  }
}

function optionEnd(text: string, from: number, close: number): number {
  let at = from;
  while (at < close && text[at] !== ';') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, close);
}

function readOption(text: string, at: number, end: number): Option {
  if (at === end) throw new RuleError('An option is empty', at, 1, 'Take out the second semicolon.');
  let colon = at;
  while (colon < end && text[colon] !== ':') colon++;
  const name = text.slice(at, colon).trim();
  if (name === '') throw new RuleError('An option has no name', at, end - at, 'Write the keyword before the colon.');
  if (colon === end) return { name, at, value: null, valueAt: end, source: text.slice(at, end).trim() };
  let valueAt = colon + 1;
  while (valueAt < end && isBlank(text[valueAt]!)) valueAt++;
  return { name, at, value: text.slice(valueAt, end).trimEnd(), valueAt, source: text.slice(at, end).trim() };
}

export interface Quoted { readonly text: string; readonly negated: boolean; readonly at: number }

/**
 * The value between its quotation marks, with its place, and whether a `!` stands before them. Without marks the value as it is, if that is
 * allowed. Escapes stay as they are.
 */
export function quoted(option: Option, { optional = false }: { optional?: boolean } = {}): Quoted {
  const value = option.value ?? '';
  const bang = /^!\s*/.exec(value)?.[0].length ?? 0;
  const body = value.slice(bang);
  const at = option.valueAt + bang;
  if (body.startsWith('"')) {
    if (body.length < 2 || !body.endsWith('"')) {
      throw new RuleError(`The value of “${option.name}” has no closing quotation mark`, option.valueAt, value.length, 'Close the quotation mark before the semicolon; a semicolon inside is written \\;.');
    }
    return { text: body.slice(1, -1), negated: bang > 0, at: at + 1 };
  }
  if (!optional) {
    throw new RuleError(`The value of “${option.name}” is not in quotation marks`, option.valueAt, value.length, `Write ${option.name}:"…";.`);
  }
  return { text: body, negated: bang > 0, at };
}
