import { u16, u16le, u32, u32le } from '../bytes/read.ts';
import type { CaptureInterface } from './capture-reader.ts';
import { eachOption, optionsIn, optionText, type OptionNumbers } from './pcapng-options.ts';
import { Clock, MICROSECOND_TSRESOL } from './timestamp.ts';

/** Block types (draft-ietf-opsawg-pcapng section 11.1). */
export const SECTION = 0x0a0d0d0a;
export const INTERFACE = 1;
export const OBSOLETE_PACKET = 2;
export const SIMPLE_PACKET = 3;
export const NAMES = 4;
export const STATISTICS = 5;
export const ENHANCED_PACKET = 6;
export const JOURNAL = 9;
export const SECRETS = 10;
export const CUSTOM = 0xbad;
export const CUSTOM_NOT_COPIED = 0x4000_0bad;

export interface BlockType {
  /** For faults. */
  readonly name: string;
  /** What its fixed fields take, with the 12 bytes around them. */
  readonly least: number;
  /** Whether the reader looks into it; one that is only kept is passed over where it is very long. */
  readonly read: boolean | 'kept';
  /** Whether it counts as a packet, as in Wireshark: custom blocks and journal entries do. */
  readonly packet: boolean;
}

const block = (name: string, least: number, read: BlockType['read'], packet: boolean): BlockType => ({ name, least, read, packet });

export const BLOCKS: ReadonlyMap<number, BlockType> = new Map([
  [SECTION, block('section header block', 28, true, false)],
  [INTERFACE, block('interface description block', 20, true, false)],
  [OBSOLETE_PACKET, block('packet block', 32, true, true)],
  [SIMPLE_PACKET, block('simple packet block', 16, true, true)],
  [NAMES, block('name resolution block', 12, 'kept', false)],
  [STATISTICS, block('interface statistics block', 24, 'kept', false)],
  [ENHANCED_PACKET, block('enhanced packet block', 32, true, true)],
  [JOURNAL, block('journal export block', 12, true, true)],
  [SECRETS, block('decryption secrets block', 20, 'kept', false)],
  [CUSTOM, block('custom block', 16, true, true)],
  [CUSTOM_NOT_COPIED, block('custom block', 16, true, true)],
]);

export const blockName = (type: number): string => BLOCKS.get(type)?.name ?? `block of type 0x${type.toString(16)}`;

const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FILTER = 11;
const IF_OS = 12;
const IF_FCSLEN = 13;
const IF_TSOFFSET = 14;

/** Numbers in the options of an interface (section 4.2), and the codes that have fields of their own. */
const NUMBERS: OptionNumbers = { 8: [8], 10: [4], 14: [8], 16: [8], 17: [8] };
const OWN = new Set([IF_NAME, IF_DESCRIPTION, IF_TSRESOL, IF_FILTER, IF_OS, IF_FCSLEN, IF_TSOFFSET]);

/** Reads an interface description block, which lies whole in `b[at..at+length)` and has its least length. */
export function readInterface(b: Uint8Array, at: number, length: number, littleEndian: boolean, where: { id: number; section: number; number: number }): { face: CaptureInterface; clock: Clock } {
  const text = { name: '', description: '', filter: '', os: '' };
  let tsresol = MICROSECOND_TSRESOL;
  let offset = 0;
  let fcsLength: number | null = null;
  eachOption(b, at + 16, at + length - 4, littleEndian, (code, start, end) => {
    switch (code) {
      case IF_NAME: text.name = optionText(b, start, end); break;
      case IF_DESCRIPTION: text.description = optionText(b, start, end); break;
      case IF_OS: text.os = optionText(b, start, end); break;
      // Its first byte says how it is written; 0 is libpcap's language, anything else is no text.
      case IF_FILTER: if (b[start] === 0) text.filter = optionText(b, start + 1, end); break;
      case IF_TSRESOL: if (end > start) tsresol = b[start]!; break;
      case IF_FCSLEN: if (end > start) fcsLength = b[start]!; break;
      case IF_TSOFFSET: if (end - start === 8) offset = Number(new DataView(b.buffer, b.byteOffset + start, 8).getBigInt64(0, littleEndian)); break;
      default: break;
    }
  });
  const clock = new Clock(tsresol, offset);
  const linkType = littleEndian ? u16le(b, at + 8) : u16(b, at + 8);
  const options = optionsIn(b, at + 16, at + length - 4, littleEndian, NUMBERS).filter(({ code }) => !OWN.has(code));
  const snaplen = littleEndian ? u32le(b, at + 12) : u32(b, at + 12);
  return { clock, face: { ...where, linkType, snaplen, ...text, resolution: clock.resolution, fcsLength, options } };
}

/** When a journal entry was written, in microseconds since 1970; null where it does not say. */
export function journalTime(b: Uint8Array, from: number, to: number): number | null {
  const entry = new TextDecoder('latin1').decode(b.subarray(from, Math.min(to, from + 4096)));
  const found = /(?:^|\n)__REALTIME_TIMESTAMP=(\d{1,15}|\d{16})\n/.exec(entry);
  return found ? Number(found[1]) : null;
}
