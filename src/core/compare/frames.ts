// Frames of a capture for passes that go over many of them, in order or nearly.

import type { ByteSource } from '../bytes/byte-source.ts';
import type { Piece } from '../mirror/reassembly.ts';
import { noPlace, placeFrame, type FramePlace } from './frame-place.ts';
import { NearBytes } from './near-bytes.ts';
import type { Scan } from './scan.ts';

/** The innermost frames of one capture, by row. */
export class Frames {
  readonly place: FramePlace = noPlace();
  readonly #near: NearBytes;
  readonly #scan: Scan;

  constructor(source: ByteSource, scan: Scan) { this.#near = new NearBytes(source); this.#scan = scan; }

  /** Whether the row's frame is at hand, in `place`. */
  has(row: number): boolean {
    const c = this.#scan.columns;
    if (this.#scan.pieces.has(row) || !this.#near.has(c.fileOffset[row]! + c.frame[row]!, c.have[row]!)) return false;
    this.#set(row, this.#near.bytes, this.#near.at);
    return true;
  }

  async load(row: number): Promise<boolean> {
    const c = this.#scan.columns;
    const pieces = this.#scan.pieces.get(row);
    if (pieces !== undefined) {
      this.#set(row, await this.#gathered(pieces, c.frame[row]!, c.have[row]!), 0);
      return true;
    }
    if (!await this.#near.load(c.fileOffset[row]! + c.frame[row]!, c.have[row]!)) return false;
    this.#set(row, this.#near.bytes, this.#near.at);
    return true;
  }

  #set(row: number, bytes: Uint8Array, at: number): void { placeFrame(this.place, this.#scan.columns, row, bytes, at); }

  /** A frame in the pieces that its envelope came in. */
  async #gathered(pieces: readonly Piece[], from: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (const { fileOffset, at, length: pieceLength } of pieces) {
      const start = Math.max(at, from), end = Math.min(at + pieceLength, from + length);
      if (start < end && await this.#near.load(fileOffset + start - at, end - start)) bytes.set(this.#near.bytes.subarray(this.#near.at, this.#near.at + end - start), start - from);
    }
    return bytes;
  }

  close(): Promise<void> { return this.#near.close(); }
}
