// The last comparison in its worker, and its rows as text: one a source packet, and one a packet that only the appliance has, in the order of the
// source's clock.

import { FaultError } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { expected } from '../core/compare/clock.ts';
import { compareCaptures, type CompareResult } from '../core/compare/compare.ts';
import { FATE, type FateName } from '../core/compare/fates.ts';
import { NONE } from '../core/compare/matching.ts';
import { resultJson } from '../core/compare/result-json.ts';
import { timeOf } from '../core/compare/sightings.ts';
import { compareSentences } from './compare-summary.ts';
import type { CompareCalls, CompareReport, Fate, PairRow } from './compare-protocol.ts';
import type { Context } from './protocol.ts';

/** The core's marks under the names of the page, the one that a row shows first before the others. */
const NAMES: readonly (readonly [FateName, Fate])[] = [
  ['onlyAtAppliance', 'Only at appliance'], ['onlyAtSource', 'Only at source'], ['lost', 'Lost'], ['filtered', 'Filtered'], ['changed', 'Changed'], ['truncated', 'Truncated'], ['reordered', 'Reordered'],
  ['duplicated', 'Duplicated'], ['mirrored', 'Mirrored'], ['direct', 'Direct'],
];

const maskOf = (fate: Fate): number => FATE[NAMES.find(([, name]) => name === fate)![0]];

/** A row of the comparison: packets by row from 0, or NONE. */
interface Rows { readonly source: Uint32Array; readonly appliance: Uint32Array; readonly fates: Uint16Array }

export class CompareDesk {
  #result: CompareResult | null = null;
  #rows: Rows = { source: new Uint32Array(0), appliance: new Uint32Array(0), fates: new Uint16Array(0) };

  async compare({ source, appliance }: { source: Blob; appliance: Blob }, { signal, progress }: Context<CompareCalls['compare']['progress']>): Promise<CompareReport> {
    const result = await compareCaptures(blobSource(source), blobSource(appliance), { signal, onProgress: progress });
    this.#result = result;
    this.#rows = rowsOf(result);
    const { clockOffsetSeconds, driftPpm } = resultJson(result);
    return { rows: this.#rows.source.length, counts: countsOf(this.#rows.fates), identical: 0, summary: compareSentences(result), clockOffsetSeconds, driftPpm };
  }

  pairs(fate: Fate | null, from: number, count: number): PairRow[] {
    const { source, appliance, fates } = this.#rows;
    const mask = fate === null ? 0xffff : maskOf(fate);
    const rows: PairRow[] = [];
    for (let row = 0, seen = 0; row < source.length && rows.length < count; row++) {
      if ((fates[row]! & mask) === 0 && fate !== null) continue;
      if (seen++ >= from) rows.push(this.#row(source[row]!, appliance[row]!, fates[row]!));
    }
    return rows;
  }

  #row(a: number, b: number, fates: number): PairRow {
    if (!this.#result) throw new FaultError({ code: 'cancelled', what: 'Nothing has been compared yet', next: 'Choose two captures.' });
    const { matching, fit, aOrigin, bOrigin, firstTime } = this.#result;
    const names = NAMES.filter(([mark]) => (fates & FATE[mark]) !== 0).map(([, name]) => name);
    const time = a === NONE ? null : timeOf(matching.a.columns, a, aOrigin);
    const arrived = b === NONE ? null : timeOf(matching.b.columns, b, bOrigin);
    const delay = time === null || arrived === null || !fit ? '' : ((arrived - expected(fit, time) - fit.early) * 1e3).toFixed(3);
    return {
      source: a === NONE ? null : a + 1, appliance: b === NONE ? null : b + 1, fate: names[0] ?? 'Only at source', note: names.slice(1).filter((name) => name !== 'Mirrored').map((name) => name.toLowerCase()).join(', '),
      sourceTime: time === null ? '' : (time - firstTime).toFixed(6), delay,
    };
  }
}

/** The source's packets in their order, and between them, by the clock, those that only the appliance has. */
function rowsOf({ matching, fatesA, fatesB, fit, aOrigin, bOrigin }: CompareResult): Rows {
  const { a, b, pairOf, directOf } = matching;
  const only = Array.from(fatesB.keys()).filter((row) => (fatesB[row]! & FATE.onlyAtAppliance) !== 0);
  const own = Array.from(fatesA.keys()).filter((row) => fatesA[row] !== 0);
  const rows = { source: new Uint32Array(own.length + only.length), appliance: new Uint32Array(own.length + only.length), fates: new Uint16Array(own.length + only.length) };
  const shift = fit ? expected(fit, 0) : aOrigin - bOrigin;
  const put = (at: number, source: number, appliance: number, fates: number): void => { rows.source[at] = source; rows.appliance[at] = appliance; rows.fates[at] = fates; };
  let next = 0;
  let at = 0;
  for (const row of own) {
    while (next < only.length && timeOf(b.columns, only[next]!, bOrigin) - shift < timeOf(a.columns, row, aOrigin)) { put(at++, NONE, only[next]!, fatesB[only[next]!]!); next++; }
    put(at++, row, pairOf[row] === NONE ? directOf[row]! : pairOf[row]!, fatesA[row]!);
  }
  for (; next < only.length; next++) put(at++, NONE, only[next]!, fatesB[only[next]!]!);
  return rows;
}

/** Filtered needs the mirror's rules, which nobody has given. */
const countsOf = (fates: Uint16Array): Partial<Record<Fate, number>> => Object.fromEntries(
  [...NAMES].reverse().filter(([mark]) => mark !== 'filtered').map(([mark, name]) => [name, fates.reduce((sum, each) => sum + ((each & FATE[mark]) !== 0 ? 1 : 0), 0)]));
