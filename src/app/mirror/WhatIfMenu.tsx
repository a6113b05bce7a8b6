import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { openWhatIf } from './what-if.ts';

/** The two ways to make a capture of another. */
export const WhatIfMenu = () => (
  <MenuTrigger>
    <Button className="button quiet">What if</Button>
    <Popover className="popover" placement="bottom start">
      <Menu className="menu" aria-label="What if" onAction={(key) => openWhatIf(key as 'mirror' | 'unwrap')}>
        <MenuItem id="mirror" className="menu-item">Make the appliance’s capture</MenuItem>
        <MenuItem id="unwrap" className="menu-item">Take the envelope off</MenuItem>
      </Menu>
    </Popover>
  </MenuTrigger>
);
