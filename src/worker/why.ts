// Why one signature fires on one packet or not, level by level, in words.

import { FaultError } from '../core/base/fault.ts';
import type { Explanation, Reason } from '../core/rules/explain.ts';
import { openCapture } from '../core/capture/capture-reader.ts';
import { hangsOnOtherFlows } from '../core/rules/lanes/division.ts';
import type { Matcher } from '../core/rules/match/matcher.ts';
import type { Signature } from '../core/rules/signature.ts';
import { NO_FLOW } from '../core/table/packet-columns.ts';
import { turn } from './breathe.ts';
import type { ConditionReport, LevelReport, WhyReport } from './protocol.ts';
import type { OpenSession } from './session.ts';

const STATES = { met: 'met', 'not met': 'failed', 'not known': 'not known', 'not reached': 'not reached' } as const;
const HEADER = new Set(['protocol', 'source address', 'source port', 'destination address', 'destination port']);

const levelName = (level: number, levels: number): string => (levels === 1 ? 'frame' : level === 0 ? 'outer packet' : level === 1 ? 'inner packet' : `inner packet ${level}`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const condition = ({ keyword, source, wanted, seen, verdict, from, to }: Reason): ConditionReport =>
  ({ label: HEADER.has(keyword) ? capital(keyword) : keyword, wanted: HEADER.has(keyword) ? source : wanted, seen, state: STATES[verdict], from, to });

/** Earlier packets of the conversation that are taken first, so that the flow's state is what it was: the last of them when there are more. */
const EARLIER = 1000;

function earlierRows({ table }: OpenSession, row: number): number[] {
  const flow = table.at('flow', row);
  const rows: number[] = [];
  for (let at = row - 1; at >= 0 && rows.length < EARLIER; at--) if (table.at('flow', at) === flow) rows.push(at);
  return flow === NO_FLOW ? [] : rows.reverse();
}

/** A packet for a matcher that has seen those before it in its conversation. */
export interface Approached { readonly bytes: Uint8Array; readonly linkType: number; readonly seconds: number; readonly nanoseconds: number }

/** Of all packets before one, where the rule hangs on other conversations too, the last so many: about two seconds. */
const EARLIER_OF_ALL = 200_000;

/** Lets a fresh matcher see the last packets before this one, whatever conversation they are in, and all those of its own. */
async function seeAll({ source, table }: OpenSession, matcher: Matcher, number: number, signal: AbortSignal): Promise<void> {
  const flow = table.at('flow', number - 1);
  const first = number - EARLIER_OF_ALL;
  const reader = await openCapture(source);
  try {
    do {
      while (reader.next()) {
        if (reader.number >= number) return;
        if (reader.number < first && (flow === NO_FLOW || table.at('flow', reader.number - 1) !== flow)) continue;
        matcher.packet(reader.bytes, reader.start, reader.end, reader.interfaces[reader.iface]?.linkType ?? -1, reader.number, reader.seconds, reader.nanoseconds, () => {});
      }
      await turn();
      if (signal.aborted) throw new FaultError({ code: 'cancelled', what: 'The reason of another packet was asked for', next: 'Choose the packet again.' });
    } while (await reader.refill());
  } finally {
    await reader.close();
  }
}

/** What of the packets before one was left out, in a sentence; '' for nothing. */
const leftOut = (number: number, all: boolean): string => (all && number - 1 > EARLIER_OF_ALL ? ` The rule hangs on other conversations as well: of those the last ${EARLIER_OF_ALL.toLocaleString('en-US')} packets before this one were followed.` : '');

/** Lets a fresh matcher see the packets before this one in its conversation, or in all of them until the signal says so, and answers the packet. Numbers count from 1. */
export async function approach(open: OpenSession, matcher: Matcher, number: number, all: AbortSignal | null = null): Promise<Approached> {
  const { table, packets } = open;
  const row = number - 1;
  if (row < 0 || row >= table.count) throw new FaultError({ code: 'not-found', what: `The capture has no packet ${number}`, next: `It has packets 1 to ${table.count}.` });
  const packet = async (at: number): Promise<Approached> =>
    ({ bytes: await packets.bytes(at), linkType: table.interfaces[table.at('iface', at)]!.linkType, seconds: table.at('seconds', at), nanoseconds: table.at('nanoseconds', at) });
  if (all !== null) await seeAll(open, matcher, number, all);
  else for (const at of earlierRows(open, row)) {
    const { bytes, linkType, seconds, nanoseconds } = await packet(at);
    matcher.packet(bytes, 0, bytes.length, linkType, at + 1, seconds, nanoseconds, () => {});
  }
  return packet(row);
}

/** The packet is read again, and those before it in its conversation, or in all where the rule hangs on them, and matched as the last run did. */
export async function whyReport(open: OpenSession, matcher: Matcher, signature: Signature, index: number, number: number, signal: AbortSignal): Promise<WhyReport> {
  const { table } = open;
  const row = number - 1;
  const all = hangsOnOtherFlows(signature, matcher.signatures);
  const { bytes, linkType, seconds, nanoseconds } = await approach(open, matcher, number, all ? signal : null);
  const answers = matcher.why(signature, bytes, 0, bytes.length, linkType, number, seconds, nanoseconds);
  const levels = answers.map(({ explanation, alerts }, level) => levelReport(explanation, level, alerts));
  if (isLastOfFlow(open, row)) atTheEnd(matcher, signature, levels);
  const depth = table.at('depth', row);
  for (let level = answers.length; level <= depth; level++) levels.push({ level, outcome: 'not inspected', note: hiddenNote(matcher), conditions: [] });
  return { packet: number, signature: index, sentence: `${sentence(levels, answers.map(({ explanation }) => explanation))}${leftOut(number, all)}`, levels };
}

/** Whether a conversation ends with this packet. */
function isLastOfFlow({ table }: OpenSession, row: number): boolean {
  const flow = table.at('flow', row);
  if (flow === NO_FLOW) return false;
  for (let at = row + 1; at < table.count; at++) if (table.at('flow', at) === flow) return false;
  return true;
}

/** When a conversation ends, what is left of its TCP streams is looked at; an alert on it has the number of the conversation's last packet. */
function atTheEnd(matcher: Matcher, signature: Signature, levels: LevelReport[]): void {
  for (const { explanation, level, alerts } of matcher.whyEnd(signature)) {
    if (!alerts || levels[level]?.outcome === 'alert') continue;
    levels[level] = { ...levelReport(explanation, level, true), note: 'What is left of the TCP stream when the conversation ends is looked at with its last packet.' };
  }
}

function levelReport({ fires, unknown, reasons, summary }: Explanation, level: number, alerts: boolean): LevelReport {
  const outcome = alerts ? 'alert' : fires ? 'match' : unknown ? 'not known' : 'silent';
  const why = summary === 'Every condition is met.' ? `${summary} No alert is written: the rule says noalert, a pass rule came before it, or the packet has as many alerts as are written at most.` : summary;
  return { level, outcome, note: outcome === 'match' ? why : '', conditions: reasons.map(condition) };
}

const hiddenNote = ({ settings }: Matcher): string => (settings.tunnels.vxlan
  ? 'The decoder of the rules does not take this envelope off: Suricata looks at the destination port, the I flag and the reserved bits.'
  : 'VXLAN decoding is off: this IDS sees the envelope and never the packet inside.');

function sentence(levels: readonly LevelReport[], explained: readonly Explanation[]): string {
  const name = (level: number): string => levelName(level, levels.length);
  return levels.map(({ level, outcome, note }) => {
    if (outcome === 'alert') return `It fires on the ${name(level)}.${note === '' ? '' : ` ${note}`}`;
    if (outcome === 'not inspected') return `On the ${name(level)} it is never asked. ${note}`;
    if (outcome === 'not known') return `On the ${name(level)} nobody knows: ${explained[level]!.summary.replace(/^Whether the rule fires is not known: /, '')}`;
    if (outcome === 'match') return `On the ${name(level)} it matches without an alert.`;
    return `On the ${name(level)} it stays silent: ${explained[level]!.summary.replace(/^The rule does not fire: /, '').replace(/^This rule is/, 'the rule is')}`;
  }).join(' ');
}
