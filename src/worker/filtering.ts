// Which rows a filter passes: answered from the columns where they can tell, and about the other packets in a second pass over the file.

import type { Bitset } from '../core/base/bitset.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { compileFilter, type Filter } from '../core/filter/compile.ts';
import { knownRows } from '../core/filter/known-rows.ts';
import { scan } from '../core/filter/scan.ts';
import type { Context, TextError, ViewProgress } from './protocol.ts';
import type { OpenSession } from './session.ts';

const PROGRESS_MS = 100;

/** Of those that are indexed by now; or what is wrong with the filter. */
export async function filtered(open: OpenSession, text: string, context: Context<ViewProgress>): Promise<{ readonly rows: Bitset } | { readonly error: TextError }> {
  const compiled = compileFilter(text);
  return compiled.ok ? { rows: await passing(open, compiled.filter, context) } : { error: compiled.error };
}

/** The rows that pass, of those that are indexed by now. The last answer is kept: sorting the same rows another way needs no pass. */
async function passing(open: OpenSession, filter: Filter, { signal, progress }: Context<ViewProgress>): Promise<Bitset> {
  const { count } = open.table;
  if (open.filtered?.text === filter.text && open.filtered.rows.size === count) return open.filtered.rows;
  const known = knownRows(open.table, filter, count);
  if (known.open.next(0) < 0) {
    open.filtered = { text: filter.text, rows: known.passed };
    return known.passed;
  }
  const reader = await openCapture(open.source);
  reader.editComments(open.edits);
  let last = performance.now();
  const onWindow = (packetsDone: number, rows: number): void => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    progress({ rows, packetsDone });
  };
  try {
    const rows = await scan(reader, filter, count, { signal, onWindow, known, reassembles: open.reassembles, protocols: open.places.protocols });
    open.filtered = { text: filter.text, rows };
    return rows;
  } finally {
    await reader.close();
  }
}
