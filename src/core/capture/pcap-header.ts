import { FaultError } from '../base/fault.ts';
import { u16, u16le, u32, u32le } from '../bytes/read.ts';
import type { Window } from '../bytes/window.ts';
import { maxPacket } from './link-types.ts';
import type { Kind } from './magic.ts';

export type PcapKind = Extract<Kind, { format: 'pcap' }>;

/** What a pcap's file header says, and what its records look like. */
export interface PcapHeader {
  readonly littleEndian: boolean;
  /** Nanoseconds a unit of a record's fraction of a second. */
  readonly unit: number;
  /** Bytes of a record header. */
  readonly record: number;
  readonly lengths: LengthOrder;
  readonly linkType: number;
  readonly snaplen: number;
  /** Most captured bytes that a packet may claim. */
  readonly max: number;
  readonly fcsLength: number | null;
  /** For people. */
  readonly description: string;
}

/** Which of a record's two lengths comes first: the captured one, the wire's, or either (the smaller one is the captured one then). */
export const CAPTURED_FIRST = 0;
export const WIRE_FIRST = 1;
export const EITHER_FIRST = 2;
export type LengthOrder = typeof CAPTURED_FIRST | typeof WIRE_FIRST | typeof EITHER_FIRST;

export const FILE_HEADER = 24;
const RECORD_HEADER = 16;
/** Patched libpcaps have 8 bytes more (interface, protocol, packet type); that of SuSE 6.3 has 12 more behind the same magic number. */
const MODIFIED = 24;
const LONGER_STILL = [28];
/** What occurs behind the ordinary magic number; 20 is Nokia's. */
const DISGUISED = [24, 20];

/**
 * Reads the file header at the window's front (draft-ietf-opsawg-pcap), and looks at the first records where their headers may be of several lengths. Rejects
 * with a FaultError when the file ends inside its header or is of a version that is not known.
 */
export async function readPcapHeader(window: Window, kind: PcapKind): Promise<PcapHeader> {
  if (!await window.more(window.at, FILE_HEADER)) {
    throw new FaultError({
      code: 'cut-header', what: 'The file breaks off inside its pcap header, which takes 24 bytes', offset: window.base + window.limit,
      next: 'Copy or download the capture again.',
    });
  }
  const { bytes, at } = window;
  const { littleEndian } = kind;
  const half = littleEndian ? u16le : u16;
  const word = littleEndian ? u32le : u32;
  const major = half(bytes, at + 4);
  const minor = half(bytes, at + 6);
  if (major < 2) throw new FaultError({ code: 'unsupported', what: `This is pcap of version ${major}.${minor}, which is not known`, next: 'Choose a capture in pcap 2.4 or pcapng form.' });
  const snaplen = word(bytes, at + 16);
  const network = word(bytes, at + 20);
  const aix = major === 2 && minor === 2 ? AIX_LINK_TYPES.get(network) : undefined;
  const linkType = aix ?? network & 0xffff;
  const nano = kind.nano || aix !== undefined;
  const lengths = lengthOrder(major, minor);
  const shape: Shape = { littleEndian, lengths, max: maxPacket(linkType, snaplen), unit: nano ? 1 : 1000 };
  const record = await recordHeader(window, kind.modified, shape);
  return {
    ...shape, record, linkType, snaplen,
    // The link type's top bits: whether a frame check sequence is there, and its length in 16-bit words.
    fcsLength: network & 0x0400_0000 ? (network >>> 28) * 2 : null,
    description: [
      record === RECORD_HEADER ? 'pcap' : 'modified pcap', littleEndian ? 'little-endian' : 'big-endian', nano ? 'nanoseconds' : 'microseconds',
      ...lengths === CAPTURED_FIRST ? [] : [`version ${major}.${minor}`],
    ].join(', '),
  };
}

/** AIX writes version 2.2, nanoseconds, and interface types of RFC 1573 for link types: Ethernet, token ring, FDDI, loopback. */
const AIX_LINK_TYPES = new Map([[6, 1], [9, 6], [15, 10], [24, 0]]);

/** libpcap before 0.4 wrote the lengths the other way round (before 2.3; DG/UX wrote 543.0); for 2.3 both are met. */
const lengthOrder = (major: number, minor: number): LengthOrder => {
  if (major === 543 || (major === 2 && minor < 3)) return WIRE_FIRST;
  return major === 2 && minor === 3 ? EITHER_FIRST : CAPTURED_FIRST;
};

type Shape = Pick<PcapHeader, 'littleEndian' | 'lengths' | 'max' | 'unit'>;
/** Enough for the headers of three ordinary packets. */
const LOOK_BYTES = 1 << 14;
const LOOK_RECORDS = 3;

/**
 * Bytes of a record header: what the magic number says, unless the records after the first make no sense that way and do another way. An ordinary file is not
 * waited for, as it may be a pipe that a capture is still going into.
 */
async function recordHeader(window: Window, modified: boolean, shape: Shape): Promise<number> {
  const [usual, others] = modified ? [MODIFIED, LONGER_STILL] : [RECORD_HEADER, DISGUISED];
  const records = (): Uint8Array => window.bytes.subarray(window.at + FILE_HEADER, window.limit);
  if (!modified && !isWrong(records(), usual, shape)) return usual;
  await window.more(window.at, LOOK_BYTES);
  return isWrong(records(), usual, shape) ? others.find((length) => isRight(records(), length, shape)) ?? usual : usual;
}

/** Captured bytes that the record at `at` claims; -1 where they, or the fraction of a second, cannot be. */
function soundCaplen(b: Uint8Array, at: number, { littleEndian, lengths, max, unit }: Shape): number {
  const word = littleEndian ? u32le : u32;
  const [first, second] = [word(b, at + 8), word(b, at + 12)];
  const caplen = lengths === CAPTURED_FIRST ? first : lengths === WIRE_FIRST ? second : Math.min(first, second);
  return caplen > max || word(b, at + 4) * unit >= 1e9 ? -1 : caplen;
}

/** Whether one of the records after the first cannot be. The first begins alike whatever the length of its header, so it tells nothing. */
function isWrong(b: Uint8Array, header: number, shape: Shape): boolean {
  for (let record = 0, at = 0; record < LOOK_RECORDS && at + header <= b.length; record++) {
    const caplen = soundCaplen(b, at, shape);
    if (caplen < 0) return record > 0;
    at += header + caplen;
  }
  return false;
}

/** Whether there are three records that can be and have bytes, or two and then the end. */
function isRight(b: Uint8Array, header: number, shape: Shape): boolean {
  let at = 0;
  for (let record = 0; record < LOOK_RECORDS; record++) {
    if (at + header > b.length) return record > 1 && at === b.length;
    const caplen = soundCaplen(b, at, shape);
    if (caplen <= 0) return false;
    at += header + caplen;
  }
  return true;
}
