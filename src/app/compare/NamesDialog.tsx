import { useState } from 'react';
import { namesOf } from '../../core/format/names.ts';
import { registerCommands } from '../commands/commands.ts';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { closeDialog, openDialog, useDialog } from '../dialogs/dialogs.ts';
import { namesText, setNames, useLinkedNames } from '../stores/names.ts';
import { showRegisteredNames } from '../stores/registered-names.ts';
import { useSettings } from '../stores/settings.ts';

registerCommands([{ id: 'view.names', group: 'Views', label: 'Name VNIs and interfaces', run: () => openDialog('names') }]);

/** The list of names, one a line. */
export function NamesDialog() {
  const open = useDialog((dialog) => dialog.open === 'names');
  return <AppDialog title="Names" open={open} onClose={closeDialog}><Editor /></AppDialog>;
}

function Editor() {
  const [text, setText] = useState(namesText);
  const linked = useLinkedNames((names) => names.text !== null);
  const registered = useSettings((settings) => settings.registeredNames);
  const use = (): void => { setNames(text); closeDialog(); };
  return (
    <>
      <div className="dialog-body names">
        <p className="dim" id="names-words">What you call VNIs and interfaces, one a line: a VNI, or an interface or capture, “=” and the name. Names stand beside the numbers, are kept in this browser, and go along in links.</p>
        {linked && <p className="mirror-note">These came with the link. Use names keeps them in place of your own.</p>}
        <textarea aria-label="Names, one a line" aria-describedby="names-words" className="text-input mono" spellCheck={false} rows={8} placeholder={'333 = web mirror\neth0 = tap'} value={text} onChange={({ target }) => setText(target.value)} />
        <div role="status">{namesOf(text).mistakes.slice(0, 4).map((mistake) => <p key={mistake} className="mirror-note">{mistake}</p>)}</div>
        <label className="check"><input type="checkbox" checked={registered} onChange={({ target }) => showRegisteredNames(target.checked)} /> Names of manufacturers and ports in the layers of a packet</label>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={closeDialog}>Cancel</button>
        <button type="button" className="button primary" onClick={use}>Use names</button>
      </div>
    </>
  );
}
