import { Trash2 } from 'lucide-react';
import { deleteSession, editSession, useDraft } from './draft.ts';
import { Choice } from './RuleTable.tsx';
import { sessionsOf, TARGETS, type SessionText } from './sessions-json.ts';

const CELLS: readonly (readonly ['number' | 'vni' | 'packetLength', string, string])[] = [['number', 'Session number', '1'], ['vni', 'VNI', 'not told'], ['packetLength', 'Packet length', 'whole packets']];

/** The sessions of the mirror, one a row; which filter, only where there are several. */
export function SessionTable() {
  const { others, filters } = useDraft();
  const several = filters.length > 1 ? Object.fromEntries(filters.map(({ id }) => [id, id])) : null;
  return (
    <table className="rule-table session-table" aria-label="Sessions of the mirror">
      <thead><tr>{CELLS.map(([key, label]) => <th key={key}>{label}</th>)}<th>Target</th>{several && <th>Filter</th>}<th><span className="visually-hidden">Delete</span></th></tr></thead>
      <tbody>
        {sessionsOf(others).map((session: SessionText, at) => (
          <tr key={at}>
            {CELLS.map(([key, label, placeholder]) => (
              <td key={key}><input className={`text-input mono rule-${key}`} aria-label={`${label}, session ${at + 1}`} placeholder={placeholder} spellCheck={false} value={session[key]} onChange={({ target }) => editSession(at, { [key]: target.value })} /></td>
            ))}
            <Choice label={`Target, session ${at + 1}`} value={session.target} options={TARGETS} onChoose={(target) => editSession(at, { target })} />
            {several && <Choice label={`Filter, session ${at + 1}`} value={session.filter} options={Object.hasOwn(several, session.filter) ? several : { [session.filter]: session.filter, ...several }} onChoose={(filter) => editSession(at, { filter })} />}
            <td><button type="button" className="button quiet icon" aria-label={`Delete session ${at + 1}`} onClick={() => deleteSession(at)}><Trash2 size={14} aria-hidden /></button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
