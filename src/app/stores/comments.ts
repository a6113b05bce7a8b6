// Comments on packets that a person has changed, until they are saved in a file: by capture, then by packet number.

import { create } from 'zustand';
import type { CaptureId } from './captures.ts';

type Comments = ReadonlyMap<number, readonly string[]>;

interface CommentsState {
  readonly edits: ReadonlyMap<CaptureId, Comments>;
  readonly unsaved: ReadonlySet<CaptureId>; // captures whose changes are in no file yet
}

export const useComments = create<CommentsState>()(() => ({ edits: new Map(), unsaved: new Set() }));

export const noteComments = (capture: CaptureId, number: number, comments: readonly string[]): void => useComments.setState(({ edits, unsaved }) => ({
  edits: new Map(edits).set(capture, new Map(edits.get(capture) ?? []).set(number, comments)), unsaved: new Set(unsaved).add(capture),
}));

export const markSaved = (capture: CaptureId): void => useComments.setState(({ unsaved }) => ({ unsaved: new Set([...unsaved].filter((id) => id !== capture)) }));

export function forgetComments(capture: CaptureId): void {
  markSaved(capture);
  useComments.setState(({ edits }) => ({ edits: new Map([...edits].filter(([id]) => id !== capture)) }));
}
