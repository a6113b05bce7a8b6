import { Fragment } from 'react';
import { inGroups, keyNotes, useCommands } from '../commands/commands.ts';
import { Keys } from '../shared/Keys.tsx';
import { AppDialog } from './AppDialog.tsx';
import { closeDialog, useDialog } from './dialogs.ts';

/** Every command that has a key, by group, and the keys that work inside a list or tree. */
export function ShortcutSheet() {
  const open = useDialog((state) => state.open === 'shortcuts');
  const commands = useCommands((state) => state.commands).filter(({ keys }) => keys?.length);
  return (
    <AppDialog title="Keyboard shortcuts" className="shortcuts" open={open} onClose={closeDialog}>
      <div className="shortcut-groups" tabIndex={0} role="group" aria-label="Shortcuts by group">
        {[...inGroups(commands), ...inGroups(keyNotes)].map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>{members.map(({ label, keys = [] }) => (
              <div key={label}><dt>{label}</dt><dd>{keys.map((key, at) => <Fragment key={key}>{at > 0 && <span className="or">or</span>}<Keys keys={key} /></Fragment>)}</dd></div>
            ))}</dl>
          </section>
        ))}
      </div>
    </AppDialog>
  );
}
