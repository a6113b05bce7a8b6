// What is put beside what.

import { create } from 'zustand';
import type { CaptureId } from './captures.ts';

/** The appliance's clock less the source's at the first packet, and how it drifts from there (seconds a second), as somebody knows them; null: as estimated. And of which two captures; null: of those that the link opens. */
export interface ClockByHand { readonly offset: number | null; readonly drift: number | null; readonly of: { readonly source: CaptureId; readonly appliance: CaptureId } | null }

interface CompareState {
  readonly source: CaptureId | null; //     null: the first capture of that role
  readonly appliance: CaptureId | null;
  readonly points: readonly CaptureId[]; // further captures, a column each
  readonly show: string; //                 a fate, or "All"
  readonly clock: ClockByHand | null; //    null: the estimated one
}

export const useCompare = create<CompareState>()(() => ({ source: null, appliance: null, points: [], show: 'All', clock: null }));
