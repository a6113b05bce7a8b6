import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { count as grouped, counted } from '../../core/format/number.ts';
import type { JqOutput } from '../../worker/jq-protocol.ts';
import type { LogForm } from '../../worker/protocol.ts';
import { saveBlob } from '../shared/save.ts';
import { usePages } from '../shared/use-pages.ts';
import { captureOf, type CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import { runJq, warmJq } from './jq.ts';
import { useRun } from './run.ts';

export const LOG_NAMES: Readonly<Record<LogForm, string>> = { fast: 'fast.log', eve: 'eve.json' };

const LINE = 20; //           pixels
const PAGE = 100; //          lines asked for at once
const MOST_LINES = 2000; //   of jq that are shown; the saved file has them all
const MOST_BYTES = 2 ** 21; // read for them
const TYPING_MS = 400;

/** The lines of one of Suricata's files. Null until the capture's worker has written them. */
export const alertLog = (capture: CaptureId, form: LogForm): Promise<Blob> => callCapture(capture, 'alertLog', { form, role: captureOf(capture)?.role ?? '' });

interface Props {
  readonly capture: CaptureId;
  readonly form: LogForm;
  readonly count: number; //    of lines, which grows while rules run
  readonly program: string;
  readonly onProgram: (program: string) => void;
}

/** Suricata's file as it is, or what jq makes of it. */
export function AlertLog({ capture, form, count, program, onProgram }: Props) {
  const wanted = form === 'eve' ? program.trim() : '';
  const log = useLog(capture, wanted === '' ? null : form);
  const { result, running, stop } = useJq(log, wanted);
  return (
    <>
      {form === 'eve' && <JqBar program={program} onProgram={onProgram} result={wanted === '' ? null : result} running={running} stop={stop} />}
      {wanted !== '' && result !== null && result.error !== '' && <pre className="jq-error mono" role="note">{result.error}</pre>}
      {wanted === '' ? <Lines key={form} capture={capture} form={form} count={count} /> : <JqLines output={result?.output ?? null} />}
    </>
  );
}

/** The file as a terminal shows it with `tail -f`: while lines come it is at its end, unless somebody scrolled up. Only what is in view is written. */
function Lines({ capture, form, count }: Pick<Props, 'capture' | 'form' | 'count'>) {
  const { tick, running } = useRun();
  const scroll = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const lineAt = usePages(`${capture}.${form}.${tick}`, PAGE, (from, some) => callCapture(capture, 'alertLines', { form, role: captureOf(capture)?.role ?? '', from, count: some }));
  const lines = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => LINE, overscan: 20 });
  useEffect(() => { if (running && follows.current && scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight; }, [running, count]);
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: React.UIEvent): void => { follows.current = scrollTop + clientHeight >= scrollHeight - LINE; };
  const items = lines.getVirtualItems();
  return (
    <div ref={scroll} className="log mono" tabIndex={0} role="group" aria-label={LOG_NAMES[form]} onScroll={onScroll}>
      <pre style={{ paddingTop: items[0]?.start ?? 0, height: lines.getTotalSize() }}>{items.map(({ index }) => `${lineAt(index) ?? ''}\n`).join('')}</pre>
    </div>
  );
}

/** The first lines of what jq made. */
function JqLines({ output }: { output: Blob | null }) {
  const [lines, setLines] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    void (output ?? new Blob([])).slice(0, MOST_BYTES).text().then((text) => { if (!gone) setLines(text.split('\n', MOST_LINES).filter((line) => line !== '')); });
    return () => { gone = true; };
  }, [output]);
  return <pre className="log mono" tabIndex={0} role="group" aria-label={LOG_NAMES.eve}>{lines.join('\n')}{lines.length === MOST_LINES ? `\nThe first ${grouped(MOST_LINES)} lines are shown; Save writes all.` : ''}</pre>;
}

/** The whole file for jq: as it was when the program was first typed, and again when a run has ended. */
function useLog(capture: CaptureId, form: LogForm | null): Blob | null {
  const version = useRun((run) => run.version);
  const [log, setLog] = useState<Blob | null>(null);
  useEffect(() => {
    let gone = false;
    if (form !== null) alertLog(capture, form).then((blob) => { if (!gone) setLog(blob); }, () => { if (!gone) setLog(null); });
    return () => { gone = true; };
  }, [capture, form, version]);
  return log;
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
