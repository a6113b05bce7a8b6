import { useEffect, useRef, useState } from 'react';
import { count as grouped, counted } from '../../core/format/number.ts';
import type { JqOutput } from '../../worker/jq-protocol.ts';
import { saveBlob } from '../shared/save.ts';
import { captureOf, type CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import { runJq, warmJq } from './jq.ts';
import { useRun } from './run.ts';

export type LogForm = 'fast' | 'eve';
export const LOG_NAMES: Readonly<Record<LogForm, string>> = { fast: 'fast.log', eve: 'eve.json' };

const MOST_LINES = 2000; //   shown; the saved file has them all
const MOST_BYTES = 2 ** 21; // read for them
const TYPING_MS = 400;

/** The lines of one of Suricata's files. Null until the capture's worker has written them. */
export const alertLog = (capture: CaptureId, form: LogForm): Promise<Blob> => callCapture(capture, 'alertLog', { form, role: captureOf(capture)?.role ?? '' });

function useLog(capture: CaptureId, form: LogForm): Blob | null {
  const version = useRun((run) => run.version);
  const [log, setLog] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    alertLog(capture, form).then((blob) => { if (!gone) setLog(blob); }, () => { if (!gone) setLog(null); });
    return () => { gone = true; };
  }, [capture, form, version]);
  return log;
}

/** The first lines of a file of text. */
function useLines(blob: Blob | null): readonly string[] {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    void (blob ?? new Blob([])).slice(0, MOST_BYTES).text().then((text) => { if (!gone) setLines(text.split('\n', MOST_LINES).filter((line) => line !== '')); });
    return () => { gone = true; };
  }, [blob]);
  return lines;
}

/** Suricata's file as it is, or what jq makes of it. */
export function AlertLog({ capture, form, program, onProgram }: { capture: CaptureId; form: LogForm; program: string; onProgram: (program: string) => void }) {
  const log = useLog(capture, form);
  const wanted = form === 'eve' ? program.trim() : '';
  const { result, running, stop } = useJq(log, wanted);
  const shown = wanted === '' ? log : result?.output ?? null;
  const lines = useLines(shown);
  return (
    <>
      {form === 'eve' && <JqBar program={program} onProgram={onProgram} result={wanted === '' ? null : result} running={running} stop={stop} />}
      {wanted !== '' && result !== null && result.error !== '' && <pre className="jq-error mono" role="note">{result.error}</pre>}
      <pre className="log mono" tabIndex={0} role="group" aria-label={LOG_NAMES[form]}>{lines.join('\n')}{lines.length === MOST_LINES ? `\nThe first ${grouped(MOST_LINES)} lines are shown; Save writes all.` : ''}</pre>
    </>
  );
}

function useJq(log: Blob | null, program: string): { result: JqOutput | null; running: boolean; stop: () => void } {
  const [state, setState] = useState<{ readonly of: string; readonly log: Blob | null; readonly result: JqOutput } | null>(null);
  const [running, setRunning] = useState(false);
  const abort = useRef(new AbortController());
  useEffect(() => {
    if (log === null || program === '') return;
    const mine = (abort.current = new AbortController());
    const timer = setTimeout(() => {
      setRunning(true);
      void runJq(log, program, mine.signal).then((result) => { setRunning(false); if (abort.current === mine) setState({ of: program, log, result }); });
    }, TYPING_MS);
    return () => { clearTimeout(timer); mine.abort(); };
  }, [log, program]);
  return { result: state?.of === program && state.log === log ? state.result : null, running, stop: () => abort.current.abort() };
}

interface BarProps { readonly program: string; readonly onProgram: (program: string) => void; readonly result: JqOutput | null; readonly running: boolean; readonly stop: () => void }

function JqBar({ program, onProgram, result, running, stop }: BarProps) {
  return (
    <div className="jq-bar">
      <label htmlFor="jq-program" className="mono">jq</label>
      <input id="jq-program" className="text-input mono" placeholder={'select(.event_type=="alert") | .src_ip'} value={program} spellCheck={false} autoCapitalize="off" onFocus={warmJq} onChange={({ target }) => onProgram(target.value)} />
      <span role="status" className="dim">{running ? 'Running…' : result === null || result.error !== '' ? '' : counted(result.lines, 'line')}</span>
      {running && <button type="button" className="button quiet small" onClick={stop}>Stop jq</button>}
      {result !== null && result.error === '' && !running && <button type="button" className="button quiet small" onClick={() => saveBlob(result.output, 'eve-filtered.json')}>Save these lines</button>}
    </div>
  );
}
