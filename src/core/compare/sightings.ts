// What the pairing keeps of each packet of a capture: numbers in typed arrays, 93 bytes a packet. Row n is packet n + 1. The literal is the
// schema (see table/packet-columns.ts for why).

import type { Piece } from '../mirror/reassembly.ts';

/** Marks of a sighting. */
export const MARK = {
  /** Not looked at: of another interface, or no packet. */
  outside: 1,
  /** All bytes of the content were captured. */
  complete: 2,
  /** A fragment of an envelope that another row stands for. */
  member: 4,
  /** Stands for an envelope that was put together from fragments. */
  assembled: 8,
  /** First fragment of an envelope whose other fragments never came. */
  partial: 16,
  /** The frame has a link header of its own, with MAC addresses. */
  ethernet: 32,
  /** Fragment of a datagram whose first fragment never came: nothing says what it is of. */
  tail: 64,
} as const;

const columns = (rows: number) => ({
  fileOffset: new Float64Array(rows), //  of the packet's bytes
  seconds: new Float64Array(rows), //     Unix time
  nanoseconds: new Uint32Array(rows),
  frame: new Uint32Array(rows), //        innermost frame, from the packet's first byte (an assembled one: from the datagram's)
  have: new Uint32Array(rows), //         captured bytes of that frame
  wire: new Uint32Array(rows), //         its bytes on the wire
  size: new Uint32Array(rows), //         bytes of content by its own length
  rung0: new Int32Array(rows),
  rung1: new Int32Array(rows),
  rung2: new Int32Array(rows),
  rung3: new Int32Array(rows),
  whole1: new Int32Array(rows),
  whole2: new Int32Array(rows),
  rest: new Int32Array(rows),
  flow: new Int32Array(rows),
  service: new Int32Array(rows),
  sequence: new Uint32Array(rows),
  payload: new Uint32Array(rows),
  path: new Uint32Array(rows), //         index into `paths`
  type: new Uint16Array(rows), //         ethertype
  iface: new Uint16Array(rows), //        capture interface
  protocol: new Uint8Array(rows), //      of IP
  net: new Uint8Array(rows), //           network header, from the frame's first byte
  depth: new Uint8Array(rows),
  top: new Uint8Array(rows), //           last rung
  marks: new Uint8Array(rows),
});

export type SightingColumns = ReturnType<typeof columns>;

/** The hash of a packet's beginning up to a rung. */
export const rungOf = (c: SightingColumns, row: number, rung: number): number =>
  rung === 0 ? c.rung0[row]! : rung === 1 ? c.rung1[row]! : rung === 2 ? c.rung2[row]! : c.rung3[row]!;

/** A way that packets came: endpoints and VNIs of their envelopes. Number 0 is the way without an envelope. */
export interface Path {
  readonly hash: number;
  readonly vnis: readonly number[];
  /** The two addresses of the outermost envelope, in hexadecimal. */
  readonly ends: readonly string[];
}

export interface Sightings {
  readonly count: number;
  readonly columns: SightingColumns;
  readonly paths: readonly Path[];
  /** Where the bytes of assembled rows lie. */
  readonly pieces: ReadonlyMap<number, readonly Piece[]>;
  /** Bytes of the capture. */
  readonly bytes: number;
}

const FIRST_ROWS = 1 << 12;

/** Columns that grow as packets come. */
export class SightingTable {
  count = 0;
  columns = columns(FIRST_ROWS);
  #rows = FIRST_ROWS;
  readonly #share: () => number;

  /** `share` tells which part of the capture has been read, from 0 to 1, so that the columns need not grow many times. */
  constructor(share: () => number) { this.#share = share; }

  /** Rows that there is room for. */
  get rows(): number { return this.#rows; }

  /** Makes room for one more row, zeroed, and answers its index. */
  add(): number {
    if (this.count === this.#rows) this.#grow();
    return this.count++;
  }

  #grow(): void {
    const likely = this.#rows / this.#share() * 1.02;
    this.#rows = Math.ceil(Math.max(this.#rows * 1.25, Math.min(this.#rows * 16, Number.isFinite(likely) ? likely : 0)));
    const wider = columns(this.#rows);
    for (const name of Object.keys(wider) as (keyof SightingColumns)[]) wider[name].set(this.columns[name]);
    this.columns = wider;
  }
}

/** Numbers for ways, found by hash. Two ways with one hash would be taken for one: 1 in 4 billion, and only hints depend on it. */
export class PathTable {
  readonly paths: Path[] = [{ hash: 0, vnis: [], ends: [] }];
  readonly #byHash = new Map<number, number>([[0, 0]]);
  #last = 0;

  /** The number of a way; `describe` is asked when it is new. */
  find(hash: number, describe: () => Omit<Path, 'hash'>): number {
    if (this.paths[this.#last]!.hash === hash) return this.#last;
    let found = this.#byHash.get(hash);
    if (found === undefined) {
      found = this.paths.length;
      this.paths.push({ hash, ...describe() });
      this.#byHash.set(hash, found);
    }
    return this.#last = found;
  }
}

export const hex = (bytes: Uint8Array, from: number, to: number): string => Array.from(bytes.subarray(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Seconds since `origin` of a row, exact to a few nanoseconds. */
export const timeOf = ({ seconds, nanoseconds }: SightingColumns, row: number, origin: number): number => seconds[row]! - origin + nanoseconds[row]! / 1e9;
