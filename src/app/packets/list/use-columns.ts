import { createColumnHelper, columnOrderingFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature, functionalUpdate, tableFeatures, useTable, type Updater } from '@tanstack/react-table';
import { useMemo } from 'react';
import { cellText, type ColumnId } from '../../../core/format/packet-row.ts';
import type { Row } from '../../../worker/protocol.ts';
import { setColumns, useSettings } from '../../stores/settings.ts';
import { COLUMNS } from './columns.ts';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature, columnOrderingFeature, columnVisibilityFeature });
const helper = createColumnHelper<typeof features, Row>();
const columns = helper.columns(COLUMNS.map(({ id, title, width, least }) => helper.accessor((row) => cellText(row, id), { id, header: title, size: width, minSize: least, maxSize: 1200 })));
const IDS = COLUMNS.map(({ id }) => id as string);

/** The column model, remembered in the settings. TanStack Table is given the rows in view only: sorting and filtering are the worker's. */
export function useColumns(rows: readonly Row[]) {
  const kept = useSettings((settings) => settings.columns);
  const state = useMemo(() => ({
    columnOrder: completeOrder(kept.order),
    columnVisibility: Object.fromEntries(kept.hidden.map((id) => [id, false])),
    columnSizing: { ...kept.widths },
  }), [kept]);
  return useTable({
    features, columns, data: rows, state, columnResizeMode: 'onChange',
    getRowId: (row) => String(row.number),
    onColumnOrderChange: (update: Updater<string[]>) => keep({ order: functionalUpdate(update, completeOrder(useSettings.getState().columns.order)) }),
    onColumnVisibilityChange: (update: Updater<Record<string, boolean>>) => {
      const before = Object.fromEntries(useSettings.getState().columns.hidden.map((id) => [id, false]));
      keep({ hidden: Object.entries(functionalUpdate(update, before)).filter(([, shown]) => !shown).map(([id]) => id) });
    },
    onColumnSizingChange: (update: Updater<Record<string, number>>) => keep({ widths: functionalUpdate(update, { ...useSettings.getState().columns.widths }) }),
  });
}
export type PacketTable = ReturnType<typeof useColumns>;

const keep = (change: Partial<ReturnType<typeof useSettings.getState>['columns']>): void => setColumns({ ...useSettings.getState().columns, ...change });

/** Every column once: those that the settings do not name stand where the table of columns has them. */
export function completeOrder(order: readonly string[]): string[] {
  const complete = order.filter((id, i) => IDS.includes(id) && order.indexOf(id) === i);
  for (const [at, id] of IDS.entries()) {
    if (complete.includes(id)) continue;
    const before = IDS.slice(0, at).findLast((each) => complete.includes(each));
    complete.splice(before === undefined ? 0 : complete.indexOf(before) + 1, 0, id);
  }
  return complete;
}

/** The ids of the columns that are shown, in their order, by the settings alone: for what is no component. */
export const shownIds = ({ order, hidden }: Pick<ReturnType<typeof useSettings.getState>['columns'], 'order' | 'hidden'>): ColumnId[] =>
  completeOrder(order).filter((id) => !hidden.includes(id)) as ColumnId[];

export const visibleIds = (table: PacketTable): ColumnId[] => table.getVisibleLeafColumns().map(({ id }) => id as ColumnId);

/** Moves a column by one place among those that are shown. */
export function moveColumn(table: PacketTable, id: string, step: -1 | 1): void {
  const shown = visibleIds(table) as string[];
  const over = shown[shown.indexOf(id) + step];
  if (over !== undefined) putColumn(table, id, over, step > 0);
}

/** Puts a column before or behind another. */
export function putColumn(table: PacketTable, id: string, over: string, behind: boolean): void {
  if (id === over) return;
  const order = completeOrder(useSettings.getState().columns.order).filter((each) => each !== id);
  order.splice(order.indexOf(over) + (behind ? 1 : 0), 0, id);
  table.setColumnOrder(order);
}

const STEP = 16;
export function widenColumn(table: PacketTable, id: string, steps: number): void {
  const column = table.getColumn(id);
  if (!column) return;
  const { minSize = 0 } = column.columnDef;
  table.setColumnSizing((sizes) => ({ ...sizes, [id]: Math.max(minSize, column.getSize() + steps * STEP) }));
}

/** Order, widths and visibility as they were at first. */
export const resetColumns = (): void => setColumns({ order: [], hidden: [], widths: {} });

/** The grid's tracks: every column as wide as it is, Info at least so, and it takes what is left. Without Info the rest stays empty. */
export function tracks(table: PacketTable): string {
  const shown = table.getVisibleLeafColumns();
  const parts = shown.map((column) => (column.id === 'info' ? `minmax(${column.getSize()}px, 1fr)` : `${column.getSize()}px`));
  return shown.some(({ id }) => id === 'info') ? parts.join(' ') : `${parts.join(' ')} 1fr`;
}
