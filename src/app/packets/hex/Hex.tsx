import { useEffect, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { count } from '../../../core/format/number.ts';
import type { PacketDetail } from '../../../worker/protocol.ts';
import { useSettings } from '../../stores/settings.ts';
import { point, selectPlace, useDetail, useSelectedPlace } from '../detail.ts';
import { placeAtByte, placeRange, placeText, sourceAt, type Place } from '../locate.ts';
import { openMenu, type MenuEntry } from '../menu/context-menu.ts';
import { copyText } from '../../shared/copy.ts';
import { fieldEntries } from '../menu/entries.ts';
import { SourceTabs } from './SourceTabs.tsx';
import { ACROSS, cArray, hexRows, hexText, marked } from './hex-model.ts';
import { HexLines } from './HexLines.tsx';
import { useWindow } from './use-window.ts';
import './hex.css';

const MOVES: Readonly<Record<string, (at: number, page: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1, ArrowLeft: (at) => at - 1, ArrowDown: (at) => at + ACROSS, ArrowUp: (at) => at - ACROSS,
  PageDown: (at, page) => at + page * ACROSS, PageUp: (at, page) => at - page * ACROSS,
  Home: (at) => at - (at % ACROSS), End: (at) => at - (at % ACROSS) + ACROSS - 1, 'Mod+Home': () => 0, 'Mod+End': (_at, _page, last) => last,
};

/** The packet's bytes as digits and characters. Pointing at or choosing a byte does so with its field, and the other way round. */
export function Hex({ detail }: { detail: PacketDetail }) {
  const selected = useSelectedPlace();
  const pointed = useDetail((state) => state.pointed);
  const [cursor, setCursor] = useState({ detail, at: 0 });
  const chosen = marked(detail, selected);
  const [tab, setTab] = useState({ detail, chosenFrom: -1, from: 0 });
  const chosenFrom = chosen?.from ?? -1;
  // A tab stays until something is chosen that stands elsewhere.
  const picked = tab.detail === detail && tab.chosenFrom === chosenFrom ? tab.from : Math.max(0, chosenFrom);
  const source = sourceAt(detail, picked);
  const rows = hexRows(source.to - source.from);
  const { scroller, first, shown, rowHeight, page, reveal } = useWindow(rows);
  const last = source.to - source.from - 1;

  // The cursor is the byte last moved to; a field chosen elsewhere takes it to its first byte.
  const mine = cursor.detail === detail && sourceAt(detail, cursor.at) === source ? cursor.at : source.from;
  const here = chosen !== null && sourceAt(detail, chosen.from) === source;
  const at = here && (mine < chosen.from || mine >= chosen.to) ? chosen.from : Math.min(mine, Math.max(source.from, source.to - 1));
  useEffect(() => { if (here) reveal(Math.floor((at - source.from) / ACROSS)); }, [here, chosenFrom, at, source, detail, reveal]); // not the field's first byte: it may be far from the one moved to

  const go = (byte: number): void => {
    const to = Math.max(source.from, Math.min(source.to - 1, byte));
    setCursor({ detail, at: to });
    reveal(Math.floor((to - source.from) / ACROSS));
    const place = placeAtByte(detail, to);
    if (place) selectPlace(detail, place);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && event.key.toLowerCase() === 'c') copyText(hexText(chosen ? detail.all.subarray(chosen.from, chosen.to) : detail.all.subarray(source.from, source.to)));
    else {
      const move = event.altKey ? undefined : MOVES[mod ? `Mod+${event.key}` : event.key];
      if (!move) return;
      go(source.from + move(at - source.from, page, last));
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const byteOf = (event: MouseEvent): number => {
    const byte = event.target instanceof Element ? event.target.closest('[data-byte]') : null;
    return byte ? Number(byte.getAttribute('data-byte')) : -1;
  };
  return (
    <>
      {detail.sources.length > 1 && <SourceTabs sources={detail.sources} shown={source} onShow={({ from }) => setTab({ detail, chosenFrom, from })} />}
      <div ref={scroller} role="grid" aria-label="Hex" aria-rowcount={rows} aria-colcount={ACROSS + 2} tabIndex={0} className="hex-grid"
        aria-activedescendant={last >= 0 ? `hex-${at}` : undefined} onKeyDown={onKeyDown}
        onClick={(event) => { const byte = byteOf(event); if (byte >= 0) go(byte); }}
        onPointerMove={(event) => { const byte = byteOf(event); point(byte < 0 ? null : placeAtByte(detail, byte)); }} onPointerLeave={() => point(null)}
        onContextMenu={(event) => {
          const byte = byteOf(event);
          if (byte >= 0) go(byte);
          openMenu(event, document.getElementById(`hex-${byte >= 0 ? byte : at}`), 'Bytes', byteEntries(detail, placeAtByte(detail, byte >= 0 ? byte : at)));
        }}>
        <div role="presentation" className="hex-spacer" style={{ height: rows * rowHeight }}>
          <div role="presentation" className="hex-lines" style={{ transform: `translateY(${first * rowHeight}px)` }}>
            <HexLines detail={detail} source={source} first={first} count={shown} chosen={chosen} pointed={marked(detail, pointed)} cursor={at} />
          </div>
        </div>
        {rows === 0 && <p className="empty">No byte of this packet was captured.</p>}
      </div>
      <p className="hex-status" role="status">{statusText(detail, pointed ?? selected)}</p>
    </>
  );
}

function statusText(detail: PacketDetail, place: Place | null) {
  if (!place) return detail.bytes.length === 0 ? 'There is no byte to select' : 'Select a byte or a field';
  const text = placeText(detail, place);
  const range = placeRange(detail, place);
  return <><b>{range}</b>{text.slice(range.length)}</>;
}

/** What can be done with bytes: of the field, of its layer, or all of them. */
function byteEntries(detail: PacketDetail, place: Place | null): MenuEntry[] {
  const name = `packet_${detail.number}`;
  const parts = [
    ...(place && place.field >= 0 ? [{ id: 'field', label: 'field', range: marked(detail, place) }] : []),
    ...(place ? [{ id: 'layer', label: detail.layers[place.layer]!.name, range: marked(detail, { layer: place.layer, field: -1 }) }] : []),
    { id: 'packet', label: 'packet', range: { from: 0, to: detail.bytes.length } },
  ];
  return [
    ...(place ? fieldEntries(detail, place).filter(({ id }) => id.startsWith('filter')) : []),
    ...parts.flatMap(({ id, label, range }) => {
      if (!range) return [];
      const bytes = detail.all.subarray(range.from, range.to);
      return [
        { id: `hex-${id}`, label: `Copy ${label} as hex`, run: () => copyText(hexText(bytes)) },
        { id: `c-${id}`, label: `Copy ${label} as C array`, run: () => copyText(cArray(bytes, id === 'packet' ? name : `${name}_${label}`)) },
      ];
    }),
  ];
}

/** The pane's head: lengths, and what the colours mean. */
export function HexHead({ detail }: { detail: PacketDetail | null }) {
  const compact = useSettings((settings) => settings.compact);
  const kept = detail?.bytes.length ?? 0;
  return (
    <div className="pane-head" data-compact={compact || undefined}>
      <h2>Bytes</h2>
      {detail && <span className="clip">{count(detail.origlen)} on wire, {kept < detail.origlen ? `${count(kept)} captured: cut by ${count(detail.origlen - kept)}` : `${count(kept)} captured`}</span>}
      <span className="spring" />
      {detail && <Legend detail={detail} />}
    </div>
  );
}

function Legend({ detail: { layers } }: { detail: PacketDetail }) {
  const deepest = Math.max(0, ...layers.map(({ level }) => level));
  const parts = [['outer', 'outer'], ...(layers.some(({ part }) => part === 'envelope') ? [['envelope', 'envelope']] : []),
    ...Array.from({ length: Math.min(3, deepest) }, (_, i) => [i === 0 ? 'inner' : `inner${i + 1}`, i === 0 ? 'inner' : `inner ${i + 1}`])];
  return <span className="hex-legend">{parts.map(([hue, label]) => <span key={hue}><i className={`dot hue-${hue}`} />{label}</span>)}</span>;
}
