import { useEffect, useSyncExternalStore, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import type { ColumnId } from '../../../core/format/packet-row.ts';
import type { Row } from '../../../worker/protocol.ts';
import { selectPacket, useSelection } from '../../stores/selection.ts';
import { useSettings } from '../../stores/settings.ts';
import { selectPlace, useDetail, useSelectedPlace } from '../detail.ts';
import { openMenu } from '../menu/context-menu.ts';
import { enterList } from './control.ts';
import { cellEntries } from './cell-entries.ts';
import { columnOfPlace, placeOfCell } from './cell-place.ts';
import { EmptyList } from './EmptyList.tsx';
import { MOVES } from './list-keys.ts';
import type { ListModel } from './list-model.ts';
import { ListHeader } from './ListHeader.tsx';
import { cellId, ListRow, rowId } from './ListRow.tsx';
import { tracks, useColumns, visibleIds } from './use-columns.ts';
import { useCursor, type Cursor } from './use-cursor.ts';
import { useListing } from './use-listing.ts';
import { useScroller } from './use-scroller.ts';
import './list.css';

/** Heights of base.css's --row and --row-compact, which scrolling needs as numbers. */
const ROW = 24;
const COMPACT = 20;

/** The packets of the shown capture that pass the filter. */
export function PacketList() {
  const compact = useSettings((settings) => settings.compact);
  const rowHeight = compact ? COMPACT : ROW;
  const { model, selected, setSelected } = useListing(rowHeight);
  const painted = useSyncExternalStore(model.subscribe, model.painted);
  const table = useColumns(painted.rows);
  const columns = visibleIds(table);
  const packet = useSelection((selection) => selection.packet);
  const cursor = useCursor(model, selected, setSelected);
  const { scroller, layer, spacer } = useScroller(model, rowHeight, painted);
  const shows = useShowingColumn(painted.rows.find(({ number }) => number === packet));
  const cell = cursor.column === '' || !columns.includes(cursor.column) ? '' : cursor.column;
  const active = selected !== null && selected >= painted.first && selected < painted.first + painted.rows.length ? (cell === '' ? rowId(selected) : cellId(selected, cell)) : undefined;

  useEffect(() => enterList({
    move: (rows) => cursor.go(selected === null ? 0 : selected + rows), goTo: (number) => selectPacket(number), copy: () => cursor.copy(columns),
  }));

  const onContextMenu = (event: MouseEvent): void => {
    const element = event.target instanceof Element ? event.target : null;
    const [line, at] = [element?.closest('[data-index]'), element?.closest('[role=gridcell]')];
    if (element?.closest('.packet-head')) return;
    const index = line ? Number(line.getAttribute('data-index')) : selected;
    const column = (at?.getAttribute('data-column') ?? (cell === '' ? columns[0] : cell)) as ColumnId;
    if (index === null) return;
    if (line) cursor.go(index);
    cursor.goColumn(column);
    openMenu(event, at ?? document.getElementById(cellId(index, column)), 'Packet', cellEntries(model.cache.row(index), column, () => cursor.copy(columns)));
  };
  return (
    <div className="packet-list" data-compact={compact || undefined}>
      <div ref={scroller} role="grid" aria-label="Packets" aria-rowcount={painted.total + 1} aria-colcount={columns.length} aria-multiselectable aria-activedescendant={active} tabIndex={0} className="packet-grid"
        style={{ '--tracks': tracks(table) } as CSSProperties}
        onKeyDown={(event) => onKey(event, cursor, model, selected, columns)}
        onClick={(event) => onPress(event, cursor, model)} onContextMenu={onContextMenu}>
        <div role="presentation" className="packet-spacer" style={{ height: spacer, minWidth: table.getTotalSize() }}>
          <div role="presentation" className="packet-layer" ref={layer}>
            <ListHeader table={table} />
            <div role="presentation" className="packet-rows" style={{ transform: `translateY(${-painted.shift}px)` }}>
              {table.getRowModel().rows.map(({ original: row }, i) => {
                const index = painted.first + i;
                const isSelected = row.number === packet;
                return <ListRow key={index} row={row} index={index} columns={columns} selected={isSelected} marked={isSelected || (cursor.range !== null && index >= cursor.range.from && index <= cursor.range.to && cursor.range.to > cursor.range.from)}
                  cell={index === selected ? cell : ''} shows={isSelected ? shows : ''} />;
              })}
            </div>
          </div>
        </div>
      </div>
      {painted.total === 0 && <EmptyList />}
    </div>
  );
}

/** The column whose cell shows the selected field of the selected packet. */
function useShowingColumn(row: Row | undefined): ColumnId | '' {
  const detail = useDetail((state) => state.detail);
  const place = useSelectedPlace();
  return detail && row && detail.number === row.number ? columnOfPlace(detail, row, place) : '';
}

function onPress(event: MouseEvent, cursor: Cursor, model: ListModel): void {
  const element = event.target instanceof Element ? event.target : null;
  const line = element?.closest('[data-index]');
  if (!line) return;
  const column = element?.closest('[role=gridcell]')?.getAttribute('data-column') as ColumnId | null | undefined;
  if (column) cursor.goColumn(column);
  cursor.go(Number(line.getAttribute('data-index')), event.shiftKey);
  if (column) followCell(model.cache.row(Number(line.getAttribute('data-index'))), column);
}

/** Selects the field that the cell shows, once the packet is here. */
function followCell(row: Row | undefined, column: ColumnId): void {
  if (!row) return;
  const isHere = (): boolean => useDetail.getState().detail?.number === row.number;
  const choose = (): void => {
    const { detail } = useDetail.getState();
    const place = detail && useSelection.getState().packet === row.number ? placeOfCell(detail, row, column) : null;
    if (detail && place) selectPlace(detail, place);
  };
  if (isHere()) { choose(); return; }
  const end = useDetail.subscribe(() => { if (isHere()) { end(); choose(); } });
  setTimeout(end, 2000);
}

function onKey(event: KeyboardEvent, cursor: Cursor, { scroll, cache }: ListModel, selected: number | null, columns: readonly ColumnId[]): void {
  const { page, total } = scroll;
  const { key, altKey, shiftKey } = event;
  const mod = event.ctrlKey || event.metaKey;
  if (altKey || event.target !== event.currentTarget) return;
  const move = MOVES[key];
  if (mod && key.toLowerCase() === 'c') cursor.copy(columns);
  else if (mod && key.toLowerCase() === 'a') cursor.markAll();
  else if (move && (!mod || key === 'Home' || key === 'End')) cursor.go(selected === null ? (key === 'End' ? total - 1 : 0) : move(selected, page, total - 1), shiftKey);
  else if (!mod && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const at = cursor.column === '' ? -1 : columns.indexOf(cursor.column);
    const next = columns[Math.max(0, Math.min(columns.length - 1, at + (key === 'ArrowLeft' ? -1 : 1)))];
    if (next) { cursor.goColumn(next); followCell(cache.row(selected ?? -1), next); }
  } else return;
  event.preventDefault();
}
