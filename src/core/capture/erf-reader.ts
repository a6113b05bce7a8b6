import type { Fault } from '../base/fault.ts';
import { u16, u32le, u8 } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { badFault, cutFault } from './faults.ts';
import { RecordReader } from './record-reader.ts';

// Endace's Extensible Record Format: records one behind the other, without a file header (Endace, ERF Types Reference Guide). Each has a time,
// a type whose top bit tells that extension headers follow, flags whose low bits are the interface, its whole length, a loss counter, and the length on the wire.
const HEADER = 16;
const MORE = 0x80;
const EXTENSION = 8;
/** Room for more than any card adds, so that a file that is no ERF is given up soon. */
const MOST_EXTENSIONS = 64;

interface Type { readonly linkType: number; /** Bytes between the headers and the frame. */ readonly pad: number; readonly fcsLength: number | null }

/** Record types that carry Ethernet (plain, with a colour, hash or class), IPv4 or IPv6; what else there is has its number as a link type that nobody has. */
const ETHERNET: Type = { linkType: 1, pad: 2, fcsLength: 4 };
const TYPES = new Map<number, Type>([
  [2, ETHERNET], [11, ETHERNET], [16, ETHERNET], [20, ETHERNET],
  [22, { linkType: 228, pad: 0, fcsLength: null }], [23, { linkType: 229, pad: 0, fcsLength: null }],
]);
const OTHER: Type = { linkType: 0xffff, pad: 0, fcsLength: null };
/** Fills the gap to a block's end, and is no packet. */
const PADDING = 48;

/** Opens an ERF capture at the window's front. */
export const openErf = (window: Window): ErfReader => new ErfReader(window);

/** An ERF capture. Each card interface and kind of record is an interface here: "port A". */
export class ErfReader extends RecordReader {
  readonly format = 'erf';
  /** Number of the interface by type and flags. */
  private readonly faces = new Map<number, number>();
  private types: Type[] = [];

  constructor(window: Window) {
    super(window);
    this.need = HEADER;
    this.description = 'ERF, nanoseconds';
  }

  override next(): boolean {
    for (;;) {
      const b = this.bytes;
      const { at } = this;
      if (at + HEADER > this.limit) { this.need = HEADER; return false; }
      const kind = u8(b, at + 8);
      const record = u16(b, at + 10);
      if (record < HEADER) return this.wrong(`a record of ${record} bytes, less than its header takes`);
      if (at + record > this.limit) { this.need = record; return false; }
      if ((kind & ~MORE) === PADDING) { this.at += record; continue; }
      return this.record(b, at, kind, record);
    }
  }

  private record(b: Uint8Array, at: number, kind: number, record: number): boolean {
    this.iface = this.face(kind & ~MORE, u8(b, at + 9) & 3);
    const { pad } = this.types[this.iface]!;
    let start = at + HEADER;
    for (let more = kind, count = 0; (more & MORE) !== 0; count++) {
      if (count === MOST_EXTENSIONS || start + EXTENSION > at + record) return this.wrong('extension headers that do not end');
      more = u8(b, start);
      start += EXTENSION;
    }
    start += pad;
    if (start > at + record) return this.wrong(`a record of ${record} bytes, less than its headers take`);
    const wire = u16(b, at + 14);
    this.origlen = wire;
    this.caplen = Math.min(at + record - start, wire); // the rest fills the record to eight bytes
    this.seconds = u32le(b, at + 4);
    this.nanoseconds = Math.min(999_999_999, Math.round((u32le(b, at) / 2 ** 32) * 1e9));
    this.start = start;
    this.end = start + this.caplen;
    this.at = at + record;
    this.number++;
    return true;
  }

  private face(type: number, port: number): number {
    const key = type << 2 | port;
    const known = this.faces.get(key);
    if (known !== undefined) return known;
    const id = this.interfaces.length;
    const { linkType, fcsLength } = TYPES.get(type) ?? OTHER;
    this.faces.set(key, id);
    this.types.push(TYPES.get(type) ?? OTHER);
    this.interfaces.push({
      id, section: 1, number: id, linkType, snaplen: 0, name: `Port ${'ABCD'[port]} (ERF Interface ${port})`, description: linkType === OTHER.linkType ? `ERF record type ${type}` : '', filter: '', os: '', resolution: 2 ** 32, fcsLength, options: [],
    });
    return id;
  }

  private wrong(claim: string): false {
    return this.stop(badFault('bad-record', `Packet ${(this.number + 1).toLocaleString('en-US')} claims ${claim}`, this.base + this.at, this.number));
  }

  protected override cut(): Fault | null {
    const rest = this.limit - this.at;
    if (rest === 0) return null;
    const inHeader = rest < HEADER;
    return cutFault(inHeader ? 'cut-header' : 'cut-packet', `${inHeader ? 'the header of ' : ''}packet ${this.number + 1}`, this.base + this.limit, this.number);
  }
}
