import { Square, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { bytesText, count, counted } from '../../core/format/number.ts';
import type { Role } from '../../worker/protocol.ts';
import { isUnfinished, setRole, showCapture, useCaptures, type OpenCapture } from '../stores/captures.ts';
import { cancelIndexing, closeCapture } from '../stores/workers.ts';
import { countRoom, nameParts, partRead, partText, progressText } from './capture-text.ts';
import './captures.css';

const ROLES: readonly Role[] = ['Source', 'Appliance', 'Decapsulated', 'Other'];

/** The open captures: a press shows the packets of one. */
export function CaptureList() {
  const { captures, shown } = useCaptures();
  return (
    <section className="captures" aria-label="Captures">
      {captures.length > 0 && <ul>{captures.map((capture) => <CaptureItem key={capture.id} capture={capture} pressed={capture.id === shown} />)}</ul>}
    </section>
  );
}

function CaptureItem({ capture, pressed }: { capture: OpenCapture; pressed: boolean }) {
  const { id, name, size, packets, state } = capture;
  const { head, tail, ending } = nameParts(name);
  const part = partText(capture);
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => { if (pressed) item.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }, [pressed]);
  return (
    <li ref={item} className="capture" data-pressed={pressed || undefined} data-state={state}>
      <button type="button" className="capture-name" aria-pressed={pressed} aria-label={name} aria-description={part === '' ? undefined : part}
        title={[`${name}: ${counted(packets, 'packet')}, ${bytesText(size)}`, part].filter(Boolean).join('\n')} onClick={() => showCapture(id)}>
        <span className="name-head">{head}</span><span className="name-tail">{tail}</span><span className="name-ending">{ending}</span>
        {part !== '' && state !== 'waiting' && <span className="capture-part">{state === 'dead' ? 'unread' : 'part'}</span>}
      </button>
      <span className="capture-count" style={{ minWidth: `${countRoom(capture)}ch` }}>{state === 'waiting' ? '' : count(packets)}<span className="visually-hidden"> packets, {bytesText(size)}</span></span>
      {state === 'waiting' ? <span className="capture-role">waiting</span> : <RoleChoice capture={capture} />}
      <EndButton capture={capture} />
      {state === 'indexing' && <IndexingBar capture={capture} />}
    </li>
  );
}

const RoleChoice = ({ capture: { id, name, role } }: { capture: OpenCapture }) => (
  <select className="capture-role" aria-label={`Role of ${name}`} value={role} onChange={({ target }) => setRole(id, ROLES.find((known) => known === target.value) ?? 'Other')}>
    {ROLES.map((each) => <option key={each}>{each}</option>)}
  </select>
);

/** As long as a press that was aimed at Cancel, or the second of a double click on it, may still be on its way after the reading ended. */
const LATE_MS = 500;

/** Cancel while the capture is being read or waits for it, in the place where Close is afterwards. */
function EndButton({ capture }: { capture: OpenCapture }) {
  const { id, name, state } = capture;
  const indexing = isUnfinished(capture);
  const button = useRef<HTMLButtonElement>(null);
  /** When a press on this button stops being one that was aimed at Cancel: only where the pointer lay on it as the reading ended. */
  const aimedUntil = useRef(-Infinity);
  useEffect(() => {
    const { current } = button;
    if (!indexing || current === null) return;
    return () => { if (current.matches(':hover')) aimedUntil.current = performance.now() + LATE_MS; };
  }, [indexing]);
  const end = (): void => {
    if (indexing) cancelIndexing(id);
    else if (performance.now() > aimedUntil.current) closeCapture(id);
  };
  const label = `${indexing ? 'Cancel' : 'Close'} ${name}`;
  return (
    <button ref={button} type="button" className="capture-end" aria-label={label} title={state === 'indexing' ? `${label}: what was read stays` : label} onClick={end}>
      {indexing ? <Square size={9} fill="currentColor" aria-hidden /> : <X size={13} aria-hidden />}
    </button>
  );
}

function IndexingBar({ capture }: { capture: OpenCapture }) {
  const part = partRead(capture);
  return (
    <span className="indexing-bar" role="progressbar" aria-label={`Indexing ${capture.name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(part)} aria-valuetext={progressText(capture)}>
      <span style={{ width: `${part}%` }} />
    </span>
  );
}
