// The last comparison in its worker.

import { FaultError } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { compareCaptures } from '../core/compare/compare.ts';
import { FateList } from '../core/compare/fate-list.ts';
import type { CompareCalls, CompareReport, Fate, PairRow } from './compare-protocol.ts';
import type { Context } from './protocol.ts';

export class CompareDesk {
  #list: FateList | null = null;

  async compare({ source, appliance }: { source: Blob; appliance: Blob }, { signal, progress }: Context<CompareCalls['compare']['progress']>): Promise<CompareReport> {
    this.#list = new FateList(await compareCaptures(blobSource(source), blobSource(appliance), { signal, onProgress: progress }));
    return this.#list.report();
  }

  pairs(fate: Fate | null, from: number, count: number): PairRow[] {
    if (!this.#list) throw new FaultError({ code: 'cancelled', what: 'Nothing has been compared yet', next: 'Choose two captures.' });
    return this.#list.rows(fate, from, count);
  }
}
