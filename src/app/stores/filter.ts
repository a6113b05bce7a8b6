// The display filter: what is being typed, what is asked for, what is applied, and where it is wrong. One filter for all captures.

import { create } from 'zustand';
import type { TextError } from '../../worker/protocol.ts';

interface FilterState {
  readonly draft: string; //             in the box
  readonly wanted: string; //            asked for last; `view.ts` sends it
  readonly applied: string; //           what the list shows: the last one without an error
  readonly error: TextError | null; //   of the one that was asked for
}

export const useFilter = create<FilterState>()(() => ({ draft: '', wanted: '', applied: '', error: null }));

/** Typing: an error shown for another text is no longer true. */
export const setDraft = (draft: string): void => useFilter.setState({ draft, error: null });
/** Asks for a filter. Where it is wrong, `error` says so and the list keeps the one before. */
export const applyFilter = (text: string): void => useFilter.setState({ draft: text, wanted: text.trim(), error: null });
