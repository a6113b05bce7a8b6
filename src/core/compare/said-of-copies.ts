// Sentences about the packets that came: how many, how they differ from the source's, by which way and when. Each is null, or none, where there is nothing to say.

import { count, counted, listed, milliseconds } from '../format/number.ts';
import { PROTOCOL } from '../mirror/headers.ts';
import { median, quantile } from './clock.ts';
import type { CompareResult } from './compare.ts';
import { sortedDelays } from './delays.ts';
import { FATE } from './fates.ts';
import { changedFields, DIFFERENCE } from './frame-difference.ts';
import { NONE, ROLE } from './matching.ts';
import { rowsWith, say, tally, type Sentence } from './sentence.ts';
import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

const taking = (fates: Uint16Array): number => fates.reduce((sum, fate) => sum + (fate === 0 ? 0 : 1), 0);

/** Pairs that are the same byte for byte, from the link header on where both have one, from IP where the envelope carries bare IP. */
export function identical({ matching: { pairOf }, fatesA, differences }: CompareResult): number {
  return rowsWith(fatesA, 'mirrored').filter((row) => (differences[pairOf[row]!]! & ~DIFFERENCE.link) === 0 && (fatesA[row]! & FATE.truncated) === 0).length;
}

export function mirrored(result: CompareResult): Sentence {
  const { matching: { b, pairOf }, fatesA, relation } = result;
  const rows = rowsWith(fatesA, 'mirrored');
  const all = taking(fatesA);
  if (rows.length === 0) return say(`None of the ${counted(all, 'source packet')} came through the mirror.`, 'onlyAtSource');
  const vnis = relation === 'wrapped' ? tally(rows.map((row) => b.paths[b.columns.path[pairOf[row]!]!]!.vnis.at(-1) ?? -1)) : [];
  const whole = identical(result);
  const same = whole === rows.length ? 'and arrived byte for byte the same' : `and ${whole === 0 ? 'none' : count(whole)} of them arrived byte for byte the same`;
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

export function cut({ matching, fatesA }: CompareResult): Sentence | null {
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

export function partly({ matching: { a, b, pairOf }, fatesA, differences }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'mirrored').filter((row) => (differences[pairOf[row]!]! & DIFFERENCE.part) !== 0 && (fatesA[row]! & FATE.truncated) === 0);
  if (rows.length === 0) return null;
  const cutAt = ({ columns: c }: Scan, of: (row: number) => number): number => rows.reduce((most, row) => (c.have[of(row)]! < c.wire[of(row)]! ? Math.max(most, c.frame[of(row)]! + c.have[of(row)]!) : most), 0);
  const who = ([['source', cutAt(a, (row) => row)], ['appliance', cutAt(b, (row) => pairOf[row]!)]] as const).filter(([, bytes]) => bytes > 0);
  const why = who.length === 0 ? '' : `: ${listed(who.map(([name, bytes]) => `the ${name}’s capture kept at most ${counted(bytes, 'byte')} of a packet`))} (snaplen)`;
  return say(`${count(rows.length)} could be compared in part only${why}.`, 'mirrored');
}

export function segmented({ matching: { a, split, merged, roleOf } }: CompareResult): Sentence | null {
  const words: string[] = [];
  const segments = roleOf.reduce((sum, role) => sum + (role === ROLE.segment ? 1 : 0), 0) + split.size;
  const how = [['TSO', PROTOCOL.tcp], ['UDP GSO', PROTOCOL.udp]].flatMap(([name, protocol]) => ([...split].some((row) => a.columns.protocol[row] === protocol) ? [String(name)] : []));
  if (split.size > 0) words.push(`${counted(split.size, 'packet')} of the source came as ${counted(segments, 'segment')}: the source’s network card splits them (${listed(how)}).`);
  if (merged.size > 0) words.push(`${counted(merged.size, 'packet')} came put together with others: the appliance’s network card joins them (GRO).`);
  return words.length === 0 ? null : say(words.join(' '), 'mirrored');
}

export function fragmented({ matching: { b, ownerOf } }: CompareResult): Sentence | null {
  let whole = 0, broken = 0, again = 0;
  for (const [row, pieces] of b.pieces) {
    if (ownerOf[row] === NONE) continue;
    if ((b.columns.marks[row]! & MARK.assembled) !== 0) whole++;
    else broken++;
    again += pieces.length - new Set(pieces.map(({ at }) => at)).size;
  }
  if (whole + broken === 0) return null;
  return say(`${counted(whole, 'envelope')} came in fragments of the outer packet and ${whole === 1 ? 'was' : 'were'} put together first${broken > 0 ? `; ${count(broken)} miss a fragment` : ''}${again > 0 ? `; ${counted(again, 'fragment')} came twice` : ''}.`, 'mirrored');
}

export function direct({ fatesA }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'direct');
  if (rows.length === 0) return null;
  const alone = rows.filter((row) => (fatesA[row]! & FATE.mirrored) === 0).length;
  return say(`${count(rows.length)} reached the appliance directly, without an envelope${alone === rows.length ? '' : `; ${count(rows.length - alone)} of them through the mirror as well`}.`, 'direct');
}

