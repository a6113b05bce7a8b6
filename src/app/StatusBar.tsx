import { openDialog } from './dialogs/dialogs.ts';
import { useView } from './stores/view.ts';

/** The last line: what is shown, and the promise. */
export function StatusBar() {
  const status = useView((view) => view.status);
  return (
    <footer className="status-bar">
      <span className="clip">{status.length === 0 ? 'VXLens' : status.map((part) => <span key={part} className="part">{part}</span>)}</span>
      <span className="spring" />
      <span>Nothing leaves this page</span>
      <button type="button" className="status-button" onClick={() => openDialog('shortcuts')}><kbd>?</kbd> shortcuts</button>
    </footer>
  );
}
