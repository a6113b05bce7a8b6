import { useState, type FormEvent } from 'react';
import { create } from 'zustand';
import { AppDialog } from '../dialogs/AppDialog.tsx';
import { useShownCapture } from '../stores/captures.ts';
import { showTab } from '../stores/view.ts';
import { selectPacket } from '../stores/selection.ts';
import { count } from '../../core/format/number.ts';

const useGoTo = create<{ readonly open: boolean }>()(() => ({ open: false }));
export function openGoTo(): void { useGoTo.setState({ open: true }); }
const close = (): void => useGoTo.setState({ open: false });

/** Asks for a packet's number. */
export function GoTo() {
  const open = useGoTo((state) => state.open);
  return <AppDialog title="Go to packet" className="go-to" open={open} onClose={close}><GoToForm /></AppDialog>;
}

function GoToForm() {
  const packets = useShownCapture()?.packets ?? 0;
  const [text, setText] = useState('');
  const number = Number(text.replace(/[ ,.]/g, ''));
  const wrong = text !== '' && !(Number.isInteger(number) && number >= 1 && number <= packets);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (text === '' || wrong) return;
    showTab('packets');
    selectPacket(number);
    close();
  };
  return (
    <form className="go-to-form" onSubmit={onSubmit}>
      <label htmlFor="go-to-number">Number of the packet, 1 to {count(packets)}</label>
      <input id="go-to-number" className="text-input mono" inputMode="numeric" autoFocus autoComplete="off" value={text} aria-invalid={wrong || undefined} aria-describedby={wrong ? 'go-to-wrong' : undefined} onChange={({ target }) => setText(target.value)} />
      <button type="submit" className="button primary">Go</button>
      {wrong && <p id="go-to-wrong" className="go-to-wrong" role="alert">This capture has packets 1 to {count(packets)}.</p>}
    </form>
  );
}
