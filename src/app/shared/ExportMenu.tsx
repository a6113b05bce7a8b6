import type { ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';

export interface ExportKind { readonly label: string; readonly line: string; readonly save: () => void }

/** The button "Export" and its menu: one line a kind of file. `children` stand above, where there is a choice of what the file is of; `head` says it where there is none. */
export const ExportMenu = ({ kinds, head, disabled = false, children }: { kinds: readonly ExportKind[]; head?: string; disabled?: boolean; children?: ReactNode }) => (
  <MenuTrigger>
    <Button className="button quiet" isDisabled={disabled}>Export</Button>
    <Popover className="popover" placement="bottom end">
      <Menu className="menu export-menu" aria-label="Export" onAction={(key) => kinds.find(({ label }) => label === key)?.save()}>
        {children}
        <MenuSection {...(head === undefined ? { 'aria-label': 'As' } : {})}>
          {head !== undefined && <Header className="menu-head">{head}</Header>}
          {kinds.map(({ label, line }) => <MenuItem key={label} id={label} className="menu-item" textValue={label} aria-label={label}><span>{label}</span><span className="menu-line">{line}</span></MenuItem>)}
        </MenuSection>
      </Menu>
    </Popover>
  </MenuTrigger>
);
