// What the list shows as files: a table, or a capture. They are of the view as it is when they are begun, whatever comes afterwards.

import { FaultError } from '../core/base/fault.ts';
import { csvLine } from '../core/format/csv.ts';
import { cellText, cellValue } from '../core/format/packet-row.ts';
import type { AlertMarks } from './alert-marks.ts';
import { turn } from './breathe.ts';
import { GrowingBlob } from './growing-blob.ts';
import { pickedFile } from './picked-file.ts';
import type { CaptureFile, Context, FileColumn, FileProgress, Row, TableForm } from './protocol.ts';
import { rowsOf } from './rows.ts';
import type { OpenSession } from './session.ts';

const AT_ONCE = 256; // rows between two breaths
const PROGRESS_MS = 100;

interface Form { readonly type: string; readonly head: string; readonly line: (row: Row, at: number) => string; readonly foot: string }

const FORMS: Readonly<Record<TableForm, (columns: readonly FileColumn[]) => Form>> = {
  csv: (columns) => ({ type: 'text/csv', head: csvLine(columns.map(({ title }) => title)), line: (row) => csvLine(columns.map(({ id }) => cellText(row, id))), foot: '' }),
  json: (columns) => ({ type: 'application/json', head: '[', line: (row, at) => `${at === 0 ? '\n' : ',\n'}${JSON.stringify(Object.fromEntries(columns.map(({ id }) => [id, cellValue(row, id)])))}`, foot: '\n]\n' }),
};

/** These columns of the rows of the view, in its order. Rejects with a FaultError when it is cancelled. */
export async function tableFile(open: OpenSession, form: TableForm, columns: readonly FileColumn[], marks: AlertMarks | null, { signal, progress }: Context<FileProgress>): Promise<Blob> {
  const { view } = open;
  const total = view.rows;
  const { type, head, line, foot } = FORMS[form](columns);
  const tell = seldom(progress);
  const file = new GrowingBlob();
  file.add(head);
  for (let from = 0; from < total; from += AT_ONCE) {
    await turn();
    if (signal.aborted) throw new FaultError({ code: 'cancelled', what: 'Writing the table was cancelled', next: 'Start it again when you like.' });
    const rows = await rowsOf(open, from, Math.min(AT_ONCE, total - from), marks, view);
    file.add(rows.map((row, at) => line(row, from + at)).join(''));
    tell(from + rows.length, total);
  }
  file.add(foot);
  return file.end(type);
}

/** The packets of the view, or all, in the order of the capture. */
export function viewCapture({ view, table, source, edits }: OpenSession, all: boolean, { signal, progress }: Context<FileProgress>): Promise<CaptureFile> {
  const last = table.count;
  const tell = seldom(progress);
  return pickedFile(source, { wanted: (number) => all || view.has(number - 1), edits, last, signal, onProgress: (done) => tell(done, source.size) });
}

/** A file that is there at once is told of by nothing but itself. */
function seldom(progress: (p: FileProgress) => void): (done: number, total: number) => void {
  let last = performance.now();
  return (done, total) => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    progress({ done, total });
  };
}
