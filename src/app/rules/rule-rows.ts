// The rules of a run as rows: what all captures say of each together, and in which order they stand.

import type { SignatureReport } from '../../worker/protocol.ts';
import type { CaptureRun } from './run.ts';

export interface RuleRow {
  readonly index: number;
  readonly sid: number;
  readonly msg: string; //          or the header, where it has none
  readonly state: RuleState;
  readonly hits: number; //         alerts on all levels of all captures
  readonly checks: number;
  readonly milliseconds: number;
  readonly place: string; //        "line 3", "more.rules, line 3"
}
export type RuleState = 'fires' | 'silent' | 'not known' | 'not evaluated';
export type RuleColumn = 'sid' | 'msg' | 'state' | 'hits' | 'checks' | 'milliseconds';
export interface RuleSort { readonly column: RuleColumn; readonly descending: boolean }

const stateOf = (rules: readonly SignatureReport[], hits: number): RuleState => {
  if (rules[0]!.unevaluated !== '') return 'not evaluated';
  if (hits > 0) return 'fires';
  return rules.some((rule) => rule.hits.some(({ unanswered }) => unanswered > 0)) ? 'not known' : 'silent';
};

/** A row a rule, in the order of the runs' rows; each capture has the same ones. */
export function ruleRows(runs: readonly CaptureRun[]): RuleRow[] {
  return (runs[0]?.signatures ?? []).map((first, at) => {
    const rules = runs.flatMap(({ signatures }) => signatures[at] ?? []);
    const sum = (of: (rule: SignatureReport) => number): number => rules.reduce((all, rule) => all + of(rule), 0);
    const hits = sum((rule) => rule.hits.reduce((all, { count }) => all + count, 0));
    return {
      index: first.index, sid: first.sid, msg: first.msg || first.header, state: stateOf(rules, hits), hits, checks: sum(({ checks }) => checks), milliseconds: sum(({ milliseconds }) => milliseconds),
      place: `${first.file === '' ? '' : `${first.file}, `}line ${first.line}`,
    };
  });
}

/** Rows that are alike stay in the order of the text. */
export function sorted(rows: readonly RuleRow[], { column, descending }: RuleSort): RuleRow[] {
  const sign = descending ? -1 : 1;
  const compare = (a: RuleRow, b: RuleRow): number => {
    const [x, y] = [a[column], b[column]];
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : String(x) > String(y) ? 1 : 0;
  };
  return [...rows].sort((a, b) => sign * compare(a, b) || a.index - b.index);
}
