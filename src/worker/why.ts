// Why one signature fires on one packet or not, level by level, in words.

import { FaultError } from '../core/base/fault.ts';
import { explain, type Explanation, type Reason } from '../core/rules/explain.ts';
import type { Matcher } from '../core/rules/match/matcher.ts';
import type { Signature } from '../core/rules/signature.ts';
import type { ConditionReport, LevelReport, WhyReport } from './protocol.ts';
import type { OpenSession } from './session.ts';

const STATES = { met: 'met', 'not met': 'failed', 'not reached': 'not reached' } as const;
const HEADER = new Set(['protocol', 'source address', 'source port', 'destination address', 'destination port']);

const levelName = (level: number, levels: number): string => (levels === 1 ? 'frame' : level === 0 ? 'outer packet' : level === 1 ? 'inner packet' : `inner packet ${level}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const condition = ({ keyword, source, wanted, seen, verdict, from, to }: Reason): ConditionReport =>
  ({ label: HEADER.has(keyword) ? capital(keyword) : keyword, wanted: HEADER.has(keyword) ? source : wanted, seen, state: STATES[verdict], from, to });

/** The packet is read again and decoded as the last run did. */
export async function whyReport({ table, packets }: OpenSession, matcher: Matcher, signature: Signature, index: number, number: number): Promise<WhyReport> {
  const row = number - 1;
  if (row < 0 || row >= table.count) throw new FaultError({ code: 'not-found', what: `The capture has no packet ${number}`, next: `It has packets 1 to ${table.count}.` });
  const bytes = await packets.bytes(row);
  const fired = new Set<number>();
  matcher.packet(bytes, 0, bytes.length, table.interfaces[table.at('iface', row)]!.linkType, number, table.at('seconds', row), table.at('nanoseconds', row),
    (alert) => { if (alert.signature === signature) fired.add(alert.level); });
  const { decoder } = matcher;
  const explained = Array.from({ length: decoder.levels }, (_, level) => explain(signature, decoder.views[level]!, 0));
  const depth = table.at('depth', row);
  const levels = explained.map((explanation, level) => levelReport(explanation, level, fired.has(level)));
  for (let level = decoder.levels; level <= depth; level++) levels.push({ level, outcome: 'not inspected', note: hiddenNote(matcher), conditions: [] });
  return { packet: number, signature: index, sentence: sentence(levels, explained), levels };
}

function levelReport({ fires, reasons }: Explanation, level: number, alerts: boolean): LevelReport {
  const outcome = alerts ? 'alert' : fires ? 'match' : 'silent';
  const note = outcome === 'match' ? 'Every condition is met and no alert is written: the rule says noalert, or a pass rule came before it.' : '';
  return { level, outcome, note, conditions: reasons.map(condition) };
}

const hiddenNote = ({ settings }: Matcher): string => (settings.tunnels.vxlan
  ? 'The decoder of the rules does not take this envelope off: Suricata looks at the destination port, the I flag and the reserved bits.'
  : 'VXLAN decoding is off: this IDS sees the envelope and never the packet inside.');

function sentence(levels: readonly LevelReport[], explained: readonly Explanation[]): string {
  const name = (level: number): string => levelName(level, levels.length);
  return levels.map(({ level, outcome, note }) => {
    if (outcome === 'alert') return `It fires on the ${name(level)}.`;
    if (outcome === 'not inspected') return `On the ${name(level)} it is never asked. ${note}`;
    if (outcome === 'match') return `On the ${name(level)} it matches without an alert.`;
    return `On the ${name(level)} it stays silent: ${explained[level]!.summary.replace(/^The rule does not fire: /, '').replace(/^This rule is/, 'the rule is')}`;
  }).join(' ');
}
