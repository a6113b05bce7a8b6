import type { InfoContext } from '../core/dissect/info.ts';
import { Mark, NO_FLOW, SEGMENT_ROWS } from '../core/table/packet-columns.ts';
import type { PacketTable } from '../core/table/packet-table.ts';

/** Rows that are looked through for the other half of an echo, each way: a reply that takes longer is shown without its link. */
const REACH = 20_000;

/** ICMP and ICMPv6. */
const IP_PROTOCOLS = new Set([1, 58]);

const PARTNERS: ReadonlyMap<number, { readonly control: number; readonly step: 1 | -1; readonly words: string }> = new Map([
  [8 << 8, { control: 0, step: 1, words: 'reply in' }], //            ICMP, RFC 792
  [0, { control: 8 << 8, step: -1, words: 'request in' }],
  [128 << 8, { control: 129 << 8, step: 1, words: 'reply in' }], //   ICMPv6, RFC 4443
  [129 << 8, { control: 128 << 8, step: -1, words: 'request in' }],
]);

/** The row of the other half of an echo; -1 where there is none, null where it is too far away to be looked for. */
function partnerOf(table: PacketTable, row: number, control: number, step: 1 | -1): number | null {
  const [flow, sequence, own] = [table.at('flow', row), table.at('sequence', row), table.at('control', row)];
  let left = REACH;
  for (let at = row + step; at >= 0 && at < table.count; at += step) {
    if (left-- === 0) return null;
    const c = table.segments[Math.floor(at / SEGMENT_ROWS)]!;
    const i = at % SEGMENT_ROWS;
    if (c.flow[i] !== flow || c.sequence[i] !== sequence || (c.marks[i]! & Mark.CONTROL) === 0) continue;
    if (c.control[i] === control) return at;
    if (c.control[i] === own) return -1; // the same again: what follows answers that one
  }
  return -1;
}

/**
 * The reply to an echo request, or the request of a reply: same conversation, identifier and sequence number. "no response found!" as tshark has it,
 * once the whole capture is `done`.
 */
export function echoLink(table: PacketTable, row: number, done: boolean): InfoContext {
  const marks = table.at('marks', row);
  const icmp = IP_PROTOCOLS.has(table.at('ipProtocol', row));
  if (!icmp || table.at('flow', row) === NO_FLOW || (marks & Mark.SEQUENCE) === 0 || (marks & Mark.CONTROL) === 0) return {};
  const partner = PARTNERS.get(table.at('control', row));
  if (!partner) return {};
  const found = partnerOf(table, row, partner.control, partner.step);
  if (found !== null && found >= 0) return { link: `${partner.words} ${found + 1}` };
  return found !== null && partner.step === 1 && done ? { link: 'no response found!' } : {};
}
