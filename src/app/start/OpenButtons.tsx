import { Button, Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { openSample } from './open.ts';
import { chooseFiles } from './choose-files.ts';
import { offered, useSamples } from './samples.ts';

/** "Open captures" and "Open sample". */
export function OpenButtons({ large = false }: { large?: boolean }) {
  const { samples: all, state } = useSamples();
  const samples = offered(all);
  const size = large ? 'large' : '';
  return (
    <>
      <Button className={`button ${size} ${large ? 'primary' : ''}`} onPress={chooseFiles}>Open captures</Button>
      {(samples.length > 0 || state === 'loading') && (
        <MenuTrigger>
          <Button className={`button ${size}`} isDisabled={samples.length === 0}>Open sample</Button>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu" aria-label="Samples" items={samples} onAction={(key) => { const sample = samples.find(({ name }) => name === key); if (sample) void openSample(sample); }}>
              {({ name, title, line }) => (
                <MenuItem id={name} textValue={title} className="menu-item sample-item">
                  <Text slot="label">{title}</Text>
                  <Text slot="description" className="menu-line">{line}</Text>
                </MenuItem>
              )}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </>
  );
}
