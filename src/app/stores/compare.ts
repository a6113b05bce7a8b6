// What is put beside what.

import { create } from 'zustand';
import type { CaptureId } from './captures.ts';

/** The appliance's clock less the source's, as somebody knows it, and of which two captures; null: of those that the link opens. */
export interface OffsetByHand { readonly seconds: number; readonly of: { readonly source: CaptureId; readonly appliance: CaptureId } | null }

interface CompareState {
  readonly source: CaptureId | null; //     null: the first capture of that role
  readonly appliance: CaptureId | null;
  readonly points: readonly CaptureId[]; // further captures, a column each
  readonly show: string; //                 a fate, or "All"
  readonly offset: OffsetByHand | null; //  null: the estimated one
}

export const useCompare = create<CompareState>()(() => ({ source: null, appliance: null, points: [], show: 'All', offset: null }));
