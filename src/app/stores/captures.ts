// The open captures: names, sizes and states. Their bytes and columns are in their workers, the handles to those in `workers.ts`.

import { create } from 'zustand';
import type { CaptureSummary, Role } from '../../worker/protocol.ts';

/** Counts up from 1 while the page lives; the URL knows captures by name. */
export type CaptureId = number;

/** waiting: its turn to be read has not come. indexing: packets are still being read. ready: all were. stopped: reading was cancelled or broke off; what was read is there. dead: nothing can be read. */
export type CaptureState = 'waiting' | 'indexing' | 'ready' | 'stopped' | 'dead';

/** Where a capture comes from, as it stands before the "#" of a link. */
export interface Origin { readonly key: 'sample' | 'capture'; readonly value: string }

export interface OpenCapture {
  readonly id: CaptureId;
  readonly name: string; //          the file's, with its ending; told apart by " (2)" where two are alike
  readonly size: number; //          bytes of the file as it was given
  readonly state: CaptureState;
  readonly packets: number; //       indexed so far: grows while it is indexed
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly inflated: number | null; // about so many bytes come out of a compressed file; null where nothing is said
  readonly role: Role;
  readonly roleChosen: boolean; //   by the person; a guess gives way to a better one
  readonly origin: Origin | null; // where the page got it from; null for a file of the person's
  readonly summary: CaptureSummary | null; // there once reading has ended
}

interface CapturesState {
  readonly captures: readonly OpenCapture[]; // in the order they were opened
  readonly shown: CaptureId | null; //          the one whose packets are shown
}

export const useCaptures = create<CapturesState>()(() => ({ captures: [], shown: null }));

export const captureOf = (id: CaptureId | null): OpenCapture | undefined => useCaptures.getState().captures.find((capture) => capture.id === id);
export const captureNamed = (name: string): OpenCapture | undefined => useCaptures.getState().captures.find((capture) => capture.name === name);
/** The capture whose packets are shown, in a component. */
export const useShownCapture = (): OpenCapture | undefined => useCaptures(({ captures, shown }) => captures.find(({ id }) => id === shown));

/** A capture whose worker can be asked, the shown one where it can: for what needs a worker and not this capture. */
export function readableCapture(): OpenCapture | undefined {
  const { captures, shown } = useCaptures.getState();
  const can = captures.filter(({ state }) => state !== 'waiting' && state !== 'dead');
  return can.find(({ id }) => id === shown) ?? can[0];
}

/** More packets of it may come. */
export const isUnfinished = ({ state }: OpenCapture): boolean => state === 'waiting' || state === 'indexing';

export function changeCapture(id: CaptureId, change: Partial<OpenCapture>): void {
  useCaptures.setState(({ captures }) => ({ captures: captures.map((capture) => (capture.id === id ? { ...capture, ...change } : capture)) }));
}

export function showCapture(id: CaptureId): void {
  if (captureOf(id)) useCaptures.setState({ shown: id });
}

export const setRole = (id: CaptureId, role: Role): void => changeCapture(id, { role, roleChosen: true });

/** The captures with `added` behind them, each of these called `name`, or `name (2)`, `name (3)` … where one has it already. */
export function withFreeNames(captures: readonly OpenCapture[], added: readonly OpenCapture[]): readonly OpenCapture[] {
  const all = [...captures];
  for (const capture of added) {
    let name = capture.name;
    for (let n = 2; all.some((other) => other.name === name); n++) name = `${capture.name} (${n})`;
    all.push({ ...capture, name });
  }
  return all;
}
