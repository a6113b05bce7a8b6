// The columns of the packet list as a table: what is shown, how wide, in which hue, what sorts it, and which field of the packet it shows.

import { cellText, type ColumnId } from '../../../core/format/packet-row.ts';
import type { Row, SortColumn } from '../../../worker/protocol.ts';

export interface ColumnSpec {
  readonly id: ColumnId;
  readonly title: string;
  readonly width: number; //             px
  readonly least: number;
  readonly hue: string; //               '' for what belongs to no part of the encapsulation
  readonly right?: boolean; //           numbers stand at the right
  readonly sorts: SortColumn | null;
  /** Fields that the cell may show, the likeliest first, and the level they are looked for in. A layer's name stands for the layer. */
  readonly shows?: { readonly at: 'outermost' | 'innermost' | 'envelope'; readonly fields: readonly string[] };
  readonly frame?: string; //            the frame's field that says the same
}

const SOURCES = ['ip.src', 'ipv6.src', 'arp.src.proto_ipv4', 'eth.src', 'sll.src.eth', 'arp.src.hw_mac'];
const DESTINATIONS = ['ip.dst', 'ipv6.dst', 'arp.dst.proto_ipv4', 'eth.dst', 'arp.dst.hw_mac'];

export const COLUMNS: readonly ColumnSpec[] = [
  { id: 'number', title: 'No.', width: 60, least: 44, hue: '', right: true, sorts: 'number', frame: 'frame.number' },
  { id: 'time', title: 'Time', width: 84, least: 60, hue: '', right: true, sorts: 'time', frame: 'frame.time_relative' },
  { id: 'source', title: 'Source', width: 166, least: 64, hue: 'outer', sorts: 'source', shows: { at: 'outermost', fields: SOURCES } },
  { id: 'destination', title: 'Destination', width: 136, least: 64, hue: 'outer', sorts: 'destination', shows: { at: 'outermost', fields: DESTINATIONS } },
  { id: 'protocol', title: 'Protocol', width: 66, least: 52, hue: 'outer', sorts: 'protocol', shows: { at: 'outermost', fields: [] } },
  { id: 'length', title: 'Length', width: 70, least: 48, hue: '', right: true, sorts: 'length', frame: 'frame.len' },
  { id: 'vni', title: 'VNI', width: 78, least: 44, hue: 'envelope', sorts: 'vni', shows: { at: 'envelope', fields: ['vxlan.vni', 'geneve.vni'] } },
  { id: 'innerSource', title: 'Inner source', width: 130, least: 64, hue: 'inner', sorts: 'innerSource', shows: { at: 'innermost', fields: SOURCES } },
  { id: 'innerDestination', title: 'Inner destination', width: 130, least: 64, hue: 'inner', sorts: 'innerDestination', shows: { at: 'innermost', fields: DESTINATIONS } },
  { id: 'innerProtocol', title: 'Inner protocol', width: 102, least: 52, hue: 'inner', sorts: 'innerProtocol', shows: { at: 'innermost', fields: [] } },
  { id: 'info', title: 'Info', width: 180, least: 120, hue: '', sorts: null },
  { id: 'alerts', title: 'Alerts', width: 72, least: 60, hue: '', sorts: 'alerts' },
];

export const columnOf = (id: string): ColumnSpec => COLUMNS.find((column) => column.id === id)!;

/** Rows as lines of cells with tabs between, the titles first where there are several. */
export function tsv(rows: readonly Row[], columns: readonly ColumnId[]): string {
  const lines = rows.map((row) => columns.map((id) => cellText(row, id).replace(/[\t\r\n]+/g, ' ')).join('\t'));
  return (rows.length > 1 ? [columns.map((id) => columnOf(id).title).join('\t'), ...lines] : lines).join('\n');
}
