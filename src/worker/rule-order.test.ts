import { describe, expect, it } from 'vitest';
import { parseRules } from '../core/rules/parse/parse-rules.ts';
import type { RuleChoice, RuleTotals } from '../core/rules/report.ts';
import { ruleOrder } from './rule-order.ts';
import { SWITCHED_OFF } from './rule-texts.ts';

const { signatures } = parseRules([{ name: 'a.rules', text: [
  'alert icmp any any -> any any (msg:"ping"; sid:10;)',
  'alert udp any any -> any 4789 (msg:"Envelope"; content:"needle"; sid:9;)',
  'alert tcp any any -> any any (msg:"apple"; sid:8;)',
  'alert tcp any any -> any any (msg:"Apple"; sid:7;)',
  'alert tcp any any -> any any (msg:"Lua"; lua:a.lua; sid:6;)',
].join('\n') }]);

const found = (hits: readonly number[], open: readonly number[] = [], checks: readonly number[] = []): RuleTotals => {
  const full = (some: readonly number[]): number[] => signatures.map((_, index) => some[index] ?? 0);
  return { hits: Uint32Array.from(full(hits)), open: Uint8Array.from(full(open)), checks: Uint32Array.from(full(checks)), milliseconds: Float32Array.from(full(checks), (n) => n / 10) };
};
const at = [found([1, 999_999, 0, 0], [0, 0, 1], [3, 0, 2]), found([2, 1], [], [0, 4])];
const order = (choice: Partial<RuleChoice>, rules = signatures): number[] => [...ruleOrder(rules, at, { column: 'place', descending: false, matched: false, words: '', ...choice })];

describe('the order of a run’s rules', () => {
  it('adds up what the captures found', () => {
    expect(order({ column: 'hits', descending: true }), 'to a million hits').toEqual([1, 0, 2, 3, 4]);
    expect(order({ column: 'checks', descending: true })).toEqual([1, 0, 2, 3, 4]);
    expect(order({ column: 'milliseconds', descending: false })).toEqual([3, 4, 2, 0, 1]);
  });

  it('sorts by each column, alike ones as they are written, both ways', () => {
    expect(order({})).toEqual([0, 1, 2, 3, 4]);
    expect(order({ descending: true })).toEqual([4, 3, 2, 1, 0]);
    expect(order({ column: 'sid' })).toEqual([4, 3, 2, 1, 0]);
    expect(order({ column: 'msg' })).toEqual([3, 2, 1, 4, 0]);
    expect(order({ column: 'hits' })).toEqual([2, 3, 4, 0, 1]);
  });

  it('knows what fires, is silent, is not known, is not evaluated and is off', () => {
    const rules = signatures.map((each) => (each.sid === 10 ? { ...each, unevaluated: SWITCHED_OFF } : each));
    expect(order({ column: 'state' }, rules), 'fires, silent, not known, not evaluated, off').toEqual([1, 3, 2, 4, 0]);
  });

  it('keeps those that matched somewhere, or of which nobody knows', () => {
    expect(order({ matched: true })).toEqual([0, 1, 2]);
  });

  it('finds words in a rule and in its file’s name, all of them', () => {
    expect(order({ words: 'apple' })).toEqual([2, 3]);
    expect(order({ words: 'NEEDLE 4789' })).toEqual([1]);
    expect(order({ words: 'a.rules' })).toHaveLength(5);
    expect(order({ words: 'apple', matched: true })).toEqual([2]);
  });

  it('leaves out what belongs to other rules', () => {
    const other: RuleTotals = { hits: new Uint32Array(2).fill(9), checks: new Uint32Array(2), milliseconds: new Float32Array(2), open: new Uint8Array(2) };
    expect([...ruleOrder(signatures, [found([0, 1]), other], { column: 'hits', descending: true, matched: true, words: '' })]).toEqual([1]);
  });
});
