import { useRef, type ClipboardEvent } from 'react';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { mirrorOf, useMirror } from '../stores/mirror.ts';
import { registerMirrorCommands } from './commands.ts';
import { addRule, addSession, closeDraft, editRules, editText, giveRules, loadMirrorFiles, useDraft } from './draft.ts';
import { RuleTable } from './RuleTable.tsx';
import { sessionsOf } from './sessions-json.ts';
import { SessionTable } from './SessionTable.tsx';
import './mirror.css';

registerMirrorCommands();

/** The rules of a source's mirror: tables of rules and sessions, and the same as JSON. */
export function RulesDialog() {
  const { source, rules, filters, text, trouble, others } = useDraft();
  const input = useRef<HTMLInputElement>(null);
  const inUse = useMirror((state) => mirrorOf(source ?? undefined, state) !== null);
  const paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text');
    if (!/^\s*[[{]/.test(pasted) || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    editText(pasted);
  };
  const empty = rules.length + others.length === 0;
  return (
    <AppDialog title="Mirror rules" className="mirror-rules" open={source !== null} onClose={closeDraft}>
      <div className="dialog-body" onPaste={paste}>
        <p className="dim">What the mirror of {source?.name} takes. Rules count from the lowest number; the first that matches decides, and without one nothing is mirrored. Load, drop or paste what <span className="mono">aws ec2 describe-traffic-mirror-filters</span>, <span className="mono">-sessions</span> and <span className="mono">-targets</span> print, or type them.</p>
        <div className="mirror-tools">
          <button type="button" className="button" onClick={() => input.current?.click()}>Load mirror rules</button>
          <input ref={input} type="file" hidden multiple aria-label="Mirror rule files" accept=".json,application/json" onChange={({ target }) => { void loadMirrorFiles([...target.files ?? []]); target.value = ''; }} />
          <button type="button" className="button" onClick={() => addRule('ingress')}>Add inbound rule</button>
          <button type="button" className="button" onClick={() => addRule('egress')}>Add outbound rule</button>
          <button type="button" className="button" onClick={addSession}>Add session</button>
          <span className="spring" />
          {!empty && (filters.length > 0 ? filters : [{ id: '', dns: false }]).map(({ id, dns }, at, all) => (
            <label key={id} className="mirror-dns"><input type="checkbox" checked={dns} onChange={({ target }) => editRules({ filters: all.map((filter, i) => (i === at ? { ...filter, dns: target.checked } : filter)) })} /> amazon-dns{all.length > 1 && <span className="mono"> {id}</span>}</label>
          ))}
        </div>
        {rules.length > 0 ? <RuleTable /> : <p className="mirror-none">No rules yet.</p>}
        {sessionsOf(others).length > 0 && <SessionTable />}
        <Told />
        <details className="mirror-json">
          <summary>As JSON</summary>
          <textarea aria-label="Mirror rules as JSON" className="text-input mono" spellCheck={false} rows={10} value={text} onChange={({ target }) => editText(target.value)} />
        </details>
      </div>
      <div className="dialog-foot">
        {inUse && <button type="button" className="button quiet" onClick={() => giveRules('')}>Remove rules</button>}
        <span className="spring" />
        <button type="button" className="button" onClick={closeDraft}>Cancel</button>
        <button type="button" className="button primary" disabled={empty || trouble !== null} onClick={() => giveRules(text)}>Use rules</button>
      </div>
    </AppDialog>
  );
}

/** What is at work, and what is odd. */
function Told() {
  const { said, notes, trouble } = useDraft();
  return (
    <div role="status" aria-label="About these rules" className="mirror-told">
      {trouble !== null && <p className="strong">{trouble}</p>}
      {notes.map((note) => <p key={note} className="mirror-note">{note}</p>)}
      {said.map((sentence) => <p key={sentence} className="dim">{sentence}</p>)}
    </div>
  );
}
