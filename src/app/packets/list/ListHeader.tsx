import { useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { ColumnId } from '../../../core/format/packet-row.ts';
import type { Sort } from '../../../worker/protocol.ts';
import { setSort, useView } from '../../stores/view.ts';
import { openMenu, type MenuEntry } from '../menu/context-menu.ts';
import { columnOf } from './columns.ts';
import { moveColumn, putColumn, visibleIds, widenColumn, type PacketTable } from './use-columns.ts';

const FAR = 5; // px that a press may wander before it is a drag

/** Ascending, descending, then the order of the file again. */
export function nextSort(sort: Sort | null, id: ColumnId): Sort | null {
  const column = columnOf(id).sorts;
  if (!column) return sort;
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** The titles: press to sort, drag to move, drag the edge to resize; Alt with the arrows moves, Alt and Shift resizes. One tab stop. */
export function ListHeader({ table }: { table: PacketTable }) {
  const sort = useView((view) => view.sort);
  const [stop, setStop] = useState<string>('number');
  const [over, setOver] = useState<{ id: string; behind: boolean } | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const shown = visibleIds(table);
  const tabStop = shown.includes(stop as ColumnId) ? stop : shown[0];

  const focusOn = (id: string | undefined): void => {
    if (id === undefined) return;
    setStop(id);
    row.current?.querySelector<HTMLElement>(`[data-column="${id}"] button`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, id: ColumnId): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step !== 0) {
      if (event.altKey && event.shiftKey) widenColumn(table, id, step);
      else if (event.altKey) { moveColumn(table, id, step); requestAnimationFrame(() => focusOn(id)); }
      else focusOn(shown[shown.indexOf(id) + step]);
    } else if (event.key === 'Home') focusOn(shown[0]);
    else if (event.key === 'End') focusOn(shown.at(-1));
    else if (event.key === 'ArrowDown') row.current?.closest<HTMLElement>('[role=grid]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="row" aria-rowindex={1} className="packet-row packet-head" ref={row}>
      {table.getHeaderGroups()[0]!.headers.map((header) => {
        const id = header.column.id as ColumnId;
        const { title, right, hue, sorts } = columnOf(id);
        const mine = sorts !== null && sort?.column === sorts ? sort : null;
        const order = mine ? (mine.descending ? 'descending' : 'ascending') : sort === null && id === 'number' ? 'ascending' : sorts ? 'none' : undefined;
        return (
          <div key={id} role="columnheader" aria-label={title} aria-sort={order} data-column={id} data-over={over?.id === id ? (over.behind ? 'behind' : 'before') : undefined}
            className={`packet-title ${right ? 'right' : ''} ${hue === '' ? '' : `hue-${hue}`}`}
            onContextMenu={(event: MouseEvent) => openMenu(event, event.currentTarget, `Column ${title}`, headerEntries(table, id))}>
            <button type="button" className="packet-sort" tabIndex={id === tabStop ? 0 : -1} onFocus={() => setStop(id)} onKeyDown={(event) => onKeyDown(event, id)}
              onPointerDown={(event) => startDrag(event, table, id, setOver)} onClick={(event) => { if (!wasDragged(event.currentTarget)) setSort(nextSort(sort, id)); }}
              title={sorts ? `Sort by ${title}` : `${title} cannot be sorted: it is made for the rows in view only`}>
              <span className="clip">{title}</span>
              {(order === 'ascending' || order === 'descending') && <i className={`sort-mark triangle ${order === 'ascending' ? 'up' : 'down'}`} aria-hidden />}
            </button>
            <span className="packet-resize" aria-hidden onMouseDown={header.getResizeHandler()} onTouchStart={header.getResizeHandler()} onDoubleClick={() => header.column.resetSize()} />
          </div>
        );
      })}
    </div>
  );
}

/** The pointer's ways by menu, for keys and for who cannot drag. */
function headerEntries(table: PacketTable, id: ColumnId): MenuEntry[] {
  const { sorts, title } = columnOf(id);
  const shown = visibleIds(table);
  const at = shown.indexOf(id);
  return [
    ...(sorts ? [
      { id: 'up', label: 'Sort ascending', run: () => setSort({ column: sorts, descending: false }) },
      { id: 'down', label: 'Sort descending', run: () => setSort({ column: sorts, descending: true }) },
      { id: 'file', label: 'Order of the file', run: () => setSort(null) },
    ] : []),
    { id: 'left', label: 'Move left', hint: 'Alt ←', disabled: at === 0, run: () => moveColumn(table, id, -1) },
    { id: 'right', label: 'Move right', hint: 'Alt →', disabled: at === shown.length - 1, run: () => moveColumn(table, id, 1) },
    { id: 'wider', label: 'Wider', hint: 'Alt Shift →', run: () => widenColumn(table, id, 2) },
    { id: 'narrower', label: 'Narrower', hint: 'Alt Shift ←', run: () => widenColumn(table, id, -2) },
    { id: 'hide', label: `Hide ${title}`, disabled: shown.length === 1, run: () => table.getColumn(id)?.toggleVisibility(false) },
  ];
}

const dragged = new WeakSet<Element>();
const wasDragged = (button: Element): boolean => dragged.delete(button);

/** Follows a press on a title; past a few pixels it carries the column to another place. */
function startDrag(down: PointerEvent<HTMLElement>, table: PacketTable, id: string, setOver: (over: { id: string; behind: boolean } | null) => void): void {
  if (down.button !== 0) return;
  const button = down.currentTarget;
  dragged.delete(button);
  let target: { id: string; behind: boolean } | null = null;
  const onMove = (move: globalThis.PointerEvent): void => {
    if (!dragged.has(button) && Math.abs(move.clientX - down.clientX) < FAR) return;
    dragged.add(button);
    const title = document.elementsFromPoint(move.clientX, button.getBoundingClientRect().top + 4).find((each) => each.matches('.packet-title'));
    const box = title?.getBoundingClientRect();
    const overId = title?.getAttribute('data-column');
    target = box && overId && overId !== id ? { id: overId, behind: move.clientX > box.left + box.width / 2 } : null;
    setOver(target);
  };
  const end = (event: globalThis.PointerEvent | globalThis.KeyboardEvent): void => {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', end);
    window.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', end);
    setOver(null);
    if (event.type === 'pointerup' && target) putColumn(table, id, target.id, target.behind);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', end);
  window.addEventListener('pointercancel', end);
  window.addEventListener('keydown', end);
}
