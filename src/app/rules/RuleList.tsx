import { useMemo, useState } from 'react';
import { count as grouped } from '../../core/format/number.ts';
import { moveInGrid } from '../shared/grid-keys.ts';
import { useCaptures } from '../stores/captures.ts';
import { ruleRows, sorted, type RuleColumn, type RuleRow, type RuleSort } from './rule-rows.ts';
import { chooseCell, useRun } from './run.ts';

const COLUMNS: readonly { readonly id: RuleColumn; readonly label: string; readonly right?: boolean; readonly cell: (row: RuleRow) => string; readonly title?: string }[] = [
  { id: 'sid', label: 'sid', cell: ({ sid }) => String(sid) },
  { id: 'msg', label: 'Rule', cell: ({ msg }) => msg },
  { id: 'state', label: 'State', cell: ({ state }) => state },
  { id: 'hits', label: 'Hits', right: true, cell: ({ hits }) => grouped(hits), title: 'Alerts on all levels of all captures' },
  { id: 'checks', label: 'Checks', right: true, cell: ({ checks }) => grouped(checks), title: 'How often the rule was evaluated beyond what sorts it out quickly' },
  { id: 'milliseconds', label: 'Time', right: true, cell: ({ milliseconds }) => timeText(milliseconds), title: 'About how long that took: one evaluation in 32 is timed' },
];

const timeText = (ms: number): string => (ms < 1 ? '< 1 ms' : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** The rules with their hits, state and cost over all captures, sorted by any of them. A row leads to Why. */
export function RuleList() {
  const { runs, cell } = useRun();
  const shown = useCaptures((captures) => captures.shown);
  const [sort, setSort] = useState<RuleSort>({ column: 'hits', descending: true });
  const rows = useMemo(() => sorted(ruleRows(runs), sort), [runs, sort]);
  const choose = ({ index }: RuleRow): void => {
    const of = runs.map((run) => ({ run, hits: run.signatures.find((each) => each.index === index)?.hits ?? [] }));
    const there = of.find(({ run, hits }) => run.capture === shown && hits.some(({ count }) => count > 0)) ?? of.find(({ hits }) => hits.some(({ count }) => count > 0)) ?? of.find(({ run }) => run.capture === shown) ?? of[0];
    if (there) void chooseCell({ signature: index, capture: there.run.capture, level: Math.max(0, there.hits.findIndex(({ count }) => count > 0)) });
  };
  return (
    <div className="matrix-scroll">
      <table className="matrix rule-list" role="grid" aria-label="Rule list" aria-rowcount={rows.length + 1} onKeyDown={moveInGrid}>
        <thead>
          <tr>
            {COLUMNS.map(({ id, label, right, title }) => (
              <th key={id} scope="col" className={right ? 'right' : ''} title={title} aria-sort={sort.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
                <button type="button" className="sort-button" onClick={() => setSort({ column: id, descending: sort.column === id ? !sort.descending : right === true })}>{label}{sort.column === id ? (sort.descending ? ' ↓' : ' ↑') : ''}</button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.index} aria-selected={cell?.signature === row.index} data-state={row.state}>
              {COLUMNS.map(({ id, right, cell: text }) => (
                <td key={id} className={`${right ? 'right mono' : ''} rule-${id}`}>
                  {id === 'msg' ? <button type="button" className="rule-choose" title={row.place} tabIndex={cell?.signature === row.index || (!cell && at === 0) ? 0 : -1} onClick={() => choose(row)}>{text(row)}</button> : text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
