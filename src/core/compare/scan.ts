// The first pass over a capture: each packet's innermost frame, hashed. Streams; keeps no bytes.

import type { Fault } from '../base/fault.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { u16 } from '../bytes/read.ts';
import { openCapture, type CaptureInterface, type CaptureReader } from '../capture/capture-reader.ts';
import { BLOCK } from '../capture/link-types.ts';
import { isWanted, noInterface } from '../capture/one-interface.ts';
import { ETHERTYPE, linkPlace, newTransport, PROTOCOL, transportPlace, type NetworkPlace } from '../mirror/headers.ts';
import { Reassembly, type Datagram, type Piece } from '../mirror/reassembly.ts';
import { Content, NO_RUNG } from './content-hash.ts';
import type { Beside } from './beside.ts';
import { noPlace, placeFrame, type FramePlace } from './frame-place.ts';
import { FrameWalk } from './frame-walk.ts';
import { NONE } from './matching.ts';
import { hex, MARK, PathTable, SightingTable, type SightingColumns, type Sightings } from './sightings.ts';

export interface ScanOptions {
  /** Name or number of one interface of a pcapng. */
  readonly interface?: string | undefined;
  /** Another capture's frames, to compare with while these are read. */
  readonly beside?: Beside | undefined;
  /** Told after each window. */
  readonly onWindow?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

export interface Scan extends Sightings {
  readonly interfaces: readonly CaptureInterface[];
  /** How reading ended, when not well. What came before it is there. */
  readonly fault: Fault | null;
}

/** Reads a whole capture. Rejects with a FaultError when it is none or has no such interface, and as `onWindow` throws. */
export async function scan(source: ByteSource, options: ScanOptions): Promise<Scan> {
  const scanning = await Scanning.open(source, options);
  try {
    while (await scanning.more());
    return scanning.finish();
  } finally {
    await Promise.all([scanning.close(), options.beside?.close()]);
  }
}

/** Bytes that stay in the window for who compares with what was scanned. */
const KEPT_BEHIND = 1 << 15;

/** A scan under way, window by window: so another capture can be compared with the frames that are in it. */
export class Scanning {
  /** What is known so far; other arrays once they have grown. */
  get columns(): SightingColumns { return this.#scanner.columns; }
  get count(): number { return this.#scanner.count; }
  get bytesRead(): number { return this.#reader.bytesRead; }
  /** Where a frame of the window lies, once `has` has said that it does. */
  readonly place: FramePlace = noPlace();
  readonly #reader: CaptureReader;
  readonly #scanner: Scanner;
  readonly #source: ByteSource;
  readonly #options: ScanOptions;
  #begun = false;

  private constructor(reader: CaptureReader, source: ByteSource, options: ScanOptions) {
    this.#reader = reader;
    this.#source = source;
    this.#options = options;
    this.#scanner = new Scanner(reader, options.interface, source.size, options.beside ?? null);
  }

  static async open(source: ByteSource, options: ScanOptions): Promise<Scanning> { return new Scanning(await openCapture(source, undefined, KEPT_BEHIND), source, options); }

  /** Scans to the end of the next window. False where there is none. */
  async more(): Promise<boolean> {
    if (this.#begun && !await this.#reader.refill()) { this.#scanner.base = Infinity; return false; }
    this.#begun = true;
    while (!this.#scanner.window()) await this.#options.beside?.load();
    this.#options.onWindow?.(this.#reader.bytesRead, this.#source.size);
    return true;
  }

  /** Whether the row's frame is in the window, whole; if so, `place` says where. */
  has(row: number): boolean {
    const c = this.#scanner.columns, at = c.fileOffset[row]! + c.frame[row]! - this.#scanner.base;
    if (!(at >= 0) || (c.marks[row]! & MARK.assembled) !== 0) return false;
    placeFrame(this.place, c, row, this.#reader.bytes, at | 0);
    return true;
  }

  finish(): Scan { return this.#scanner.finish(this.#options.interface); }
  close(): Promise<void> { return this.#reader.close(); }
}

class Scanner {
  readonly #reader: CaptureReader;
  readonly #wanted: string | undefined;
  readonly #table: SightingTable;
  readonly #paths = new PathTable();
  readonly #walk = new FrameWalk();
  readonly #content = new Content();
  readonly #pieces = new Map<number, readonly Piece[]>();
  readonly #place: NetworkPlace = { net: 0, type: 0 };
  readonly #transport = newTransport();
  readonly #reassembly = new Reassembly({
    giveUp: (unfinished) => { this.#giveUp(unfinished); },
    headless: (packets) => { for (const packet of packets) this.#table.columns.marks[packet - 1]! |= MARK.tail; },
    again: (pieces, completed) => { this.#again(pieces, completed - 1); },
  });
  /** The way of the packet that was walked last. */
  readonly #describe = (): { vnis: number[]; ends: string[] } => {
    const { bytes, outerNet, outerType, vnis, depth } = this.#walk;
    const from = outerNet + (outerType === ETHERTYPE.ipv4 ? 12 : 8);
    const width = outerType === ETHERTYPE.ipv4 ? 4 : 16;
    return { vnis: [...vnis.subarray(0, depth)], ends: [hex(bytes, from, from + width), hex(bytes, from + width, from + 2 * width)] };
  };
  readonly #beside: Beside | null;
  #held = false; // a record that waits for what is beside it
  /** Byte of the capture that lies at the window's first; of scanned packets those are in it whose bytes begin there or behind. */
  base = Infinity;
  #known: readonly CaptureInterface[] = [];
  #inside: boolean[] = [];

  constructor(reader: CaptureReader, wanted: string | undefined, bytes: number, beside: Beside | null) {
    this.#reader = reader;
    this.#wanted = wanted;
    this.#beside = beside;
    this.#table = new SightingTable(() => reader.bytesRead / bytes);
  }

  /** All records of the window. False where it has to be called again, once the other capture's frames are there. */
  window(): boolean {
    const r = this.#reader;
    if (!this.#held) this.base = Infinity;
    while (this.#held || r.next()) {
      this.#held = this.#beside?.ready() === false;
      if (this.#held) return false;
      if (this.base === Infinity) this.base = r.fileOffset - r.start;
      const row = this.#table.add();
      if (this.#beside !== null && row >= this.#beside.owner.length) this.#beside.makeRoom(this.#table.rows);
      const c = this.#table.columns;
      c.fileOffset[row] = r.fileOffset;
      c.seconds[row] = r.seconds;
      c.nanoseconds[row] = r.nanoseconds;
      c.top[row] = NO_RUNG;
      if (r.iface >= this.#known.length) this.#interfaces();
      if (!this.#inside[r.iface]!) { c.marks[row] = MARK.outside; continue; }
      c.iface[row] = r.iface;
      const { linkType } = this.#known[r.iface]!;
      const start = r.start | 0, end = r.end | 0; // integers, or V8 reckons in doubles
      this.#frame(row, r.bytes, start, end, r.origlen, linkType, 0);
      this.#fragment(row, r.bytes, start, end, r.origlen, linkType);
    }
    return true;
  }

  /** Fills a row with the innermost frame of b[start..end). */
  #frame(row: number, b: Uint8Array, start: number, end: number, origlen: number, linkType: number, marks: number): void {
    const w = this.#walk;
    const c = this.#table.columns;
    w.walk(b, start, end, origlen, linkType);
    const copied = this.#beside?.identical(row, w) ?? NONE;
    const complete = copied === NONE ? this.#hash(row) : this.#copy(row, this.#beside!.columns, copied);
    c.frame[row] = w.frame - start;
    c.have[row] = w.end - w.frame;
    c.wire[row] = w.wireEnd - w.frame;
    c.net[row] = w.net - w.frame;
    c.type[row] = w.type;
    c.depth[row] = w.depth;
    c.path[row] = this.#paths.find(w.path, this.#describe);
    c.marks[row] = marks | (complete && !w.partial ? MARK.complete : 0) | (w.ethernet ? MARK.ethernet : 0) | (w.partial ? MARK.partial : 0);
  }

  /** What the walked frame holds; whether all of it. */
  #hash(row: number): boolean {
    const w = this.#walk, content = this.#content, c = this.#table.columns;
    content.read(w.bytes, w.frame, w.net, w.end, w.wireEnd, w.type);
    c.size[row] = content.size;
    c.rung0[row] = content.rungs[0]!;
    c.rung1[row] = content.rungs[1]!;
    c.rung2[row] = content.rungs[2]!;
    c.rung3[row] = content.rungs[3]!;
    c.whole1[row] = content.whole1;
    c.whole2[row] = content.whole2;
    c.rest[row] = content.rest;
    c.flow[row] = content.flow;
    c.service[row] = content.service;
    c.sequence[row] = content.sequence;
    c.payload[row] = content.payload;
    c.protocol[row] = content.protocol;
    c.top[row] = content.top;
    this.#beside?.compare(row, w, content);
    return content.complete;
  }

  /** The same of a frame that is the other capture's, byte for byte. */
  #copy(row: number, from: SightingColumns, other: number): boolean {
    const c = this.#table.columns;
    c.size[row] = from.size[other]!;
    c.rung0[row] = from.rung0[other]!;
    c.rung1[row] = from.rung1[other]!;
    c.rung2[row] = from.rung2[other]!;
    c.rung3[row] = from.rung3[other]!;
    c.whole1[row] = from.whole1[other]!;
    c.whole2[row] = from.whole2[other]!;
    c.rest[row] = from.rest[other]!;
    c.flow[row] = from.flow[other]!;
    c.service[row] = from.service[other]!;
    c.sequence[row] = from.sequence[other]!;
    c.payload[row] = from.payload[other]!;
    c.protocol[row] = from.protocol[other]!;
    c.top[row] = from.top[other]!;
    return (from.marks[other]! & MARK.complete) !== 0;
  }

  /** A fragment that may carry a piece of an envelope is put aside; the one that completes it stands for the envelope. */
  #fragment(row: number, b: Uint8Array, start: number, end: number, origlen: number, linkType: number): void {
    const { outerNet, outerType } = this.#walk;
    if (outerType === ETHERTYPE.ipv4 && outerNet + 8 <= end && (u16(b, outerNet + 6) & 0x3fff) === 0) return; // nearly always
    const t = this.#transport;
    if (!linkPlace(b, start, end, linkType, this.#place) || !transportPlace(b, this.#place.net, end, this.#place.type, t)) return;
    if ((t.fragment === 0 && !t.more) || (t.protocol !== PROTOCOL.udp && t.protocol !== PROTOCOL.gre)) return;
    const { net, type } = this.#place;
    t.limit = Math.min(t.limit, start + Math.max(origlen, end - start));
    const datagram = this.#reassembly.add(b, start, net, end, type, t, row + 1, this.#table.columns.fileOffset[row]!);
    if (datagram !== null) this.#assembled(row, datagram, linkType);
  }

  #assembled(row: number, datagram: Datagram, linkType: number): void {
    this.#walk.walk(datagram.bytes, 0, datagram.bytes.length, datagram.wire, linkType);
    if (this.#walk.depth === 0) return; // a datagram of somebody's own, compared fragment by fragment
    this.#frame(row, datagram.bytes, 0, datagram.bytes.length, datagram.wire, linkType, MARK.assembled);
    this.#members(row, datagram);
  }

  #members(row: number, datagram: Datagram): void {
    this.#pieces.set(row, datagram.pieces.map((piece) => ({ ...piece, at: piece.at + datagram.head })));
    for (const { packet } of datagram.pieces) if (packet - 1 !== row) this.#table.columns.marks[packet - 1]! |= MARK.member;
  }

  /** The rest never came: the first fragment says whose it was. */
  #giveUp(unfinished: Datagram): void {
    const first = unfinished.pieces.find(({ at }) => at === 0);
    if (first === undefined || (this.#table.columns.marks[first.packet - 1]! & MARK.partial) === 0) return;
    this.#members(first.packet - 1, unfinished);
  }

  /** Fragments of an envelope that is whole already: they came twice. What only has its name is none. */
  #again(pieces: readonly Piece[], row: number): void {
    const known = this.#pieces.get(row) ?? [];
    const head = known.reduce((least, { at }) => Math.min(least, at), Infinity);
    const isKnown = pieces.every(({ at, length }) => known.some((piece) => piece.at === at + head && piece.length === length));
    for (const { packet } of pieces) this.#table.columns.marks[packet - 1]! |= isKnown ? MARK.member : MARK.tail;
    if (isKnown) this.#pieces.set(row, [...pieces.map((piece) => ({ ...piece, at: piece.at + head })), ...known]);
  }

  #interfaces(): void {
    this.#known = [...this.#reader.interfaces];
    this.#inside = this.#known.map((face) => face.linkType !== BLOCK && isWanted(face, this.#wanted));
  }

  get columns(): SightingColumns { return this.#table.columns; }
  get count(): number { return this.#table.count; }

  finish(wanted: string | undefined): Scan {
    this.#reassembly.finish();
    this.#interfaces();
    if (!this.#inside.includes(true) && wanted !== undefined) throw noInterface(wanted, this.#known);
    return { count: this.#table.count, columns: this.#table.columns, paths: this.#paths.paths, pieces: this.#pieces, bytes: this.#reader.bytesRead, interfaces: this.#known, fault: this.#reader.fault };
  }
}
