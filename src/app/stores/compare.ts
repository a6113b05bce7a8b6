// What is put beside what.

import { create } from 'zustand';
import type { CaptureId } from './captures.ts';

interface CompareState {
  readonly source: CaptureId | null; //     null: the first capture of that role
  readonly appliance: CaptureId | null;
  readonly points: readonly CaptureId[]; // further captures, a column each
  readonly show: string; //                 a fate, or "All"
}

export const useCompare = create<CompareState>()(() => ({ source: null, appliance: null, points: [], show: 'All' }));
