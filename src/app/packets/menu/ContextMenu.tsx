import { useRef } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components';
import { closeMenu, useContextMenu } from './context-menu.ts';

export function ContextMenu() {
  const { label, entries, x, y, open } = useContextMenu();
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className="menu-anchor" style={{ left: x, top: y }} />
      <Popover className="popover" triggerRef={anchor} isOpen={open} onOpenChange={(next) => { if (!next) closeMenu(); }} placement="bottom start" offset={2} key={`${x},${y}`}>
        <Menu className="menu" aria-label={label} autoFocus="first" onClose={closeMenu} disabledKeys={entries.filter(({ disabled }) => disabled).map(({ id }) => id)}
          onAction={(key) => { closeMenu(); entries.find(({ id }) => id === key)?.run(); }}>
          {entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.label}>
              <span>{entry.label}</span>{entry.hint && <span className="menu-line mono">{entry.hint}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  );
}
