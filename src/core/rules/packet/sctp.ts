import { u16, u8 } from '../../bytes/read.ts';
import { type PacketView, SCTP } from './packet-view.ts';

/** Bytes of the SCTP common header (RFC 9260 section 3.1). */
export const SCTP_HEADER = 12;
const CHUNK_HEADER = 4;
/** Chunks that are looked at in one packet. */
const MOST_CHUNKS = 256;

export const hasSctp = (p: PacketView): boolean => p.protocol === SCTP && p.transport >= 0;

/** Where chunk number `index` starts, counted from 0; -1 when there are not so many or one before it has a length that does not fit. */
export function sctpChunk(p: PacketView, index: number): number {
  if (!hasSctp(p) || index >= MOST_CHUNKS) return -1;
  let at = p.transport + SCTP_HEADER;
  for (let i = 0; at + CHUNK_HEADER <= p.ipEnd; i++) {
    const length = u16(p.bytes, at + 2);
    if (length < CHUNK_HEADER || at + length > p.ipEnd) return -1;
    if (i === index) return at;
    at += (length + 3) & ~3;
  }
  return -1;
}

/** Chunks whose lengths fit. */
export function sctpChunks(p: PacketView): number {
  let count = 0;
  while (sctpChunk(p, count) >= 0) count++;
  return count;
}

export const chunkType = (p: PacketView, chunk: number): number => u8(p.bytes, chunk);
export const chunkEnd = (p: PacketView, chunk: number): number => chunk + u16(p.bytes, chunk + 2);
export const chunkData = (chunk: number): number => chunk + CHUNK_HEADER;
