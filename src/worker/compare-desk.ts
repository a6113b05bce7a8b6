// The last comparison in its worker.

import { FaultError, faultText } from '../core/base/fault.ts';
import { blobSource } from '../core/bytes/blob-source.ts';
import { compareCaptures, type CompareResult } from '../core/compare/compare.ts';
import { FateList } from '../core/compare/fate-list.ts';
import { resultJson } from '../core/compare/result-json.ts';
import { playedSessions, type PlayedSession } from '../core/mirror/played-sessions.ts';
import { readMirror } from '../core/mirror/read-mirror.ts';
import { breathing, turn } from './breathe.ts';
import type { CompareCalls, CompareReport, Delays, Notice, PairRow, RowRange, Side, Why } from './compare-protocol.ts';
import { pickedFile } from './picked-file.ts';
import type { Context } from './protocol.ts';

/** What a sentence calls the text that was given. */
const RULES = 'The text of the mirror’s rules';

/** The sessions at work; where the rules cannot be used, none and why: the captures are compared all the same. */
function rulesIn(mirror: string | undefined): { readonly played?: readonly PlayedSession[]; readonly notices: readonly Notice[] } {
  if (mirror === undefined) return { notices: [] };
  try {
    return { played: playedSessions(readMirror(mirror, RULES), undefined, []), notices: [] };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { notices: [{ kind: 'rules', text: `${faultText(error.fault)} The captures were compared without.` }] };
  }
}

interface Compared { readonly files: Readonly<Record<Side, Blob>>; readonly result: CompareResult; readonly list: FateList }

export class CompareDesk {
  #last: Compared | null = null;

  async compare({ source, appliance, mirror }: CompareCalls['compare']['request'], { signal, progress }: Context<CompareCalls['compare']['progress']>): Promise<CompareReport> {
    const rules = rulesIn(mirror);
    const result = await compareCaptures(blobSource(source), blobSource(appliance), { mirror: rules.played, signal, onProgress: progress, breathe: turn });
    const list = new FateList(result);
    this.#last = { files: { source, appliance }, result, list };
    const report = list.report();
    return { ...report, notices: [...rules.notices, ...report.notices] };
  }

  pairs({ fate, from, count }: RowRange): PairRow[] { return this.#compared.list.rows(fate, from, count); }

  async points({ captures }: CompareCalls['points']['request'], { signal, progress }: Context<CompareCalls['points']['progress']>): Promise<readonly number[]> {
    const { files, list } = this.#compared;
    const results: CompareResult[] = [];
    for (const capture of captures) results.push(await compareCaptures(blobSource(files.source), blobSource(capture), { signal, onProgress: progress, breathe: turn }));
    return list.setPoints(results);
  }

  why(source: number | null, appliance: number | null): Why { return this.#compared.list.why(source, appliance); }

  spanBetween({ fate, from, to }: CompareCalls['spanBetween']['request']): CompareCalls['spanBetween']['reply'] { return this.#compared.list.spanBetween(fate, from, to); }

  setClock({ clock }: CompareCalls['setClock']['request']): Delays | null { return this.#compared.list.setClock(clock); }

  resultFile(range: RowRange): Blob {
    const { result, list } = this.#compared;
    return new Blob([JSON.stringify(resultJson(result, list.excerpt(range))), '\n'], { type: 'application/json' });
  }

  captureFile({ side, ...range }: RowRange & { readonly side: Side }, { signal, progress }: Context<CompareCalls['captureFile']['progress']>): Promise<CompareCalls['captureFile']['reply']> {
    const { files, list } = this.#compared;
    const wanted = list.packetsOf(side, range);
    const onProgress = (done: number): void => progress({ step: `writing ${side} packets`, done, total: files[side].size });
    return pickedFile(breathing(blobSource(files[side])), { wanted: (number) => wanted[number - 1] === 1, last: wanted.lastIndexOf(1) + 1, signal, onProgress });
  }

  get #compared(): Compared {
    if (!this.#last) throw new FaultError({ code: 'cancelled', what: 'Nothing has been compared yet', next: 'Choose two captures.' });
    return this.#last;
  }
}

/** The packets of one interface, as a capture of its own. */
export const interfaceFile = ({ capture, id }: CompareCalls['interfaceFile']['request'], { signal, progress }: Context<CompareCalls['interfaceFile']['progress']>): Promise<CompareCalls['interfaceFile']['reply']> =>
  pickedFile(breathing(blobSource(capture)), { wanted: (_, iface) => iface === id, signal, onProgress: (done) => progress({ step: 'taking one interface out', done, total: capture.size }) });
