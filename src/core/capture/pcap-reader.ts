import { FaultError, type Fault } from '../base/fault.ts';
import { u16, u16le, u32, u32le } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { badFault, cutFault } from './faults.ts';
import { maxPacket } from './link-types.ts';
import type { Kind } from './magic.ts';
import { RecordReader } from './record-reader.ts';

type PcapKind = Extract<Kind, { format: 'pcap' }>;
const FILE_HEADER = 24;

/** Which of a record's two lengths comes first. Before version 2.3 it was the wire's; files of 2.3 have it either way, and the smaller one is caplen. */
type Lengths = 'captured first' | 'wire first' | 'smaller is captured';

/**
 * Reads a pcap's file header (draft-ietf-opsawg-pcap), which lies at the window's front; more of it is fetched where needed. Rejects with a FaultError when
 * the file ends inside it.
 */
export async function openPcap(window: Window, kind: PcapKind): Promise<PcapReader> {
  if (!await window.more(window.at, FILE_HEADER)) {
    throw new FaultError({
      code: 'cut-header', what: 'The file breaks off inside its pcap header, which takes 24 bytes', offset: window.base + window.limit,
      next: 'Copy or download the capture again.',
    });
  }
  return new PcapReader(window, kind);
}

/** A pcap in either byte order, with microseconds, nanoseconds or the longer record headers of "modified" pcap. */
export class PcapReader extends RecordReader {
  readonly format = 'pcap';
  private readonly littleEndian: boolean;
  private readonly fraction: number; // nanoseconds a unit
  private readonly header: number; // bytes of a record header
  private readonly lengths: number; // 0, 1, 2 as in LENGTHS
  private readonly max: number;

  constructor(window: Window, kind: PcapKind) {
    super(window);
    const { bytes, at } = this;
    const half = kind.littleEndian ? u16le : u16;
    const word = kind.littleEndian ? u32le : u32;
    const major = half(bytes, at + 4);
    const minor = half(bytes, at + 6);
    const snaplen = word(bytes, at + 16);
    const network = word(bytes, at + 20);
    const linkType = network & 0xffff;
    const order = lengthOrder(major, minor);
    this.littleEndian = kind.littleEndian;
    this.fraction = kind.nano ? 1 : 1000;
    this.header = kind.modified ? 24 : 16;
    this.lengths = LENGTHS.indexOf(order);
    this.max = maxPacket(linkType, snaplen);
    this.need = this.header;
    this.at = at + FILE_HEADER;
    this.description = [
      kind.modified ? 'modified pcap' : 'pcap', kind.littleEndian ? 'little-endian' : 'big-endian', kind.nano ? 'nanoseconds' : 'microseconds',
      ...order === 'captured first' ? [] : [`version ${major}.${minor}`],
    ].join(', ');
    this.interfaces.push({
      id: 0, section: 1, number: null, linkType, snaplen, name: '', description: '', filter: '', os: '', resolution: kind.nano ? 1e9 : 1e6,
      // The link type's top bits: whether a frame check sequence is there, and its length in 16-bit words.
      fcsLength: network & 0x0400_0000 ? (network >>> 28) * 2 : null,
    });
  }

  override next(): boolean {
    const b = this.bytes;
    const { at, header } = this;
    const start = at + header;
    if (start > this.limit) { this.need = header; return false; }
    let fraction: number;
    let caplen: number;
    let origlen: number;
    if (this.littleEndian) {
      this.seconds = u32le(b, at);
      fraction = u32le(b, at + 4);
      caplen = u32le(b, at + 8);
      origlen = u32le(b, at + 12);
    } else {
      this.seconds = u32(b, at);
      fraction = u32(b, at + 4);
      caplen = u32(b, at + 8);
      origlen = u32(b, at + 12);
    }
    if (this.lengths !== 0 && (this.lengths === 1 || caplen > origlen)) { const first = caplen; caplen = origlen; origlen = first; }
    if (caplen > this.max) return this.tooLarge(caplen);
    if (start + caplen > this.limit) { this.need = header + caplen; return false; }
    this.nanoseconds = Math.imul(fraction, this.fraction);
    this.caplen = caplen;
    this.origlen = origlen;
    this.start = start;
    this.end = start + caplen;
    this.at = start + caplen;
    this.number++;
    return true;
  }

  private tooLarge(caplen: number): false {
    const what = `Packet ${(this.number + 1).toLocaleString('en-US')} claims to have ${caplen.toLocaleString('en-US')} captured bytes, more than the ${this.max.toLocaleString('en-US')} that a packet may have`;
    return this.stop(badFault('too-large', what, this.base + this.at, this.number));
  }

  protected override cut(): Fault | null {
    const rest = this.limit - this.at;
    if (rest === 0) return null;
    const inside = rest < this.header ? `the header of packet ${this.number + 1}` : `packet ${this.number + 1}`;
    return cutFault(rest < this.header ? 'cut-header' : 'cut-packet', inside, this.base + this.limit, this.number);
  }
}

const LENGTHS: readonly Lengths[] = ['captured first', 'wire first', 'smaller is captured'];

/** libpcap before 0.4 wrote the lengths the other way round (2.2 and older; DG/UX wrote 543.0); for 2.3 both are met. */
const lengthOrder = (major: number, minor: number): Lengths => {
  if (major === 543 || (major === 2 && minor < 3)) return 'wire first';
  return major === 2 && minor === 3 ? 'smaller is captured' : 'captured first';
};
