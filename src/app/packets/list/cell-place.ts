// From a cell of the list to the field that it shows, and back.

import { cellText, type ColumnId } from '../../../core/format/packet-row.ts';
import type { PacketDetail, Row } from '../../../worker/protocol.ts';
import type { Place } from '../locate.ts';
import { COLUMNS, columnOf } from './columns.ts';

/** The field or layer that a cell of this packet shows; null where it shows none (a time, a length). */
export function placeOfCell(detail: PacketDetail, row: Row, id: ColumnId): Place | null {
  const { shows } = columnOf(id);
  const text = cellText(row, id);
  if (!shows || text === '') return null;
  const deepest = Math.max(0, ...detail.layers.map(({ level }) => level));
  const level = shows.at === 'innermost' ? deepest : shows.at === 'envelope' ? Math.max(0, deepest - 1) : 0;
  if (shows.fields.length === 0) return layerOfCell(detail, level, text);
  for (const name of shows.fields) {
    const field = detail.fields.findLastIndex((each) => each.name === name && each.value === text && detail.layers[each.layer]!.level === level);
    if (field >= 0) return { layer: detail.fields[field]!.layer, field };
  }
  return null;
}

/** The layer that a protocol's name in the list means. */
function layerOfCell({ layers }: PacketDetail, level: number, text: string): Place | null {
  // "TLSv1.2" is TLS
  const same = (name: string): boolean => name !== '' && (name.toUpperCase() === text.toUpperCase() || text.toUpperCase().startsWith(`${name.toUpperCase()}V`));
  const layer = layers.findLastIndex((each) => each.level === level && (same(each.name) || same(each.protocol)));
  return layer < 0 ? null : { layer, field: -1 };
}

/** The column that shows a place, '' when none does. */
export function columnOfPlace(detail: PacketDetail, row: Row, place: Place | null): ColumnId | '' {
  if (!place) return '';
  return COLUMNS.find(({ id }) => {
    const cell = placeOfCell(detail, row, id);
    return cell?.layer === place.layer && cell.field === place.field;
  })?.id ?? '';
}
