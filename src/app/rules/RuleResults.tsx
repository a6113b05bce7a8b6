import { useCaptures, type CaptureId } from '../stores/captures.ts';
import type { LevelHits, SignatureReport } from '../../worker/protocol.ts';
import { count as grouped, counted } from '../../core/format/number.ts';
import { moveInGrid } from '../shared/grid-keys.ts';
import { columnName, levelHue } from './levels.ts';
import { chooseCell, useRun, type Cell, type CaptureRun } from './run.ts';

const sameCell = (a: Cell | null, b: Cell): boolean => a?.signature === b.signature && a.capture === b.capture && a.level === b.level;

/** The matrix: a row a rule, a column a point of observation and level. It says where a rule can match at one glance. */
export function RuleResults() {
  const { runs, cell } = useRun();
  const names = useCaptures(({ captures }) => captures);
  const signatures = runs[0]?.signatures ?? [];
  const nameOf = (id: CaptureId): string => names.find((capture) => capture.id === id)?.name ?? '';
  const columns = runs.flatMap(({ capture, report }) => Array.from({ length: report.levels }, (_, level) => ({ capture, level, levels: report.levels })));
  return (
    <div className="matrix-scroll">
      <table className="matrix" role="grid" aria-label="Rule results" onKeyDown={moveInGrid}>
        <thead>
          <tr>
            <td className="matrix-corner" rowSpan={2}><span>Rule</span></td>
            {runs.map(({ capture, report }) => <th key={capture} scope="colgroup" className="matrix-capture" colSpan={report.levels} title={nameOf(capture)}>{nameOf(capture).replace(/\.(pcap|pcapng|cap)(\.gz)?$/, '')}</th>)}
          </tr>
          <tr>
            {columns.map(({ capture, level, levels }) => (
              <th key={`${capture}.${level}`} scope="col" className={level === 0 ? 'matrix-first' : ''} aria-label={`${nameOf(capture)}, ${columnName(level, levels)}`}>
                <span className={`matrix-level ${levels === 1 ? 'hue-inner' : levelHue(level)}`}><i className="dot" />{columnName(level, levels)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {signatures.map((signature, row) => <SignatureRow key={signature.index} signature={signature} row={row} runs={runs} chosen={cell} nameOf={nameOf} />)}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps { readonly signature: SignatureReport; readonly row: number; readonly runs: readonly CaptureRun[]; readonly chosen: Cell | null; readonly nameOf: (id: CaptureId) => string }

function SignatureRow({ signature, row, runs, chosen, nameOf }: RowProps) {
  const { index, sid, msg, header, unevaluated, action } = signature;
  const columns = runs.reduce((sum, { report }) => sum + report.levels, 0);
  return (
    <tr aria-selected={chosen?.signature === index}>
      <th scope="row" title={`${action} ${header}`}><span className="matrix-sid">{sid}</span>{msg || header}</th>
      {unevaluated === ''
        ? runs.flatMap(({ capture, report, signatures }) => Array.from({ length: report.levels }, (_, level) => (
          <HitCell key={`${capture}.${level}`} cell={{ signature: index, capture, level }} chosen={chosen} hits={signatures[row]?.hits[level]}
            reachable={!chosen && row === 0 && level === 0} levels={report.levels} name={`${msg || sid}, ${nameOf(capture)}, ${columnName(level, report.levels)}`} />
        )))
        : <td className="matrix-unevaluated" colSpan={columns}>not evaluated here, because {unevaluated}</td>}
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
