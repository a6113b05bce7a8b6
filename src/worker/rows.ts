// Rows of the list as text. All but Info comes from the columns; Info needs the packet's bytes, read for the rows in view only.

import { infoText, protocolColumn, type InfoContext } from '../core/dissect/info.ts';
import { layersOf, type Layer } from '../core/dissect/layer.ts';
import type { PacketView } from '../core/table/packet-view.ts';
import { rowCells } from '../core/table/row-window.ts';
import { echoLink } from './echo-link.ts';
import type { AlertMarks } from './alert-marks.ts';
import { tcpContext } from './tcp-context.ts';
import type { Row } from './protocol.ts';
import type { OpenSession } from './session.ts';

/** More rows than any screen has; a request for more is answered with fewer. */
const MOST_ROWS = 1_000;

/** `count` rows of the view from place `from` on; fewer at its end. `marks` are those of the last run of rules. */
export function rowsOf(open: OpenSession, from: number, count: number, marks: AlertMarks | null, view: PacketView = open.view): Promise<Row[]> {
  const to = Math.min(from + Math.min(count, MOST_ROWS), view.rows);
  const rows: number[] = [];
  for (let place = Math.max(0, from); place < to; place++) rows.push(view.rowAt(place));
  return texts(open, rows, marks);
}

/** The rows of packets by their numbers; one that is not there is left out. */
export const rowsOfPackets = (open: OpenSession, numbers: readonly number[], marks: AlertMarks | null): Promise<Row[]> =>
  texts(open, numbers.slice(0, MOST_ROWS).map((number) => number - 1).filter((row) => row >= 0 && row < open.table.count), marks);

/** Carriers whose columns say no more than themselves: what they carry is read for the rows in view. */
const CARRIERS = new Set(['TCP', 'UDP', 'SCTP']);

/** The innermost stack's protocol as Wireshark's column has it, down to the application: the columns end at the transport. */
function withApplication<R extends { readonly depth: number; readonly protocol: string; readonly innerProtocol: string }>(cells: R, layers: readonly Layer[]): R {
  const cell = cells.depth > 0 ? 'innerProtocol' : 'protocol';
  return CARRIERS.has(cells[cell]) ? { ...cells, [cell]: protocolColumn(layers) } : cells;
}

async function texts({ table, packets, done }: OpenSession, rows: readonly number[], marks: AlertMarks | null): Promise<Row[]> {
  const bytes = await packets.bytesOf(rows);
  return rows.map((row, at) => {
    const packet = bytes[at]!;
    const layers = layersOf(packets.program, packets.dissect(row, packet), packet);
    const context: InfoContext = { ...tcpContext(table, row), ...echoLink(table, row, done) };
    return { ...withApplication(rowCells(table, row), layers), info: infoText(layers, context), alerts: marks?.of(row) ?? [] };
  });
}
