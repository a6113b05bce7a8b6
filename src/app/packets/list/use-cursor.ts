import { useRef, useState } from 'react';
import { FaultError } from '../../../core/base/fault.ts';
import type { ColumnId } from '../../../core/format/packet-row.ts';
import type { Row } from '../../../worker/protocol.ts';
import { useCaptures } from '../../stores/captures.ts';
import { selectPacket } from '../../stores/selection.ts';
import { tellText } from '../../stores/trouble.ts';
import { callCapture } from '../../stores/workers.ts';
import { copyText } from '../../shared/copy.ts';
import { tsv } from './columns.ts';
import type { ListModel } from './list-model.ts';
import { count as grouped } from '../../../core/format/number.ts';

const MOST_COPIED = 100_000; // rows; a clipboard is not an export

export interface Cursor {
  readonly column: ColumnId | '';
  readonly range: { readonly from: number; readonly to: number } | null; // of rows, both ends in it
  readonly go: (index: number, extend?: boolean) => void;
  readonly goColumn: (column: ColumnId) => void;
  readonly markAll: () => void;
  readonly copy: (columns: readonly ColumnId[]) => void;
}

/** The keyboard's place in the list, and the range of rows that is marked with Shift. */
export function useCursor(model: ListModel, selected: number | null, setSelected: (index: number | null) => void): Cursor {
  const [column, goColumn] = useState<ColumnId | ''>('');
  const [marks, setMarks] = useState<{ readonly anchor: number; readonly head: number | null } | null>(null); // head null: the selected row
  const goal = useRef(0); // counts movements: only the last of them may select
  const head = marks?.head ?? selected;
  const range = head === null ? null : { from: Math.min(marks?.anchor ?? head, head), to: Math.max(marks?.anchor ?? head, head) };

  const go = (to: number, extend = false): void => {
    const index = Math.max(0, Math.min(model.scroll.total - 1, to));
    if (model.scroll.total === 0) return;
    const mine = ++goal.current;
    setMarks(extend && selected !== null ? { anchor: marks?.anchor ?? selected, head: null } : null);
    setSelected(index);
    model.scroll.reveal(index);
    model.paint();
    const row = model.cache.row(index);
    if (row) selectPacket(row.number);
    else void fetchRows(index, 1).then(([first]) => { if (first && mine === goal.current) selectPacket(first.number); });
  };
  const markAll = (): void => setMarks({ anchor: 0, head: Math.max(0, model.scroll.total - 1) });
  const copy = (columns: readonly ColumnId[]): void => {
    if (!range) return;
    const count = Math.min(MOST_COPIED, range.to - range.from + 1);
    if (range.to - range.from >= MOST_COPIED) tellText(`The first ${grouped(MOST_COPIED)} of the marked rows were copied. Export saves all of them.`);
    void fetchRows(range.from, count).then((rows) => copyText(tsv(rows, columns)));
  };
  return { column, range, go, goColumn, markAll, copy };
}

/** Rows of the list; the worker gives a part of many at a time. */
async function fetchRows(from: number, count: number): Promise<readonly Row[]> {
  const { shown } = useCaptures.getState();
  if (shown === null) return [];
  const all: Row[] = [];
  try {
    while (all.length < count) {
      const { rows } = await callCapture(shown, 'rows', { from: from + all.length, count: count - all.length });
      if (rows.length === 0) break;
      all.push(...rows);
    }
    return all;
  } catch (error) {
    if (error instanceof FaultError) return []; // the list's own request tells what is wrong
    throw error;
  }
}
