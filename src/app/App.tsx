import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import './app.css';
import { CaptureList } from './captures/CaptureList.tsx';
import { useKeys } from './commands/use-keys.ts';
import { CommandPalette } from './dialogs/CommandPalette.tsx';
import { ShortcutSheet } from './dialogs/ShortcutSheet.tsx';
import { Alerts } from './shared/Alerts.tsx';
import { Logo } from './shared/Logo.tsx';
import { ThemeButton } from './shared/ThemeButton.tsx';
import { ConfirmAddress } from './start/ConfirmAddress.tsx';
import { DropOverlay } from './start/DropOverlay.tsx';
import { FileInput } from './start/FileInput.tsx';
import { OpenButtons } from './start/OpenButtons.tsx';
import { StartPage } from './start/StartPage.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCaptures } from './stores/captures.ts';
import { showTab, useView } from './stores/view.ts';
import { VIEWS } from './views.tsx';

export function App() {
  useKeys();
  const tab = useView((view) => view.tab);
  const nothingOpen = useCaptures(({ captures }) => captures.length === 0);
  return (
    <Tabs className="app" selectedKey={tab} onSelectionChange={(key) => showTab(String(key))}>
      <header className="top">
        <div className="brand"><Logo /><span>VXLens</span></div>
        <TabList aria-label="Views" className="tabs">{VIEWS.map(({ id, label }) => <Tab key={id} id={id} className="tab">{label}</Tab>)}</TabList>
        <CaptureList />
        <div className="actions">{!nothingOpen && <OpenButtons />}<ThemeButton /></div>
      </header>
      <Alerts />
      {VIEWS.map(({ id, View }) => <TabPanel key={id} id={id} className="view">{nothingOpen ? <StartPage /> : <View />}</TabPanel>)}
      <StatusBar />
      <FileInput />
      <DropOverlay />
      <ConfirmAddress />
      <ShortcutSheet />
      <CommandPalette />
    </Tabs>
  );
}
