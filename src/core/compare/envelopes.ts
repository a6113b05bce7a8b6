// The numbers that the mirror gave its envelopes: the outer IPv4 identification. Never a key, since it says nothing of what is inside; but two
// sightings of identical packets under one number are one envelope that came twice, and under two numbers they are two envelopes. Where a counter
// gave them, they also have the order in which identical packets were sent.

import type { ByteSource } from '../bytes/byte-source.ts';
import { u16 } from '../bytes/read.ts';
import { ETHERTYPE, linkPlace, type NetworkPlace } from '../mirror/headers.ts';
import type { GroupList } from './groups.ts';
import { NearBytes } from './near-bytes.ts';
import type { Scan } from './scan.ts';
import type { Watch } from './watch.ts';

export const NO_NUMBER = -1;
/** The number has 16 bits: farther apart than half of its round it says nothing. */
const ROUND = 1 << 15;
const HEADERS = 64; // link and IPv4 header, VLAN tags included
const MOST_GROUPS_READ_APART = 1 << 10;

/** By row, the number of its envelope, or NO_NUMBER; and the ways on which a counter gives them. */
export interface EnvelopeNumbers { readonly of: Int32Array; readonly counted: ReadonlySet<number> }

/** The numbers of envelopes that stand in a group with others; null where no mirror numbered any. Rejects with a FaultError when the signal aborts. */
export async function envelopeNumbers(waiting: readonly GroupList[], { columns: c, count, interfaces }: Scan, source: ByteSource, watch: Watch): Promise<EnvelopeNumbers | null> {
  const asked = askedRows(waiting, c.depth, count);
  if (asked === null) return null;
  const numbers = new Int32Array(count).fill(NO_NUMBER);
  const place: NetworkPlace = { net: 0, type: 0 };
  const read = (row: number, b: Uint8Array, at: number, end: number): void => {
    if (linkPlace(b, at, end, interfaces[c.iface[row]!]!.linkType, place) && place.type === ETHERTYPE.ipv4 && place.net + 6 <= end) numbers[row] = u16(b, place.net + 4);
  };
  const near = asked.length > MOST_GROUPS_READ_APART ? new NearBytes(source) : null;
  try {
    for (let i = 0; i < asked.length; i++) {
      if (i % 4096 === 0) watch.check();
      const row = asked[i]!, from = c.fileOffset[row]!, length = Math.min(HEADERS, c.frame[row]! + c.have[row]!);
      if (near === null) read(row, await source.slice(from, from + length), 0, length);
      else if (near.has(from, length) || await near.load(from, length)) read(row, near.bytes, near.at, near.at + length);
    }
  } finally { await near?.close(); }
  return tellingOnly(numbers, asked, c.path);
}

/** Rows in envelopes that stand in a group with others, and their neighbours, by which a counter is known; in the order of the capture. */
function askedRows(waiting: readonly GroupList[], depth: Uint8Array, count: number): Uint32Array | null {
  const asked = new Uint8Array(count);
  for (const groups of waiting) {
    for (let g = 0; g < groups.count; g++) for (const row of groups.b(g)) if (depth[row]! > 0) asked.fill(1, Math.max(0, row - 1), row + 2);
  }
  const isAsked = (row: number): boolean => asked[row] === 1 && depth[row]! > 0;
  let rows = 0;
  for (let row = 0; row < count; row++) if (isAsked(row)) rows++;
  if (rows === 0) return null;
  const list = new Uint32Array(rows);
  for (let row = 0, i = 0; row < count; row++) if (isAsked(row)) list[i++] = row;
  return list;
}

const MOST_COPIES = 4; // of an envelope, on average: more have one number, and it numbers nothing
const MOSTLY = 0.8;
const NEIGHBOURS = 512; // rows: packets so close were numbered one soon after the other
const CLOSE = 1 << 10; //  what a counter goes on by meanwhile, and Linux in a pause; one random number in 32 is as close

/** Takes away the numbers of a way on which most are the same: there they number nothing. */
function tellingOnly(of: Int32Array, asked: Uint32Array, path: Uint32Array): EnvelopeNumbers | null {
  const ways = new Map<number, { rows: number; seen: Set<number>; neighbours: number; close: number; last: number }>();
  for (const row of asked) {
    let way = ways.get(path[row]!);
    if (way === undefined) ways.set(path[row]!, way = { rows: 0, seen: new Set(), neighbours: 0, close: 0, last: -1 });
    way.rows++;
    way.seen.add(of[row]!);
    if (way.last >= 0 && row - way.last < NEIGHBOURS && of[row] !== of[way.last]) {
      way.neighbours++;
      if (Math.abs((of[row]! - of[way.last]!) << 16 >> 16) < CLOSE) way.close++;
    }
    way.last = row;
  }
  const telling = new Set<number>(), counted = new Set<number>();
  for (const [way, { rows, seen, neighbours, close }] of ways) {
    if (seen.size <= Math.max(1, rows / MOST_COPIES)) continue;
    telling.add(way);
    if (close > 1 && close > MOSTLY * neighbours) counted.add(way);
  }
  for (const row of asked) if (!telling.has(path[row]!)) of[row] = NO_NUMBER;
  return telling.size === 0 ? null : { of, counted };
}

/** Of numbers that start again at 0 after 65,535. */
const isAfter = (number: number, other: number): boolean => number !== other && (number - other & 0xffff) < ROUND;

/** Identical packets that came one way, taken by envelope: the first sighting of each, in the order they were sent where that is known, and for every row the place of its own in `firsts`. */
export function byEnvelope(rows: Uint32Array, numbers: EnvelopeNumbers | null, way: number): { firsts: Uint32Array; firstOf: Int32Array; numbered: boolean; counted: boolean } {
  const first = new Uint32Array(rows.length); // of the row's envelope
  const last = new Map<number, { row: number; first: number }>();
  for (let j = 0; j < rows.length; j++) {
    const row = rows[j]!, number = numbers === null ? NO_NUMBER : numbers.of[row]!;
    const known = number === NO_NUMBER ? undefined : last.get(number);
    first[j] = known !== undefined && row - known.row < ROUND ? known.first : row;
    if (number !== NO_NUMBER) last.set(number, { row, first: first[j]! });
  }
  const firsts = rows.filter((row, j) => first[j] === row);
  const counted = numbers !== null && numbers.counted.has(way);
  if (counted) inOrderSent(firsts, numbers.of);
  const placeOf = new Map(Array.from(firsts, (row, place) => [row, place]));
  return { firsts, firstOf: Int32Array.from(first, (row) => placeOf.get(row)!), numbered: last.size > 0, counted };
}

/** Moves back what came late: an insertion sort, since numbers that go round can be compared with near ones only, and few are out of order. */
function inOrderSent(firsts: Uint32Array, of: Int32Array): void {
  for (let i = 1; i < firsts.length; i++) {
    const row = firsts[i]!;
    let j = i;
    for (; j > 0 && i - j < MOST_OVERTAKEN && firsts[i]! - firsts[j - 1]! < ROUND && isAfter(of[firsts[j - 1]!]!, of[row]!); j--) firsts[j] = firsts[j - 1]!;
    firsts[j] = row;
  }
}

const MOST_OVERTAKEN = 1 << 10;
