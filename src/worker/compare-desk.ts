// The last comparison in its worker.

import { FaultError } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { compareCaptures } from '../core/compare/compare.ts';
import { FateList } from '../core/compare/fate-list.ts';
import { chosenFilter, readMirror } from '../core/mirror/read-mirror.ts';
import type { CompareCalls, CompareReport, Fate, PairRow } from './compare-protocol.ts';
import type { Context } from './protocol.ts';

/** What a sentence calls the text that was given. */
const RULES = 'The text of the mirror’s rules';

export class CompareDesk {
  #list: FateList | null = null;

  async compare({ source, appliance, mirror }: CompareCalls['compare']['request'], { signal, progress }: Context<CompareCalls['compare']['progress']>): Promise<CompareReport> {
    const filter = mirror === undefined ? undefined : chosenFilter(readMirror(mirror, RULES), undefined, RULES);
    this.#list = new FateList(await compareCaptures(blobSource(source), blobSource(appliance), { filter, signal, onProgress: progress }));
    return this.#list.report();
  }

  pairs(fate: Fate | null, from: number, count: number): PairRow[] {
    if (!this.#list) throw new FaultError({ code: 'cancelled', what: 'Nothing has been compared yet', next: 'Choose two captures.' });
    return this.#list.rows(fate, from, count);
  }
}
