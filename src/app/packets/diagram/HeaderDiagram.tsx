import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { PacketDetail } from '../../../worker/protocol.ts';
import { counted } from '../../../core/format/number.ts';
import { point, selectPlace, useDetail, useSelectedPlace } from '../detail.ts';
import { hueOf } from '../hue.ts';
import { byteSpan, sourceAt } from '../locate.ts';
import { openMenu } from '../menu/context-menu.ts';
import { fieldEntries } from '../menu/entries.ts';
import { Letters, Ruler } from './DiagramParts.tsx';
import { BITS, cellsOf, diagramRows, NARROW, type Segment } from './diagram-model.ts';
import './diagram.css';

/** The header of the selected layer as the RFCs draw it, with the bits of this packet; above it all layers as a strip. */
export function HeaderDiagram({ detail }: { detail: PacketDetail | null }) {
  const selected = useSelectedPlace();
  if (!detail) return <Nothing why="Select a packet in the list to see the bits of its headers." />;
  const layer = selected?.layer ?? defaultLayer(detail);
  const view = detail.layers[layer];
  if (!view) return <Nothing why="This packet has no header to draw." />;
  const rows = diagramRows(detail, layer);
  const start = view.offset - sourceAt(detail, view.offset).from;
  return (
    <section className="diagram" aria-label="Header diagram">
      <div className="pane-head"><h2>Header diagram</h2><span className="clip">{view.label} · {counted(view.length, 'byte')}{view.length > 0 && ` at ${byteSpan(start, start + view.length)}`}</span></div>
      <Strip detail={detail} layer={layer} />
      {rows.length === 0
        ? <p className="empty">{view.name} has no header of a fixed form to draw. Its bytes and fields are in the other panels.</p>
        : <Cells key={layer} detail={detail} layer={layer} rows={rows} field={selected?.field ?? -1} />}
    </section>
  );
}

const Nothing = ({ why }: { why: string }) => <section className="diagram" aria-label="Header diagram"><div className="pane-head"><h2>Header diagram</h2></div><p className="empty">{why}</p></section>;

/** The envelope header if there is one, since that is what people come for; else the innermost header that can be drawn. */
function defaultLayer({ layers }: PacketDetail): number {
  const envelope = layers.findIndex(({ part }) => part === 'envelope');
  return Math.max(0, envelope >= 0 ? envelope : layers.findLastIndex(({ diagram }) => diagram.length > 0));
}

function Strip({ detail, layer }: { detail: PacketDetail; layer: number }) {
  const strip = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = layer + step;
    if (step === 0 || !detail.layers[next]) return;
    event.preventDefault();
    selectPlace(detail, { layer: next, field: -1 });
    strip.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div className="diagram-strip" role="group" aria-label="Layers" ref={strip} onKeyDown={onKeyDown}>
      {detail.layers.map((each, i) => (
        <button key={i} type="button" className={`diagram-layer hue-${hueOf(each)}`} aria-pressed={i === layer} tabIndex={i === layer ? 0 : -1} title={`${each.label}, ${counted(each.length, 'byte')}`}
          style={{ '--grow': Math.max(1, Math.sqrt(each.length)) } as CSSProperties} onClick={() => selectPlace(detail, { layer: i, field: -1 })}>
          {each.name} <small>{each.length}</small>
        </button>
      ))}
    </div>
  );
}

