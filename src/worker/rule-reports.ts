// A run's results as the page shows them: text and small numbers.

import type { AlertRecord, PacketEnds } from '../core/rules/match/alert-record.ts';
import type { Tally } from '../core/rules/match/tallies.ts';
import type { PacketMoment } from '../core/rules/results.ts';
import { ruleFaultText, type RuleFault } from '../core/rules/rule-error.ts';
import type { Signature } from '../core/rules/signature.ts';
import { ipProtocolName } from '../core/rules/packet/ip-protocols.ts';
import { RuleOpen } from '../core/rules/report.ts';
import { SWITCHED_OFF } from './rule-texts.ts';
import type { AlertReport, RuleMistake, RulesReport, RuleTotals, SignatureReport } from './protocol.ts';
import type { RuleRun } from './rule-run.ts';
import type { OpenSession } from './session.ts';

export const mistakeOf = (fault: RuleFault): RuleMistake => {
  const { file, line, column, length, keyword } = fault;
  return { file, line, column, length, keyword, message: ruleFaultText(fault) };
};

/** The header as it is written, without the action. */
export const headerOf = ({ protocol, source, destination, direction }: Signature): string =>
  `${protocol.name} ${source.addressText} ${source.portText} ${direction} ${destination.addressText} ${destination.portText}`;

/** Rules that are named among those with an expression that was stopped. */
const MOST_UNANSWERED = 50;

const levelsOf = (all: readonly { readonly level: number }[]): number => all.reduce((most, { level }) => Math.max(most, level + 1), 0);

/** What a run comes to, so far where it is not complete. */
export function runReport({ table }: OpenSession, run: RuleRun): RulesReport {
  const { parsed, settings, results, packets, isComplete, unanswered, unwritten } = run;
  const { flagged, twice } = run.marks.packets();
  const hits = results.hits();
  let depth = 0;
  for (let row = 0; row < table.count; row++) depth = Math.max(depth, table.at('depth', row));
  const told = new Set([...hits, ...unanswered, ...unwritten].map(({ signature }) => signature.index));
  const { signatures, faults, moreFaults, rules } = parsed;
  return {
    rules, signatures: signatures.length, evaluated: signatures.filter(({ unevaluated }) => unevaluated === '').length,
    told: Uint32Array.from(told).sort(), mistakes: faults.map(mistakeOf), moreMistakes: moreFaults, packets, levels: Math.max(depth + 1, levelsOf(hits)),
    isComplete, captured: table.count, unanswered: unanswered.slice(0, MOST_UNANSWERED).map(({ signature, count }) => ({ sid: signature.sid, packets: count })),
    unwritten: unwritten.reduce((sum, { count }) => sum + count, 0), maxAlerts: settings.maxAlerts, alerts: results.total, kept: results.alerts.length, flagged, flaggedTwice: twice, blocked: run.stopped.count,
  };
}

/** Those signatures of a run, each with one entry a level up to the highest on which something happened. */
export function signatureReports({ table }: OpenSession, { parsed, profile, results, unanswered: open, unwritten: lost }: RuleRun, indices: readonly number[]): SignatureReport[] {
  const since = ({ seconds, nanoseconds }: PacketMoment): string => (seconds - table.at('seconds', 0) + (nanoseconds - table.at('nanoseconds', 0)) / 1e9).toFixed(6);
  const hits = results.hits();
  const levels = Math.max(levelsOf(hits), levelsOf(open), levelsOf(lost));
  const wanted = new Set(indices);
  const found = new Map(hits.filter(({ signature }) => wanted.has(signature.index)).map((each) => [`${each.signature.index}/${each.level}`, each]));
  const tallied = (tallies: readonly Tally[]): ReadonlyMap<string, number> => new Map(tallies.map(({ signature, level, count }) => [`${signature.index}/${level}`, count]));
  const unanswered = tallied(open);
  const unwritten = tallied(lost);
  return indices.flatMap((index) => {
    const signature = parsed.signatures[index];
    if (!signature) return [];
    const { file, line, gid, sid, rev, msg, action, priority, unevaluated } = signature;
    return [{
      index, file, line, gid, sid, rev, msg, action, priority, header: headerOf(signature), unevaluated, off: unevaluated === SWITCHED_OFF, checks: profile.checks[index]!, milliseconds: profile.milliseconds[index]!,
      hits: Array.from({ length: levels }, (_, level) => {
        const key = `${index}/${level}`;
        const hit = found.get(key);
        return {
          level, count: hit?.count ?? 0, kept: hit?.kept ?? 0, unanswered: unanswered.get(key) ?? 0, unwritten: unwritten.get(key) ?? 0, firstPacket: hit?.first.number ?? 0,
          first: hit ? since(hit.first) : '', last: hit ? since(hit.last) : '',
        };
      }),
    }];
  });
}

/** The same in numbers for all signatures of a run. */
export function ruleTotals({ parsed: { signatures }, profile, results, unanswered, unwritten }: RuleRun): RuleTotals {
  const hits = new Uint32Array(signatures.length), open = new Uint8Array(signatures.length);
  for (const { signature, count } of results.hits()) hits[signature.index]! += count;
  for (const { signature } of unanswered) open[signature.index]! |= RuleOpen.UNANSWERED;
  for (const { signature } of unwritten) open[signature.index]! |= RuleOpen.UNWRITTEN;
  return { hits, open, checks: profile.checks.slice(), milliseconds: Float32Array.from(profile.milliseconds) };
}

const withPort = (address: string, port: number): string => (port < 0 ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);
const both = ({ source, destination, sport, dport }: PacketEnds): { source: string; destination: string } => ({ source: withPort(source, sport), destination: withPort(destination, dport) });

/** "drop, stopped": what the rule says, and whether it did. */
export const actionText = ({ action, blocked }: AlertRecord): string => (blocked ? `${action}, stopped` : action);
export const protocolText = ({ ipVersion, protocol }: PacketEnds): string => (ipVersion === 0 ? '' : ipProtocolName(protocol));

export function alertReport(alert: AlertRecord): AlertReport {
  const { signature, number, level, seconds, nanoseconds } = alert;
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  return {
    packet: number, time: `${clock}.${String(Math.floor(nanoseconds / 1000)).padStart(6, '0')}`, level, signature: signature.index, sid: signature.sid, priority: signature.priority,
    action: actionText(alert), msg: signature.msg, protocol: protocolText(alert), ...both(alert),
  };
}
