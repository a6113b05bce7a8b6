// The result in sentences, and the figures behind them.

import { count, counted, listed, milliseconds } from '../format/number.ts';
import { ETHERTYPE, PROTOCOL } from '../mirror/headers.ts';
import { KIND, KINDS } from '../mirror/kinds.ts';
import { checklist } from './checklist.ts';
import { median, quantile } from './clock.ts';
import type { CompareResult } from './compare.ts';
import { sortedDelays } from './delays.ts';
import { FATE, type FateName } from './fates.ts';
import { changedFields, DIFFERENCE } from './frame-difference.ts';
import { judgementWords } from './judgement.ts';
import { lossPatterns } from './loss-patterns.ts';
import { NONE, ROLE } from './matching.ts';
import { MARK, type SightingColumns } from './sightings.ts';

export interface Sentence {
  readonly text: string;
  /** What the list is to be narrowed to for it; null where there is nothing to see. */
  readonly fate: FateName | null;
}

/** All that is worth saying, most important first. Nothing is said of what did not happen, but once that nothing else did. */
export function summary(result: CompareResult): Sentence[] {
  const said = [mirrored, toCheck, cut, partly, segmented, fragmented, lost, patterns, filtered, unexpected, missing, oneWay, direct, copies, reordered, changed, applianceOnly, ambiguous, nothingElse, envelope, clocks, delays, damage]
    .flatMap((sentence) => sentence(result) ?? []);
  return said;
}

const say = (text: string, fate: FateName | null = null): Sentence => ({ text, fate });

function rowsWith(fates: Uint16Array, fate: FateName): number[] {
  const rows: number[] = [];
  for (let row = 0; row < fates.length; row++) if ((fates[row]! & FATE[fate]) !== 0) rows.push(row);
  return rows;
}

/** How often each value comes, most often first. */
function tally<T>(values: Iterable<T>): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, p], [, q]) => q - p);
}

const taking = (fates: Uint16Array): number => fates.reduce((sum, fate) => sum + (fate === 0 ? 0 : 1), 0);

/** Pairs that are the same byte for byte, from the link header on where both have one, from IP where the envelope carries bare IP. */
export function identical({ matching: { pairOf }, fatesA, differences }: CompareResult): number {
  return rowsWith(fatesA, 'mirrored').filter((row) => (differences[pairOf[row]!]! & ~DIFFERENCE.link) === 0 && (fatesA[row]! & FATE.truncated) === 0).length;
}

function mirrored(result: CompareResult): Sentence {
  const { matching: { b, pairOf }, fatesA, relation } = result;
  const rows = rowsWith(fatesA, 'mirrored');
  const all = taking(fatesA);
  if (rows.length === 0) return say(`None of the ${counted(all, 'source packet')} came through the mirror.`, 'onlyAtSource');
  const vnis = relation === 'wrapped' ? tally(rows.map((row) => b.paths[b.columns.path[pairOf[row]!]!]!.vnis.at(-1) ?? -1)) : [];
  const whole = identical(result);
  const same = whole === rows.length ? 'and arrived byte for byte the same' : `and ${count(whole)} of them arrived byte for byte the same`;
  return say(`${count(rows.length)} of ${counted(all, 'source packet')} ${rows.length === 1 ? 'was' : 'were'} ${relation === 'level' ? 'found again' : relation === 'wrapped' ? 'mirrored' : 'taken out of their envelopes'}${vniWords(vnis)}, ${same}.`, 'mirrored');
}

function vniWords(vnis: readonly (readonly [number, number])[]): string {
  const known = vnis.filter(([vni]) => vni >= 0);
  if (known.length === 0) return '';
  if (known.length === 1) return `, all with VNI ${known[0]![0]}`;
  return ` with ${listed(known.slice(0, 5).map(([vni, n]) => `VNI ${vni} (${count(n)})`))}${known.length > 5 ? ` and ${known.length - 5} more` : ''}`;
}

/** What IPv4 or IPv6, UDP and VXLAN take of the target's MTU; Ethernet does not count. */
const TAKEN = [36, 56];
/** By so much less than the target's MTU the source's should be, says the guide, over IPv4 and IPv6. */
const ADVISED = [54, 74];
const MTUS = new Set([1280, 1400, 1450, 1460, 1492, 1500, 8500, 8951, 9000, 9001]);

