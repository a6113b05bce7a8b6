import { Info } from 'lucide-react';
import { openDialog } from './dialogs/dialogs.ts';
import { progressText } from './captures/capture-text.ts';
import { useCaptures } from './stores/captures.ts';
import { useView } from './stores/view.ts';

/** The last line: what is shown, what is being read, and the promise. */
export function StatusBar() {
  const status = useView((view) => view.status);
  const indexing = useCaptures(({ captures }) => captures.find(({ state }) => state === 'indexing'));
  const shown = useCaptures((captures) => captures.shown !== null);
  const waiting = useCaptures(({ captures }) => captures.filter(({ state }) => state === 'waiting').length);
  return (
    <footer className="status-bar">
      {shown && <button type="button" className="status-button" aria-label="Capture properties" title="Capture properties" onClick={() => openDialog('properties')}><Info size={14} aria-hidden /></button>}
      <span className="clip">{status.length === 0 ? 'VXLens' : status.map((part) => <span key={part} className="part">{part}</span>)}</span>
      <span className="spring" />
      {indexing && <span className="status-reading">Reading {indexing.name}: {progressText(indexing)}{waiting > 0 && `, ${waiting} more ${waiting === 1 ? 'waits' : 'wait'}`}</span>}
      <span>Nothing leaves this page</span>
      <button type="button" className="status-button" onClick={() => openDialog('shortcuts')}><kbd>?</kbd> shortcuts</button>
    </footer>
  );
}