export function copies({ matching: { b, ownerOf, pairOf, roleOf }, fatesA }: CompareResult): Sentence | null {
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

export function reordered({ matching: { pairOf }, fatesA }: CompareResult): Sentence | null {
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

export function changed({ matching: { a, pairOf }, fatesA, differences }: CompareResult): Sentence | null {
  const rows = rowsWith(fatesA, 'changed');
  if (rows.length === 0) return null;
  const fields = tally(rows.flatMap((row) => changedFields(differences[pairOf[row]!]!, a.columns.type[row]!, a.columns.protocol[row]!)));
  const offload = fields.every(([name]) => name === 'tcp.checksum' || name === 'udp.checksum');
  return say(`${count(rows.length)} differ from what the source wrote down: ${listed(fields.map(([name, n]) => `${name} (${count(n)})`))}.${offload ? ' The source’s network card fills these in after the capture (checksum offload).' : ''}`, 'changed');
}

export function envelope({ matching: { b, pairOf }, fatesA, relation }: CompareResult): Sentence | null {
  if (relation !== 'wrapped') return null;
  const sizes = tally(rowsWith(fatesA, 'mirrored').map((row) => b.columns.frame[pairOf[row]!]!));
  return sizes.length === 0 ? null : say(`The envelope adds ${listed(sizes.slice(0, 3).map(([n], i, { length }) => (i === length - 1 ? counted(n, 'byte') : count(n))))}.`);
}

export function clocks({ clock }: CompareResult): Sentence | null {
  if (clock === null) return null;
  const steps = clock.steps.length === 0 ? '' : ` ${clock.steps.length === 1 ? 'One of them was set once' : `They were set ${count(clock.steps.length)} times`} meanwhile: ${listed(clock.steps.map(({ a, by }) => `by ${by < 0 ? '−' : '+'}${Math.abs(by).toFixed(3)} s at packet ${a + 1}`))} of the source; times after that are put right by as much.`;
  if (clock.agree) return say(`The clocks agree, as far as the delays can tell.${steps}`);
  const drift = clock.drift === 0 ? '' : ` and ${clock.drift > 0 ? 'gains' : 'loses'} ${Math.abs(clock.drift * 1e6).toFixed(1)} ± ${(clock.driftError * 1e6).toFixed(1)} µs a second`;
  return say(`The appliance’s clock is ${Math.abs(clock.offset).toFixed(6)} s ${clock.offset < 0 ? 'behind' : 'ahead'} (± ${(clock.offsetError * 1e3).toFixed(3)} ms)${drift}; the quickest packets are taken to need no time.${steps}`);
}

export function delays(result: CompareResult): Sentence | null {
  const { clock } = result;
  const sorted = clock === null ? new Float64Array(0) : sortedDelays(result, clock);
  if (clock === null || sorted.length === 0) return null;
  return say(`Delay${clock.agree ? '' : ' beyond the quickest packet'}: median ${milliseconds(median(sorted))} ms, 95 % ${milliseconds(quantile(sorted, 0.95))} ms, at most ${milliseconds(sorted.at(-1)!)} ms.`);
}
