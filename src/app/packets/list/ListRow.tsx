import { memo } from 'react';
import { alertsText, cellText, type ColumnId } from '../../../core/format/packet-row.ts';
import { vniNamed } from '../../../core/format/names.ts';
import type { Row } from '../../../worker/protocol.ts';
import { Glyph } from '../../shared/Glyph.tsx';
import { useNames } from '../../stores/names.ts';
import { hueOfLevel } from '../hue.ts';
import { columnOf } from './columns.ts';

/** The envelope's own parts: outer, header, inner, and one more pair for each deeper level. */
const partsOf = (depth: number): string[] => ['outer', ...Array.from({ length: Math.min(depth, 3) }, (_, i) => ['envelope', hueOfLevel(i + 1)]).flat()];
const PARTS = [0, 1, 2, 3].map(partsOf);

interface Props {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly ColumnId[];
  readonly selected: boolean; //    the packet in view
  readonly marked: boolean; //      in the range that is copied
  readonly cell: ColumnId | ''; //  the column the cursor is in
  readonly shows: ColumnId | ''; // the column that shows the selected field
}

export const rowId = (index: number): string => `packet-row-${index}`;
export const cellId = (index: number, column: string): string => `packet-cell-${index}-${column}`;

/** One packet. Its cells' accessible names are their plain text. */
export const ListRow = memo(function ListRow({ row, index, columns, selected, marked, cell, shows }: Props) {
  return (
    <div id={rowId(index)} role="row" aria-rowindex={index + 2} aria-selected={marked} data-selected={selected || undefined} data-index={index} className="packet-row">
      {columns.map((id) => {
        const { right, hue } = columnOf(id);
        return (
          <div key={id} id={cellId(index, id)} role="gridcell" data-column={id} data-cursor={cell === id || undefined} title={id === 'length' || id === 'alerts' ? undefined : cellText(row, id)}
            className={`packet-cell ${right ? 'right' : ''} ${hue === '' ? '' : `hue-${hue}`} cell-${id}`}>
            <Cell row={row} id={id} shows={shows === id} />
          </div>
        );
      })}
    </div>
  );
});

function Cell({ row, id, shows }: { row: Row; id: ColumnId; shows: boolean }) {
  const mark = shows ? 'selected-mark' : '';
  switch (id) {
    case 'source': return <><Glyph parts={PARTS[Math.min(3, row.depth)]!} /><span className={`cell-text ${mark}`}>{row.source}</span></>;
    case 'vni': return row.vni === '' ? null : <Vni vni={row.vni} mark={mark} />;
    case 'length': return <>{row.cut && <abbr className="cut" title="The capture kept fewer bytes of this packet than were on the wire">cut</abbr>}{row.length}</>;
    case 'info': return <>{row.malformed && !row.info.includes(MALFORMED) && <span className="malformed">Malformed</span>}<Info text={row.info} /></>;
    case 'alerts': return <Alerts row={row} />;
    case 'number': return <>{row.number}</>;
    default: return <span className={`cell-text ${mark}`}>{row[id]}</span>;
  }
}

/** A VNI; what the person calls it is told when it is pointed at. */
function Vni({ vni, mark }: { vni: string; mark: string }) {
  const named = vniNamed(vni, useNames());
  return <span className={`chip ${mark}`} title={named} aria-description={named === vni ? undefined : named}>{vni}</span>;
}

/** What ends the Info of a packet whose headers lie; said in the line itself, it needs no mark before it. */
const MALFORMED = '[Malformed Packet]';

/** What a line says first is what it is about; the parameters behind it stand back. */
function Info({ text }: { text: string }) {
  if (text.endsWith(MALFORMED)) return <><Info text={text.slice(0, -MALFORMED.length)} /><span className="malformed-words">{MALFORMED}</span></>;
  const cut = text.search(/ {2,}|, | \w+=/);
  return cut <= 0 ? <>{text}</> : <>{text.slice(0, cut)}<span className="dim">{text.slice(cut)}</span></>;
}

function Alerts({ row }: { row: Row }) {
  const { alerts } = row;
  if (alerts.length === 0) return null;
  const priority = Math.min(...alerts.map((alert) => alert.priority));
  return (
    <span className="alert-marks" title={alertsText(alerts)}>
      <AlertMark priority={priority} />
      {alerts.map(({ level, count }) => <span key={level} aria-hidden className={`alert-count hue-${hueOfLevel(level)}`}>{count}</span>)}
      <span className="visually-hidden">{alertsText(alerts)}</span>
    </span>
  );
}

/** Filled, half, outline: the three strengths can be told apart without colour. */
function AlertMark({ priority }: { priority: number }) {
  const strength = Math.min(3, Math.max(1, priority));
  return (
    <svg className={`alert-mark strength-${strength}`} width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M6 1.2 11 10.6H1z" fill={strength === 1 ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      {strength === 2 && <path d="M6 1.2 11 10.6H6z" fill="currentColor" />}
    </svg>
  );
}
