import { useCommands, type Command } from '../commands/commands.ts';
import { Keys } from '../shared/Keys.tsx';
import { AppDialog } from './AppDialog.tsx';
import { closeDialog, useDialog } from './dialogs.ts';

/** Every command that has a key, by group. */
export function ShortcutSheet() {
  const open = useDialog((state) => state.open === 'shortcuts');
  const commands = useCommands((state) => state.commands);
  const groups = new Map<string, Command[]>();
  for (const command of commands) if (command.keys?.length) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return (
    <AppDialog title="Keyboard shortcuts" className="shortcuts" open={open} onClose={closeDialog}>
      <div className="shortcut-groups">
        {[...groups].map(([group, members]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>{members.map(({ id, label, keys = [] }) => (
              <div key={id}><dt>{label}</dt><dd>{keys.map((key) => <Keys key={key} keys={key} />)}</dd></div>
            ))}</dl>
          </section>
        ))}
      </div>
    </AppDialog>
  );
}
