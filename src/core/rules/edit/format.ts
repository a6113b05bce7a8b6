// Rules printed one way: single blanks in the header, one after each semicolon. The order of options has a meaning and stays, and so does every value.

import { RuleError } from '../rule-error.ts';
import { splitOptions } from '../parse/options.ts';
import { parseRule } from '../parse/parse-rule.ts';
import { STOCK_VARIABLES, type Variables } from '../parse/variables.ts';

const INDENT = '    ';

/** Blanks in a list of addresses or ports part nothing; elsewhere one parts two words. */
function header(text: string): string {
  let printed = '';
  let depth = 0;
  for (const c of text.trim()) {
    if (c === '[') depth++;
    if (c === ']') depth--;
    if (c.trim() !== '') printed += c; else if (depth <= 0 && !printed.endsWith(' ')) printed += ' ';
  }
  return printed;
}

/** A rule, its lines joined, as one line, or with one option a line. Throws RuleError where the options cannot be told apart. */
export function printRule(text: string, lines: 'one' | 'many'): string {
  const open = text.indexOf('(');
  const options = splitOptions(text, open, text.length - 1).map(({ name, value }) => `${name}${value === null ? '' : `:${value}`};`);
  const head = `${header(text.slice(0, open))} (`;
  return lines === 'one' ? `${head}${options.join(' ')})` : [head, ...options.map((option) => `${INDENT}${option}`), ')'].join(' \\\n');
}

/** The rule anew; what is no rule, or would become another one, stays as it is. */
function formatted(source: readonly string[], variables: Variables): string {
  const text = source.map((line) => line.trim()).map((line, at) => (at < source.length - 1 ? line.slice(0, -1) : line)).join('');
  const asItIs = source.join('\n');
  const place = { index: 0, file: '', line: 1 };
  const world = { variables, ours: true };
  try {
    parseRule(text, place, world);
    const printed = printRule(text, source.length === 1 ? 'one' : 'many');
    parseRule(source.length === 1 ? printed : printed.replace(/\\\n\s*/g, ''), place, world); // a blank more may make it too long
    return printed;
  } catch (error) {
    if (error instanceof RuleError) return asItIs;
    throw error;
  }
}

/** A text of rules with each rule printed; comments, empty lines and what cannot be read stay as they are. Line ends become LF. */
export function formatRules(text: string, variables: Variables = STOCK_VARIABLES): string {
  const printed: string[] = [];
  let rule: string[] = [];
  for (const line of text.split(/\r\n|\n|\r/)) {
    const piece = line.trim();
    if (rule.length === 0 && (piece === '' || piece.startsWith('#'))) { printed.push(line.trimEnd()); continue; }
    rule.push(line);
    if (piece.endsWith('\\')) continue;
    printed.push(formatted(rule, variables));
    rule = [];
  }
  if (rule.length > 0) printed.push(rule.join('\n')); // the text ends in the middle of a rule
  return printed.join('\n');
}
