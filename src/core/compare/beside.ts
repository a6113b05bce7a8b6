// The source's frames beside the appliance's while both are read. Most packets of the appliance are the source's next one, byte for byte: both are
// compared while they are in the two windows, and what the source's was found to hold its copy holds as well. This only spares work: the pairing decides who
// belongs to whom, and `verify` takes over what was compared here where it decided alike.

import type { ByteSource } from '../bytes/byte-source.ts';
import { NO_RUNG, type Content } from './content-hash.ts';
import { DIFFERENCE, differs, FrameComparison } from './frame-difference.ts';
import { noPlace, setBytes, type FramePlace } from './frame-place.ts';
import type { FrameWalk } from './frame-walk.ts';
import { Frames } from './frames.ts';
import { Landmarks } from './landmarks.ts';
import { NONE } from './matching.ts';
import type { Scan, Scanning } from './scan.ts';
import { MARK, rungOf, type SightingColumns } from './sightings.ts';

const TRIED = 4; //        rows from the expected one on whose bytes are looked at
const BEHIND = 16; //      rows around it that are looked for by hash
const AHEAD = 48;
const ASTRAY = 32; //      packets without a counterpart after which the expected row is doubted
const NO_FRAME = MARK.outside | MARK.member | MARK.partial | MARK.assembled;

export class Beside {
  /** For each packet of the appliance the row of the source that it was compared with, or NONE, and the marks of DIFFERENCE between the two. */
  owner: Uint32Array;
  differences: Uint16Array;
  /** Of the source, as far as it has been read. */
  columns: SightingColumns;
  #count: number;
  readonly #source: ByteSource;
  /** The source's own scan while it is under way; null once it has ended. */
  #scanning: Scanning | null;
  #frames: Frames | null = null; //       reads the source once more, where the way was lost
  #landmarks: Landmarks | null = null; // the same
  #lost = false;
  #left: FramePlace = noPlace();
  readonly #comparison = new FrameComparison();
  readonly #right: FramePlace = noPlace();
  #next = 0;
  #loaded = 0; //          rows before it were at hand once
  #missed = 0;

  constructor(source: ByteSource, left: Scan | Scanning) {
    this.#source = source;
    this.#scanning = 'more' in left ? left : null;
    this.columns = left.columns;
    this.#count = left.count;
    this.owner = new Uint32Array(left.count).fill(NONE);
    this.differences = new Uint16Array(left.count);
    if (!('more' in left)) this.#follow(left);
  }

  /** From here on the source is read once more, beside the appliance. */
  #follow(scan: Scan): void {
    this.#scanning = null;
    this.columns = scan.columns;
    this.#count = scan.count;
    this.#frames = new Frames(this.#source, scan);
    this.#landmarks = new Landmarks(scan);
  }

  /** Whether the source's next frames are at hand. If not, `load` brings them. */
  ready(): boolean { return this.#scanning === null ? this.#loaded >= Math.min(this.#count, this.#next + TRIED) : !this.#lost && this.#count >= this.#next + TRIED; }

  async load(): Promise<void> {
    if (this.#scanning !== null) return this.#scanOn(this.#scanning);
    const frames = this.#frames;
    const wanted = Math.min(this.#count, this.#next + TRIED);
    let row = wanted - 1;
    while (row > this.#loaded && this.#isGathered(row)) row--;
    if (frames === null || (!this.#isGathered(row) && !await frames.load(row))) { this.#loaded = this.#count; return; } // a source that got shorter: what comes is hashed
    this.#loaded = wanted;
    while (this.#loaded < this.#count && (this.#isGathered(this.#loaded) || frames.has(this.#loaded))) this.#loaded++;
  }

  /** The source's next window; all of them where the way was lost, since what comes may be of any place in it. */
  async #scanOn(scanning: Scanning): Promise<void> {
    let more = await scanning.more();
    while (more && this.#lost) more = await scanning.more();
    this.columns = scanning.columns;
    this.#count = scanning.count;
    if (more) return;
    if (this.#lost) this.#follow(scanning.finish());
    else { this.#scanning = null; this.#loaded = this.#count; } // the last frames are no longer at hand
    this.#lost = false;
  }

  /** Whether a row's frame lies in several pieces. */
  #isGathered(row: number): boolean { return (this.columns.marks[row]! & MARK.assembled) !== 0; }

  /** Whether the frame of a row of the source is at hand, in `#left`. */
  #has(row: number): boolean {
    const frames = this.#scanning ?? this.#frames;
    if (frames === null || !frames.has(row)) return false;
    this.#left = frames.place;
    return true;
  }

  /** The source's row whose frame is the same, byte for byte and in all that was said of it, or NONE. Noted for `row` of the appliance. */
  identical(row: number, walk: FrameWalk): number {
    const c = this.columns;
    const right = this.#place(walk);
    const wire = walk.wireEnd - walk.frame, kind = right.ethernet ? MARK.ethernet : 0;
    const end = Math.min(this.#count, this.#next + TRIED);
    for (let candidate = this.#next; candidate < end; candidate++) {
      if (c.have[candidate] !== right.have || c.wire[candidate] !== wire || c.net[candidate] !== right.net || c.type[candidate] !== walk.type) continue;
      if ((c.marks[candidate]! & (NO_FRAME | MARK.ethernet)) !== kind || !this.#has(candidate)) continue;
      const left = this.#left;
      if (differs(left.view, left.at, right.view, right.at, right.have)) continue;
      this.#note(row, candidate, 0);
      return candidate;
    }
    return NONE;
  }

  /** For what is no frame of the source's byte for byte: compares it with one that is alike, where there is one close by. */
  compare(row: number, walk: FrameWalk, content: Content): void {
    const candidate = this.#alike(content);
    if (candidate !== NONE && this.#has(candidate)) {
      const right = this.#place(walk);
      right.size = content.size;
      const marks = this.#comparison.compare(this.#left, right, this.columns.type[candidate]!);
      if ((marks & DIFFERENCE.content) === 0) { this.#note(row, candidate, marks); return; }
    }
    this.#note(row, NONE, 0);
    if (++this.#missed < ASTRAY || !content.complete) return;
    if (this.#scanning !== null) { this.#lost = true; return; }
    const known = this.#landmarks?.find(content.whole1, content.whole2) ?? -1;
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
    setBytes(right, walk.bytes);
    right.at = walk.frame;
    right.net = walk.net - walk.frame;
    right.have = walk.end - walk.frame;
    right.ethernet = walk.ethernet;
    return right;
  }

  #note(row: number, owner: number, marks: number): void {
    this.owner[row] = owner;
    this.differences[row] = marks;
    if (owner === NONE) return;
    this.#missed = 0;
    if (owner >= this.#next) this.#next = owner + 1;
  }

  /** Room for so many packets of the appliance. */
  makeRoom(rows: number): void {
    const owner = new Uint32Array(rows).fill(NONE), differences = new Uint16Array(rows);
    owner.set(this.owner);
    differences.set(this.differences);
    this.owner = owner;
    this.differences = differences;
  }

  async close(): Promise<void> { await this.#frames?.close(); }
}
