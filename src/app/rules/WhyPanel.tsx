import { Check, CircleQuestionMark, Minus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { ConditionReport, LevelReport, PacketDetail, WhyReport } from '../../worker/protocol.ts';
import { byteSpan, keyOf, placeAtByte } from '../packets/locate.ts';
import { captureOf, showCapture, type CaptureId } from '../stores/captures.ts';
import { selectField, selectPacket } from '../stores/selection.ts';
import { showTab } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { CellSummary } from './CellSummary.tsx';
import { SilentPanel } from './SilentPanel.tsx';
import { usePacket, WhyBytes, type ByteRange } from './WhyBytes.tsx';
import { columnName, levelHue } from './levels.ts';
import { choosePacket, chooseSid, chosenRule, useRun } from './run.ts';

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
  const choice = useRun();
  const { cell, packet, runs } = choice;
  const run = runs.find(({ capture }) => capture === cell?.capture);
  const report = run?.report;
  const signature = chosenRule(choice);
  const hits = cell ? signature?.hits[cell.level] : undefined;
  const detail = usePacket(cell?.capture ?? null, packet);
  const [chosen, setChosen] = useState<ChosenRange | null>(null);
  const range = why === null ? null : chosen?.of === why ? chosen : rangeToShow(why, cell?.level ?? 0);
  return (
    <section className="pane why-pane" aria-label="Why">
      <div className="pane-head"><h2>Why</h2><span className="clip">one rule, one packet, level by level</span></div>
      {cell && signature && run && report && packet !== null
        ? (
          <div className="why">
            <div className="why-head">
              <div className="why-pick">
                <SidInput key={signature.sid} sid={signature.sid} />
                <label>packet <input className="text-input mono why-packet" type="number" min={1} max={report.packets} value={packet} onChange={({ target }) => choosePacket(within(target.valueAsNumber, report.packets))} /></label>
                <span className="clip">of {captureOf(cell.capture)?.name}</span>
              </div>
              <div className="why-rule mono"><b>{signature.action}</b> {signature.header}</div>
              {hits && hits.count > 0 && <CellSummary cell={cell} hits={hits} levels={run.report.levels} />}
            </div>
            {(hits?.count ?? 0) === 0 && signature.unevaluated === '' && <SilentPanel cell={cell} run={run} />}
            <div className="why-packet-head"><h3>Packet {packet}</h3>{why && <p>{why.sentence}</p>}</div>
            {why?.levels.map((level) => <Level key={level.level} report={level} levels={why.levels.length} chosen={cell.level === level.level} priority={signature.priority} range={range} onRange={(bytes) => setChosen({ ...bytes, of: why })} />)}
            {detail && <WhyBytes detail={detail} range={range} />}
            <div className="why-foot"><button type="button" className="button" onClick={() => showPacket(cell.capture, packet, detail, range)}>Show packet {packet}</button></div>
          </div>
        )
        : <div className="empty">{runs.length > 0 && <div className="why-pick"><SidInput sid={null} /></div>}{runs.length === 0 ? 'Run the rules, then choose a number in the matrix: the conditions of that rule stand here, each met or not, with the value that was seen.' : 'Choose a number in the matrix, a 0 too, or an alert: the conditions of that rule stand here, each met or not, with the value that was seen.'}</div>}
    </section>
  );
}

/** Bytes that somebody chose among the conditions of one answer. */
interface ChosenRange extends ByteRange { readonly of: WhyReport }

/** What is worth seeing first: the bytes of the condition that failed on the level, else of the last one that looked at any. */
function rangeToShow({ levels }: WhyReport, level: number): ByteRange | null {
  const conditions = levels.find((each) => each.level === level)?.conditions ?? levels[0]?.conditions ?? [];
  return conditions.find(({ state, from, to }) => state === 'failed' && to > from) ?? conditions.findLast(({ from, to }) => to > from) ?? null;
}

/** Goes to the packet in the list, at the field that the condition looked at. */
function showPacket(capture: CaptureId, packet: number, detail: PacketDetail | null, range: ByteRange | null): void {
  showCapture(capture);
  selectPacket(packet);
  const place = detail && range ? placeAtByte(detail, range.from) : null;
  if (detail && place) { const { level, field } = keyOf(detail, place); selectField(level, field); }
  showTab('packets');
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

interface LevelProps { readonly report: LevelReport; readonly levels: number; readonly chosen: boolean; readonly priority: number; readonly range: ByteRange | null; readonly onRange: (range: ByteRange) => void }

function Level({ report, levels, chosen, priority, range, onRange }: LevelProps) {
  const { level, outcome, note, conditions } = report;
  const name = columnName(level, levels);
  return (
    <section className={`why-level ${levels === 1 ? 'hue-inner' : levelHue(level)}`} aria-label={name} data-chosen={chosen || undefined}>
      <h3><i className="dot" />{name}<span className={outcome === 'alert' ? 'why-fires' : 'why-silent'}>{OUTCOMES[outcome]}{outcome === 'alert' ? `, priority ${priority}` : ''}</span></h3>
      {note !== '' && <p className="why-note">{note}</p>}
      {conditions.length > 0 && (
        <table className="why-conditions">
          <thead><tr><th scope="col"><span className="visually-hidden">met</span></th><th scope="col">Condition</th><th scope="col">wanted</th><th scope="col">seen</th></tr></thead>
          <tbody>{conditions.map((condition, at) => <Condition key={at} condition={condition} first={conditions.findIndex(({ state }) => state === 'failed') === at} shown={condition.to > condition.from && range?.from === condition.from && range.to === condition.to} onRange={onRange} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function Condition({ condition: { label, wanted, seen, state, from, to }, first, shown, onRange }: { condition: ConditionReport; first: boolean; shown: boolean; onRange: (range: ByteRange) => void }) {
  const { Icon, words } = STATES[state];
  return (
    <tr data-state={state}>
      <td><Icon size={13} role="img" aria-label={words} /></td>
      <td>{label}</td><td className="mono">{wanted}</td><td className="mono">{to > from ? <button type="button" className={`why-seen ${shown ? 'selected-mark' : ''}`} aria-pressed={shown} title={`${to - from === 1 ? 'byte' : 'bytes'} ${byteSpan(from, to)}`} onClick={() => onRange({ from, to })}>{seen}</button> : seen}{first && <em>failed first</em>}</td>
    </tr>
  );
}
