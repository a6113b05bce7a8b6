// What may stand at the caret: names where a condition starts, operators behind a field, values behind an operator.

import { FilterError } from './filter-error.ts';
import { FUNCTIONS } from './functions.ts';
import { wordsFor } from './literal.ts';
import { NAMES, type Meaning } from './names.ts';
import { COMPARE, INFIX, INFIX_BY_TEXT, PREFIX_BY_TEXT } from './operators.ts';
import { tokens, type Token } from './tokens.ts';
import type { ValueType } from './value.ts';

/** Text to put in place of [from..to), what it means, and what it is: the type of a field, "protocol", "function", "operator" or "value". */
export interface Completion { readonly text: string; readonly detail: string; readonly type: string; readonly from: number; readonly to: number }

const MOST = 50;
/** Offered before anything is typed. */
const FAVOURITES = ['vxlan.vni', 'icmp', 'icmp.type', 'ip.addr', 'tcp', 'tcp.port', 'udp', 'udp.port', 'arp', 'vxlan', 'eth.addr', 'frame.number', 'frame.len', 'ip.ttl'];

interface Entry { readonly text: string; readonly detail: string; readonly type: string }

const TYPES: Readonly<Record<ValueType, string>> = { uint: 'number', bool: 'flag', ipv4: 'IPv4 address', ipv6: 'IPv6 address', ether: 'MAC address', bytes: 'bytes', protocol: 'protocol', text: 'text', duration: 'seconds', time: 'date and time' };
const entryOf = (text: string, meaning: Meaning): Entry => ({ text, detail: detailOf(meaning), type: TYPES[meaning.type] });
let entries: readonly Entry[] | undefined;

const detailOf = (meaning: Meaning): string => {
  switch (meaning.kind) {
    case 'status': return meaning.infos[0]!.label;
    case 'field': return meaning.infos.length > 1 && meaning.infos[0]!.abbrev !== meaning.name ? `${meaning.infos.map((f) => f.abbrev).slice(0, 3).join(', ')}` : meaning.infos[0]!.label;
    case 'protocol': return meaning.protocol.label;
    case 'frame': return meaning.value.label;
    case 'packet': return 'The whole packet';
    case 'path': return 'Protocols in the packet';
  }
};

const names = (): readonly Entry[] => (entries ??= [
  ...[...NAMES()].map(([text, meaning]) => entryOf(text, meaning)),
  ...Object.entries(FUNCTIONS).map(([name, { detail }]) => ({ text: `${name}(`, detail, type: 'function' })),
]);

/** At most 50 completions at `caret`, the likeliest first. Never throws, whatever the text. */
export function complete(text: string, caret: number): Completion[] {
  const at = Math.max(0, Math.min(caret, text.length));
  const quote = openQuote(text, at);
  const from = quote >= 0 ? quote : at - /[A-Za-z0-9_.:/-]*$/.exec(text.slice(0, at))![0].length;
  const to = quote >= 0 ? closed(text, at) : at + /^[A-Za-z0-9_.:/-]*/.exec(text.slice(at))![0].length;
  const typed = text.slice(quote >= 0 ? from + 1 : from, at).toLowerCase();
  const before = tokensBefore(text.slice(0, from));
  if (!before) return [];
  return offers(before, typed, quote >= 0).slice(0, MOST).map((entry) => ({ ...entry, from, to }));
}

function offers(before: readonly Token[], typed: string, quoted: boolean): readonly Entry[] {
  const last = before.at(-1);
  const subject = comparedField(before);
  if (subject) return values(subject, typed, quoted);
  if (quoted) return [];
  if (last && endsOperand(last)) return operators(before, typed);
  if (typed === '') return FAVOURITES.filter((name) => NAMES().has(name)).map((name) => entryOf(name, NAMES().get(name)!));
  return ranked(names(), typed);
}

