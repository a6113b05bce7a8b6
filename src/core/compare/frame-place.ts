// Where a frame lies, for whoever compares its bytes.

import { MARK, type SightingColumns } from './sightings.ts';

/** A frame within bytes (and a view of the same bytes): where it starts, its network header from there, its captured bytes, its content's bytes by its own length, and whether it has an Ethernet header. */
export interface FramePlace { bytes: Uint8Array; view: DataView; at: number; net: number; have: number; size: number; ethernet: boolean }

const NOTHING = new Uint8Array(0);

export const noPlace = (): FramePlace => ({ bytes: NOTHING, view: new DataView(NOTHING.buffer), at: 0, net: 0, have: 0, size: 0, ethernet: false });

/** Fills a place for the frame of a row that begins at bytes[at]. */
export function placeFrame(place: FramePlace, c: SightingColumns, row: number, bytes: Uint8Array, at: number): void {
  setBytes(place, bytes);
  place.at = at;
  place.net = c.net[row]!;
  place.have = c.have[row]!;
  place.size = c.size[row]!;
  place.ethernet = (c.marks[row]! & MARK.ethernet) !== 0;
}

export function setBytes(place: FramePlace, bytes: Uint8Array): void {
  if (place.bytes === bytes) return;
  place.bytes = bytes;
  place.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
