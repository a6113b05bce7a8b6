// The bytes of single packets, for the one in view and the rows around it. Passes over whole captures have near-bytes.ts.

import type { ByteSource } from '../bytes/byte-source.ts';
import { MARK, type Sightings } from './sightings.ts';

/** Bytes of a row's whole packet; of an envelope that came in fragments, the datagram put together, its head from the first fragment. */
export async function packetBytes(source: ByteSource, { columns: c, pieces }: Sightings, row: number): Promise<Uint8Array> {
  const parts = pieces.get(row);
  if (parts === undefined || (c.marks[row]! & MARK.assembled) === 0) return source.slice(c.fileOffset[row]!, c.fileOffset[row]! + c.caplen[row]!);
  const bytes = new Uint8Array(c.frame[row]! + c.have[row]!);
  const first = parts.reduce((best, part) => (part.at < best.at ? part : best));
  bytes.set(await source.slice(first.fileOffset - first.at, first.fileOffset));
  for (const part of parts) bytes.set((await source.slice(part.fileOffset, part.fileOffset + part.length)).subarray(0, Math.max(0, bytes.length - part.at)), Math.min(part.at, bytes.length));
  return bytes;
}

/** Bytes of a row's innermost frame, from its link header, or from IP where it has none of Ethernet. */
export async function frameBytes(source: ByteSource, sightings: Sightings, row: number): Promise<Uint8Array> {
  const { columns: c } = sightings;
  const skip = (c.marks[row]! & MARK.ethernet) !== 0 ? 0 : c.net[row]!;
  const packet = await packetBytes(source, sightings, row);
  return packet.subarray(c.frame[row]! + skip, c.frame[row]! + c.have[row]!);
}
