import type { InfoContext } from '../core/dissect/info.ts';
import { Mark, NO_FLOW } from '../core/table/packet-columns.ts';
import type { PacketTable } from '../core/table/packet-table.ts';

const TCP = 6;

/** The numbers that a row's TCP counts from, in both directions; {} for what is no TCP, or of no known flow. */
export function tcpContext(table: PacketTable, row: number): InfoContext {
  const flow = table.at('flow', row);
  if (flow === NO_FLOW || table.at('ipProtocol', row) !== TCP) return {};
  const reversed = (table.at('marks', row) & Mark.REVERSED) !== 0;
  const [mine, theirs] = [table.flows.base(flow, reversed), table.flows.base(flow, !reversed)];
  return { ...(mine >= 0 ? { baseSeq: mine } : {}), ...(theirs >= 0 ? { baseAck: theirs } : {}) };
}
