import { type Inspection, MISS, type Part } from '../match/chain.ts';
import { find, needle, type Needle, standsAt } from '../match/search.ts';
import type { RuleDraft } from '../parse/draft.ts';
import { type Option, quoted } from '../parse/options.ts';
import { readPattern } from '../parse/pattern.ts';
import { RuleError } from '../rule-error.ts';
import type { Keyword } from './keyword.ts';

/** A number of bytes, or the value of a variable (its place) that a byte_extract before has filled. */
export interface Amount { readonly value: number; readonly variable: number }

export const amountOf = (inspection: Inspection, amount: Amount): number => (amount.variable < 0 ? amount.value : Number(inspection.variables[amount.variable]!));

/** A content while its modifiers are read. */
export class ContentDraft {
  readonly pattern: Uint8Array;
  readonly negated: boolean;
  readonly at: number;
  readonly sources: string[];
  nocase = false;
  startswith = false;
  endswith = false;
  offset: Amount | null = null;
  depth: Amount | null = null;
  distance: Amount | null = null;
  within: Amount | null = null;
  fastPattern = false;

  constructor(pattern: Uint8Array, negated: boolean, option: Option) {
    this.pattern = pattern;
    this.negated = negated;
    this.at = option.at;
    this.sources = [option.source];
  }

  finish(): Content { return new Content(this); }
}

const printable = (pattern: Uint8Array): string => {
  const letters = [...pattern].map((b) => (b >= 0x20 && b < 0x7f && b !== 0x7c ? String.fromCharCode(b) : null));
  if (letters.every((c) => c !== null)) return `“${letters.join('')}”`;
  return `|${[...pattern].map((b) => b.toString(16).padStart(2, '0')).join(' ')}|`;
};

export class Content implements Part {
  readonly keyword = 'content';
  readonly source: string;
  readonly wanted: string;
  readonly relative: boolean;
  readonly needle: Needle;
  readonly negated: boolean;
  readonly fastPattern: boolean;
  readonly #draft: ContentDraft;

  constructor(draft: ContentDraft) {
    this.#draft = draft;
    this.needle = needle(draft.pattern, draft.nocase);
    this.negated = draft.negated;
    this.fastPattern = draft.fastPattern;
    this.relative = draft.distance !== null || draft.within !== null;
    this.source = draft.sources.join('; ');
    this.wanted = describe(draft);
  }

  inspect(i: Inspection, cursor: number, again: number): number {
    const d = this.#draft;
    const size = this.needle.bytes.length;
    let from = i.from;
    let to = i.to;
    if (this.relative) {
      const distance = d.distance === null ? 0 : amountOf(i, d.distance);
      from = Math.max(i.from, cursor + distance);
      if (d.within !== null) to = Math.min(to, cursor + distance + amountOf(i, d.within));
    } else {
      const offset = d.offset === null ? 0 : amountOf(i, d.offset);
      from += offset;
      if (d.startswith) to = Math.min(to, i.from + size);
      else if (d.depth !== null) to = Math.min(to, from + amountOf(i, d.depth));
    }
    const found = this.#find(i, again < 0 ? from : again, to);
    i.matchFrom = found < 0 ? Math.min(from, i.to) : found;
    i.matchTo = found < 0 ? Math.max(i.matchFrom, Math.min(to, i.to)) : found + size;
    if (i.tracing) i.seen = found < 0 ? `not in ${places(i, i.matchFrom, i.matchTo)}` : `at ${places(i, found, found + size)}`;
    i.again = -1;
    if (this.negated) return found < 0 ? cursor : MISS;
    if (found < 0) return MISS;
    i.again = found + 1;
    return found + size;
  }

  #find(i: Inspection, from: number, to: number): number {
    const size = this.needle.bytes.length;
    if (!this.#draft.endswith) return find(this.needle, i.bytes, from, to);
    const only = i.to - size;
    return only >= from && i.to <= to && standsAt(this.needle, i.bytes, only) ? only : -1;
  }
}

/** "bytes 0–3 of the payload" is what people count in: from the buffer's start. */
const places = (i: Inspection, from: number, to: number): string => {
  if (to <= from) return `an empty stretch at byte ${from - i.from}`;
  return to - from === 1 ? `byte ${from - i.from}` : `bytes ${from - i.from}–${to - 1 - i.from}`;
};

const say = (amount: Amount | null, words: (n: string) => string): string => (amount === null ? '' : words(amount.variable < 0 ? String(amount.value) : 'a variable'));

function describe(d: ContentDraft): string {
  const where = [
    d.startswith ? 'at the start' : '', d.endswith ? 'at the end' : '',
    say(d.offset, (n) => `from byte ${n} on`), d.startswith ? '' : say(d.depth, (n) => `within ${n} bytes`),
    say(d.distance, (n) => `${n} bytes or more after the match before`), say(d.within, (n) => `whole within ${n} bytes of the match before`),
    d.nocase ? 'in either case' : '',
  ].filter((words) => words !== '');
  return [`${d.negated ? 'no ' : ''}${printable(d.pattern)}`, ...where].join(', ');
}

/** The content of `content:"…"`, before its modifiers. */
export function readContent(option: Option): ContentDraft {
  const { text, negated, at } = quoted(option);
  const bare = /(?<!\\)(?:\\\\)*"/.exec(text);
  if (bare !== null) throw new RuleError('A quotation mark stands inside the content', at + bare.index + bare[0].length - 1, 1, 'Write it as \\".');
  return new ContentDraft(readPattern(text, at, option.name), negated, option);
}

export const content: Keyword = {
  names: ['content'],
  summary: 'Bytes that must occur in the buffer, or with ! must not.',
  form: 'content:[!]"TEXT|HEX HEX|";',
  value: 'required',
  read(option: Option, rule: RuleDraft) { rule.part(readContent(option)); },
};