function cut({ matching, fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'truncated');
  if (rows.length === 0) return null;
  const { a, b, pairOf } = matching;
  const kept = tally(rows.map((row) => b.columns.wire[pairOf[row]!]! - b.columns.net[pairOf[row]!]! + a.columns.net[row]!));
  const [length, often] = kept[0]!;
  const were = `${counted(rows.length, 'packet')} ${rows.length === 1 ? 'was' : 'were'} cut`;
  if (often < rows.length * 0.9) return say(`${were}, to between ${count(Math.min(...kept.map(([n]) => n)))} and ${counted(Math.max(...kept.map(([n]) => n)), 'byte')} of their frame.`, 'truncated');
  const mtu = TAKEN.map((taken) => length + taken).find((n) => MTUS.has(n));
  const why = mtu === undefined ? `That is no MTU less an envelope: it points to the session’s packet length, ${count(length)} bytes after the VXLAN header.`
    : `That points to an MTU of ${count(mtu)} at the mirror’s target: ${count(length)} bytes and ${mtu - length} of envelope. A source MTU of ${count(mtu - (mtu - length === TAKEN[0] ? ADVISED[0]! : ADVISED[1]!))} would have left room.`;
  return say(`${were} to the first ${counted(length, 'byte')} of their frame. ${why}`, 'truncated');
}

function partly({ matching: { a, b, pairOf }, fatesA, differences }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'mirrored').filter((row) => (differences[pairOf[row]!]! & DIFFERENCE.part) !== 0 && (fatesA[row]! & FATE.truncated) === 0);
  if (rows.length === 0) return null;
  const who = ([['source', a], ['appliance', b]] as const).filter(([, scan]) => scan.interfaces.some(({ snaplen }) => snaplen > 0 && snaplen < 1 << 16));
  const why = who.length === 0 ? '' : `: the ${listed(who.map(([name, scan]) => `${name}’s capture kept at most ${counted(Math.max(...scan.interfaces.map(({ snaplen }) => snaplen)), 'byte')} of a packet`))} (snaplen)`;
  return say(`${count(rows.length)} could be compared in part only${why}.`, 'mirrored');
}

function segmented({ matching: { split, merged, roleOf } }: CompareResult): Sentence | null {
  const words: string[] = [];
  const segments = roleOf.reduce((sum, role) => sum + (role === ROLE.segment ? 1 : 0), 0) + split.size;
  if (split.size > 0) words.push(`${counted(split.size, 'packet')} of the source came as ${counted(segments, 'segment')}: the source’s network card splits them (TSO).`);
  if (merged.size > 0) words.push(`${counted(merged.size, 'packet')} came put together with others: the appliance’s network card joins them (GRO).`);
  return words.length === 0 ? null : say(words.join(' '), 'mirrored');
}

function fragmented({ matching: { b, ownerOf } }: CompareResult): Sentence | null {
  let whole = 0, broken = 0;
  for (const [row] of b.pieces) if (ownerOf[row] !== NONE) { if ((b.columns.marks[row]! & MARK.assembled) !== 0) whole++; else broken++; }
  if (whole + broken === 0) return null;
  return say(`${counted(whole, 'envelope')} came in fragments of the outer packet and ${whole === 1 ? 'was' : 'were'} put together first${broken > 0 ? `; ${count(broken)} miss a fragment` : ''}.`, 'mirrored');
}

const toCheck = (result: CompareResult): Sentence[] => checklist(result).map((text) => say(text, 'onlyAtSource'));

const patterns = (result: CompareResult): Sentence[] => lossPatterns(result).map((text) => say(text, 'lost'));

const WAYS = { ingress: ['inbound', 'outbound'], egress: ['outbound', 'inbound'] } as const;

function oneWay({ findings: { oneWay: way } }: CompareResult): Sentence | null {
  if (way === null) return null;
  const [came, missed] = WAYS[way];
  return say(`Only ${came} packets came, not one that was ${missed}: the mirror’s filter may have no rules for ${missed} traffic.`, 'onlyAtSource');
}

function lost({ matching: { a }, fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'lost');
  if (rows.length === 0) return null;
  const sent = rowsWith(fatesA, 'mirrored').length + rows.length;
  let longest = 1, from = rows[0]!, run = 1;
  for (let i = 1; i < rows.length; i++) {
    run = rows[i] === rows[i - 1]! + 1 ? run + 1 : 1;
    if (run > longest) { longest = run; from = rows[i]! - run + 1; }
  }
  const gap = longest === 1 ? '' : ` The longest gap is ${longest} in a row, from packet ${from + 1}, ${milliseconds(secondsBetween(a.columns, from, from + longest - 1))} ms.`;
  return say(`${count(rows.length)} never arrived, ${(100 * rows.length / sent).toFixed(1)} % of what the mirror takes${longest === 1 && rows.length > 1 ? ', no two in a row' : ''}.${gap}`, 'lost');
}

