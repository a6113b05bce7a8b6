import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import type { PairRow } from '../../worker/compare-protocol.ts';
import type { Row } from '../../worker/protocol.ts';
import { useCompare } from '../stores/compare.ts';
import { callCapture } from '../stores/workers.ts';
import { choosePair, pairRows, useComparison } from './compare-run.ts';
import { FateMark } from './FateMark.tsx';

const ROW = 24; //    pixels
const PAGE = 100; //  pairs asked for at once

/** A pair and what the list says of its packet: the source's, or the appliance's inner one where the source has none. */
interface Line { readonly pair: PairRow; readonly row: Row | undefined }

interface Column { readonly id: string; readonly label: string; readonly cell: (line: Line) => React.ReactNode; readonly looks?: string }

const inner = (row: Row, key: 'source' | 'destination' | 'protocol'): string =>
  (row.depth === 0 ? row[key] : row[({ source: 'innerSource', destination: 'innerDestination', protocol: 'innerProtocol' } as const)[key]]);

const COLUMNS: readonly Column[] = [
  { id: 'source', label: 'No.', cell: ({ pair }) => pair.source ?? '–', looks: 'mono right' },
  { id: 'time', label: 'Source time', cell: ({ pair }) => pair.sourceTime, looks: 'mono right dim' },
  { id: 'appliance', label: 'Appliance no.', cell: ({ pair }) => pair.appliance ?? '–', looks: 'mono right' },
  { id: 'from', label: 'Source', cell: ({ row }) => row && inner(row, 'source'), looks: 'mono' },
  { id: 'to', label: 'Destination', cell: ({ row }) => row && inner(row, 'destination'), looks: 'mono' },
  { id: 'protocol', label: 'Protocol', cell: ({ row }) => row && inner(row, 'protocol') },
  { id: 'info', label: 'Info', cell: ({ row }) => row?.info },
  { id: 'length', label: 'Length', cell: ({ row }) => row?.length, looks: 'mono right' },
  { id: 'delay', label: 'Delay ms', cell: ({ pair }) => pair.delay, looks: 'mono right' },
  { id: 'fate', label: 'Fate', cell: ({ pair }) => <span className="fate"><FateMark fate={pair.fate} />{pair.fate}{pair.note !== '' && <small>{pair.note}</small>}</span> },
];

/** Pages of pairs as they are scrolled to, with the rows of their packets. */
function useLines(show: string): (at: number) => Line | undefined {
  const { version, of } = useComparison();
  const key = `${show}.${version}`;
  const [held, setHeld] = useState<{ readonly key: string; readonly pages: ReadonlyMap<number, readonly Line[]> }>({ key: '', pages: new Map() });
  const asked = useRef({ key: '', pages: new Set<number>() });
  const wanted = useRef(new Set<number>());
  useEffect(() => {
    if (asked.current.key !== key) asked.current = { key, pages: new Set() };
    for (const page of wanted.current) {
      if (asked.current.pages.has(page) || !of) continue;
      asked.current.pages.add(page);
      linesOf(show, page, of).then(
        (lines) => setHeld((before) => ({ key, pages: new Map([...(before.key === key ? before.pages : []), [page, lines]]) })),
        (error: unknown) => { if (!(error instanceof FaultError)) throw error; });
    }
    wanted.current.clear();
  });
  return (at) => {
    const page = Math.floor(at / PAGE);
    const lines = held.key === key ? held.pages.get(page) : undefined;
    if (!lines) wanted.current.add(page);
    return lines?.[at % PAGE];
  };
}

async function linesOf(show: string, page: number, of: { source: number; appliance: number }): Promise<Line[]> {
  const pairs = await pairRows(show === 'All' ? null : (show as PairRow['fate']), page * PAGE, PAGE);
  const [source, appliance] = await Promise.all([
    callCapture(of.source, 'rowsOf', { numbers: pairs.flatMap((pair) => pair.source ?? []) }),
    callCapture(of.appliance, 'rowsOf', { numbers: pairs.flatMap((pair) => (pair.source === null ? (pair.appliance ?? []) : [])) }),
  ]);
  const bySource = new Map(source.map((row) => [row.number, row]));
  const byAppliance = new Map(appliance.map((row) => [row.number, row]));
  return pairs.map((pair) => ({ pair, row: pair.source === null ? byAppliance.get(pair.appliance ?? 0) : bySource.get(pair.source) }));
}

export function PairGrid() {
  const show = useCompare((compare) => compare.show);
  const { report, running, chosen } = useComparison();
  const scroll = useRef<HTMLDivElement>(null);
  const lineAt = useLines(show);
  const count = report ? (show === 'All' ? report.rows : (report.counts[show as PairRow['fate']] ?? 0)) : 0;
  const rows = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12 });
  const chosenAt = useRef(0);
  const first = lineAt(0);
  useEffect(() => { if (!chosen && first) { chosenAt.current = 0; choosePair(first.pair); } }, [chosen, first]);
  const choose = (at: number): void => {
    const line = lineAt(at);
    if (!line) return;
    chosenAt.current = at;
    choosePair(line.pair);
    rows.scrollToIndex(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(Math.max(0, Math.min(count - 1, chosenAt.current + step)));
  };
  return (
    <section className="pane pair-pane" aria-label="Pairs">
      <div ref={scroll} className="pair-scroll">
        <div role="grid" aria-label="Paired packets" aria-rowcount={count + 1} className="pair-grid" tabIndex={0} onKeyDown={onKeyDown} aria-busy={running}>
          <div role="row" className="pair-row head" aria-rowindex={1}>{COLUMNS.map(({ id, label, looks }) => <span key={id} role="columnheader" className={looks?.includes('right') ? 'right' : ''}>{label}</span>)}</div>
          <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const line = lineAt(index);
              const isChosen = line !== undefined && chosen?.source === line.pair.source && chosen.appliance === line.pair.appliance;
              return (
                <div key={index} role="row" aria-rowindex={index + 2} aria-selected={isChosen} className="pair-row" style={{ transform: `translateY(${start}px)` }} onClick={() => choose(index)}>
                  {COLUMNS.map(({ id, cell, looks }) => <span key={id} role="gridcell" className={looks}>{line && cell(line)}</span>)}
                </div>
              );
            })}
          </div>
        </div>
        {report && count === 0 && <p className="empty">No packet of this fate. Choose All to see every packet.</p>}
        {!report && <p className="empty">{running ? 'The two captures are being compared.' : 'Nothing is compared yet: the captures are still being read.'}</p>}
      </div>
    </section>
  );
}
