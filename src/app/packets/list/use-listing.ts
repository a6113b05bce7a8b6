import { useEffect, useRef, useState } from 'react';
import { FaultError } from '../../../core/base/fault.ts';
import { captureOf, useCaptures, type CaptureId } from '../../stores/captures.ts';
import { useDecodeAs } from '../../stores/decode-as.ts';
import { useFilter } from '../../stores/filter.ts';
import { selectPacket, useSelection } from '../../stores/selection.ts';
import { tell } from '../../stores/trouble.ts';
import { useView } from '../../stores/view.ts';
import { callCapture } from '../../stores/workers.ts';
import { ListModel } from './list-model.ts';

/** Which rows the view's last answer counts. Latched with it: what is asked for may be another by now. */
interface Latched { readonly capture: CaptureId | null; readonly key: string }

const latch = (): Latched => {
  const { shown } = useCaptures.getState();
  const { sort } = useView.getState();
  return { capture: shown, key: JSON.stringify([shown, useFilter.getState().applied, sort, useDecodeAs.getState().rules]) };
};

/** The list's model, following the stores; and the place of the selected packet in it, null while it is hidden or not known yet. */
export function useListing(rowHeight: number): { model: ListModel; selected: number | null; setSelected: (index: number | null) => void } {
  const latched = useRef<Latched>({ capture: null, key: '' });
  const [model] = useState(() => new ListModel(rowHeight,
    (from, count, signal) => callCapture(latched.current.capture ?? -1, 'rows', { from, count }, { signal }),
    (error) => {
      if (!(error instanceof FaultError)) throw error;
      if (error.fault.code !== 'cancelled' && error.fault.code !== 'worker-died') tell(captureOf(latched.current.capture)?.name ?? '', error.fault);
    }));
  const [selected, setSelected] = useState<number | null>(null);
  const version = useView((view) => view.version);
  const total = useView((view) => view.rows);
  const packet = useSelection((selection) => selection.packet);

  useEffect(() => {
    const now = latch();
    const another = now.key !== latched.current.key;
    latched.current = now;
    model.list({ key: now.key, version, total, grows: useView.getState().sort === null });
    // A capture that is about to be read has no rows to look a packet up in: the next answer settles it.
    if (another) void settle(model, now.capture, setSelected).then((settled) => { if (!settled && latched.current === now) latched.current = { ...now, key: '' }; });
  }, [model, version, total]);

  // A packet that was selected elsewhere (a command, the address, another panel) is looked up and brought into view.
  useEffect(() => {
    const { painted } = model;
    const shownAt = painted().rows.findIndex(({ number }) => number === packet);
    if (shownAt >= 0) { setSelected(painted().first + shownAt); return; }
    if (packet !== null) void lookUp(latched.current.capture, packet).then((index) => {
      if (useSelection.getState().packet !== packet) return;
      setSelected(index ?? null);
      if (typeof index === 'number' && model.scroll.reveal(index)) model.paint();
    });
  }, [model, packet]);

  useEffect(() => model.subscribe(() => {
    const [first] = model.painted().rows;
    if (first && useSelection.getState().packet === null) selectPacket(first.number);
  }), [model]);

  return { model, selected, setSelected };
}

/** A packet's place in the list; null where it has none, undefined where nobody can tell yet. */
async function lookUp(capture: CaptureId | null, number: number): Promise<number | null | undefined> {
  if (capture === null) return null;
  try {
    const index = await callCapture(capture, 'position', { number });
    return index < 0 ? null : index;
  } catch (error) {
    if (error instanceof FaultError) return undefined; // the list itself says what is wrong with the capture
    throw error;
  }
}

/** After another filter, order or capture: the selected row stays at its height where it was in view, else it comes to the middle. False when that could not be told. */
async function settle(model: ListModel, capture: CaptureId | null, setSelected: (index: number | null) => void): Promise<boolean> {
  const { packet } = useSelection.getState();
  const { rows, shift } = model.painted();
  const at = rows.findIndex(({ number }) => number === packet);
  const index = packet === null ? null : await lookUp(capture, packet);
  if (index === undefined) return false;
  if (useSelection.getState().packet !== packet) return true;
  setSelected(index);
  const { scroll } = model;
  if (index === null) scroll.to(0);
  else if (at >= 0) scroll.place(index, Math.max(0, at * scroll.rowHeight - shift));
  else if (!scroll.isInView(index)) scroll.place(index, Math.floor(scroll.page / 2) * scroll.rowHeight);
  model.paint();
  return true;
}
