// What the page may ask the worker that compares two captures. Types only.

import type { CompareReport, Fate, PairRow } from '../core/compare/report.ts';

export type { CompareReport, Fate, PairRow } from '../core/compare/report.ts';
export interface CompareProgress { readonly step: string; readonly done: number; readonly total: number }

export interface CompareCalls {
  /** Compares two captures, inflated; the worker keeps the result of the last comparison. `mirror` is what the AWS CLI prints of the mirror's own rules. */
  compare: { request: { source: Blob; appliance: Blob; mirror?: string }; progress: CompareProgress; reply: CompareReport };
  /** Rows of the last comparison, of one fate or of all (null). */
  pairs: { request: { fate: Fate | null; from: number; count: number }; progress: never; reply: readonly PairRow[] };
}
