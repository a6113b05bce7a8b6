import type { LevelHits } from '../../worker/protocol.ts';
import { count as grouped, counted } from '../../core/format/number.ts';
import { bareName } from '../shared/saving.ts';
import { useCaptures, type CaptureId } from '../stores/captures.ts';
import { columnName, levelHue } from './levels.ts';
import { RuleGrid } from './RuleGrid.tsx';
import { ruleOf, type RuleRow } from './rule-rows.ts';
import { chooseCell, useRun, type Cell, type CaptureRun } from './run.ts';
import type { RuleOrder } from './use-rule-rows.ts';

const ROW = 31; //       pixels
const HEAD_ROWS = 2;
const [RULE, LEVEL] = [260, 84]; // pixels that a column needs

const sameCell = (a: Cell | null, b: Cell): boolean => a?.signature === b.signature && a.capture === b.capture && a.level === b.level;

/** The matrix: a row a rule, a column a point of observation and level. It says where a rule can match at one glance. */
export function RuleResults({ order }: { order: RuleOrder }) {
  const { runs, cell } = useRun();
  const names = useCaptures(({ captures }) => captures);
  const nameOf = (id: CaptureId): string => names.find((capture) => capture.id === id)?.name ?? '';
  const columns = runs.flatMap(({ capture, report }) => Array.from({ length: report.levels }, (_, level) => ({ capture, level, levels: report.levels, name: nameOf(capture) })));
  return (
    <RuleGrid name="Rule results" className="matrix" order={order} rowHeight={ROW} headRows={HEAD_ROWS} span={columns.length + 1} least={RULE + LEVEL * columns.length} isChosen={(row) => ruleOf(row).index === cell?.signature}
      columns={<><col style={{ width: `${Math.max(30, 64 - columns.length * 6)}%` }} />{columns.map(({ capture, level }) => <col key={`${capture}.${level}`} />)}</>}
      head={<Head runs={runs} columns={columns} nameOf={nameOf} />}
      row={(row, place, reachable) => <SignatureRow key={place} row={row} place={place} columns={columns} chosen={cell?.signature === ruleOf(row).index ? cell : null} reachable={reachable} />} />
  );
}

interface Column { readonly capture: CaptureId; readonly level: number; readonly levels: number; readonly name: string }

function Head({ runs, columns, nameOf }: { runs: readonly CaptureRun[]; columns: readonly Column[]; nameOf: (id: CaptureId) => string }) {
  return (
    <>
      <tr aria-rowindex={1}>
        <td className="matrix-corner" rowSpan={2}><span>Rule</span></td>
        {runs.map(({ capture, report }) => <th key={capture} scope="colgroup" className="matrix-capture" colSpan={report.levels} title={nameOf(capture)}>{bareName(nameOf(capture))}</th>)}
      </tr>
      <tr aria-rowindex={2}>
        {columns.map(({ capture, level, levels, name }) => (
          <th key={`${capture}.${level}`} scope="col" className={level === 0 ? 'matrix-first' : ''} aria-label={`${name}, ${columnName(level, levels)}`}>
            <span className={`matrix-level ${levels === 1 ? 'hue-inner' : levelHue(level)}`}><i className="dot" />{columnName(level, levels)}</span>
          </th>
        ))}
      </tr>
    </>
  );
}

interface RowProps { readonly row: RuleRow; readonly place: number; readonly columns: readonly Column[]; readonly chosen: Cell | null; readonly reachable: boolean }

function SignatureRow({ row, place, columns, chosen, reachable }: RowProps) {
  const { index, sid, msg, header, unevaluated, action } = ruleOf(row);
  const inView = chosen && columns.some(({ capture, level }) => sameCell(chosen, { signature: index, capture, level }));
  return (
    <tr aria-rowindex={place + HEAD_ROWS + 1} aria-selected={chosen !== null}>
      <th scope="row" title={`${msg}\n${action} ${header}`.trim()}><span className="matrix-sid">{sid}</span>{msg || header}</th>
      {unevaluated === ''
        ? columns.map(({ capture, level, levels, name }, at) => (
          <HitCell key={`${capture}.${level}`} cell={{ signature: index, capture, level }} chosen={chosen} hits={row.get(capture)?.hits[level]}
            reachable={reachable && !inView && at === 0} levels={levels} name={`${msg || sid}, ${name}, ${columnName(level, levels)}`} />
        ))
        : <td className="matrix-unevaluated" colSpan={columns.length} title={unevaluated}>not evaluated here, because {unevaluated}</td>}
    </tr>
  );
}

interface CellProps { readonly cell: Cell; readonly chosen: Cell | null; readonly hits: LevelHits | undefined; readonly reachable: boolean; readonly levels: number; readonly name: string }

/** A question mark: on some packets nobody knows. A plus: matches that were not written. So that the number is not taken for the whole answer. */
function HitCell({ cell, chosen, hits, reachable, levels, name }: CellProps) {
  const { count, unanswered, unwritten } = hits ?? { count: 0, unanswered: 0, unwritten: 0 };
  const times = count === 0 || !hits ? [] : [`first at ${hits.first} s`, `last at ${hits.last} s`];
  const isChosen = sameCell(chosen, cell);
  const hue = levels === 1 ? 'hue-inner' : levelHue(cell.level);
  const limits = [...(unanswered > 0 ? [`not known on ${counted(unanswered, 'packet')}`] : []), ...(unwritten > 0 ? [`${grouped(unwritten)} more not written`] : [])];
  return (
    <td className={cell.level === 0 ? 'matrix-first' : ''}>
      <button type="button" className={`matrix-cell ${count === 0 ? 'zero' : hue} ${limits.length > 0 ? 'limited' : ''} ${isChosen ? 'selected-mark' : ''}`} aria-pressed={isChosen}
        aria-description={[name, ...limits, ...times].join(', ')} title={[...limits, ...times].join(', ')} tabIndex={isChosen || reachable ? 0 : -1} onClick={() => void chooseCell(cell)}>
        {grouped(count)}{unwritten > 0 && ` +${grouped(unwritten)}`}{unanswered > 0 && ' ?'}
      </button>
    </td>
  );
}
