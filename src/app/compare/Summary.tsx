import { withNames } from '../../core/format/names.ts';
import { openDialog } from '../dialogs/dialogs.ts';
import { copyText } from '../shared/copy.ts';
import { useNames } from '../stores/names.ts';
import type { Fate } from '../../worker/compare-protocol.ts';
import { Expected } from '../mirror/Expected.tsx';
import { MirrorRules } from '../mirror/MirrorRules.tsx';
import { useComparison } from './compare-run.ts';
import { DelayPlot } from './DelayPlot.tsx';
import { HUES } from './fates.ts';
import { count as grouped } from '../../core/format/number.ts';

/** The comparison in sentences, and the fates as bars. */
export function Summary() {
  const report = useComparison((comparison) => comparison.report);
  const names = useNames();
  const sentences = report?.summary.map((sentence) => withNames(sentence, names)) ?? [];
  return (
    <section className="pane summary-pane" aria-label="Summary">
      <div className="pane-head"><h2>Summary</h2><span className="spring" /><MirrorRules /><button type="button" className="button quiet small" onClick={() => openDialog('names')}>Names</button>{report && <button type="button" className="button quiet small" onClick={() => copyText(sentences.join('\n'), 'The summary was copied.')}>Copy</button>}</div>
      {report && (
        <div className="summary" tabIndex={0} role="group" aria-label="What became of the packets">
          <ul>{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
          <Expected counts={report.counts} />
          <table className="fate-bars" aria-label="Fates">
            <tbody>
              {(Object.entries(report.counts) as [Fate, number][]).map(([fate, count]) => (
                <tr key={fate} className={count === 0 ? 'zero' : ''}>
                  <th scope="row">{fate}</th><td className="mono right">{grouped(count)}</td>
                  <td><span className="fate-bar" style={{ width: `${(count / Math.max(1, report.rows)) * 100}%`, background: HUES[fate] }} /></td>
                </tr>
              ))}
            </tbody>
          </table>
          <DelayPlot />
        </div>
      )}
    </section>
  );
}
