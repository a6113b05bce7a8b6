import type { Extra } from '../capture/extras.ts';
import type { CaptureWriter, Sink, WrittenInterface } from './capture-writer.ts';
import { extraBlock, extraOptions, pair, word, type Option } from './extra-blocks.ts';
import { PieceBuffer } from './piece-buffer.ts';

const SECTION = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE = 1;
const ENHANCED_PACKET = 6;
const UNKNOWN_LENGTH = 0xffff_ffff; // twice: -1 in 64 bits

const COMMENT = 1;
const USER_APPLICATION = 4;
const IF_NAME = 2;
const IF_DESCRIPTION = 3;
const IF_TSRESOL = 9;
const IF_FILTER = 11;
const IF_OS = 12;
const IF_FCSLEN = 13;
const EPB_FLAGS = 2;
const NANOSECONDS = 9;

export interface PcapngWriter extends CaptureWriter {
  /** Describes an interface, at any time before its first packet, and gives its number. */
  interface(face: WrittenInterface): number;
  /** Writes names, secrets, or statistics of the interface with this number. */
  extra(extra: Extra, iface: number): void;
  /** Writes a block as it is: a custom one, say. */
  block(type: number, body: Uint8Array): void;
}

/**
 * Writes a pcapng of one section, little-endian, with enhanced packet blocks and times in nanoseconds (draft-ietf-opsawg-pcapng). Times before 1970 become 1970. `application`
 * says who wrote it.
 */
export function pcapngWriter(sink: Sink, application = 'VXLens'): PcapngWriter {
  const out = new PieceBuffer(sink);
  let interfaces = 0;
  const block = (type: number, bodyLength: number, options: readonly Option[], body: () => void): void => {
    const optionsLength = options.length === 0 ? 0 : options.reduce((sum, [, value]) => sum + 4 + padded(value.length), 4);
    const total = 12 + bodyLength + optionsLength;
    out.u32(type);
    out.u32(total);
    body();
    for (const [code, value] of options) {
      out.u16(code);
      out.u16(value.length);
      out.bytes(value);
      out.pad(value.length);
    }
    if (options.length > 0) out.u32(0); // opt_endofopt
    out.u32(total);
  };

  block(SECTION, 16, [[USER_APPLICATION, text(application)]], () => {
    out.u32(BYTE_ORDER);
    out.u16(1);
    out.u16(0);
    out.u32(UNKNOWN_LENGTH);
    out.u32(UNKNOWN_LENGTH);
  });

  return {
    interface(face) {
      block(INTERFACE, 8, interfaceOptions(face), () => {
        out.u16(face.linkType);
        out.u16(0);
        out.u32(face.snaplen ?? 0);
      });
      return interfaces++;
    },
    packet({ seconds, nanoseconds, bytes, origlen = bytes.length, iface = 0, comments = [], flags = -1, options: more = [] }) {
      if (iface >= interfaces) throw new RangeError(`interface ${iface} was not described`);
      const options: Option[] = comments.map((comment) => [COMMENT, text(comment)]);
      if (flags >= 0) options.push([EPB_FLAGS, word(flags)]);
      options.push(...more.map(pair));
      const units = BigInt(Math.max(0, seconds)) * 1_000_000_000n + BigInt(seconds < 0 ? 0 : nanoseconds);
      block(ENHANCED_PACKET, 20 + padded(bytes.length), options, () => {
        out.u32(iface);
        out.u32(Number((units >> 32n) & 0xffff_ffffn));
        out.u32(Number(units & 0xffff_ffffn));
        out.u32(bytes.length);
        out.u32(origlen);
        out.bytes(bytes);
        out.pad(bytes.length);
      });
    },
    extra(extra, iface) {
      const { type, parts } = extraBlock(extra, iface);
      block(type, parts.reduce((sum, part) => sum + padded(part.length), 0), extraOptions(extra), () => { for (const part of parts) { out.bytes(part); out.pad(part.length); } });
    },
    block: (type, body) => block(type, padded(body.length), [], () => { out.bytes(body); out.pad(body.length); }),
    end: () => out.flush(),
  };
}

function interfaceOptions({ name = '', description = '', filter = '', os = '', fcsLength = null, options: more = [] }: WrittenInterface): Option[] {
  const options: Option[] = [];
  if (name !== '') options.push([IF_NAME, text(name)]);
  if (description !== '') options.push([IF_DESCRIPTION, text(description)]);
  options.push([IF_TSRESOL, Uint8Array.of(NANOSECONDS)]);
  if (filter !== '') options.push([IF_FILTER, text(`\0${filter}`)]); // 0: written in libpcap's language
  if (os !== '') options.push([IF_OS, text(os)]);
  if (fcsLength !== null) options.push([IF_FCSLEN, Uint8Array.of(fcsLength)]);
  options.push(...more.map(pair));
  return options;
}

const padded = (length: number): number => length + (-length & 3);

/** UTF-8, cut to what an option's length can say, and not in the middle of a character. */
function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length <= 0xffff) return bytes;
  let end = 0xffff;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