function Cells({ detail, layer, rows, field }: { detail: PacketDetail; layer: number; rows: readonly (readonly Segment[])[]; field: number }) {
  const pointed = useDetail((state) => state.pointed);
  const grid = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const own = cellsOf(detail, layer).findIndex((cell) => cell.field >= 0 && cell.field === field);
  const tabStop = own >= 0 ? own : stop;
  // A field that has no cell of its own (all flags together) is shown over the cells of its parts.
  const inside = (segment: Segment): boolean => field >= 0 && (segment.field === field || (own < 0 && segment.field >= 0 && within(detail, segment.field, field)));

  const onKeyDown = (event: KeyboardEvent, cell: number): void => {
    const flat = rows.flat().filter(({ continued }) => !continued);
    const at = flat.findIndex((segment) => segment.cell === cell);
    const to = NEXT[event.key]?.(flat, at);
    if (to === undefined) return;
    event.preventDefault();
    const target = flat[Math.max(0, Math.min(flat.length - 1, to))]!;
    choose(target);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-cell="${target.cell}"]`)?.focus());
  };
  const choose = ({ cell, field: chosen }: Segment): void => {
    setStop(cell);
    if (chosen >= 0) selectPlace(detail, { layer, field: chosen });
  };
  return (
    <div className={`diagram-cells hue-${hueOf(detail.layers[layer]!)}`} ref={grid} onPointerLeave={() => point(null)}>
      <Ruler rows={rows} />
      {rows.map((row, i) => (
        <div key={i} className="diagram-row">
          {row.map((segment) => {
            const props = {
              className: `diagram-cell ${segment.width <= NARROW && segment.bits !== '' ? 'bits' : ''} ${inside(segment) ? 'selected-mark' : ''} ${segment.continued ? 'continued' : ''}`,
              style: { gridColumn: `${segment.column + 1} / span ${segment.width}` }, 'data-pointed': segment.field >= 0 && pointed?.field === segment.field ? true : undefined,
              title: [detail.fields[segment.field]?.name, segment.label].filter(Boolean).join(' · '),
              onPointerMove: () => point(segment.field < 0 ? null : { layer, field: segment.field }),
            };
            if (segment.continued) return <div key={segment.bit} {...props} aria-hidden onClick={() => choose(segment)}><Content segment={segment} /></div>;
            return (
              <button key={segment.bit} type="button" data-cell={segment.cell} aria-pressed={inside(segment)} aria-label={`${segment.label}: ${segment.bits !== '' && segment.field < 0 ? segment.bits : segment.text}`} tabIndex={segment.cell === tabStop ? 0 : -1} {...props}
                onClick={() => choose(segment)} onKeyDown={(event) => onKeyDown(event, segment.cell)}
                onContextMenu={(event) => { if (segment.field >= 0) openMenu(event, event.currentTarget, segment.label, fieldEntries(detail, { layer, field: segment.field })); }}>
                <Content segment={segment} />
              </button>
            );
          })}
        </div>
      ))}
      <Letters letters={rows.flat().filter(({ width, bits, short, continued }) => width === 1 && bits !== '' && short !== '' && !continued)} />
    </div>
  );
}

const NEXT: Readonly<Record<string, (flat: readonly Segment[], at: number) => number>> = {
  ArrowRight: (_flat, at) => at + 1,
  ArrowLeft: (_flat, at) => at - 1,
  Home: () => 0,
  End: (flat) => flat.length - 1,
  ArrowDown: (flat, at) => vertical(flat, at, BITS),
  ArrowUp: (flat, at) => vertical(flat, at, -BITS),
};
/** The cell a row further, over or under this one. */
function vertical(flat: readonly Segment[], at: number, step: number): number {
  const bit = flat[at]!.bit + step;
  const to = flat.findLastIndex((segment) => segment.bit <= bit);
  return to < 0 ? at : to;
}

function within({ fields }: PacketDetail, field: number, above: number): boolean {
  for (let at = field; at >= 0; at = fields[at]!.parent) if (at === above) return true;
  return false;
}

function Content({ segment: { short, label, bits, text, hex, width, continued } }: { segment: Segment }) {
  if (width <= NARROW && bits !== '') {
    return <><span className="diagram-label">{width === 1 ? short : label}</span><span className="diagram-bits">{Array.from(bits, (bit, i) => <i key={i} className={bit === '1' ? 'one' : ''}>{bit}</i>)}</span></>;
  }
  if (continued) return <span className="diagram-label">…</span>;
  return <><span className="diagram-label">{label}</span><span className="diagram-value">{text}{hex !== '' && <> <i>{hex}</i></>}</span></>;
}
