import { appBuffer } from '../app-layer/all-buffers.ts';
import { type Inspection, MISS, type Part } from '../match/chain.ts';
import type { RuleDraft } from '../parse/draft.ts';
import { type Option, quoted } from '../parse/options.ts';
import { GAVE_UP, Regex } from '../regex/regex.ts';
import { RegexError, type RegexOptions } from '../regex/node.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

/** Letters that move the expression to a buffer of HTTP (rules/payload-keywords.rst). */
const BUFFERS: Readonly<Record<string, string>> = {
  U: 'http.uri', I: 'http.uri.raw', P: 'http.request_body', Q: 'http.response_body', H: 'http.header', D: 'http.header.raw', M: 'http.method', C: 'http.cookie', S: 'http.stat_code', Y: 'http.stat_msg', V: 'http.user_agent',
  W: 'http.host', Z: 'http.host.raw',
};
/** Letters that change nothing here: raw bytes are what is looked at, and there is no limit to lift. */
const WITHOUT_EFFECT = 'BO';

const FORM = /^(!?)\s*\/((?:\\.|[^\\])*)\/([A-Za-z]*)((?:\s*,\s*[\w.:-]+)*)\s*$/s;

function optionsOf(flags: string, option: Option): RegexOptions & { anchored: boolean; relative: boolean } {
  for (const letter of flags) {
    if (!`imsxAEGR${Object.keys(BUFFERS).join('')}${WITHOUT_EFFECT}`.includes(letter)) throw new RuleError(`“${letter}” is no flag of pcre`, option.valueAt, (option.value ?? '').length, 'Flags are i, m, s, x, A, E, G and R.');
  }
  return {
    caseless: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s'), extended: flags.includes('x'), dollarEnd: flags.includes('E'), ungreedy: flags.includes('G'),
    anchored: flags.includes('A'), relative: flags.includes('R'),
  };
}

/** The expression, or null when it has something that is not evaluated here; the rule then says so. */
function compile(pattern: string, at: number, options: RegexOptions & { anchored: boolean }, rule: RuleDraft): Regex | null {
  try {
    return new Regex(pattern, options, options.anchored);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    if (error.supported) throw new RuleError(`The regular expression is not valid: ${error.message}`, at + error.at, 1, 'Mend the expression.');
    rule.cannot(`“pcre”: its expression has ${error.message}, which is not evaluated`);
    return null;
  }
}

function inspect(i: Inspection, regex: Regex, cursor: number, again: number, relative: boolean, negated: boolean): number {
  const base = relative ? cursor : i.from;
  const whole = i.text();
  const text = relative ? whole.slice(cursor - i.from) : whole;
  const found = regex.find(text, again < 0 ? 0 : Math.min(Math.max(0, again - base), text.length));
  i.again = -1;
  if (found === GAVE_UP) {
    i.gaveUp = true;
    if (i.tracing) i.seen = 'not known: the expression could have taken too long on this much data';
    return MISS;
  }
  i.matchFrom = found < 0 ? base : base + regex.start;
  i.matchTo = found < 0 ? i.to : base + regex.end;
  if (i.tracing) i.seen = found < 0 ? `no match in the ${i.to - base} bytes` : `bytes ${i.matchFrom - i.from} to ${i.matchTo - i.from}`;
  if (negated) return found < 0 ? cursor : MISS;
  if (found < 0) return MISS;
  if (i.matchFrom < i.to) i.again = i.matchFrom + 1;
  return i.matchTo;
}

export const pcre: Keyword = {
  names: ['pcre'], summary: 'A regular expression of PCRE matches the buffer, or with ! does not.', form: 'pcre:"[!]/EXPRESSION/[imsxAEGR][UIPQHDMCSYVWZ]";', value: 'required',
  read(option, rule) {
    const value = quoted(option, { optional: true });
    const found = FORM.exec(value.text);
    if (found === null) throw new RuleError('The regular expression is not between slashes', option.valueAt, (option.value ?? '').length, 'Write pcre:"/expression/flags";.');
    const [, bang = '', pattern = '', flags = ''] = found;
    const options = optionsOf(flags, option);
    const buffer = [...flags].map((letter) => BUFFERS[letter]).find((name) => name !== undefined);
    const negated = value.negated || bang !== '';
    const regex = compile(pattern, value.at + value.text.indexOf('/') + 1, options, rule);
    if (regex === null) return;
    const part: Part = {
      keyword: 'pcre', source: option.source, relative: options.relative, wanted: `${negated ? 'no ' : ''}match of /${pattern}/${options.relative ? ' after the match before' : ''}`,
      inspect: (i, cursor, again) => inspect(i, regex, cursor, again, options.relative, negated),
    };
    if (buffer === undefined) rule.part(part); else rule.partIn(appBuffer(buffer), part);
  },
};
