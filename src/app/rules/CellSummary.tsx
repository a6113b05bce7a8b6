import { FaultError } from '../../core/base/fault.ts';
import { count as grouped, counted } from '../../core/format/number.ts';
import type { LevelHits, NumbersFilter } from '../../worker/protocol.ts';
import { captureOf, showCapture } from '../stores/captures.ts';
import { applyFilter } from '../stores/filter.ts';
import { notify } from '../stores/notice.ts';
import { tell } from '../stores/trouble.ts';
import { showTab } from '../stores/view.ts';
import { callCapture } from '../stores/workers.ts';
import { columnName } from './levels.ts';
import type { Cell } from './run.ts';

/** Shows packets in the list by a filter that a worker makes. */
export async function showFiltered(capture: number, asked: Promise<NumbersFilter>): Promise<void> {
  try {
    const { filter, shown, packets } = await asked;
    showCapture(capture);
    applyFilter(filter);
    showTab('packets');
    if (shown < packets) notify(`The filter names the first ${grouped(shown)} of ${grouped(packets)} packets: more would make it too long.`);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(captureOf(capture)?.name ?? '', error.fault);
  }
}

/** What is behind a number of the matrix: how many, from when to when, and the packets. */
export function CellSummary({ cell, hits, levels }: { cell: Cell; hits: LevelHits; levels: number }) {
  const { capture, signature, level } = cell;
  return (
    <div className="cell-summary">
      <p>{counted(hits.count, 'alert')} {levels === 1 ? 'at' : `on the ${columnName(level, levels)} packets of`} {captureOf(capture)?.name}, {hits.count === 1 ? `at ${hits.first} s` : `first at ${hits.first} s, last at ${hits.last} s`}.</p>
      <button type="button" className="button small" onClick={() => void showFiltered(capture, callCapture(capture, 'hitsFilter', { signature, level }))}>Show {hits.count === 1 ? 'this packet' : 'these packets'}</button>
    </div>
  );
}