/** Those that start with what is typed, then those with a part that does, then those that have it anywhere. Fewer dots first, else in the order of the headers. */
function ranked(list: readonly Entry[], typed: string): readonly Entry[] {
  const groups: Entry[][] = [[], [], []];
  for (const entry of list) {
    const place = entry.text.toLowerCase().indexOf(typed);
    if (place === 0) groups[0]!.push(entry);
    else if (place > 0) groups[/[._]/.test(entry.text[place - 1]!) ? 1 : 2]!.push(entry);
    else if (typed.length > 2 && entry.detail.toLowerCase().includes(typed)) groups[2]!.push(entry);
  }
  return groups.flatMap((group) => group.sort((a, b) => dots(a.text) - dots(b.text)));
}
const dots = (text: string): number => text.split('.').length;

function operators(before: readonly Token[], typed: string): readonly Entry[] {
  const word = before.at(-1)!;
  const meaning = word.kind === 'word' ? NAMES().get(word.text) : undefined;
  const compares = meaning !== undefined || word.kind === 'slice' || word.text === ')';
  return INFIX.filter(({ op }) => op !== '..' && op !== 'xor' && op !== '*' && op !== '/' && op !== '%' && op !== '+' && op !== '-')
    .filter(({ binds, op }) => (binds === COMPARE ? compares && fits(op, meaning) : op !== '&' || meaning?.type === 'uint'))
    .map(({ written, detail }) => ({ text: written[0]!, detail, type: 'operator' }))
    .filter(({ text }) => text.startsWith(typed));
}

const fits = (op: string, meaning: Meaning | undefined): boolean => {
  const inside = meaning === undefined || meaning.type === 'text' || meaning.type === 'bytes' || meaning.type === 'protocol' || meaning.type === 'ether';
  return op === 'contains' || op === 'matches' ? inside : meaning?.type !== 'protocol';
};

function values(meaning: Meaning, typed: string, quoted: boolean): readonly Entry[] {
  if (meaning.type === 'bool' && !quoted) return [{ text: '1', detail: 'set', type: 'value' }, { text: '0', detail: 'not set', type: 'value' }].filter(({ text }) => text.startsWith(typed));
  if (meaning.kind !== 'field' && meaning.kind !== 'status') return [];
  const hex = meaning.infos[0]!.display === 'hex';
  return meaning.infos.flatMap(wordsFor)
    .map(([value, words]) => ({ value: hex ? `0x${value.toString(16).padStart(4, '0')}` : String(value), words }))
    .filter(({ value, words }) => value.startsWith(typed) || words.toLowerCase().includes(typed))
    .map(({ value, words }) => (quoted ? { text: `"${words.replace(/["\\]/g, '\\$&')}"`, detail: value, type: 'value' } : { text: value, detail: words, type: 'value' }));
}

/** The field whose value is wanted at the end: behind `field ==`, and in the braces of `field in {1, `. */
function comparedField(before: readonly Token[]): Meaning | undefined {
  let at = before.length - 1;
  if (before[at]?.text === '{' || before[at]?.text === ',') {
    while (at >= 0 && before[at]!.text !== '{') at--;
    at--;
    if (before[at]?.text !== 'in') return undefined;
  }
  const op = before[at];
  const field = before[at - 1]?.kind === 'word' ? before[at - 1] : undefined;
  if (!op || op.kind === 'string' || INFIX_BY_TEXT.get(op.text)?.binds !== COMPARE || !field) return undefined;
  return NAMES().get(field.text) ?? { kind: 'packet', name: 'frame', type: 'protocol' };
}

const endsOperand = (t: Token): boolean =>
  t.kind === 'string' || t.kind === 'char' || t.kind === 'slice' || t.text === ')' || t.text === '}' || (t.kind === 'word' && !INFIX_BY_TEXT.has(t.text) && !PREFIX_BY_TEXT.has(t.text));

function tokensBefore(text: string): readonly Token[] | null {
  try { return tokens(text).slice(0, -1); } catch (e) { if (e instanceof FilterError) return null; throw e; }
}

/** Where the string starts that the caret stands in; -1 outside of strings. */
function openQuote(text: string, caret: number): number {
  let open = -1;
  for (let i = 0; i < caret; i++) {
    if (open >= 0 && text[i] === '\\') i++;
    else if (text[i] === '"') open = open < 0 ? i : -1;
  }
  return open;
}

function closed(text: string, caret: number): number {
  const end = text.indexOf('"', caret);
  return end < 0 ? text.length : end + 1;
}
