// Which rules of a run a list has, and in which order. A set has up to some hundred thousand, so they are keys and a permutation, and only rows in view become text.

import { RuleOpen, type RuleChoice, type RuleColumn, type RuleTotals } from '../core/rules/report.ts';
import type { Signature } from '../core/rules/signature.ts';
import { radixPass } from '../core/table/radix.ts';
import { headerOf } from './rule-reports.ts';
import { SWITCHED_OFF } from './rule-texts.ts';

const sumOf = (totals: readonly RuleTotals[], of: (each: RuleTotals) => ArrayLike<number>, index: number): number => totals.reduce((sum, each) => sum + of(each)[index]!, 0);

/** Whether a rule said anything at all, be it that nobody knows. */
const matched = (totals: readonly RuleTotals[], index: number): boolean => totals.some(({ hits, open }) => hits[index]! > 0 || open[index]! > 0);

/** As a person may look for it, in the rule or the name of its file; every word must be there. */
function has({ text, file }: Signature, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const lower = `${text} ${file}`.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** Ranks of texts by their letters, case aside; equal ones have one rank. */
export function ranks(texts: readonly string[]): Uint32Array {
  const distinct = [...new Set(texts)].map((text) => ({ text, lower: text.toLowerCase() }));
  distinct.sort((a, b) => (a.lower < b.lower ? -1 : a.lower > b.lower ? 1 : a.text < b.text ? -1 : 1));
  const rankOf = new Map(distinct.map(({ text }, rank) => [text, rank]));
  return Uint32Array.from(texts, (text) => rankOf.get(text)!);
}

/** "fires" first: what one looks for. */
const STATES = { fires: 0, silent: 1, unknown: 2, unevaluated: 3, off: 4 } as const;

function stateRank(signature: Signature, totals: readonly RuleTotals[]): number {
  if (signature.unevaluated === SWITCHED_OFF) return STATES.off;
  if (signature.unevaluated !== '') return STATES.unevaluated;
  if (totals.some(({ hits }) => hits[signature.index]! > 0)) return STATES.fires;
  return totals.some(({ open }) => (open[signature.index]! & RuleOpen.UNANSWERED) !== 0) ? STATES.unknown : STATES.silent;
}

const MOST = 0xffff_ffff;
const whole = (count: number, key: (index: number) => number): Uint32Array => Uint32Array.from({ length: count }, (_, index) => Math.min(MOST, Math.max(0, key(index))));

const KEYS: Readonly<Record<Exclude<RuleColumn, 'place'>, (signatures: readonly Signature[], totals: readonly RuleTotals[]) => Uint32Array>> = {
  sid: (signatures) => whole(signatures.length, (index) => signatures[index]!.sid),
  msg: (signatures) => ranks(signatures.map((each) => each.msg || headerOf(each))),
  state: (signatures, totals) => whole(signatures.length, (index) => stateRank(signatures[index]!, totals)),
  hits: (signatures, totals) => whole(signatures.length, (index) => sumOf(totals, ({ hits }) => hits, index)),
  checks: (signatures, totals) => whole(signatures.length, (index) => sumOf(totals, ({ checks }) => checks, index)),
  milliseconds: (signatures, totals) => whole(signatures.length, (index) => Math.round(sumOf(totals, ({ milliseconds }) => milliseconds, index) * 1e3)),
};

/** Indices of the signatures that a list has, in its order. `totals`: one a capture, of these same signatures; one of another length is left out. */
export function ruleOrder(signatures: readonly Signature[], all: readonly RuleTotals[], choice: RuleChoice): Uint32Array {
  const totals = all.filter(({ hits }) => hits.length === signatures.length);
  const words = choice.words.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const chosen = signatures.filter((signature) => (!choice.matched || matched(totals, signature.index)) && has(signature, words));
  const order = Uint32Array.from(chosen, ({ index }) => index);
  if (choice.column === 'place') return choice.descending ? order.reverse() : order;
  const keys = KEYS[choice.column](signatures, totals);
  if (choice.descending) for (let i = 0; i < keys.length; i++) keys[i] = ~keys[i]!;
  return radixPass(order, new Uint32Array(order.length), keys)[0];
}
