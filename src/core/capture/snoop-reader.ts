import { FaultError, type Fault } from '../base/fault.ts';
import { u32 } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { badFault, cutFault } from './faults.ts';
import { maxPacket } from './link-types.ts';
import { RecordReader } from './record-reader.ts';

/** Eight characters, a version and a datalink type; then records of six words in front of the packet and its padding (RFC 1761, all big-endian). */
const FILE_HEADER = 16;
const RECORD_HEADER = 24;
const VERSION = 2;

/** The datalink types of RFC 1761 that have a LINKTYPE_ value: IEEE 802.3, token ring, Ethernet, HDLC, FDDI. */
const LINK_TYPES = new Map([[0, 1], [2, 6], [4, 1], [5, 104], [8, 10]]);
/** Stands for the others: a link type that nobody has, which is shown as data. */
const UNKNOWN = 0xffff;

/** Opens a snoop capture that begins at the window's front. Rejects with a FaultError when the file ends in its header or is of another version. */
export async function openSnoop(window: Window): Promise<SnoopReader> {
  if (!await window.more(window.at, FILE_HEADER)) {
    throw new FaultError({ code: 'cut-header', what: 'The file breaks off inside its snoop header, which takes 16 bytes', offset: window.base + window.limit, next: 'Copy or download the capture again.' });
  }
  const version = u32(window.bytes, window.at + 8);
  if (version !== VERSION) throw new FaultError({ code: 'unsupported', what: `This is a snoop capture of version ${version}, which is not known`, next: 'Turn it into a pcapng with `editcap` and open that.' });
  return new SnoopReader(window, LINK_TYPES.get(u32(window.bytes, window.at + 12)) ?? UNKNOWN);
}

/** A capture by Solaris' snoop: whole, with microseconds. */
export class SnoopReader extends RecordReader {
  readonly format = 'snoop';
  private readonly max: number;

  constructor(window: Window, linkType: number) {
    super(window);
    this.need = RECORD_HEADER;
    this.at += FILE_HEADER;
    this.max = maxPacket(linkType, 0);
    this.description = 'snoop, big-endian, microseconds';
    this.interfaces.push({ id: 0, section: 1, number: null, linkType, snaplen: 0, name: '', description: '', filter: '', os: '', resolution: 1e6, fcsLength: null, options: [] });
  }

  override next(): boolean {
    const b = this.bytes;
    const { at } = this;
    const start = at + RECORD_HEADER;
    if (start > this.limit) { this.need = RECORD_HEADER; return false; }
    const caplen = u32(b, at + 4);
    const record = u32(b, at + 8);
    if (caplen > this.max) return this.wrong('too-large', `to have ${caplen.toLocaleString('en-US')} captured bytes, more than the ${this.max.toLocaleString('en-US')} that a packet may have`);
    if (record < RECORD_HEADER + caplen) return this.wrong('bad-record', `a record of ${record.toLocaleString('en-US')} bytes, and its ${caplen.toLocaleString('en-US')} captured bytes do not fit in there`);
    if (record > RECORD_HEADER + this.max) return this.wrong('too-large', `a record of ${record.toLocaleString('en-US')} bytes, more than any packet takes`);
    if (at + record > this.limit) { this.need = record; return false; }
    this.origlen = u32(b, at);
    this.caplen = caplen;
    this.seconds = u32(b, at + 16);
    this.nanoseconds = Math.imul(u32(b, at + 20), 1000);
    this.start = start;
    this.end = start + caplen;
    this.at = at + record;
    this.number++;
    return true;
  }

  private wrong(code: 'too-large' | 'bad-record', claim: string): false {
    return this.stop(badFault(code, `Packet ${(this.number + 1).toLocaleString('en-US')} claims ${claim}`, this.base + this.at, this.number));
  }

  protected override cut(): Fault | null {
    const rest = this.limit - this.at;
    if (rest === 0) return null;
    const inHeader = rest < RECORD_HEADER;
    return cutFault(inHeader ? 'cut-header' : 'cut-packet', `${inHeader ? 'the header of ' : ''}packet ${this.number + 1}`, this.base + this.limit, this.number);
  }
}
