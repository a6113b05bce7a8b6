// The rules of the last run as a list that a worker orders and that is read as it is scrolled through.

import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { RuleChoice } from '../../worker/protocol.ts';
import { usePages } from '../shared/use-pages.ts';
import { callCapture } from '../stores/workers.ts';
import { ruleRows, type RuleRow } from './rule-rows.ts';
import { useRun, type CaptureRun } from './run.ts';

const PAGE = 100; // rules asked for at once
const TYPING_MS = 120;

/** The worker of one capture sorts, by what the others found as well. */
async function orderOf(runs: readonly CaptureRun[], choice: RuleChoice): Promise<Uint32Array> {
  const [first, ...others] = runs;
  if (!first) return new Uint32Array(0);
  return callCapture(first.capture, 'ruleOrder', { choice, others: await Promise.all(others.map(({ capture }) => callCapture(capture, 'ruleTotals', {}))) });
}

/** Rules of a run in an order: their indices. `key` tells one order from another. */
export interface RuleOrder { readonly key: string; readonly runs: readonly CaptureRun[]; readonly indices: Uint32Array }

/** The rules of the last run that are chosen, the order before until it is here; null before the first. */
export function useRuleOrder({ column, descending, matched, words }: RuleChoice): RuleOrder | null {
  const { runs, tick } = useRun();
  const [order, setOrder] = useState<RuleOrder | null>(null);
  const key = `${tick}.${runs.length}.${column}.${descending}.${matched}.${words}`;
  useEffect(() => {
    let gone = false;
    const ask = (): void => void orderOf(runs, { column, descending, matched, words }).then(
      (indices) => { if (!gone) setOrder({ key, runs, indices }); }, (error: unknown) => { if (!(error instanceof FaultError)) throw error; }); // closed, or read again: the next run asks again
    const timer = setTimeout(ask, words === '' ? 0 : TYPING_MS);
    return () => { gone = true; clearTimeout(timer); };
  }, [key, runs, column, descending, matched, words]);
  return order;
}

/** The rule at each place of an order, undefined while it is on its way. For the component that draws them. */
export const useRuleRows = ({ key, runs, indices }: RuleOrder): ((place: number) => RuleRow | undefined) =>
  usePages(key, PAGE, (from, count) => ruleRows(runs, [...indices.subarray(from, from + count)]));
