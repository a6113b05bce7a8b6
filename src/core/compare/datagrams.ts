// Offload of UDP: a source that hands its network card many datagrams as one (UDP GSO, as QUIC does) has them whole in its capture; a receiver that puts
// datagrams together (UDP GRO) has them so in its. All pieces but the last are of one length, and nothing but their bytes says where they belong.

import type { ByteSource } from '../bytes/byte-source.ts';
import { PROTOCOL } from '../mirror/headers.ts';
import { differs } from './frame-difference.ts';
import type { FramePlace } from './frame-place.ts';
import { Frames } from './frames.ts';
import { addKeyed, joined, keyedRows, type KeyedRows } from './groups.ts';
import type { Matching } from './matching.ts';
import type { Scan } from './scan.ts';
import type { SegmentOptions } from './segments.ts';
import type { Watch } from './watch.ts';

const UDP_HEADER = 8;
const IPV6_HEADER = 40;
const AHEAD = 128; //          pieces that are looked at for one whole: the kernel puts at most 128 into one (UDP_MAX_SEGMENTS)
const ENOUGH = 32; //          bytes that have to be the same: fewer may be so by chance
const PATIENCE = 1 << 22; //   places that bytes are compared at, of a whole comparison

/** Finds pieces of datagrams among what is left, flow by flow, either way. Their `sequence` and `payload` become what those of TCP are, from the whole's first byte, so that all else takes them for segments. */
export async function matchDatagrams(matching: Matching, { purpose, hasPart, openA, freeB }: SegmentOptions, aSource: ByteSource, bSource: ByteSource, watch: Watch): Promise<void> {
  const left = datagrams(matching.a, (row) => hasPart(row) && openA(row)), right = datagrams(matching.b, freeB);
  if (left.count === 0 || right.count === 0) return;
  const { count, aStart, aRows, bStart, bRows } = joined(left, right);
  const a = new Frames(aSource, matching.a), b = new Frames(bSource, matching.b);
  const patience = { left: PATIENCE };
  try {
    for (let g = 0; g < count; g++) {
      watch.check();
      const [sent, came] = [aRows.slice(aStart[g], aStart[g + 1]).sort(), bRows.slice(bStart[g], bStart[g + 1]).sort()];
      if (sent.length === 0 || came.length === 0) continue;
      await pieces(new Side(matching.a, a, sent), new Side(matching.b, b, came), patience, (whole, piece) => matching.segment(whole, piece, purpose));
      await pieces(new Side(matching.b, b, came.filter((row) => matching.isFree(row))), new Side(matching.a, a, sent.filter(openA)), patience, (whole, piece) => matching.share(piece, whole, purpose));
    }
  } finally { await Promise.all([a.close(), b.close()]); }
}

function datagrams({ columns: c, count }: Scan, wanted: (row: number) => boolean): KeyedRows {
  const rows = keyedRows(count);
  for (let row = 0; row < count; row++) if (c.protocol[row] === PROTOCOL.udp && c.payload[row] === 0 && wanted(row)) addKeyed(rows, row, c.flow[row]!, c.type[row]!);
  return rows;
}

/** The datagrams of one capture in a flow, in its order. */
class Side {
  readonly columns: Scan['columns'];
  readonly rows: Uint32Array;
  readonly place: FramePlace;
  readonly #frames: Frames;
  /** Where in the frame the payload begins, and its bytes. */
  at = 0;
  length = 0;

  constructor({ columns }: Scan, frames: Frames, rows: Uint32Array) {
    this.columns = columns;
    this.#frames = frames;
    this.place = frames.place;
    this.rows = rows;
  }

  /** Bytes of a datagram by its own length, options of its network header among them. */
  size(row: number): number { return this.columns.size[row]!; }

  /** Brings a datagram whose header has no extension and whose payload was captured whole; false for any other. */
  async load(row: number): Promise<boolean> {
    if (!this.#frames.has(row) && !await this.#frames.load(row)) return false;
    const { bytes, at, net, have, size } = this.place;
    const first = bytes[at + net]!;
    const header = (first >> 4 === 4 ? (first & 15) * 4 : IPV6_HEADER) + UDP_HEADER;
    this.at = at + net + header;
    this.length = size - header;
    return this.length > 0 && have - net >= size;
  }
}

async function pieces(wholes: Side, parts: Side, patience: { left: number }, found: (whole: number, piece: number) => void): Promise<void> {
  let free = Array.from(parts.rows);
  const least = free.reduce((size, row) => Math.min(size, parts.size(row)), Infinity);
  for (const whole of wholes.rows) {
    if (wholes.size(whole) <= least || free.length === 0 || patience.left <= 0 || !await wholes.load(whole)) continue;
    let next = 0, unit = 0, bytes = 0; // the byte from which on pieces are still to come, the length of each but the last, and how much was found
    const taken = new Map<number, readonly [at: number, length: number]>();
    for (const piece of free.slice(0, AHEAD)) {
      if (next >= wholes.length || parts.size(piece) >= wholes.size(whole) || !await parts.load(piece) || parts.length >= wholes.length) continue;
      const at = placeOf(wholes, parts, next, unit, patience);
      if (at < 0) continue;
      if (at + parts.length < wholes.length) unit = parts.length;
      next = at + parts.length;
      bytes += parts.length;
      taken.set(piece, [at, parts.length]);
    }
    if (bytes < ENOUGH) continue;
    [wholes.columns.sequence[whole], wholes.columns.payload[whole]] = [0, wholes.length];
    for (const [piece, place] of taken) {
      [parts.columns.sequence[piece], parts.columns.payload[piece]] = place;
      found(whole, piece);
    }
    free = free.filter((row) => !taken.has(row));
  }
}

/** Where in the whole the piece's bytes are: a multiple of the pieces' length, or its end. -1: nowhere. */
function placeOf(whole: Side, part: Side, next: number, unit: number, patience: { left: number }): number {
  const isAt = (at: number): boolean => { patience.left--; return !differs(whole.place.view, whole.at + at, part.place.view, part.at, part.length); };
  const last = whole.length - part.length;
  if (unit === 0 || part.length === unit) for (let at = next; at <= last; at += part.length) if (isAt(at)) return at;
  return last >= next && (unit === 0 || (part.length < unit && last % unit === 0)) && isAt(last) ? last : -1;
}
