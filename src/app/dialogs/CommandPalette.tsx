import { Search } from 'lucide-react';
import { Autocomplete, Header, Input, Menu, MenuItem, MenuSection, SearchField, Text, useFilter } from 'react-aria-components';
import { inGroups, useCommands } from '../commands/commands.ts';
import { Keys } from '../shared/Keys.tsx';
import { frontView, useView } from '../stores/view.ts';
import { VIEWS } from '../views.tsx';
import { AppDialog } from './AppDialog.tsx';
import { closeDialog, useDialog } from './dialogs.ts';

/** Every command that may run now, found by its words. */
export function CommandPalette() {
  const open = useDialog((state) => state.open === 'commands');
  return <AppDialog title="Commands" className="palette" open={open} onClose={closeDialog} hideHead><Commands /></AppDialog>;
}

function Commands() {
  const tab = useView(frontView);
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
      <Menu className="menu palette-menu" aria-label="Commands" onAction={run} renderEmptyState={() => <p className="empty">No command has these words.</p>}>
        {inGroups(commands, VIEWS.find(({ id }) => id === tab)?.label).map(([group, members]) => (
          <MenuSection key={group} id={group} className="palette-section">
            <Header>{group}</Header>
            {members.map(({ id, label, keys }) => (
              <MenuItem key={id} id={id} textValue={`${group} ${label}`} className="menu-item">
                <Text slot="label">{label}</Text>
                {keys?.[0] !== undefined && <span aria-hidden="true"><Keys keys={keys[0]} /></span>}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Autocomplete>
  );
}
