import { memo } from 'react';
import type { PacketDetail, SourceView } from '../../../worker/protocol.ts';
import { hexWindow, offsetText, type HexByte, type HexRow } from './hex-model.ts';

interface Range { readonly from: number; readonly to: number }
interface Props { readonly detail: PacketDetail; readonly source: SourceView; readonly first: number; readonly count: number; readonly chosen: Range | null; readonly pointed: Range | null; readonly cursor: number }

/** The rows in view. Every byte is a cell, its character another part of the row's last cell. */
export function HexLines({ detail, source, first, count, chosen, pointed, cursor }: Props) {
  return hexWindow(detail, source, first, count).map((row) => <Line key={row.at} row={row} base={source.from} length={source.to - source.from} chosen={clip(chosen, row)} pointed={clip(pointed, row)} cursor={cursor} />);
}

const clip = (range: Range | null, { at, bytes }: HexRow): Range | null => {
  if (!range || range.to <= at || range.from >= at + bytes.length) return null;
  return range;
};

const Line = memo(function Line({ row: { at, bytes }, base, length, chosen, pointed, cursor }: { row: HexRow; base: number; length: number; chosen: Range | null; pointed: Range | null; cursor: number }) {
  const look = (byte: HexByte): string => {
    const hue = byte.hue === '' ? '' : `hue-${byte.hue} ${byte.second ? 'tint-2' : 'tint'}`;
    const inside = chosen && byte.at >= chosen.from && byte.at < chosen.to;
    const edge = inside ? `chosen ${byte.at === chosen.from ? 'first' : ''} ${byte.at === chosen.to - 1 ? 'last' : ''}` : '';
    const over = pointed && byte.at >= pointed.from && byte.at < pointed.to ? 'pointed' : '';
    return `${hue} ${edge} ${over} ${byte.at === cursor ? 'cursor' : ''}`;
  };
  return (
    <div role="row" aria-rowindex={(at - base) / 16 + 1} className="hex-row">
      <span role="rowheader" className="hex-offset">{offsetText(at - base, length)}</span>
      {bytes.map((byte) => <span key={byte.at} id={`hex-${byte.at}`} role="gridcell" data-byte={byte.at} aria-selected={chosen !== null && byte.at >= chosen.from && byte.at < chosen.to} className={`hex-byte ${look(byte)}`}>{byte.hex}</span>)}
      <span role="gridcell" className="hex-chars" aria-label={bytes.map(({ char }) => char).join('')}>
        {bytes.map((byte) => <span key={byte.at} data-byte={byte.at} className={`hex-char ${look(byte)}`}>{byte.char}</span>)}
      </span>
    </div>
  );
});
