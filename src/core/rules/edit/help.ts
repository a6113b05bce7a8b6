// What can stand at a place of a rule, and what stands there means: for completion and documentation while rules are typed. All of it comes from the tables that the parser reads.

import { KEYWORDS, KEYWORDS_BY_NAME } from '../keywords/all.ts';
import type { Keyword } from '../keywords/keyword.ts';
import { NOT_EVALUATED, whyNotEvaluated } from '../keywords/not-evaluated.ts';
import { HEADER_PROTOCOLS } from '../parse/protocols.ts';
import { STOCK_VARIABLES, type Variables } from '../parse/variables.ts';
import type { KeywordHelp, RuleHelp, RuleWord } from '../report.ts';
import { type Action, ACTIONS } from '../signature.ts';
import { placeAt, type PlaceKind } from './place.ts';

const ACTION_MEANINGS: Readonly<Record<Action, string>> = {
  alert: 'tells of the packet', pass: 'lets the packet through, and later rules are not asked about it', drop: 'stops the packet when Suricata is an IPS, and tells of it', reject: 'stops the packet and answers its sender with a reset or an ICMP error',
  rejectsrc: 'the same as reject', rejectdst: 'stops the packet and answers its destination', rejectboth: 'stops the packet and answers both sides',
};
const DIRECTIONS: Readonly<Record<string, string>> = { '->': 'from the left side to the right', '<>': 'in both directions', '=>': 'a transaction, from the left side to the right' };

const word = (text: string, detail: string): RuleWord => ({ text, detail, insert: text });

/** The words of a keyword's form in small letters stand for themselves: "relative", "little". */
const wordsOfForm = ({ form, names }: Keyword): RuleWord[] => {
  const [, value = ''] = /^[^:]*:(.*)$/s.exec(form) ?? [];
  return [...new Set(value.match(/(?<![\w.])[a-z][a-z0-9_]+(?![\w.:])/g) ?? [])].filter((text) => text !== 'or' && !names.includes(text)).map((text) => word(text, ''));
};

const valuesOf = (keyword: Keyword): RuleWord[] => keyword.words?.map(({ text, meaning }) => word(text, meaning)) ?? wordsOfForm(keyword);

/** What is typed for a keyword: with its colon where it takes a value, with its semicolon where it takes none. */
const insertOf = ({ names: [name], form, value }: Keyword): string => (value === 'none' ? `${name};` : value === 'optional' ? name : form.startsWith(`${name}:"`) || form.startsWith(`${name}:[!]"`) ? `${name}:"` : `${name}:`);

const wordsOf = (keywords: readonly Keyword[]): RuleWord[] => keywords.map((keyword) => ({ text: keyword.names[0], detail: keyword.summary, insert: insertOf(keyword) }));
const byName = (a: RuleWord, b: RuleWord): number => (a.text < b.text ? -1 : 1);

const KEYWORD_WORDS: readonly RuleWord[] = [
  ...wordsOf(KEYWORDS.filter(({ ours }) => ours !== true)),
  ...[...NOT_EVALUATED].filter(([name]) => !KEYWORDS_BY_NAME.has(name)).map(([name, why]) => word(name, `not evaluated here: ${why}`)),
].sort(byName);
/** With those that Suricata does not know; each says so. */
const ALL_WORDS: readonly RuleWord[] = [...KEYWORD_WORDS, ...wordsOf(KEYWORDS.filter(({ ours }) => ours === true))].sort(byName);

const variableWords = (variables: ReadonlyMap<string, string>): RuleWord[] => [word('any', 'all of them'), ...[...variables].map(([name, value]) => word(`$${name}`, value))];

function wordsAt(kind: PlaceKind, keyword: string, { variables, ours }: HelpOptions): readonly RuleWord[] {
  switch (kind) {
    case 'action': return ACTIONS.map((name) => word(name, ACTION_MEANINGS[name]));
    case 'protocol': return [...HEADER_PROTOCOLS.values()].map(({ name, wanted, unevaluated }) => word(name, unevaluated === '' ? wanted : `not evaluated here: ${unevaluated}`));
    case 'address': return variableWords(variables.addresses);
    case 'port': return variableWords(variables.ports);
    case 'direction': return Object.entries(DIRECTIONS).map(([text, detail]) => word(text, detail));
    case 'options': return [];
    case 'keyword': return ours ? ALL_WORDS : KEYWORD_WORDS;
    case 'value': { const found = KEYWORDS_BY_NAME.get(keyword); return found === undefined || (found.ours === true && !ours) ? [] : valuesOf(found); }
  }
}

const HEADER_HELP: Readonly<Partial<Record<PlaceKind, KeywordHelp>>> = {
  action: { name: 'action', form: ACTIONS.join(' | '), summary: 'What happens with a packet that matches.', note: '' },
  protocol: { name: 'protocol', form: 'ip | tcp | udp | icmp | …', summary: 'Which packets the rule is about: a protocol of the packet, or of the application in it.', note: '' },
  address: { name: 'address', form: 'any | ADDRESS | NET/BITS | A-B | $VARIABLE | [..., !...]', summary: 'One side of the packet; a list may leave out with !.', note: '' },
  port: { name: 'port', form: 'any | N | A:B | $VARIABLE | [..., !...]', summary: 'The port on that side; packets without ports are in any alone.', note: '' },
  direction: { name: 'direction', form: '-> | <>', summary: 'From the left side to the right, or either way.', note: '' },
};

const NOT_ASKED_FOR = 'Suricata does not know it. Switch “VNI keywords” on to use it here.';

function helpOf(name: string, ours: boolean): KeywordHelp | null {
  const keyword = KEYWORDS_BY_NAME.get(name);
  if (keyword !== undefined) return { name: keyword.names[0], form: keyword.form, summary: keyword.summary, note: keyword.ours === true && !ours ? NOT_ASKED_FOR : name === keyword.names[0] ? '' : `${name} is an older name of it.` };
  const why = whyNotEvaluated(name);
  return why === '' ? null : { name, form: '', summary: 'Suricata knows this keyword.', note: `It is not evaluated here, because ${why}.` };
}

export interface HelpOptions {
  readonly variables: Variables;
  /** Whether VXLens's own keywords may be used. */
  readonly ours: boolean;
}

/** What can be typed at the caret of a rule, and what it stands in. `text` is one rule, finished or not. */
export function ruleHelp(text: string, caret: number, { variables = STOCK_VARIABLES, ours = false }: Partial<HelpOptions> = {}): RuleHelp {
  const { kind, from, to, keyword } = placeAt(text, caret);
  const variable = kind === 'address' || kind === 'port' ? /^\$(\w+)$/.exec(text.slice(from, to))?.[1] : undefined;
  const value = variable === undefined ? undefined : (kind === 'address' ? variables.addresses : variables.ports).get(variable);
  const help = kind === 'keyword' || kind === 'value' ? helpOf(keyword, ours) : HEADER_HELP[kind] ?? null;
  return { from, to, words: wordsAt(kind, keyword, { variables, ours }), help: value === undefined ? help : { name: `$${variable!}`, form: value, summary: 'A variable, with the value of Suricata’s own suricata.yaml.', note: '' } };
}
