// The source's frames beside the appliance's while these are read. Most packets of the appliance are the source's next one, byte for byte: both are
// compared while they are at hand, and what the source's was found to hold its copy holds as well. This only spares work: the pairing decides who
// belongs to whom, and `verify` takes over what was compared here where it decided alike.

import type { ByteSource } from '../bytes/byte-source.ts';
import { NO_RUNG, type Content } from './content-hash.ts';
import { DIFFERENCE, differs, FrameComparison, type FramePlace } from './frame-difference.ts';
import type { FrameWalk } from './frame-walk.ts';
import { Frames } from './frames.ts';
import { Landmarks } from './landmarks.ts';
import { NONE } from './matching.ts';
import type { Scan } from './scan.ts';
import { MARK, rungOf } from './sightings.ts';

const TRIED = 4; //        rows from the expected one on whose bytes are looked at
const BEHIND = 16; //      rows around it that are looked for by hash
const AHEAD = 48;
const ASTRAY = 32; //      packets without a counterpart after which the expected row is doubted
const NO_FRAME = MARK.outside | MARK.member | MARK.partial | MARK.assembled;

export class Beside {
  /** For each packet of the appliance the row of the source that it was compared with, or NONE, and the marks of DIFFERENCE between the two. */
  owner: Uint32Array;
  differences: Uint16Array;
  readonly columns: Scan['columns'];
  readonly #count: number;
  readonly #frames: Frames;
  readonly #landmarks: Landmarks;
  readonly #comparison = new FrameComparison();
  readonly #right: FramePlace = { bytes: new Uint8Array(0), view: new DataView(new ArrayBuffer(0)), at: 0, net: 0, have: 0, size: 0, ethernet: false };
  #next = 0;
  #loaded = 0; //          rows before it were at hand once
  #missed = 0;

  constructor(source: ByteSource, scan: Scan) {
    this.columns = scan.columns;
    this.#count = scan.count;
    this.#frames = new Frames(source, scan);
    this.#landmarks = new Landmarks(scan);
    this.owner = new Uint32Array(scan.count).fill(NONE);
    this.differences = new Uint16Array(scan.count);
  }

  /** Whether the source's next frames are at hand. If not, `load` brings them. */
  ready(): boolean { return this.#loaded >= Math.min(this.#count, this.#next + TRIED); }

  async load(): Promise<void> {
    const wanted = Math.min(this.#count, this.#next + TRIED);
    let row = wanted - 1;
    while (row > this.#loaded && this.#isGathered(row)) row--;
    if (!this.#isGathered(row) && !await this.#frames.load(row)) { this.#loaded = this.#count; return; } // a source that got shorter: what comes is hashed
    this.#loaded = wanted;
    while (this.#loaded < this.#count && (this.#isGathered(this.#loaded) || this.#frames.has(this.#loaded))) this.#loaded++;
  }

  /** Whether a row's frame lies in several pieces. */
  #isGathered(row: number): boolean { return (this.columns.marks[row]! & MARK.assembled) !== 0; }

  /** The source's row whose frame is the same, byte for byte and in all that was said of it, or NONE. Noted for `row` of the appliance. */
  identical(row: number, walk: FrameWalk): number {
    const c = this.columns;
    const right = this.#place(walk);
    const wire = walk.wireEnd - walk.frame, kind = right.ethernet ? MARK.ethernet : 0;
    const end = Math.min(this.#count, this.#next + TRIED);
    for (let candidate = this.#next; candidate < end; candidate++) {
      if (c.have[candidate] !== right.have || c.wire[candidate] !== wire || c.net[candidate] !== right.net || c.type[candidate] !== walk.type) continue;
      if ((c.marks[candidate]! & (NO_FRAME | MARK.ethernet)) !== kind || !this.#frames.has(candidate)) continue;
      const left = this.#frames.place;
      if (differs(left.view, left.at, right.view, right.at, right.have)) continue;
      this.#note(row, candidate, 0);
      return candidate;
    }
    return NONE;
  }

  /** For what is no frame of the source's byte for byte: compares it with one that is alike, where there is one close by. */
  compare(row: number, walk: FrameWalk, content: Content): void {
    const candidate = this.#alike(content);
    if (candidate !== NONE && this.#frames.has(candidate)) {
      const right = this.#place(walk);
      right.size = content.size;
      const marks = this.#comparison.compare(this.#frames.place, right, this.columns.type[candidate]!);
      if ((marks & DIFFERENCE.content) === 0) { this.#note(row, candidate, marks); return; }
    }
    this.#note(row, NONE, 0);
    if (++this.#missed < ASTRAY || !content.complete) return;
    const known = this.#landmarks.find(content.whole1, content.whole2);
    if (known > this.#next) this.#next = known;
  }

  #alike(content: Content): number {
    const end = Math.min(this.#count, this.#next + AHEAD);
    for (let row = this.#next; row < end; row++) if (this.#isAlike(row, content)) return row;
    for (let row = this.#next - 1; row >= Math.max(0, this.#next - BEHIND); row--) if (this.#isAlike(row, content)) return row;
    return NONE;
  }

  #isAlike(row: number, content: Content): boolean {
    const c = this.columns;
    if (c.size[row] !== content.size || (c.marks[row]! & NO_FRAME) !== 0) return false;
    if (content.complete && (c.marks[row]! & MARK.complete) !== 0) return c.whole1[row] === content.whole1 && c.whole2[row] === content.whole2;
    const top = Math.min(c.top[row]!, content.top);
    return Math.max(c.top[row]!, content.top) !== NO_RUNG && rungOf(c, row, top) === content.rungs[top];
  }

  #place(walk: FrameWalk): FramePlace {
    const right = this.#right;
    if (right.bytes !== walk.bytes) {
      right.bytes = walk.bytes;
      right.view = new DataView(walk.bytes.buffer, walk.bytes.byteOffset, walk.bytes.byteLength);
    }
    right.at = walk.frame;
    right.net = walk.net - walk.frame;
    right.have = walk.end - walk.frame;
    right.ethernet = walk.ethernet;
    return right;
  }

  #note(row: number, owner: number, marks: number): void {
    if (row >= this.owner.length) this.#grow(row);
    this.owner[row] = owner;
    this.differences[row] = marks;
    if (owner === NONE) return;
    this.#missed = 0;
    if (owner >= this.#next) this.#next = owner + 1;
  }

  #grow(row: number): void {
    const owner = new Uint32Array(Math.ceil(row * 1.25) + 1024).fill(NONE), differences = new Uint16Array(owner.length);
    owner.set(this.owner);
    differences.set(this.differences);
    this.owner = owner;
    this.differences = differences;
  }

  close(): Promise<void> { return this.#frames.close(); }
}
