// The chosen rows on the clipboard.

import { FaultError } from '../../core/base/fault.ts';
import { count as grouped } from '../../core/format/number.ts';
import { copyText } from '../shared/copy.ts';
import { tell, tellText } from '../stores/trouble.ts';
import { nameOf, shownRange, useComparison } from './compare-run.ts';
import { columnsWith, linesOf } from './lines.ts';

const MOST = 10_000; // rows; a clipboard is not an export

/** Copies them as lines of cells with tabs between, the titles first. */
export async function copyRows(show: string): Promise<void> {
  const { report, of, span, points } = useComparison.getState();
  if (!report || !of || span.count === 0) return;
  const columns = columnsWith(points.map(({ name }) => name));
  try {
    const lines = await linesOf({ ...shownRange(show, report), from: span.from, count: Math.min(MOST, span.count) }, of);
    const cells = lines.map((line) => [...columns.map(({ text }) => text(line)), line.pair.note]);
    const text = [[...columns.map(({ label }) => label), 'Note'], ...cells].map((line) => line.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
    copyText(text, `${grouped(lines.length)} ${lines.length === 1 ? 'row was' : 'rows were'} copied.`);
    if (span.count > MOST) tellText(`The first ${grouped(MOST)} of the chosen rows were copied. Export saves all of them.`);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(nameOf(of.source), error.fault);
  }
}
