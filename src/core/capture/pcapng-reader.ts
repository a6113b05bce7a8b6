import { FaultError, type Fault } from '../base/fault.ts';
import { u16, u16le } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { BlockReader } from './block-reader.ts';
import type { Extra } from './extras.ts';
import { BLOCK, maxPacket } from './link-types.ts';
import {
  CUSTOM, CUSTOM_NOT_COPIED, ENHANCED_PACKET, INTERFACE, JOURNAL, journalTime, NAMES, OBSOLETE_PACKET, readInterface, SECRETS, SECTION, SIMPLE_PACKET, STATISTICS,
} from './pcapng-blocks.ts';
import { EPB_FLAGS, PACKET_NUMBERS } from './packet-options.ts';
import { readNames, readSecrets, readStatistics } from './pcapng-extras.ts';
import { COMMENT, eachOption, NO_OPTIONS, optionsIn, optionText, reverseNumbers, type Option } from './pcapng-options.ts';
import type { Clock } from './timestamp.ts';

/** Bytes of blocks beside the packets that are kept, so that a hostile file does not fill the memory with them. */
const MOST_EXTRAS = 64 << 20;

/** Opens a pcapng that begins at the window's front. Rejects with a FaultError when its first section header cannot be read. */
export async function openPcapng(window: Window): Promise<PcapngReader> {
  const reader = new PcapngReader(window);
  while (!reader.readFirstSection()) if (reader.fault !== null || !await reader.refill()) throw new FaultError(withoutKept(reader.fault!));
  return reader;
}

const withoutKept = ({ kept: _, ...fault }: Fault): Fault => fault;

/** What a section knows of one of its interfaces. */
interface Face { readonly id: number; readonly clock: Clock; readonly snaplen: number; readonly max: number }

/** A pcapng: sections, each in its own byte order and with its own interfaces, and the packets in them (draft-ietf-opsawg-pcapng). */
export class PcapngReader extends BlockReader {
  readonly format = 'pcapng';
  private sections = 0;
  private orders = '';
  /** The section's interfaces, by their number in it. */
  private faces: Face[] = [];
  /** Stands in for the interface of the section's records that have none; -1 until one comes. */
  private noFace = -1;
  /** Where the options of the packet lie in the window; nowhere for most. */
  private optionsFrom = 0;
  private optionsTo = 0;
  /** The type of a record that is no packet; 0 for a packet. */
  private blockType = 0;
  private extraBytes = 0;

  constructor(window: Window) {
    super(window);
    this.need = 12;
  }

  /** Reads the section header that a file begins with. False: more bytes are needed, or there is a fault. */
  readFirstSection(): boolean {
    const length = this.block();
    if (length === 0 || !this.section()) return false;
    this.at += length;
    return true;
  }

  override next(): boolean {
    for (;;) {
      const length = this.block();
      if (length === 0) return false;
      const { bytes: b, at } = this;
      switch (this.word(b, at)) {
        case ENHANCED_PACKET: return this.enhanced(b, at, length);
        case SIMPLE_PACKET: return this.simple(b, at, length);
        case OBSOLETE_PACKET: return this.obsolete(b, at, length);
        case CUSTOM: case CUSTOM_NOT_COPIED: return this.other(at + 12, at, length, null);
        case JOURNAL: return this.other(at + 8, at, length, journalTime(b, at + 8, at + length - 4));
        case INTERFACE: this.interface(b, at, length); break;
        case NAMES: this.extra(readNames(b, at, length, this.littleEndian), length); break;
        case STATISTICS: this.extra(readStatistics(b, at, length, this.littleEndian, this.faces), length); break;
        case SECRETS: this.extra(readSecrets(b, at, length, this.littleEndian), length); break;
        case SECTION: if (!this.section()) return false; break;
        default: break;
      }
      this.at = at + length;
    }
  }

  private enhanced(b: Uint8Array, at: number, length: number): boolean {
    const face = this.faces[this.word(b, at + 8)];
    if (face === undefined) return this.noInterface(this.word(b, at + 8));
    return this.timed(b, at, length, face);
  }

  private obsolete(b: Uint8Array, at: number, length: number): boolean {
    const number = this.littleEndian ? u16le(b, at + 8) : u16(b, at + 8);
    const face = this.faces[number];
    return face === undefined ? this.noInterface(number) : this.timed(b, at, length, face);
  }

  /** The rest of an enhanced or obsolete packet block, which is laid out alike. */
  private timed(b: Uint8Array, at: number, length: number, face: Face): boolean {
    const caplen = this.word(b, at + 20);
    if (!this.fits(caplen, face.max, length - 32)) return false;
    const { clock } = face;
    clock.split(this.word(b, at + 12), this.word(b, at + 16));
    this.hasTime = true;
    this.seconds = clock.seconds;
    this.nanoseconds = clock.nanoseconds;
    this.flags = -1;
    this.step(at + 28, caplen, this.word(b, at + 24), face.id, at + length);
    const options = at + 28 + caplen + (-caplen & 3);
    if (options + 8 <= at + length) this.options(b, options, at + length - 4);
    return true;
  }

