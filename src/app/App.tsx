import './app.css';
import { lazy, Suspense } from 'react';
import { CaptureList } from './captures/CaptureList.tsx';
import { useKeys } from './commands/use-keys.ts';
import { CommandPalette } from './dialogs/CommandPalette.tsx';
import { ShortcutSheet } from './dialogs/ShortcutSheet.tsx';
import { ReferenceButton } from './reference/ReferenceButton.tsx';
import { ReferenceDialog } from './reference/ReferenceDialog.tsx';
import { Alerts } from './shared/Alerts.tsx';
import { Logo } from './shared/Logo.tsx';
import { Notice } from './shared/Notice.tsx';
import { TabBar } from './shared/TabBar.tsx';
import { ThemeButton } from './shared/ThemeButton.tsx';
import { UpdateNotice } from './shared/UpdateNotice.tsx';
import { ConfirmAddress } from './start/ConfirmAddress.tsx';
import { DropOverlay } from './start/DropOverlay.tsx';
import { FileInput } from './start/FileInput.tsx';
import { OpenButtons } from './start/OpenButtons.tsx';
import { StartPage } from './start/StartPage.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useCaptures } from './stores/captures.ts';
import { chooseTab, useView } from './stores/view.ts';
import { VIEWS } from './views.tsx';

const CaptureDialogs = lazy(async () => ({ default: (await import('./dialogs/CaptureDialogs.tsx')).CaptureDialogs }));

/** The frame: what is always there, and the view in front. */
export function App() {
  useKeys();
  const tab = useView((view) => view.tab);
  const nothingOpen = useCaptures(({ captures }) => captures.length === 0);
  const front = VIEWS.find(({ id }) => id === tab) ?? VIEWS[0]!;
  return (
    <div className="app">
      <header className="top">
        <div className="brand"><Logo /><span className="brand-name">VXLens</span></div>
        <TabBar label="Views" items={VIEWS} chosen={front.id} onChoose={chooseTab} />
        <CaptureList />
        <div className="actions">{!nothingOpen && <OpenButtons />}<ReferenceButton /><ThemeButton /></div>
        <FileInput />
      </header>
      <Alerts />
      <UpdateNotice />
      <main className="view">
        {(!nothingOpen || front.alone) && <h1 className="visually-hidden">{front.label}</h1>}
        <div className="view" role="tabpanel" id={`panel-${front.id}`} aria-labelledby={`tab-${front.id}`}>{nothingOpen && !front.alone ? <StartPage /> : <Suspense><front.View /></Suspense>}</div>
      </main>
      <StatusBar />
      <Notice />
      <DropOverlay />
      <ConfirmAddress />
      {!nothingOpen && <Suspense><CaptureDialogs /></Suspense>}
      <ReferenceDialog />
      <ShortcutSheet />
      <CommandPalette />
    </div>
  );
}
