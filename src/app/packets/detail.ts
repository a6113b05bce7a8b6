// The packet in view, whole: follows the shown capture and the selection. What was there stays until the next is here.

import { create } from 'zustand';
import { FaultError } from '../../core/base/fault.ts';
import type { PacketDetail } from '../../worker/protocol.ts';
import { captureOf, useCaptures, type CaptureId } from '../stores/captures.ts';
import { selectField, useSelection } from '../stores/selection.ts';
import { tell } from '../stores/trouble.ts';
import { callCapture } from '../stores/workers.ts';
import { keyOf, placeOf, type Place } from './locate.ts';

interface DetailState {
  readonly capture: CaptureId | null;
  readonly detail: PacketDetail | null;
  readonly pointed: Place | null; //  under the pointer; shown more quietly than what is selected
}

export const useDetail = create<DetailState>()(() => ({ capture: null, detail: null, pointed: null }));

/** The selected field or layer in the packet that is shown; null where it has none. */
export function useSelectedPlace(): Place | null {
  const detail = useDetail((state) => state.detail);
  const level = useSelection((state) => state.level);
  const field = useSelection((state) => state.field);
  return detail ? placeOf(detail, { level, field }) : null;
}

export function selectPlace(detail: PacketDetail, place: Place): void {
  const { level, field } = keyOf(detail, place);
  useDetail.setState({ pointed: null });
  selectField(level, field);
}

export function point(pointed: Place | null): void {
  const before = useDetail.getState().pointed;
  if (before?.layer !== pointed?.layer || before?.field !== pointed?.field) useDetail.setState({ pointed });
}

let asked = { capture: null as CaptureId | null, packet: null as number | null };
let stop = new AbortController();

function follow(): void {
  const { shown } = useCaptures.getState();
  const { packet } = useSelection.getState();
  const capture = captureOf(shown);
  if (!capture || capture.state === 'waiting' || packet === null) { asked = { capture: null, packet: null }; stop.abort(); useDetail.setState({ capture: null, detail: null, pointed: null }); return; }
  if (packet > capture.packets) { asked = { capture: null, packet: null }; return; } // not read yet, or being read again
  if (asked.capture === shown && asked.packet === packet) return;
  asked = { capture: shown, packet };
  stop.abort();
  stop = new AbortController();
  void load(capture.id, packet, stop.signal);
}

async function load(capture: CaptureId, packet: number, signal: AbortSignal): Promise<void> {
  try {
    const detail = await callCapture(capture, 'packet', { number: packet }, { signal });
    if (signal.aborted) return;
    useDetail.setState({ capture, detail, pointed: null });
    if (detail.inPlace) return;
    const whole = await callCapture(capture, 'packetInPlace', { number: packet }, { signal });
    if (!signal.aborted) useDetail.setState({ capture, detail: whole, pointed: null });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (signal.aborted) return;
    asked = { capture: null, packet: null }; // a worker that was started again is asked again
    if (error.fault.code !== 'cancelled' && error.fault.code !== 'worker-died') tell(captureOf(capture)?.name ?? '', error.fault);
  }
}

/** The packet is asked for again: something else follows from the others now. */
export function refreshDetail(): void {
  asked = { capture: null, packet: null };
  follow();
}

/** Follows the stores from then on. */
export function followDetail(): () => void {
  const ends = [useCaptures.subscribe(follow), useSelection.subscribe(follow)];
  follow();
  return () => ends.forEach((end) => end());
}
