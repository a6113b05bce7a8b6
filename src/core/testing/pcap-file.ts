import { concat, int } from './bytes.ts';

export interface PcapPacket {
  readonly bytes: Uint8Array;
  readonly seconds?: number;
  /** In the file's own unit. */
  readonly fraction?: number;
  readonly caplen?: number;
  readonly origlen?: number;
}

export interface PcapFile {
  readonly packets: readonly PcapPacket[];
  readonly littleEndian?: boolean;
  readonly magic?: number;
  readonly version?: readonly [number, number];
  readonly snaplen?: number;
  readonly linkType?: number;
  /** Bytes after the 16 of an ordinary record header. */
  readonly more?: number;
  /** The wire's length before the captured one. */
  readonly swapped?: boolean;
}

export const MICROSECONDS = 0xa1b2c3d4;
export const NANOSECONDS = 0xa1b23c4d;
export const MODIFIED = 0xa1b2cd34;

/** A pcap written down field by field (draft-ietf-opsawg-pcap), lies included where a test asks for them. */
export function pcapFile(file: PcapFile): Uint8Array<ArrayBuffer> {
  const { littleEndian: le = true, magic = MICROSECONDS, version = [2, 4], snaplen = 65535, linkType = 1, more = 0, swapped = false } = file;
  const header = [int(magic, 4, le), int(version[0], 2, le), int(version[1], 2, le), int(0, 8, le), int(snaplen, 4, le), int(linkType, 4, le)];
  const records = file.packets.flatMap(({ bytes, seconds = 0, fraction = 0, caplen = bytes.length, origlen = caplen }) => {
    const lengths = [int(caplen, 4, le), int(origlen, 4, le)];
    return [int(seconds, 4, le), int(fraction, 4, le), ...swapped ? lengths.reverse() : lengths, new Uint8Array(more), bytes];
  });
  return concat([...header, ...records]);
}
