import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { FaultError } from '../../core/base/fault.ts';
import { placeName } from '../../core/format/names.ts';
import type { CompareReport, Fate } from '../../worker/compare-protocol.ts';
import { bareName } from '../shared/saving.ts';
import { useCompare } from '../stores/compare.ts';
import { useNames } from '../stores/names.ts';
import { chooseAll, choosePair, pairRows, shownRange, useComparison } from './compare-run.ts';
import { copyRows } from './copy-rows.ts';
import { FateMark } from './FateMark.tsx';
import { columnsWith, linesOf, type Column, type Line } from './lines.ts';

const ROW = 24; //    pixels
const POINT = 138; // pixels, too: the column of a further capture
const PAGE = 100; //  pairs asked for at once

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
      linesOf({ fate: show === 'All' ? null : (show as Fate), from: page * PAGE, count: PAGE }, of).then(
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

/** What a cell shows; a packet that is missing is a dash. */
function cellOf({ id, text }: Column, line: Line): React.ReactNode {
  if (id === 'source' || id === 'appliance' || id.startsWith('point ')) return text(line) || '–';
  if (id !== 'fate') return text(line);
  const { fate, note } = line.pair;
  return <span className="fate" title={note}><FateMark fate={fate} />{fate}{note !== '' && <small>{note}</small>}</span>;
}

const DIGIT = 7.25; // pixels of a figure; a cell has 12 beside it

/** Columns as wide as their longest figure, and narrower words where further captures need the room. */
function widths(report: CompareReport | null, first: Line | undefined, points: number): CSSProperties {
  const wide = (characters: number, least: number): number => Math.max(least, Math.ceil(characters * DIGIT) + 14);
  const whole = (...values: readonly number[]): number => Math.max(...values.map((value) => String(Math.trunc(value)).length + (value < 0 && value > -1 ? 1 : 0)));
  const { start = 0, width = 0, bins = 0 } = report?.timeline ?? {}, { least = 0, most = 0 } = report?.delays ?? {};
  const earliest = first?.pair.sourceTime ?? '', decimals = earliest.split('.')[1]?.length ?? 6;
  const time = wide(Math.max(earliest.length, whole(start, start + width * bins) + 1 + decimals), 88), delay = wide(whole(least * 1e3, most * 1e3) + 4, 68), number = wide(String(report?.rows ?? 0).length, 52);
  const narrow = points > 0 ? { '--points': `repeat(${points}, ${POINT}px)`, '--info': '76px', '--fate': '140px' } : {};
  const style: Readonly<Record<string, string | number>> = { ...narrow, '--time': `${time}px`, '--delay': `${delay}px`, '--number': `${number}px`, minWidth: (points > 0 ? 632 : 734) + time + delay + number + POINT * points };
  return style;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity };

export function PairGrid() {
  const show = useCompare((compare) => compare.show);
  const { report, running, chosen, cursor, jumped, span, points } = useComparison();
  const names = useNames();
  const columns = columnsWith(points.map(({ name }) => placeName(name, '', names) ?? name));
  const scroll = useRef<HTMLDivElement>(null);
  const lineAt = useLines(show);
  const count = report ? shownRange(show, report).count : 0;
  const rows = useVirtualizer({ count, getScrollElement: () => scroll.current, estimateSize: () => ROW, overscan: 12, scrollPaddingEnd: ROW });
  const first = lineAt(0);
  useEffect(() => { if (!chosen && first) choosePair(first.pair, 0); }, [chosen, first]);
  useEffect(() => { if (cursor >= 0) rows.scrollToIndex(cursor, { align: jumped ? 'start' : 'auto' }); }, [rows, cursor, jumped]);
  const choose = (at: number, extend: boolean): void => {
    const line = lineAt(at);
    if (line) choosePair(line.pair, at, extend);
    else if (report) pairRows({ ...shownRange(show, report), from: at, count: 1 }).then(([pair]) => { if (pair) choosePair(pair, at, extend); }, () => {}); // far away: not read yet
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && (event.key === 'a' || event.key === 'c')) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'a') chooseAll(count);
      else void copyRows(show);
      return;
    }
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(Math.max(0, Math.min(count - 1, cursor + step)), event.shiftKey);
  };
  return (
    <section className="pane pair-pane" aria-label="Pairs">
      <div ref={scroll} className="pair-scroll">
        <div role="grid" aria-label="Paired packets" aria-rowcount={count + 1} className="pair-grid" aria-multiselectable="true" style={widths(report, first, points.length)} tabIndex={0} onKeyDown={onKeyDown} aria-busy={running}>
          <div role="row" className="pair-row head" aria-rowindex={1}>{columns.map(({ id, label, looks }) => <span key={id} role="columnheader" aria-label={label} title={points[Number(/^point (.*)/.exec(id)?.[1])]?.name ?? label} className={looks?.includes('right') ? 'right' : ''}>{id.startsWith('point ') ? bareName(label) : label}</span>)}</div>
          <div role="rowgroup" style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map(({ index, start }) => {
              const line = lineAt(index);
              const isChosen = index >= span.from && index < span.from + span.count || (line !== undefined && chosen?.source === line.pair.source && chosen.appliance === line.pair.appliance);
              return (
                <div key={index} role="row" aria-rowindex={index + 2} aria-selected={isChosen} className="pair-row" style={{ transform: `translateY(${start}px)` }} onClick={(event) => choose(index, event.shiftKey)}>
                  {columns.map((column) => <span key={column.id} role="gridcell" className={column.looks}>{line && cellOf(column, line)}</span>)}
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
