// Sentences about packets that one side has alone: lost, left out, never mirrored, somebody else's. Each is null, or none, where there is nothing to say.

import { count, counted, listed, milliseconds } from '../format/number.ts';
import { KIND, KINDS } from '../mirror/kinds.ts';
import { checklist } from './checklist.ts';
import type { CompareResult } from './compare.ts';
import { FATE } from './fates.ts';
import { judgementWords } from './judgement.ts';
import { lossPatterns } from './loss-patterns.ts';
import { NONE } from './matching.ts';
import { outsideText, sentOutside } from './spans.ts';
import { duration } from './timeline.ts';
import { kindOf, rowsWith, say, tally, type Sentence } from './sentence.ts';
import type { SightingColumns } from './sightings.ts';
import { strangerNote } from './said-of-strangers.ts';

export const toCheck = (result: CompareResult): Sentence[] => checklist(result).map((text) => say(text, 'onlyAtSource'));

export const patterns = (result: CompareResult): Sentence[] => lossPatterns(result).map((text) => say(text, 'lost'));

const WAYS = { ingress: ['inbound', 'outbound'], egress: ['outbound', 'inbound'] } as const;

export function oneWay({ findings: { oneWay: way } }: CompareResult): Sentence | null {
  if (way === null) return null;
  const [came, missed] = WAYS[way];
  return say(`Only ${came} packets came, not one that was ${missed}: the mirror’s filter may have no rules for ${missed} traffic.`, 'onlyAtSource');
}

export function lost(result: CompareResult): Sentence | null {
  const { matching: { a }, fatesA } = result;
  const rows = rowsWith(fatesA, 'lost').filter((row) => sentOutside(result, row) === null);
  if (rows.length === 0) return null;
  const sent = rowsWith(fatesA, 'mirrored').length + rows.length;
  let longest = 1, from = rows[0]!, run = 1;
  for (let i = 1; i < rows.length; i++) {
    run = rows[i] === rows[i - 1]! + 1 ? run + 1 : 1;
    if (run > longest) { longest = run; from = rows[i]! - run + 1; }
  }
  const gap = longest === 1 ? '' : ` The longest gap is ${longest} in a row, packets ${from + 1} to ${from + longest}, within ${milliseconds(secondsBetween(a.columns, from, from + longest - 1))} ms.`;
  return say(`${count(rows.length)} never arrived, ${(100 * rows.length / sent).toFixed(1)} % of what the mirror takes${longest === 1 && rows.length > 1 ? ', no two in a row' : ''}.${gap}`, 'lost');
}

/** What the appliance's capture could not have is told apart from loss. */
export function untimely(result: CompareResult): Sentence | null {
  const { fatesA } = result;
  const told = { before: { packets: 0, by: 0 }, after: { packets: 0, by: 0 } };
  let losses = 0;
  for (let row = 0; row < fatesA.length; row++) {
    const outside = sentOutside(result, row);
    if (outside === null) continue;
    if ((fatesA[row]! & FATE.lost) !== 0) losses++;
    told[outside.when].packets++;
    told[outside.when].by = Math.max(told[outside.when].by, outside.by);
  }
  const words = (['before', 'after'] as const).filter((when) => told[when].packets > 0).map((when) =>
    `${count(told[when].packets)} ${told[when].packets === 1 ? 'was' : 'were'} sent ${when === 'after' && told.before.packets > 0 ? 'after it ended' : outsideText('appliance', { when })} (${told[when].packets === 1 ? '' : 'up to '}${duration(told[when].by)} ${when} its ${when === 'before' ? 'first' : 'last'} packet)`);
  if (words.length === 0) return null;
  return say(`${listed(words)}: nothing tells whether ${told.before.packets + told.after.packets === 1 ? 'it was' : 'they were'} mirrored.${losses > 0 ? ' The list calls them lost; the figures of loss here leave them out.' : ''}`, losses > 0 ? 'lost' : 'onlyAtSource');
}

