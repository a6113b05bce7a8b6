import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { AlertReport } from '../../worker/protocol.ts';
import type { CaptureId } from '../stores/captures.ts';
import { callCapture } from '../stores/workers.ts';
import { AlertMark } from './AlertMark.tsx';
import { columnName, levelHue } from './levels.ts';
import { chooseCell, useRun } from './run.ts';

const ROW = 24; //   pixels
const PAGE = 200; // alerts asked for at once

interface Column { readonly id: string; readonly label: string; readonly cell: (alert: AlertReport, levels: number) => React.ReactNode; readonly mono?: boolean; readonly right?: boolean }

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

/** Pages of alerts as they are scrolled to; the rest stays in the worker. */
function useAlerts(capture: CaptureId, signature: number | null, version: number): (at: number) => AlertReport | undefined {
  const [pages, setPages] = useState<{ readonly key: string; readonly pages: ReadonlyMap<number, readonly AlertReport[]> }>({ key: '', pages: new Map() });
  const asked = useRef({ key: '', pages: new Set<number>() });
  const key = `${capture}.${signature}.${version}`;
  const ask = (page: number): void => {
    if (asked.current.key !== key) asked.current = { key, pages: new Set() };
    if (asked.current.pages.has(page)) return;
    asked.current.pages.add(page);
    callCapture(capture, 'alerts', { signature, from: page * PAGE, count: PAGE }).then(
      ({ alerts }) => setPages((before) => ({ key, pages: new Map([...(before.key === key ? before.pages : []), [page, alerts]]) })),
      (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
  };
  const wanted = useRef(new Set<number>());
  useEffect(() => { wanted.current.forEach(ask); wanted.current.clear(); });
  return (at) => {
    const page = Math.floor(at / PAGE);
    const alerts = pages.key === key ? pages.pages.get(page) : undefined;
    if (!alerts) wanted.current.add(page);
    return alerts?.[at % PAGE];
  };
}

/** The alerts of one capture in the order they were raised; with a signature, only its own. */
export function AlertTable({ capture, signature, count, levels }: { capture: CaptureId; signature: number | null; count: number; levels: number }) {
  const { version, cell, packet } = useRun();
  const scroll = useRef<HTMLDivElement>(null);
  const alertAt = useAlerts(capture, signature, version);
  const rows = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 10 });
  const choose = ({ signature: index, level, packet: number }: AlertReport): void => void chooseCell({ signature: index, capture, level }, number);
  return (
    <div ref={scroll} className="alert-scroll">
      <div role="grid" aria-label="Alerts" aria-rowcount={count + 1} className="alert-grid">
        <div role="row" className="alert-row head" aria-rowindex={1}>{COLUMNS.map(({ id, label, right }) => <span key={id} role="columnheader" className={right ? 'right' : ''}>{label}</span>)}</div>
        <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const alert = alertAt(index);
            const chosen = alert !== undefined && cell?.capture === capture && cell.signature === alert.signature && cell.level === alert.level && packet === alert.packet;
            return (
              <div key={index} role="row" aria-rowindex={index + 2} aria-selected={chosen} className="alert-row" style={{ transform: `translateY(${start}px)` }} tabIndex={0}
                onClick={() => alert && choose(alert)} onKeyDown={({ key }) => { if (alert && (key === 'Enter' || key === ' ')) choose(alert); }}>
                {COLUMNS.map(({ id, cell: text, mono, right }) => <span key={id} role="gridcell" className={`${mono ? 'mono' : ''} ${right ? 'right' : ''}`}>{alert && text(alert, levels)}</span>)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
