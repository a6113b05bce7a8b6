// The rules of a run as rows: what all captures say of each together.

import type { RuleState, SignatureReport } from '../../worker/protocol.ts';
import type { CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import type { CaptureRun } from './run.ts';

/** A rule at each capture of the run, in their order; a capture that is gone has none. */
export type RuleRow = ReadonlyMap<CaptureId, SignatureReport>;

export const ruleOf = (row: RuleRow): SignatureReport => row.values().next().value!;

/** Of all captures together. */
export const sumOf = (row: RuleRow, of: (rule: SignatureReport) => number): number => [...row.values()].reduce((sum, rule) => sum + of(rule), 0);
export const hitsOf = ({ hits }: SignatureReport): number => hits.reduce((sum, { count }) => sum + count, 0);

export function stateOf(row: RuleRow): RuleState {
  if (ruleOf(row).off) return 'off';
  if (ruleOf(row).unevaluated !== '') return 'not evaluated';
  if (sumOf(row, hitsOf) > 0) return 'fires';
  return [...row.values()].some(({ hits }) => hits.some(({ unanswered }) => unanswered > 0)) ? 'not known' : 'silent';
}

/** These rules at all captures of a run. */
export async function ruleRows(runs: readonly Pick<CaptureRun, 'capture'>[], indices: readonly number[]): Promise<RuleRow[]> {
  const all = await Promise.all(runs.map(async ({ capture }) => ({ capture, rules: await callCapture(capture, 'signatures', { indices }) })));
  return indices.map((_, at) => new Map(all.flatMap(({ capture, rules }) => (rules[at] ? [[capture, rules[at]] as const] : []))));
}