const secondsBetween = (c: SightingColumns, from: number, to: number): number => c.seconds[to]! - c.seconds[from]! + (c.nanoseconds[to]! - c.nanoseconds[from]!) / 1e9;

/** "3 ARP and 1 NTP", the first five; of one kind, which is as many as were said already, without the number. */
const counts = (kinds: readonly (readonly [string, number])[]): string => (kinds.length === 1 ? kinds[0]![0] : listed(kinds.slice(0, 5).map(([kind, n]) => `${count(n)} ${kind}`)));

export function missing(result: CompareResult): Sentence | null {
  const { matching: { a }, fatesA, findings: { kinds } } = result;
  const rows = rowsWith(fatesA, 'onlyAtSource').filter((row) => (fatesA[row]! & FATE.filtered) === 0 && sentOutside(result, row) === null); // those have their reason
  if (rows.length === 0) return null;
  const words = tally(rows.map((row) => (kinds[row]! === KIND.plain ? kindOf(a.columns, row) : KINDS[kinds[row]!]!.name)));
  const never = KINDS.filter(({ never: left, name }) => left && words.some(([kind]) => kind === name)).map(({ name }) => name);
  const why = never.length === 0 ? '.' : words.length === 1 ? ', which AWS never mirrors.' : `. ${listed(never)} ${never.length === 1 ? 'is' : 'are'} never mirrored by AWS.`;
  return say(`${count(rows.length)} ${rows.length === 1 ? 'has' : 'have'} no counterpart: ${counts(words)}${why}`, 'onlyAtSource');
}

export function filtered({ judgement, fatesA }: CompareResult): Sentence | null {
  const rows = judgement === null ? [] : rowsWith(fatesA, 'filtered');
  if (judgement === null || rows.length === 0) return null;
  const why = tally(rows.map((row) => judgementWords(judgement, row)));
  return say(`${count(rows.length)} ${rows.length === 1 ? 'is' : 'are'} left out by the mirror’s filter: ${why.map(([reason, n]) => `${reason} (${count(n)})`).join('; ')}.`, 'filtered');
}

export function unexpected({ fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'unexpected');
  return rows.length === 0 ? null : say(`${count(rows.length)} came although the mirror’s filter leaves ${rows.length === 1 ? 'it' : 'them'} out, from packet ${rows[0]! + 1} on: the filter is another than the one that was at work.`, 'unexpected');
}

export function applianceOnly(result: CompareResult): Sentence | null {
  const { matching: { b }, fatesB } = result;
  const rows = rowsWith(fatesB, 'onlyAtAppliance');
  if (rows.length === 0) return null;
  const kinds = tally(rows.map((row) => {
    const { vnis } = b.paths[b.columns.path[row]!]!;
    return `${strangerNote(result, row)}${vnis.length === 0 ? '' : vnis.at(-1)! < 0 ? ' (no VNI)' : ` (VNI ${vnis.at(-1)!})`}`;
  }));
  return say(`${counted(rows.length, 'packet')} at the appliance ${rows.length === 1 ? 'is a copy' : 'are copies'} of no source packet: ${counts(kinds)}${kinds.length > 5 ? ' and others' : ''}.`, 'onlyAtAppliance');
}

export function ambiguous({ matching: { ambiguous: groups, pairOf } }: CompareResult): Sentence[] {
  const missing = groups.map(({ a }) => a.reduce((n, row) => n + (pairOf[row] === NONE ? 1 : 0), 0));
  const short = missing.filter((n) => n > 0), close = groups.filter((_, i) => missing[i] === 0);
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);
  const said: Sentence[] = [];
  if (short.length > 0) said.push(say(`${counted(short.length, 'group')} of identical packets ${short.length === 1 ? 'misses' : 'miss'} ${count(total(short))}: how many is certain, which ones is told by their time alone.`, 'lost'));
  if (close.length > 0) said.push(say(`${count(total(close.map(({ a }) => a.length)))} identical packets came too close together to be told apart for certain: their copies may be each other’s.`, 'mirrored'));
  return said;
}