const secondsBetween = (c: SightingColumns, from: number, to: number): number => c.seconds[to]! - c.seconds[from]! + (c.nanoseconds[to]! - c.nanoseconds[from]!) / 1e9;

function missing({ matching: { a }, fatesA, findings: { kinds } }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'onlyAtSource').filter((row) => (fatesA[row]! & FATE.filtered) === 0); // those have their reason
  if (rows.length === 0) return null;
  const words = tally(rows.map((row) => (kinds[row]! === KIND.plain ? kindOf(a.columns, row) : KINDS[kinds[row]!]!.name)));
  const never = KINDS.filter(({ never: left, name }) => left && words.some(([kind]) => kind === name)).map(({ name }) => name);
  const why = never.length === 0 ? '' : ` ${listed(never)} ${never.length === 1 ? 'is' : 'are'} never mirrored by AWS.`;
  return say(`${count(rows.length)} ${rows.length === 1 ? 'has' : 'have'} no counterpart: ${listed(words.slice(0, 5).map(([kind, n]) => `${count(n)} ${kind}`))}.${why}`, 'onlyAtSource');
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([[PROTOCOL.icmp, 'ICMP'], [PROTOCOL.tcp, 'TCP'], [PROTOCOL.udp, 'UDP'], [PROTOCOL.gre, 'GRE'], [PROTOCOL.icmpv6, 'ICMPv6']]);

function kindOf(c: SightingColumns, row: number): string {
  if (c.type[row] === ETHERTYPE.arp) return 'ARP';
  const name = PROTOCOL_NAMES.get(c.protocol[row]!);
  return name ?? (c.type[row] === ETHERTYPE.ipv4 ? 'IPv4' : c.type[row] === ETHERTYPE.ipv6 ? 'IPv6' : 'of another kind');
}

function filtered({ judgement, fatesA }: CompareResult): Sentence | null {
  const rows = judgement === null ? [] : rowsWith(fatesA, 'filtered');
  if (judgement === null || rows.length === 0) return null;
  const why = tally(rows.map((row) => judgementWords(judgement, row)));
  return say(`${count(rows.length)} ${rows.length === 1 ? 'is' : 'are'} left out by the mirror’s filter: ${why.map(([reason, n]) => `${reason} (${count(n)})`).join('; ')}.`, 'filtered');
}

function unexpected({ fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'unexpected');
  return rows.length === 0 ? null : say(`${count(rows.length)} came although the mirror’s filter leaves ${rows.length === 1 ? 'it' : 'them'} out, from packet ${rows[0]! + 1} on: the filter is another than the one that was at work.`, 'unexpected');
}

function direct({ fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'direct');
  if (rows.length === 0) return null;
  const alone = rows.filter((row) => (fatesA[row]! & FATE.mirrored) === 0).length;
  return say(`${count(rows.length)} reached the appliance directly, without an envelope${alone === rows.length ? '' : `; ${count(rows.length - alone)} of them through the mirror as well`}.`, 'direct');
}

function copies({ matching: { b, ownerOf, pairOf, roleOf }, fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'duplicated');
  if (rows.length === 0) return null;
  let further = 0, otherWay = 0;
  for (let row = 0; row < roleOf.length; row++) {
    if (roleOf[row] !== ROLE.duplicate) continue;
    further++;
    if (b.columns.path[row] !== b.columns.path[pairOf[ownerOf[row]!]!]) otherWay++;
  }
  const way = otherWay === further ? ', with other outer addresses: handed back, or mirrored at a second place' : '';
  return say(`${counted(rows.length, 'packet')} came more than once, in ${counted(further, 'further copy', 'further copies')}${way}.`, 'duplicated');
}

function reordered({ matching: { pairOf }, fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'reordered');
  if (rows.length === 0) return null;
  let latest = -1, most = 0;
  const places = rowsWith(fatesA, 'mirrored').map((row) => pairOf[row]!);
  const early = [...places].sort((p, q) => p - q);
  for (let i = 0; i < places.length; i++) { // how many of those sent later came before it
    latest = Math.max(latest, places[i]!);
    if (places[i]! !== early[i]!) most = Math.max(most, Math.abs(i - firstFrom(early, places[i]!)));
  }
  return say(`${count(rows.length)} came out of order, by up to ${counted(most, 'place')}.`, 'reordered');
}

const firstFrom = (sorted: readonly number[], value: number): number => {
  let low = 0, high = sorted.length;
  while (low < high) { const middle = (low + high) >>> 1; if (sorted[middle]! < value) low = middle + 1; else high = middle; }
  return low;
};

