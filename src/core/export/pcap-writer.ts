import type { CaptureWriter, Sink, WrittenInterface } from './capture-writer.ts';
import { PieceBuffer } from './piece-buffer.ts';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const FCS_PRESENT = 0x0400_0000;
/** What libpcap writes for "no limit". */
const DEFAULT_SNAPLEN = 262_144;

/**
 * Writes a pcap of version 2.4, little-endian (draft-ietf-opsawg-pcap). Times before 1970 or beyond 32 bits of seconds become the nearest that fit; without
 * `nanoseconds` what is finer than a microsecond is cut off.
 */
export function pcapWriter(sink: Sink, face: WrittenInterface, nanoseconds = false): CaptureWriter {
  const out = new PieceBuffer(sink);
  out.u32(nanoseconds ? NANOSECONDS : MICROSECONDS);
  out.u16(2);
  out.u16(4);
  out.u32(0);
  out.u32(0);
  out.u32(face.snaplen || DEFAULT_SNAPLEN);
  out.u32(face.linkType | (face.fcsLength === undefined || face.fcsLength === null ? 0 : FCS_PRESENT | ((face.fcsLength >> 1) << 28)));
  return {
    packet({ seconds, nanoseconds: fraction, bytes, origlen = bytes.length }) {
      out.u32(Math.max(0, Math.min(0xffff_ffff, seconds)));
      out.u32(nanoseconds ? fraction : Math.floor(fraction / 1000));
      out.u32(bytes.length);
      out.u32(origlen);
      out.bytes(bytes);
    },
    end: () => out.flush(),
  };
}
