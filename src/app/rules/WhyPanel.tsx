import { Check, CircleQuestionMark, Minus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { ConditionReport, LevelReport, WhyReport } from '../../worker/protocol.ts';
import { captureOf, showCapture } from '../stores/captures.ts';
import { selectPacket } from '../stores/selection.ts';
import { showTab } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { columnName, levelHue } from './levels.ts';
import { choosePacket, chooseSid, signatureOf, useRun } from './run.ts';

const OUTCOMES = { alert: 'alert', match: 'matches, no alert', silent: 'no alert', 'not known': 'not known', 'not inspected': 'not looked at' } as const;
const STATES = { met: { Icon: Check, words: 'met' }, failed: { Icon: X, words: 'not met' }, 'not known': { Icon: CircleQuestionMark, words: 'not known' }, 'not reached': { Icon: Minus, words: 'not reached' } } as const;

/** The reason of one rule on one packet. Asked of the capture's worker whenever the choice changes. */
function useWhy(): WhyReport | null {
  const { cell, packet, version } = useRun();
  const [why, setWhy] = useState<WhyReport | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    if (!cell || packet === null) return () => stop.abort();
    callCapture(cell.capture, 'why', { signature: cell.signature, packet }, { signal: stop.signal }).then(
      (report) => { if (!stop.signal.aborted) setWhy(report); },
      (error: unknown) => { if (!(error instanceof FaultError)) throw error; if (!stop.signal.aborted) setWhy(null); });
    return () => stop.abort();
  }, [cell, packet, version]);
  return cell ? why : null;
}

export function WhyPanel() {
  const why = useWhy();
  const { cell, packet, runs } = useRun();
  const report = runs.find(({ capture }) => capture === cell?.capture)?.report;
  const signature = signatureOf(runs, cell);
  return (
    <section className="pane why-pane" aria-label="Why">
      <div className="pane-head"><h2>Why</h2><span className="clip">one rule, one packet, level by level</span></div>
      {cell && signature && report && packet !== null
        ? (
          <div className="why">
            <div className="why-head">
              <div className="why-pick">
                <SidInput key={signature.sid} sid={signature.sid} />
                <label>packet <input className="text-input mono why-packet" type="number" min={1} max={report.packets} value={packet} onChange={({ target }) => choosePacket(within(target.valueAsNumber, report.packets))} /></label>
                <span className="clip">of {captureOf(cell.capture)?.name}</span>
              </div>
              <div className="why-rule mono"><b>{signature.action}</b> {signature.header}</div>
              {why && <p>{why.sentence}</p>}
            </div>
            {why?.levels.map((level) => <Level key={level.level} report={level} levels={why.levels.length} chosen={cell.level === level.level} priority={signature.priority} />)}
            <div className="why-foot"><button type="button" className="button" onClick={() => { showCapture(cell.capture); selectPacket(packet); showTab('packets'); }}>Show packet {packet}</button></div>
          </div>
        )
        : <div className="empty">{runs.length > 0 && <div className="why-pick"><SidInput sid={null} /></div>}{runs.length === 0 ? 'Run the rules, then choose a number in the matrix: the conditions of that rule stand here, each met or not, with the value that was seen.' : 'Choose a number in the matrix, a 0 too, or an alert: the conditions of that rule stand here, each met or not, with the value that was seen.'}</div>}
    </section>
  );
}

/** Which rule: one without a row in the matrix too. */
function SidInput({ sid }: { sid: number | null }) {
  const [draft, setDraft] = useState(sid?.toString() ?? '');
  const [missing, setMissing] = useState(false);
  const choose = async (): Promise<void> => { if (Number(draft) !== sid) setMissing(!await chooseSid(Number(draft))); };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void choose(); }}>
      <label>sid <input className="text-input mono why-sid" inputMode="numeric" value={draft} aria-invalid={missing} onChange={({ target }) => { setDraft(target.value); setMissing(false); }} /></label>
      {missing && <span role="status"> no such rule</span>}
    </form>
  );
}

const within = (n: number, most: number): number => (Number.isNaN(n) ? 1 : Math.max(1, Math.min(most, Math.trunc(n))));

function Level({ report, levels, chosen, priority }: { report: LevelReport; levels: number; chosen: boolean; priority: number }) {
  const { level, outcome, note, conditions } = report;
  const name = columnName(level, levels);
  return (
    <section className={`why-level ${levels === 1 ? 'hue-inner' : levelHue(level)}`} aria-label={name} data-chosen={chosen || undefined}>
      <h3><i className="dot" />{name}<span className={outcome === 'alert' ? 'why-fires' : 'why-silent'}>{OUTCOMES[outcome]}{outcome === 'alert' ? `, priority ${priority}` : ''}</span></h3>
      {note !== '' && <p className="why-note">{note}</p>}
      {conditions.length > 0 && (
        <table className="why-conditions">
          <thead><tr><th scope="col"><span className="visually-hidden">met</span></th><th scope="col">Condition</th><th scope="col">wanted</th><th scope="col">seen</th></tr></thead>
          <tbody>{conditions.map((condition, at) => <Condition key={at} condition={condition} first={conditions.findIndex(({ state }) => state === 'failed') === at} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function Condition({ condition: { label, wanted, seen, state }, first }: { condition: ConditionReport; first: boolean }) {
  const { Icon, words } = STATES[state];
  return (
    <tr data-state={state}>
      <td><Icon size={13} role="img" aria-label={words} /></td>
      <td>{label}</td><td className="mono">{wanted}</td><td className="mono">{seen}{first && <em>failed first</em>}</td>
    </tr>
  );
}
