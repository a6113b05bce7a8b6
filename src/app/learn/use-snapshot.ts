import { useEffect, useState } from 'react';
import { reckon } from '../arithmetic/arithmetic.ts';
import { useSizes } from '../stores/arithmetic.ts';
import { useCompare } from '../stores/compare.ts';
import { useCaptures } from '../stores/captures.ts';
import { useFilter } from '../stores/filter.ts';
import { useLesson } from '../stores/lesson.ts';
import { useRules } from '../stores/rules.ts';
import { useSelection } from '../stores/selection.ts';
import { useView } from '../stores/view.ts';
import { useBench } from '../bench/bench.ts';
import { useComparison } from '../compare/compare-run.ts';
import { chosenRule, ruleWithSid, useRun } from '../rules/run.ts';
import type { RuleRow } from '../rules/rule-rows.ts';
import { fileOfId } from './sample-files.ts';
import type { Snapshot } from './snapshot.ts';

/** These rules in the last run; its workers have them. */
function useRunOf(sids: readonly number[], version: number): ReadonlyMap<number, RuleRow> {
  const [found, setFound] = useState<ReadonlyMap<number, RuleRow>>(new Map());
  const wanted = sids.join();
  useEffect(() => {
    let current = true;
    const numbers = wanted === '' ? [] : wanted.split(',').map(Number);
    void Promise.all(numbers.map(async (sid) => [sid, await ruleWithSid(sid)] as const)).then((rules) => { if (current) setFound(new Map(rules.flatMap(([sid, rule]) => (rule ? [[sid, rule] as const] : [])))); });
    return () => { current = false; };
  }, [wanted, version]);
  return found;
}

/** What the learner has done so far; of a step with this sample that asks for rules with these sids. */
export function useSnapshot(sample: string | undefined, sids: readonly number[]): Snapshot {
  const { captures, shown } = useCaptures();
  const { packet, field } = useSelection();
  const { applied: filter } = useFilter();
  const rows = useView((view) => view.rows);
  const { vxlanDecoding: decoding, text } = useRules();
  const run = useRun();
  const { runs, text: ranText, running, version } = run;
  const rules = useRunOf(sids, version);
  const { show } = useCompare();
  const { chosen, report, of } = useComparison();
  const { verdicts, detail } = useBench();
  const vni = detail?.fields.find(({ name }) => name === 'vxlan.vni' || name === 'geneve.vni')?.value;
  const sizes = useSizes();
  const answer = useLesson((lesson) => lesson.answer);
  const ran = !running && runs.length > 0 && ranText === text;
  return {
    shown: fileOfId(sample, shown), packet, field, filter, rows, decoding, ran, show, answer, sizes, cut: reckon(sizes).cut, verdicts, benchVni: vni === undefined ? null : Number(vni),
    hitsOf: (sid, capture, level) => {
      const at = runs.find((each) => fileOfId(sample, each.capture) === capture)?.capture;
      const rule = ran && at !== undefined ? rules.get(sid)?.get(at) : undefined;
      return rule ? rule.hits.reduce((sum, hits) => sum + (level === null || hits.level === level ? hits.count : 0), 0) : null;
    },
    why: chosenRule(run)?.sid ?? null,
    pair: chosen?.source ?? null,
    compared: report && of ? { source: fileOfId(sample, of.source), appliance: fileOfId(sample, of.appliance) } : null,
    made: captures.flatMap(({ origin, packets, state }) => (origin === null && state === 'ready' ? [packets] : [])),
  };
}
