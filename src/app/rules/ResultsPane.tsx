import { useState } from 'react';
import { count, counted } from '../../core/format/number.ts';
import type { RuleChoice } from '../../worker/protocol.ts';
import { useCaptures } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { IpsBar } from './IpsBar.tsx';
import { ResultNotes } from './ResultNotes.tsx';
import { RuleList } from './RuleList.tsx';
import { RuleResults } from './RuleResults.tsx';
import { FEW_RULES, stopRules, useRun } from './run.ts';
import { useRuleOrder, type RuleOrder } from './use-rule-rows.ts';

type Sort = Pick<RuleChoice, 'column' | 'descending'>;
/** So few rules are found without help. */
const LOOKED_THROUGH = 12;

const AS_WRITTEN: Sort = { column: 'place', descending: false };
const MOST_HITS: Sort = { column: 'hits', descending: true };

/** What a run came to, rule by rule: where each fires (matrix), or how often and at what cost (list). */
export function ResultsPane() {
  const { runs, running } = useRun();
  const [list, setList] = useState(false);
  const [sort, setSort] = useState(MOST_HITS);
  const [matched, setMatched] = useState<boolean | null>(null); // null: as the number of rules suggests
  const [words, setWords] = useState('');
  const total = runs[0]?.report.signatures ?? 0;
  const many = total > FEW_RULES;
  const choice: RuleChoice = { ...(list ? sort : AS_WRITTEN), matched: matched ?? many, words };
  const order = useRuleOrder(choice);
  const listed = order?.indices.length ?? 0;
  return (
    <section className="pane results-pane" aria-label="Results">
      <div className="pane-head alerts-head">
        <h2>Rule results</h2><span role="status" className="clip"><Outcome /></span>
        {running && <button type="button" className="button quiet small" onClick={stopRules}>Stop</button>}
        <span className="spring" />
        {runs.length > 0 && <span className="segments" role="group" aria-label="Results as"><button type="button" aria-pressed={!list} onClick={() => setList(false)}>Matrix</button><button type="button" aria-pressed={list} onClick={() => setList(true)}>Rule list</button></span>}
      </div>
      {runs.length === 0
        ? <p className="empty">Nothing has run yet. After Run rules each rule has a row here, and each point of observation a column: so one sees where a rule can match.</p>
        : (
          <>
            {(total > LOOKED_THROUGH || words !== '' || matched !== null) && <div className="rule-find">
              <input type="search" className="text-input" aria-label="Find rules" placeholder="Find rules by sid, words or keyword" value={words} spellCheck={false} autoComplete="off" onChange={({ target }) => setWords(target.value)} />
              <label className="check"><input type="checkbox" checked={choice.matched} onChange={({ target }) => setMatched(target.checked)} /> only those that matched</label>
              <span className="spring" />
              <span role="status" className="dim">{order ? (listed === total ? counted(total, 'rule') : `${count(listed)} of ${counted(total, 'rule')}`) : ''}</span>
            </div>}
            <IpsBar />
            <ResultNotes />
            {order && listed === 0 && <p className="empty">{emptyText(total, choice)}</p>}
            {order && listed > 0 && <Rules list={list} order={order} choice={choice} onSort={setSort} />}
          </>
        )}
    </section>
  );
}

const Rules = ({ list, order, choice, onSort }: { list: boolean; order: RuleOrder; choice: RuleChoice; onSort: (sort: Sort) => void }) =>
  (list ? <RuleList order={order} choice={choice} onSort={(column, descending) => onSort({ column, descending })} /> : <RuleResults order={order} />);

function emptyText(total: number, { matched, words }: RuleChoice): string {
  if (total === 0) return 'No rule could be read. The mistakes stand below the editor, each with its mend.';
  if (words.trim() !== '') return `No rule ${matched ? 'that matched ' : ''}has “${words.trim()}” in it.${matched ? ' Clear “only those that matched” to search all of them.' : ''}`;
  return 'No rule matched anywhere. Clear “only those that matched”, choose a 0, and Why tells the reason.';
}

function Outcome() {
  const { runs, running, sofar, text, files, off } = useRun();
  const captured = useCaptures(({ captures }) => captures.reduce((sum, { packets }) => sum + packets, 0));
  const { ips, text: textNow, files: filesNow, off: offNow } = useRules();
  if (running) return <>Running{sofar && sofar.workers > 1 && ` on ${count(sofar.workers)} workers`}…{sofar && ` ${counted(sofar.alerts, 'alert')} on ${count(sofar.packets)} of ${counted(captured, 'packet')} so far`}</>;
  if (runs.length === 0) return <>alerts by capture and level</>;
  if (text !== textNow || files !== filesNow || off !== offNow) return <>The rules have changed since they were run.</>;
  const { evaluated, rules } = runs[0]!.report;
  const packets = runs.reduce((sum, { report }) => sum + report.packets, 0);
  const blocked = runs.reduce((sum, { report }) => sum + report.blocked, 0);
  return <>{count(evaluated)} of {count(rules)} rules ran over {count(packets)} packets{ips ? `; ${count(blocked)} stopped, ${count(packets - blocked)} let through` : ''}{runs.some(({ report }) => !report.isComplete) && ', then the run was stopped'}</>;
}
