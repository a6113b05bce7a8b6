// The lines of "Paired packets": a pair, and what the packet list says of its packet. What a column says is text, for the grid and for a file alike.

import type { PairRow, RowRange } from '../../worker/compare-protocol.ts';
import type { Row } from '../../worker/protocol.ts';
import { callCapture } from '../stores/workers.ts';
import { pairRows } from './compare-run.ts';

/** `row` is of the source's packet, or of the appliance's inner one where the source has none. */
export interface Line { readonly pair: PairRow; readonly row: Row | undefined }

export interface Column { readonly id: string; readonly label: string; readonly text: (line: Line) => string; readonly looks?: string }

const inner = (row: Row | undefined, key: 'source' | 'destination' | 'protocol'): string =>
  (row === undefined ? '' : row.depth === 0 ? row[key] : row[({ source: 'innerSource', destination: 'innerDestination', protocol: 'innerProtocol' } as const)[key]]);

export const COLUMNS: readonly Column[] = [
  { id: 'source', label: 'No.', text: ({ pair }) => String(pair.source ?? ''), looks: 'mono right' },
  { id: 'time', label: 'Source time', text: ({ pair }) => pair.sourceTime, looks: 'mono right dim' },
  { id: 'appliance', label: 'Appliance no.', text: ({ pair }) => String(pair.appliance ?? ''), looks: 'mono right' },
  { id: 'from', label: 'Source', text: ({ row }) => inner(row, 'source'), looks: 'mono' },
  { id: 'to', label: 'Destination', text: ({ row }) => inner(row, 'destination'), looks: 'mono' },
  { id: 'protocol', label: 'Protocol', text: ({ row }) => inner(row, 'protocol') },
  { id: 'info', label: 'Info', text: ({ row }) => row?.info ?? '' },
  { id: 'length', label: 'Length', text: ({ row }) => String(row?.length ?? ''), looks: 'mono right' },
  { id: 'delay', label: 'Delay ms', text: ({ pair }) => pair.delay, looks: 'mono right' },
  { id: 'fate', label: 'Fate', text: ({ pair }) => pair.fate },
];

/** The columns with one for each further point of observation, behind the appliance's. */
export function columnsWith(points: readonly string[]): readonly Column[] {
  const further = points.map((name, i): Column => ({ id: `point ${i}`, label: name, text: ({ pair }) => String(pair.points[i] ?? ''), looks: 'mono right' }));
  const at = COLUMNS.findIndex(({ id }) => id === 'appliance') + 1;
  return [...COLUMNS.slice(0, at), ...further, ...COLUMNS.slice(at)];
}

/** Lines of the comparison of these two captures. Rejects with a FaultError when a worker does. */
export async function linesOf(range: RowRange, of: { readonly source: number; readonly appliance: number }): Promise<Line[]> {
  const pairs = await pairRows(range);
  const [source, appliance] = await Promise.all([
    callCapture(of.source, 'rowsOf', { numbers: pairs.flatMap((pair) => pair.source ?? []) }),
    callCapture(of.appliance, 'rowsOf', { numbers: pairs.flatMap((pair) => (pair.source === null ? (pair.appliance ?? []) : [])) }),
  ]);
  const bySource = new Map(source.map((row) => [row.number, row]));
  const byAppliance = new Map(appliance.map((row) => [row.number, row]));
  return pairs.map((pair) => ({ pair, row: pair.source === null ? byAppliance.get(pair.appliance ?? 0) : bySource.get(pair.source) }));
}
