import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator, MenuSection } from 'react-aria-components';
import { Check } from 'lucide-react';
import { setColumns, useSettings } from '../../stores/settings.ts';
import { COLUMNS } from './columns.ts';
import { resetColumns } from './use-columns.ts';

const ALL = COLUMNS.map(({ id }) => id as string);

/** Which columns are shown, and how high their rows are. */
export function ColumnsMenu() {
  const { columns, compact } = useSettings();
  const shown = ALL.filter((id) => !columns.hidden.includes(id));
  return (
    <MenuTrigger>
      <Button className="button quiet">Columns</Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label="Columns" onAction={(key) => { if (key === 'reset') resetColumns(); }}>
          <MenuSection aria-label="Shown columns" selectionMode="multiple" selectedKeys={shown} disallowEmptySelection
            onSelectionChange={(keys) => setColumns({ ...columns, hidden: keys === 'all' ? [] : ALL.filter((id) => !keys.has(id)) })}>
            {COLUMNS.map(({ id, title }) => <CheckItem key={id} id={id} label={title} />)}
          </MenuSection>
          <Separator className="menu-separator" />
          <MenuSection aria-label="Rows" selectionMode="multiple" selectedKeys={compact ? ['compact'] : []}
            onSelectionChange={(keys) => useSettings.setState({ compact: keys === 'all' || keys.has('compact') })}>
            <CheckItem id="compact" label="Compact rows" />
          </MenuSection>
          <Separator className="menu-separator" />
          <MenuItem id="reset" className="menu-item check" textValue="Reset columns"><span className="check-mark" />Reset columns</MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

const CheckItem = ({ id, label }: { id: string; label: string }) => (
  <MenuItem id={id} className="menu-item check" textValue={label}>
    {({ isSelected }) => <><span className="check-mark">{isSelected && <Check size={13} aria-hidden />}</span><span>{label}</span></>}
  </MenuItem>
);
