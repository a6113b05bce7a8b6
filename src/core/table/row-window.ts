import { linkTypeName } from '../capture/link-types.ts';
import { Mark, NO_VNI, SEGMENT_ROWS } from './packet-columns.ts';
import type { PacketTable } from './packet-table.ts';
import type { PacketView } from './packet-view.ts';
import { Name, protocolText } from './protocol-names.ts';

/** A row of the packet list as text, all but Info and Alerts. A cell that does not apply is ''. */
export interface RowCells {
  readonly number: number; //          the packet's, from 1
  readonly time: string; //            seconds since the capture's first packet, six decimals, or nine where an interface is finer than that
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly length: string; //          on the wire
  readonly vni: string;
  readonly innerSource: string;
  readonly innerDestination: string;
  readonly innerProtocol: string;
  readonly depth: number;
  readonly cut: boolean;
  readonly malformed: boolean;
}

/** Seconds and nanoseconds less the first packet's, as text; what is finer than the decimals is cut off, as Wireshark does. */
export function relativeTime(seconds: number, nanoseconds: number, decimals: 6 | 9): string {
  const carry = Math.floor(nanoseconds / 1e9);
  let whole = seconds + carry;
  let rest = nanoseconds - carry * 1e9;
  const negative = whole < 0;
  if (negative && rest > 0) { whole += 1; rest = 1e9 - rest; }
  return `${negative ? '-' : ''}${Math.abs(whole)}.${String(rest).padStart(9, '0').slice(0, decimals)}`;
}

const finer = (table: PacketTable): boolean => table.interfaces.some(({ resolution }) => resolution > 1e6);

/** The cells of one row of the table (from 0). */
export function rowCells(table: PacketTable, row: number): RowCells {
  const c = table.segments[Math.floor(row / SEGMENT_ROWS)]!;
  const i = row % SEGMENT_ROWS;
  const first = table.segments[0]!;
  const marks = c.marks[i]!;
  const inside = c.depth[i]! > 0;
  const address = (id: number): string => table.addresses.text(id);
  const outer = c.outerProtocol[i]!;
  return {
    number: row + 1,
    time: (marks & Mark.NO_TIME) !== 0 ? '' : relativeTime(c.seconds[i]! - first.seconds[0]!, c.nanoseconds[i]! - first.nanoseconds[0]!, finer(table) ? 9 : 6),
    source: address(c.outerSource[i]!),
    destination: address(c.outerDestination[i]!),
    protocol: outer === Name.NONE ? linkTypeName(table.interfaces[c.iface[i]!]!.linkType) : protocolText(outer),
    length: String(c.origlen[i]!),
    vni: c.vni[i] === NO_VNI ? '' : String(c.vni[i]!),
    innerSource: inside ? address(c.source[i]!) : '',
    innerDestination: inside ? address(c.destination[i]!) : '',
    innerProtocol: inside ? protocolText(c.protocol[i]!) : '',
    depth: c.depth[i]!,
    cut: (marks & Mark.CUT) !== 0,
    malformed: (marks & Mark.MALFORMED) !== 0,
  };
}

/** The cells of `count` places of a view from place `from` on; fewer at its end. */
export function rowWindow(table: PacketTable, view: PacketView, from: number, count: number): RowCells[] {
  const rows: RowCells[] = [];
  const to = Math.min(from + count, view.rows);
  for (let place = Math.max(0, from); place < to; place++) rows.push(rowCells(table, view.rowAt(place)));
  return rows;
}
