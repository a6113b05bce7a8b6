import { count as grouped } from '../../core/format/number.ts';
import type { RuleChoice, RuleColumn } from '../../worker/protocol.ts';
import { useCaptures } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { switchFileRule } from './load.ts';
import { placeText } from './rule-files.ts';
import { RuleGrid } from './RuleGrid.tsx';
import { hitsOf, ruleOf, stateOf, sumOf, type RuleRow } from './rule-rows.ts';
import { chooseCell, useRun, type CaptureRun } from './run.ts';
import type { RuleOrder } from './use-rule-rows.ts';

const ROW = 25; // pixels

interface Column { readonly id: Exclude<RuleColumn, 'place'>; readonly label: string; readonly width: number; readonly right?: boolean; readonly cell: (row: RuleRow) => string; readonly title?: string }

const evaluated = (row: RuleRow): boolean => ruleOf(row).unevaluated === '';
const checksOf = (row: RuleRow): number => sumOf(row, ({ checks }) => checks);

/** Widths in pixels; the rule's message takes what is left. */
const COLUMNS: readonly Column[] = [
  { id: 'sid', label: 'sid', width: 92, cell: (row) => String(ruleOf(row).sid) },
  { id: 'msg', label: 'Rule', width: 0, cell: (row) => ruleOf(row).msg || ruleOf(row).header },
  { id: 'state', label: 'State', width: 104, cell: stateOf },
  { id: 'hits', label: 'Hits', width: 84, right: true, cell: (row) => (evaluated(row) ? grouped(sumOf(row, hitsOf)) : '–'), title: 'Alerts on all levels of all captures' },
  { id: 'checks', label: 'Checks', width: 88, right: true, cell: (row) => (evaluated(row) ? grouped(checksOf(row)) : '–'), title: 'How often the rule was evaluated beyond what sorts it out quickly' },
  { id: 'milliseconds', label: 'Time', width: 76, right: true, cell: (row) => (checksOf(row) === 0 ? '–' : timeText(sumOf(row, ({ milliseconds }) => milliseconds))), title: 'About how long that took: one evaluation in 127 is timed' },
];
const [RULE, ON] = [180, 64]; // pixels

const timeText = (ms: number): string => (ms < 1 ? '< 1 ms' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** A rule leads to where it fires: at the shown capture, else at another, else to where it is silent. */
function choose(row: RuleRow, runs: readonly CaptureRun[], shown: number | null): void {
  const fires = (capture: number): boolean => row.get(capture)?.hits.some(({ count }) => count > 0) ?? false;
  const of = runs.map(({ capture }) => capture);
  const capture = of.find((id) => id === shown && fires(id)) ?? of.find(fires) ?? of.find((id) => id === shown) ?? of[0];
  if (capture !== undefined) void chooseCell({ signature: ruleOf(row).index, capture, level: Math.max(0, row.get(capture)?.hits.findIndex(({ count }) => count > 0) ?? 0) });
}

/** The rules with their hits, state and cost over all captures, sorted by any of them. A row leads to Why. */
export function RuleList({ order, choice, onSort }: { order: RuleOrder; choice: RuleChoice; onSort: (column: RuleColumn, descending: boolean) => void }) {
  const { runs, cell, files, text: runText } = useRun();
  const shown = useCaptures((captures) => captures.shown);
  const off = useRules((rules) => rules.off);
  const switches = files.length > 0;
  const isChosen = (row: RuleRow): boolean => cell?.signature === ruleOf(row).index;
  const line = (row: RuleRow, place: number, reachable: boolean): React.ReactNode => (
    <tr key={place} aria-rowindex={place + 2} aria-selected={isChosen(row)} data-state={stateOf(row)} onClick={() => choose(row, runs, shown)}>
      {switches && <td className="rule-on">{ruleOf(row).file === ''
        ? <span className="dim" title="Switch it off in the editor, by the mark beside its line">editor</span>
        : <input type="checkbox" aria-label={`Rule ${ruleOf(row).sid} is on`} checked={!off.includes(ruleOf(row).sid)} onClick={(event) => event.stopPropagation()} onChange={({ target }) => switchFileRule(ruleOf(row).sid, target.checked)} />}</td>}
      {COLUMNS.map(({ id, right, cell: text }) => (
        <td key={id} className={`${right ? 'right mono' : ''} rule-${id}`}>
          {id === 'msg' ? <button type="button" className="rule-choose" title={`${text(row)}\n${placeText(runText ?? '', ruleOf(row).file, ruleOf(row).line)}`} tabIndex={reachable ? 0 : -1} onClick={() => choose(row, runs, shown)}>{text(row)}</button> : text(row)}
        </td>
      ))}
    </tr>
  );
  return (
    <RuleGrid name="Rule list" className="matrix rule-list" order={order} rowHeight={ROW} headRows={1} span={COLUMNS.length + (switches ? 1 : 0)} least={COLUMNS.reduce((sum, { width }) => sum + (width || RULE), switches ? ON : 0)} isChosen={isChosen} row={line}
      columns={<>{switches && <col style={{ width: ON }} />}{COLUMNS.map(({ id, width }) => <col key={id} style={width > 0 ? { width } : {}} />)}</>}
      head={(
        <tr aria-rowindex={1}>
          {switches && <th scope="col">On</th>}
          {COLUMNS.map(({ id, label, right, title }) => (
            <th key={id} scope="col" className={right ? 'right' : ''} title={title} aria-sort={choice.column === id ? (choice.descending ? 'descending' : 'ascending') : 'none'}>
              <button type="button" className="sort-button" onClick={() => onSort(id, choice.column === id ? !choice.descending : right === true)}>{label}{choice.column === id ? (choice.descending ? ' ↓' : ' ↑') : ''}</button>
            </th>
          ))}
        </tr>
      )} />
  );
}
