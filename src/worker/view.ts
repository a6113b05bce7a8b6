// What the list counts: the rows that a filter passes, in an order that is sorted from the columns.

import type { Bitset } from '../core/base/bitset.ts';
import { PacketView } from '../core/table/packet-view.ts';
import type { AlertMarks } from './alert-marks.ts';
import type { Context, View, ViewProgress, ViewReply } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** Filters and sorts. A filter that is wrong leaves the view as it was. `marks` are those of the last run of rules. */
export async function applyView(open: OpenSession, { filter: text, sort }: View, marks: AlertMarks | null, context: Context<ViewProgress>): Promise<ViewReply> {
  let passed: Bitset | null = null;
  if (text.trim() !== '') {
    const { filtered } = await import('./filtering.ts'); // whoever never filters does without
    const answer = await filtered(open, text, context);
    if ('error' in answer) return answer;
    passed = answer.rows;
  }
  open.view = new PacketView(open.table, passed, sort, sort?.column === 'alerts' ? (marks?.totals(open.table.count) ?? null) : null);
  return { rows: open.view.rows };
}
