// How far a comparison is, and whether it is to go on.

import { FaultError } from '../base/fault.ts';

export type CompareStep = 'reading both captures' | 'pairing' | 'comparing bytes';
export interface CompareProgress { readonly step: CompareStep; readonly done: number; readonly total: number }

export interface Watching {
  readonly signal?: AbortSignal | undefined;
  /** Told within each step from 0 to its total, which says nothing about the other steps. */
  readonly onProgress?: ((progress: CompareProgress) => void) | undefined;
  /** Awaited now and then between two reads, so that a page's worker hears of an abort. */
  readonly breathe?: (() => Promise<void>) | undefined;
}

export class Watch {
  readonly #watching: Watching;

  constructor(watching: Watching = {}) { this.#watching = watching; }

  /** Rejects with a 'cancelled' FaultError when the signal has been given. Without a promise, for loops. */
  check(): void {
    if (this.#watching.signal?.aborted === true) throw new FaultError({ code: 'cancelled', what: 'The comparison was cancelled', next: 'Start it again when you like.' });
  }

  tell(step: CompareStep, done: number, total: number): void {
    this.#watching.onProgress?.({ step, done, total });
    this.check();
  }

  /** As `tell`, for work that reads nothing: messages are let in before the signal is looked at. */
  async breathe(step: CompareStep, done: number, total: number): Promise<void> {
    this.#watching.onProgress?.({ step, done, total });
    await this.#watching.breathe?.();
    this.check();
  }
}
