import { useCaptures, type CaptureId } from '../stores/captures.ts';
import type { SignatureReport } from '../../worker/protocol.ts';
import { moveInGrid } from '../shared/grid-keys.ts';
import { columnName, levelHue } from './levels.ts';
import { chooseCell, useRun, type Cell, type CaptureRun } from './run.ts';

const sameCell = (a: Cell | null, b: Cell): boolean => a?.signature === b.signature && a.capture === b.capture && a.level === b.level;

/** The matrix: a row a rule, a column a point of observation and level. It says where a rule can match at one glance. */
export function RuleResults() {
  const { runs, cell } = useRun();
  const names = useCaptures(({ captures }) => captures);
  const signatures = runs[0]?.report.signatures ?? [];
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
                <span className={`matrix-level ${levels === 1 ? '' : levelHue(level)}`}><i className="dot" />{columnName(level, levels)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {signatures.map((signature) => <SignatureRow key={signature.index} signature={signature} runs={runs} chosen={cell} nameOf={nameOf} />)}
        </tbody>
      </table>
    </div>
  );
}

function SignatureRow({ signature, runs, chosen, nameOf }: { signature: SignatureReport; runs: readonly CaptureRun[]; chosen: Cell | null; nameOf: (id: CaptureId) => string }) {
  const { index, sid, msg, header, unevaluated, action } = signature;
  const columns = runs.reduce((sum, { report }) => sum + report.levels, 0);
  return (
    <tr aria-selected={chosen?.signature === index}>
      <th scope="row" title={`${action} ${header}`}><span className="matrix-sid">{sid}</span>{msg || header}</th>
      {unevaluated === ''
        ? runs.flatMap(({ capture, report }) => Array.from({ length: report.levels }, (_, level) => (
          <HitCell key={`${capture}.${level}`} cell={{ signature: index, capture, level }} chosen={chosen} count={report.signatures[index]?.hits[level]?.count ?? 0}
            levels={report.levels} name={`${msg || sid}, ${nameOf(capture)}, ${columnName(level, report.levels)}`} />
        )))
        : <td className="matrix-unevaluated" colSpan={columns}>not evaluated here, because {unevaluated}</td>}
    </tr>
  );
}

function HitCell({ cell, chosen, count, levels, name }: { cell: Cell; chosen: Cell | null; count: number; levels: number; name: string }) {
  const isChosen = sameCell(chosen, cell);
  const hue = levels === 1 ? 'hue-inner' : levelHue(cell.level);
  return (
    <td className={cell.level === 0 ? 'matrix-first' : ''}>
      <button type="button" className={`matrix-cell ${count === 0 ? 'zero' : hue} ${isChosen ? 'selected-mark' : ''}`} aria-pressed={isChosen} aria-description={name}
        tabIndex={isChosen || (!chosen && cell.signature === 0 && cell.level === 0) ? 0 : -1} onClick={() => chooseCell(cell)}>{count.toLocaleString('en-US')}</button>
    </td>
  );
}
