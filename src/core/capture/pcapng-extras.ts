// Reads the blocks of a pcapng that are no packets and that go along when packets are copied. A block that lies about a length inside gives what comes before.

import { u16, u16le, u32, u32le } from '../bytes/read.ts';
import type { Extra, NameRecord } from './extras.ts';
import { optionsIn, type Option, type OptionNumbers } from './pcapng-options.ts';
import type { Clock } from './timestamp.ts';

/** Numbers in the options of interface statistics (section 4.6): two times, in halves, and the counts. */
const STATISTICS_NUMBERS: OptionNumbers = { 2: [4, 4], 3: [4, 4], 4: [8], 5: [8], 6: [8], 7: [8], 8: [8] };
const [START, END] = [2, 3];
/** Behind type and length, before the length again. */
const [HEAD, FOOT] = [8, 4];
const padded = (length: number): number => length + (-length & 3);

/** A name resolution block, which lies whole in `b[at..at+length)`. */
export function readNames(b: Uint8Array, at: number, length: number, littleEndian: boolean): Extra {
  const half = littleEndian ? u16le : u16;
  const to = at + length - FOOT;
  const records: NameRecord[] = [];
  let from = at + HEAD;
  while (from + 4 <= to) {
    const type = half(b, from);
    const size = half(b, from + 2);
    if (from + 4 + size > to) { from = to; break; }
    if (type !== 0) records.push({ type, value: b.slice(from + 4, from + 4 + size) });
    from += 4 + padded(size);
    if (type === 0) break;
  }
  return { kind: 'names', records, options: optionsIn(b, from, to, littleEndian, {}) };
}

/** Interface statistics; null where the section has no such interface. */
export function readStatistics(b: Uint8Array, at: number, length: number, littleEndian: boolean, faces: readonly { readonly id: number; readonly clock: Clock }[]): Extra | null {
  const word = littleEndian ? u32le : u32;
  const face = faces[word(b, at + 8)];
  if (!face) return null;
  const { clock } = face;
  const time = (high: number, low: number): bigint => { clock.split(high, low); return BigInt(clock.seconds) * 1_000_000_000n + BigInt(clock.nanoseconds); };
  const all = optionsIn(b, at + 20, at + length - FOOT, littleEndian, STATISTICS_NUMBERS);
  const instant = (wanted: number): bigint | null => { const value = all.find(({ code }) => code === wanted)?.value; return value?.length === 8 ? time(u32le(value, 0), u32le(value, 4)) : null; };
  const options: readonly Option[] = all.filter(({ code }) => code !== START && code !== END);
  return { kind: 'statistics', iface: face.id, time: time(word(b, at + 12), word(b, at + 16)), start: instant(START), end: instant(END), options };
}

/** Decryption secrets. */
export function readSecrets(b: Uint8Array, at: number, length: number, littleEndian: boolean): Extra {
  const word = littleEndian ? u32le : u32;
  const to = at + length - FOOT;
  const from = at + HEAD + 8;
  const end = Math.min(to, from + word(b, at + HEAD + 4));
  return { kind: 'secrets', type: word(b, at + HEAD), data: b.slice(from, end), options: optionsIn(b, Math.min(to, from + padded(end - from)), to, littleEndian, {}) };
}
