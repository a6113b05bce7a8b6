import type { Fault } from '../base/fault.ts';
import { u32, u32le } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { badFault, cutFault } from './faults.ts';
import { CAPTURED_FIRST, FILE_HEADER, readPcapHeader, WIRE_FIRST, type LengthOrder, type PcapHeader, type PcapKind } from './pcap-header.ts';
import { RecordReader } from './record-reader.ts';

/** Opens a pcap that begins at the window's front. Rejects as `readPcapHeader` does. */
export const openPcap = async (window: Window, kind: PcapKind): Promise<PcapReader> => {
  const header = await readPcapHeader(window, kind);
  return new PcapReader(window, header);
};

/** A pcap in either byte order, with microseconds, nanoseconds or the longer record headers of "modified" pcap. */
export class PcapReader extends RecordReader {
  readonly format = 'pcap';
  private readonly littleEndian: boolean;
  private readonly unit: number;
  private readonly header: number;
  private readonly lengths: LengthOrder;
  private readonly max: number;

  constructor(window: Window, { littleEndian, unit, record, lengths, max, linkType, snaplen, fcsLength, description }: PcapHeader) {
    super(window);
    this.littleEndian = littleEndian;
    this.unit = unit;
    this.header = record;
    this.lengths = lengths;
    this.max = max;
    this.need = record;
    this.at += FILE_HEADER;
    this.description = description;
    this.interfaces.push({ id: 0, section: 1, number: null, linkType, snaplen, name: '', description: '', filter: '', os: '', resolution: 1e9 / unit, fcsLength, options: [] });
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
    if (this.lengths !== CAPTURED_FIRST && (this.lengths === WIRE_FIRST || caplen > origlen)) { const first = caplen; caplen = origlen; origlen = first; }
    if (caplen > this.max) return this.tooLarge(caplen);
    if (start + caplen > this.limit) { this.need = header + caplen; return false; }
    this.nanoseconds = Math.imul(fraction, this.unit);
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
