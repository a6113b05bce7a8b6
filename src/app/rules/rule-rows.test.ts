import { expect, it } from 'vitest';
import type { LevelHits, SignatureReport } from '../../worker/protocol.ts';
import { ruleRows, sorted } from './rule-rows.ts';
import type { CaptureRun } from './run.ts';

const hit = (count: number, unanswered = 0): LevelHits => ({ level: 0, count, kept: count, unanswered, unwritten: 0, firstPacket: 0, first: '', last: '' });
const rule = (index: number, hits: readonly LevelHits[], more: Partial<SignatureReport> = {}): SignatureReport =>
  ({ index, file: '', line: index + 1, gid: 1, sid: 10 - index, rev: 1, msg: `rule ${index}`, action: 'alert', priority: 3, header: '', unevaluated: '', checks: 5, milliseconds: 0.5, hits, ...more });
const run = (capture: number, ...signatures: SignatureReport[]): CaptureRun => ({ capture, signatures, report: {
  rules: 0, signatures: 0, evaluated: 0, told: new Uint32Array(0), unanswered: [], unwritten: 0, maxAlerts: 15, mistakes: [], moreMistakes: 0, packets: 0, levels: 1, alerts: 0, kept: 0, flagged: 0, flaggedTwice: 0, blocked: 0,
} });

it('adds up what the captures say, and sorts by it', () => {
  const rows = ruleRows([
    run(1, rule(0, [hit(1)]), rule(1, [hit(999_999), hit(1)]), rule(2, [hit(0)]), rule(3, [hit(0, 2)]), rule(4, [hit(0)], { unevaluated: 'it is not' })),
    run(2, rule(0, [hit(2)]), rule(1, [hit(1)]), rule(2, [hit(0)]), rule(3, [hit(0)]), rule(4, [hit(0)], { unevaluated: 'it is not' })),
  ]);
  expect(rows.map(({ hits, checks, state }) => [hits, checks, state])).toEqual([[3, 10, 'fires'], [1_000_001, 10, 'fires'], [0, 10, 'silent'], [0, 10, 'not known'], [0, 10, 'not evaluated']]);
  const by = (column: 'hits' | 'sid' | 'state', descending: boolean): number[] => sorted(rows, { column, descending }).map(({ index }) => index);
  expect(by('hits', true)).toEqual([1, 0, 2, 3, 4]);
  expect(by('sid', false)).toEqual([4, 3, 2, 1, 0]);
  expect(by('state', false)).toEqual([0, 1, 4, 3, 2]);
});