function changed({ matching: { a, pairOf }, fatesA, differences }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'changed');
  if (rows.length === 0) return null;
  const fields = tally(rows.flatMap((row) => changedFields(differences[pairOf[row]!]!, a.columns.type[row]!, a.columns.protocol[row]!)));
  const offload = fields.every(([name]) => name === 'tcp.checksum' || name === 'udp.checksum');
  return say(`${count(rows.length)} differ from what the source wrote down: ${listed(fields.map(([name, n]) => `${name} (${count(n)})`))}.${offload ? ' The source’s network card fills these in after the capture (checksum offload).' : ''}`, 'changed');
}

function applianceOnly({ matching: { b }, fatesB }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesB, 'onlyAtAppliance');
  if (rows.length === 0) return null;
  const kinds = tally(rows.map((row) => {
    const { vnis } = b.paths[b.columns.path[row]!]!;
    return vnis.length === 0 ? `${kindOf(b.columns, row)} without an envelope` : vnis.at(-1)! < 0 ? 'in an envelope without VNI' : `with VNI ${vnis.at(-1)!}`;
  }));
  return say(`${counted(rows.length, 'packet')} at the appliance ${rows.length === 1 ? 'is' : 'are'} not the source’s: ${listed(kinds.slice(0, 5).map(([kind, n]) => `${count(n)} ${kind}`))}${kinds.length > 5 ? ' and others' : ''}.`, 'onlyAtAppliance');
}

function ambiguous({ matching: { ambiguous: groups, pairOf } }: CompareResult): Sentence | null {
  if (groups.length === 0) return null;
  const short = groups.reduce((sum, { a }) => sum + a.reduce((n, row) => n + (pairOf[row] === NONE ? 1 : 0), 0), 0);
  return say(`${counted(groups.length, 'group')} of identical packets miss ${count(short)}: how many is certain, which ones is told by their time alone.`, 'lost');
}

const TROUBLES: readonly (readonly [FateName, string])[] = [['truncated', 'cut'], ['lost', 'lost'], ['duplicated', 'duplicated'], ['reordered', 'reordered'], ['changed', 'changed']];

function nothingElse({ fatesA }: CompareResult): Sentence | null {
  const absent = TROUBLES.filter(([fate]) => !fatesA.some((fates) => (fates & FATE[fate]) !== 0)).map(([, word]) => word);
  if (absent.length === 0 || !fatesA.some((fates) => (fates & FATE.mirrored) !== 0)) return null;
  return say(`None was ${absent.length === 1 ? absent[0]! : `${absent.slice(0, -1).join(', ')} or ${absent.at(-1)!}`}.`);
}

function envelope({ matching: { b, pairOf }, fatesA, relation }: CompareResult): Sentence | null {
  if (relation !== 'wrapped') return null;
  const sizes = tally(rowsWith(fatesA, 'mirrored').map((row) => b.columns.frame[pairOf[row]!]!));
  return sizes.length === 0 ? null : say(`The envelope adds ${listed(sizes.slice(0, 3).map(([n], i, { length }) => (i === length - 1 ? counted(n, 'byte') : count(n))))}.`);
}

function clocks({ clock }: CompareResult): Sentence | null {
  if (clock === null) return null;
  if (clock.agree) return say('The clocks agree, as far as the delays can tell.');
  const drift = clock.drift === 0 ? '' : ` and ${clock.drift > 0 ? 'gains' : 'loses'} ${Math.abs(clock.drift * 1e6).toFixed(1)} ± ${(clock.driftError * 1e6).toFixed(1)} µs a second`;
  return say(`The appliance’s clock is ${Math.abs(clock.offset).toFixed(6)} s ${clock.offset < 0 ? 'behind' : 'ahead'} (± ${(clock.offsetError * 1e3).toFixed(3)} ms)${drift}; the quickest packets are taken to need no time.`);
}

function delays(result: CompareResult): Sentence | null {
  const { clock } = result;
  const sorted = clock === null ? new Float64Array(0) : sortedDelays(result, clock);
  if (clock === null || sorted.length === 0) return null;
  return say(`Delay${clock.agree ? '' : ' beyond the quickest packet'}: median ${milliseconds(median(sorted))} ms, 95 % ${milliseconds(quantile(sorted, 0.95))} ms, at most ${milliseconds(sorted.at(-1)!)} ms.`);
}

function damage({ matching: { a, b } }: CompareResult): Sentence | null {
  const broken = [...a.fault ? [`source’s capture: ${a.fault.what}`] : [], ...b.fault ? [`appliance’s capture: ${b.fault.what}`] : []];
  return broken.length === 0 ? null : say(`What came before was compared. Of the ${broken.join('. Of the ')}.`);
}
