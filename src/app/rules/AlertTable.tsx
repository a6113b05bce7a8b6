import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { AlertColumn, AlertReport, AlertSort } from '../../worker/protocol.ts';
import { usePages } from '../shared/use-pages.ts';
import type { CaptureId } from '../stores/captures.ts';
import { useRules } from '../stores/rules.ts';
import { callCapture } from '../stores/workers.ts';
import { AlertMark } from './AlertMark.tsx';
import { columnName, levelHue } from './levels.ts';
import { chooseCell, useRun } from './run.ts';

const ROW = 24; //   pixels
const PAGE = 200; // alerts asked for at once

interface Column { readonly id: AlertColumn; readonly label: string; readonly cell: (alert: AlertReport, levels: number) => React.ReactNode; readonly mono?: boolean; readonly right?: boolean }

const COLUMNS: readonly Column[] = [
  { id: 'time', label: 'Time', cell: ({ time }) => time, mono: true },
  { id: 'packet', label: 'Packet', cell: ({ packet }) => packet, mono: true, right: true },
  { id: 'level', label: 'Level', cell: ({ level }, levels) => <span className={`level-name ${levels === 1 ? 'hue-inner' : levelHue(level)}`}><i className="dot" />{columnName(level, levels)}</span> },
  { id: 'action', label: 'Action', cell: ({ action, priority }) => <span className="level-name" title={`${action}, priority ${priority}`}><AlertMark priority={priority} />{action}</span> },
  { id: 'sid', label: 'sid', cell: ({ sid }) => sid, mono: true },
  { id: 'msg', label: 'Message', cell: ({ msg }) => msg },
  { id: 'protocol', label: 'Protocol', cell: ({ protocol }) => protocol },
  { id: 'source', label: 'Source', cell: ({ source }) => source, mono: true },
  { id: 'destination', label: 'Destination', cell: ({ destination }) => destination, mono: true },
];

/** One press sorts, the next turns it round, the third goes back to the order in which the alerts were raised. */
const nextSort = (sort: AlertSort | null, column: AlertColumn): AlertSort | null => (sort?.column !== column ? { column, descending: false } : sort.descending ? null : { column, descending: true });

/** The arrows go from row to row. */
function moveInRows(event: KeyboardEvent<HTMLElement>): void {
  const row = event.key === 'ArrowDown' ? event.currentTarget.nextElementSibling : event.key === 'ArrowUp' ? event.currentTarget.previousElementSibling : null;
  if (!(row instanceof HTMLElement)) return;
  row.focus();
  event.preventDefault();
}

/** The alerts of one capture, sorted by any column or in the order they were raised; with a signature, only its own. */
export function AlertTable({ capture, signature, count, levels }: { capture: CaptureId; signature: number | null; count: number; levels: number }) {
  const { tick, cell, packet } = useRun();
  const ips = useRules((rules) => rules.ips);
  const scroll = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<AlertSort | null>(null);
  const alertAt = usePages(`${capture}.${signature}.${tick}.${sort?.column}.${sort?.descending}`, PAGE, async (from, most) => (await callCapture(capture, 'alerts', { signature, sort, from, count: most })).alerts);
  const rows = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 10, scrollPaddingStart: ROW });
  const choose = ({ signature: index, level, packet: number }: AlertReport): void => void chooseCell({ signature: index, capture, level }, number);
  const items = rows.getVirtualItems();
  const isChosen = (alert: AlertReport | undefined): boolean => alert !== undefined && cell?.capture === capture && cell.signature === alert.signature && cell.level === alert.level && packet === alert.packet;
  const chosenInView = items.some(({ index }) => isChosen(alertAt(index)));
  const sortBy = (column: AlertColumn): void => { setSort(nextSort(sort, column)); rows.scrollToOffset(0); };
  return (
    <div ref={scroll} className="alert-scroll">
      <div role="grid" aria-label="Alerts" aria-rowcount={count + 1} className="alert-grid" data-ips={ips || undefined}>
        <div role="row" className="alert-row head" aria-rowindex={1}>
          {COLUMNS.map(({ id, label, right }) => (
            <span key={id} role="columnheader" className={right ? 'right' : ''} aria-sort={sort?.column !== id ? 'none' : sort.descending ? 'descending' : 'ascending'}>
              <button type="button" className="sort-button" onClick={() => sortBy(id)}>{label}{sort?.column === id ? (sort.descending ? ' ↓' : ' ↑') : ''}</button>
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }, at) => {
            const alert = alertAt(index);
            const chosen = isChosen(alert);
            return (
              <div key={index} role="row" aria-rowindex={index + 2} aria-selected={chosen} className="alert-row" style={{ transform: `translateY(${start}px)` }} tabIndex={chosen || (!chosenInView && at === 0) ? 0 : -1}
                onClick={() => alert && choose(alert)} onKeyDown={(event) => { if (alert && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); choose(alert); } else moveInRows(event); }}>
                {COLUMNS.map(({ id, cell: text, mono, right }) => <span key={id} role="gridcell" className={`${mono ? 'mono' : ''} ${right ? 'right' : ''}`}>{alert && text(alert, levels)}</span>)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
