import { RuleError } from '../rule-error.ts';
import { nearest } from './nearest.ts';

/** How deep lists and variables may stand in each other. */
const MAX_DEPTH = 64;
/** Members of one list with everything its variables bring; two that double each other would else grow without end. */
const MAX_MEMBERS = 100_000;

/** What the grammar of lists needs to know about its members. */
export interface ListKind<T> {
  readonly noun: string; //                              "address" or "port"
  readonly all: T;
  readonly none: T;
  readonly variables: ReadonlyMap<string, string>;
  one(text: string, at: number): T; //                   a single member; throws RuleError
  union(sets: readonly T[]): T;
  subtract(a: T, b: T): T;
  empty(set: T): boolean;
}

/** Where an error is shown: inside a variable's value it is the variable's name in the rule. */
interface Place { readonly at: number; readonly length: number }

/**
 * Reads `any`, a member, `$VARIABLE`, `!…` and `[…,…]`, nested. The members with `!` are taken from the others; a list of only such members is everything
 * without them, as Suricata has it.
 */
export function readList<T>(text: string, at: number, kind: ListKind<T>): T {
  const reader = new ListReader(kind, { at, length: text.length });
  const set = reader.item(text, at, null, 0);
  if (kind.empty(set)) throw new RuleError(`The ${kind.noun} list “${text}” leaves nothing`, at, text.length, `Take out what cancels itself; !any is no ${kind.noun}.`);
  return set;
}

class ListReader<T> {
  readonly kind: ListKind<T>;
  readonly whole: Place;
  #members = 0;
  constructor(kind: ListKind<T>, whole: Place) { this.kind = kind; this.whole = whole; }

  /** `outer` is the variable whose value this is, or null in the rule itself. */
  item(text: string, at: number, outer: Place | null, depth: number): T {
    const { kind } = this;
    const place = outer ?? { at, length: Math.max(1, text.length) };
    if (depth > MAX_DEPTH) throw new RuleError(`The ${kind.noun} list is nested more than ${MAX_DEPTH} deep`, place.at, place.length, 'A variable that contains itself does that too.');
    if (++this.#members > MAX_MEMBERS) throw new RuleError(`The ${kind.noun} list has more than ${MAX_MEMBERS.toLocaleString('en-US')} members`, place.at, place.length, 'Join them into networks or ranges.');
    const trimmed = text.trim();
    const start = at + (text.length - text.trimStart().length);
    if (trimmed === '') throw new RuleError(`An ${kind.noun} is missing`.replace('An port', 'A port'), place.at, place.length, 'Write any, or take out the comma.');
    if (trimmed.startsWith('!')) return kind.subtract(kind.all, this.item(trimmed.slice(1), start + 1, outer, depth + 1));
    if (trimmed.startsWith('[')) return this.#list(trimmed, start, outer, depth);
    if (trimmed.startsWith('$')) return this.#variable(trimmed, outer ?? { at: start, length: trimmed.length }, depth);
    if (trimmed.toLowerCase() === 'any') return kind.all;
    try {
      return kind.one(trimmed, start);
    } catch (error) {
      if (outer === null || !(error instanceof RuleError)) throw error;
      throw new RuleError(`${error.message} in a variable's value`, outer.at, outer.length, error.next);
    }
  }

  #list(text: string, at: number, outer: Place | null, depth: number): T {
    const { kind } = this;
    if (!text.endsWith(']')) {
      const place = outer ?? { at, length: text.length };
      throw new RuleError(`The ${kind.noun} list has no closing bracket`, place.at, place.length, 'Close it with ].');
    }
    const wanted: T[] = [];
    const unwanted: T[] = [];
    for (const { text: member, at: memberAt } of members(text, at)) {
      const trimmed = member.trim();
      if (!trimmed.startsWith('!')) { wanted.push(this.item(member, memberAt, outer, depth + 1)); continue; }
      unwanted.push(this.item(trimmed.slice(1), memberAt + member.indexOf('!') + 1, outer, depth + 1));
    }
    const all = wanted.length === 0 ? kind.all : kind.union(wanted);
    return unwanted.length === 0 ? all : kind.subtract(all, kind.union(unwanted));
  }

  #variable(text: string, place: Place, depth: number): T {
    const { kind } = this;
    const name = text.slice(1);
    const value = kind.variables.get(name);
    if (value !== undefined) return this.item(value, 0, place, depth + 1);
    const meant = nearest(name, kind.variables.keys());
    throw new RuleError(`There is no ${kind.noun} variable $${name}`, place.at, place.length, meant === '' ? 'Give it a value, or write the addresses themselves.' : `Did you mean $${meant}?`);
  }
}

/** The members between the brackets, with their places; commas of lists inside stay. */
function* members(text: string, at: number): Generator<{ text: string; at: number }> {
  let depth = 0;
  let from = 1;
  for (let i = 1; i < text.length; i++) {
    const c = text[i];
    if (c === '[') depth++;
    if (c === ']' && i < text.length - 1) depth--;
    if ((c === ',' && depth === 0) || i === text.length - 1) { yield { text: text.slice(from, i), at: at + from }; from = i + 1; }
  }
}
