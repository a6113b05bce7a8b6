import { useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { saveBlob } from '../shared/save.ts';
import type { LevelHits, LogForm } from '../../worker/protocol.ts';
import { captureOf, useShownCapture } from '../stores/captures.ts';
import { tell } from '../stores/trouble.ts';
import { AlertLog, alertLog, LOG_NAMES } from './AlertLog.tsx';
import { AlertTable } from './AlertTable.tsx';
import { chosenRule, useRun } from './run.ts';
import { count as grouped, counted } from '../../core/format/number.ts';

const FORMS = [{ id: 'table', label: 'Table' }, { id: 'fast', label: 'fast.log' }, { id: 'eve', label: 'eve.json' }] as const;
type Form = (typeof FORMS)[number]['id'];

/** The alerts of the capture that the chosen cell belongs to, or else of the shown one: as a table or as Suricata's own files. */
export function AlertsPane() {
  const choice = useRun();
  const { runs, running, cell } = choice;
  const shown = useShownCapture();
  const [form, setForm] = useState<Form>('table');
  const [onlyChosen, setOnlyChosen] = useState(false);
  const [program, setProgram] = useState('');
  const capture = cell?.capture ?? shown?.id;
  const run = runs.find((each) => each.capture === capture);
  const signature = onlyChosen && cell ? cell.signature : null;
  if (!run) return <section className="pane alerts-pane" aria-label="Alert log"><div className="pane-head"><h2>Alerts</h2></div><p className="empty">{running ? 'The rules are being read…' : 'No rules have run yet. Write or load some above and press Run rules.'}</p></section>;
  const hits = chosenRule(choice)?.hits ?? [];
  const sum = (of: (hit: LevelHits) => number): number => hits.reduce((all, hit) => all + of(hit), 0);
  const count = signature === null ? run.report.alerts : sum((hit) => hit.count);
  const kept = signature === null ? run.report.kept : sum((hit) => hit.kept);
  return (
    <section className="pane alerts-pane" aria-label="Alert log">
      <div className="pane-head alerts-head">
        <h2>Alerts</h2>
        <span className="clip">{grouped(count)} at {captureOf(run.capture)?.name}{signature === null && run.report.flagged > 0 && ` on ${counted(run.report.flagged, 'packet')}`}</span>
        <span className="spring" />
        {cell && form === 'table' && <label className="check"><input type="checkbox" checked={onlyChosen} onChange={({ target }) => setOnlyChosen(target.checked)} /> chosen rule only</label>}
        <span className="segments" role="group" aria-label="Form">{FORMS.map(({ id, label }) => <button key={id} type="button" aria-pressed={form === id} onClick={() => setForm(id)}>{label}</button>)}</span>
        {(['fast', 'eve'] as const).map((log) => <button key={log} type="button" className="button quiet small" onClick={() => void saveLog(run.capture, log)}>Save {LOG_NAMES[log]}</button>)}
      </div>
      {signature === null && run.report.flaggedTwice > 0 && <p className="result-notes" role="note">{grouped(run.report.flaggedTwice)} of the {counted(run.report.flagged, 'packet')} matched both outside and inside their envelope: each counts as one packet.</p>}
      {kept < count && <p className="result-notes" role="note">The table and the saved logs have the first {grouped(run.report.kept)} of {grouped(run.report.alerts)} alerts of this capture; the numbers above count all. Fewer rules at once give fewer.</p>}
      {count === 0 && running && <p className="empty">No alert so far.</p>}
      {count === 0 && !running && <p className="empty">No alert. Choose a rule above, and Why tells which condition failed first.</p>}
      {count > 0 && (form === 'table' ? <AlertTable capture={run.capture} signature={signature} count={kept} levels={run.report.levels} /> : <AlertLog capture={run.capture} form={form} count={run.report.kept} program={program} onProgram={setProgram} />)}
    </section>
  );
}

async function saveLog(capture: number, form: LogForm): Promise<void> {
  try {
    saveBlob(await alertLog(capture, form), LOG_NAMES[form]);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(captureOf(capture)?.name ?? '', error.fault);
  }
}
