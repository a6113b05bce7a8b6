import { Search } from 'lucide-react';
import { Autocomplete, Input, Menu, MenuItem, SearchField, Text, useFilter } from 'react-aria-components';
import { useCommands } from '../commands/commands.ts';
import { Keys } from '../shared/Keys.tsx';
import { AppDialog } from './AppDialog.tsx';
import { closeDialog, useDialog } from './dialogs.ts';

/** Every command that may run now, found by its words. */
export function CommandPalette() {
  const open = useDialog((state) => state.open === 'commands');
  return <AppDialog title="Commands" className="palette" open={open} onClose={closeDialog} hideHead><Commands /></AppDialog>;
}

function Commands() {
  const commands = useCommands((state) => state.commands).filter(({ when }) => when?.() ?? true);
  const { contains } = useFilter({ sensitivity: 'base' });
  // every word typed is somewhere in "Group label", in any order
  const matches = (text: string, typed: string): boolean => typed.split(/\s+/).every((word) => contains(text, word));
  const run = (key: unknown): void => {
    closeDialog();
    const command = commands.find(({ id }) => id === key);
    if (command) setTimeout(command.run); // after the dialog has given the focus back, so that a command can move it
  };
  return (
    <Autocomplete filter={matches}>
      <SearchField className="palette-search" aria-label="Search commands" autoFocus><Search size={16} aria-hidden /><Input placeholder="Type a command" /></SearchField>
      <Menu className="menu palette-menu" aria-label="Commands" items={commands} onAction={run} renderEmptyState={() => <p className="empty">No command has these words.</p>}>
        {({ id, group, label, keys }) => (
          <MenuItem id={id} textValue={`${group} ${label}`} className="menu-item">
            <Text slot="label"><span className="palette-group">{group}</span>{label}</Text>
            {keys?.[0] !== undefined && <span aria-hidden="true"><Keys keys={keys[0]} /></span>}
          </MenuItem>
        )}
      </Menu>
    </Autocomplete>
  );
}
