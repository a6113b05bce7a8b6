import { X } from 'lucide-react';
import type { Role } from '../../worker/protocol.ts';
import { setRole, showCapture, useCaptures, type OpenCapture } from '../stores/captures.ts';
import { cancelIndexing, closeCapture } from '../stores/workers.ts';
import { bytesText, countText } from '../shared/text.ts';
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
  const { id, name, size, packets, role, state } = capture;
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  return (
    <li className="capture" data-pressed={pressed || undefined} data-state={state}>
      <button type="button" className="capture-name" aria-pressed={pressed} aria-label={name} title={`${name}: ${countText(packets, 'packet')}, ${bytesText(size)}`} onClick={() => showCapture(id)}>
        <span className="clip">{stem}<span className="ending">{ending}</span></span>
      </button>
      <span className="capture-count">{packets.toLocaleString('en-US')}<span className="visually-hidden"> packets, {bytesText(size)}</span></span>
      <select className="capture-role" aria-label={`Role of ${name}`} value={role} onChange={({ target }) => setRole(id, ROLES.find((known) => known === target.value) ?? 'Other')}>
        {ROLES.map((each) => <option key={each}>{each}</option>)}
      </select>
      <button type="button" className="capture-close" aria-label={`Close ${name}`} title={`Close ${name}`} onClick={() => closeCapture(id)}><X size={13} aria-hidden /></button>
      {state === 'indexing' && <Indexing capture={capture} />}
    </li>
  );
}

function Indexing({ capture: { id, name, bytesRead, bytesTotal } }: { capture: OpenCapture }) {
  const part = bytesTotal > 0 && Number.isFinite(bytesTotal) ? Math.min(100, (bytesRead / bytesTotal) * 100) : 0;
  return (
    <span className="indexing">
      <span className="indexing-bar" role="progressbar" aria-label={`Indexing ${name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(part)}>
        <span style={{ width: `${part}%` }} />
      </span>
      <button type="button" className="indexing-cancel" aria-label={`Cancel ${name}`} onClick={() => cancelIndexing(id)}>Cancel</button>
    </span>
  );
}
