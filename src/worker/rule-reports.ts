// A run's results as the page shows them: text and small numbers.

import type { AlertRecord, PacketEnds } from '../core/rules/match/alert-record.ts';
import type { RuleResults } from '../core/rules/results.ts';
import type { RuleFault } from '../core/rules/rule-error.ts';
import type { Signature } from '../core/rules/signature.ts';
import { eveObject } from '../core/rules/output/eve.ts';
import type { PacketTable } from '../core/table/packet-table.ts';
import type { AlertReport, LevelHits, RuleMistake, SignatureReport } from './protocol.ts';

export const mistakeOf = ({ line, column, length, keyword, what, next }: RuleFault): RuleMistake => ({ line, column, length, keyword, message: `${what}. ${next}` });

const headerOf = ({ protocol, source, destination, direction }: Signature): string =>
  `${protocol.name} ${source.addressText} ${source.portText} ${direction} ${destination.addressText} ${destination.portText}`;

const NO_HITS = { count: 0, firstPacket: 0, first: '', last: '' };

/** One report a signature, in the order of the text, with one entry a level. */
export function hitReports(table: PacketTable, signatures: readonly Signature[], results: RuleResults, levels: number): SignatureReport[] {
  const bySignature = new Map<Signature, LevelHits[]>();
  const since = ({ seconds, nanoseconds }: { seconds: number; nanoseconds: number }): string =>
    (seconds - table.at('seconds', 0) + (nanoseconds - table.at('nanoseconds', 0)) / 1e9).toFixed(6);
  for (const { signature, level, count, first, last } of results.hits()) {
    const hits = bySignature.get(signature) ?? [];
    hits[level] = { level, count, firstPacket: first.number, first: since(first), last: since(last) };
    bySignature.set(signature, hits);
  }
  return signatures.map((signature, index) => {
    const { line, gid, sid, rev, msg, action, priority, unevaluated } = signature;
    const hits = bySignature.get(signature) ?? [];
    return { index, line, gid, sid, rev, msg, action, priority, header: headerOf(signature), unevaluated, hits: Array.from({ length: levels }, (_, level) => hits[level] ?? { level, ...NO_HITS }) };
  });
}

const withPort = (address: string, port: number): string => (port < 0 ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
const both = ({ source, destination, sport, dport }: PacketEnds): { source: string; destination: string } => ({ source: withPort(source, sport), destination: withPort(destination, dport) });

export function alertReport(alert: AlertRecord, index: number): AlertReport {
  const { signature, number, level, seconds, nanoseconds, blocked } = alert;
  const { proto } = eveObject(alert);
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  return {
    packet: number, time: `${clock}.${String(Math.floor(nanoseconds / 1000)).padStart(6, '0')}`, level, signature: index, sid: signature.sid, priority: signature.priority,
    action: blocked ? `${signature.action}, stopped` : signature.action, msg: signature.msg, protocol: typeof proto === 'string' ? proto : '', ...both(alert),
  };
}