  /** A packet of the section's first interface, without a time; how much of it was captured follows from the snaplen. */
  private simple(b: Uint8Array, at: number, length: number): boolean {
    const face = this.faces[0];
    if (face === undefined) return this.noInterface(0);
    const origlen = this.word(b, at + 8);
    const caplen = face.snaplen === 0 ? origlen : Math.min(origlen, face.snaplen);
    if (!this.fits(caplen, face.max, length - 16)) return false;
    this.timeless();
    this.step(at + 12, caplen, origlen, face.id, at + length);
    return true;
  }

  /** A record that is no packet, whole. */
  private other(from: number, at: number, length: number, microseconds: number | null): true {
    if (this.noFace < 0) {
      this.noFace = this.interfaces.length;
      this.interfaces.push({
        id: this.noFace, section: this.sections, number: null, linkType: BLOCK, snaplen: 0, name: '', description: '', filter: '', os: '', resolution: 1e6, fcsLength: null, options: NO_OPTIONS,
      });
    }
    this.timeless();
    if (microseconds !== null) {
      this.hasTime = true;
      this.seconds = Math.floor(microseconds / 1e6);
      this.nanoseconds = (microseconds % 1e6) * 1000;
    }
    const bytes = at + length - 4 - from;
    this.step(from, bytes, bytes, this.noFace, at + length);
    this.blockType = this.word(this.bytes, at);
    return true;
  }

  private timeless(): void {
    this.hasTime = false;
    this.seconds = 0;
    this.nanoseconds = 0;
    this.flags = -1;
  }

  private step(start: number, caplen: number, origlen: number, iface: number, next: number): void {
    this.start = start;
    this.end = start + caplen;
    this.caplen = caplen;
    this.origlen = origlen;
    this.iface = iface;
    this.blockType = 0;
    this.optionsFrom = this.optionsTo = 0;
    this.at = next;
    this.number++;
  }

  private options(b: Uint8Array, from: number, to: number): void {
    this.optionsFrom = from;
    this.optionsTo = to;
    const edited = this.edited.has(this.number);
    eachOption(b, from, to, this.littleEndian, (code, start, end) => {
      if (code === COMMENT && !edited) this.comment(optionText(b, start, end));
      if (code === EPB_FLAGS && end - start === 4) this.flags = this.word(b, start);
    });
  }

  private comment(text: string): void {
    const list = this.comments.get(this.number);
    if (list) list.push(text);
    else this.comments.set(this.number, [text]);
  }

  override packetOptions(): readonly Option[] {
    if (this.optionsFrom === this.optionsTo) return NO_OPTIONS;
    return optionsIn(this.bytes, this.optionsFrom, this.optionsTo, this.littleEndian, PACKET_NUMBERS).filter(({ code }) => code !== COMMENT && code !== EPB_FLAGS);
  }

  override copiedBlock(): { readonly type: number; readonly body: Uint8Array } | null {
    if (this.blockType !== CUSTOM && this.blockType !== JOURNAL) return null; // the other kind of custom block says that it must not be copied
    const body = this.bytes.slice(this.blockType === CUSTOM ? this.start - 4 : this.start, this.end);
    if (this.blockType === CUSTOM && !this.littleEndian) reverseNumbers(body, [4]); // the Private Enterprise Number; what follows is its owner's affair
    return { type: this.blockType, body };
  }

  private extra(extra: Extra | null, length: number): void {
    if (extra === null || this.extraBytes + length > MOST_EXTRAS) return;
    this.extraBytes += length;
    this.extras.push(extra);
  }

  private fits(caplen: number, max: number, room: number): boolean {
    if (caplen <= room && caplen <= max) return true;
    const claims = `Packet ${(this.number + 1).toLocaleString('en-US')} claims to have ${caplen.toLocaleString('en-US')} captured bytes`;
    if (caplen > max) this.bad(`${claims}, more than the ${max.toLocaleString('en-US')} that a packet may have`, undefined, 'too-large');
    else this.bad(`${claims}, more than the ${room.toLocaleString('en-US')} that its block has room for`);
    return false;
  }

  private noInterface(number: number): false {
    this.bad(`Packet ${(this.number + 1).toLocaleString('en-US')} names interface ${number}, and its section has ${this.faces.length === 0 ? 'none' : this.faces.length}`);
    return false;
  }

  private interface(b: Uint8Array, at: number, length: number): void {
    const { face, clock } = readInterface(b, at, length, this.littleEndian, { id: this.interfaces.length, section: this.sections, number: this.faces.length });
    this.interfaces.push(face);
    this.faces.push({ id: face.id, clock, snaplen: face.snaplen, max: maxPacket(face.linkType, face.snaplen) });
  }

  private section(): boolean {
    const half = this.littleEndian ? u16le : u16;
    const major = half(this.bytes, this.at + 12);
    const minor = half(this.bytes, this.at + 14);
    if (major !== 1 || (minor !== 0 && minor !== 2)) { // 1.2 is what some writers say who mean 1.0
      this.bad(`Section ${this.sections + 1} is in version ${major}.${minor} of pcapng, which is not known`, undefined, 'unsupported');
      return false;
    }
    this.sections++;
    this.faces = [];
    this.noFace = -1;
    const order = this.littleEndian ? 'little-endian' : 'big-endian';
    this.orders = this.orders === '' || this.orders === order ? order : 'both byte orders';
    this.description = `pcapng, ${this.orders}${this.sections > 1 ? `, ${this.sections} sections` : ''}`;
    return true;
  }
}
