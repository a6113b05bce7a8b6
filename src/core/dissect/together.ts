// Of a header that is cut, the app shows every field that fits. Wireshark reads some bytes together and shows none of their fields unless all
// are there; a list of values that must be tshark's has to leave them out, too.

import type { Program } from './program.ts';
import { COMPLETE, type Tape } from './tape.ts';

/** Bytes [from..to) of a header that are read together; to the header's end where `to` is Infinity. */
export type Together = readonly (readonly [from: number, to: number])[];

/** How many of the tape's rows Wireshark would show: all but some of the last layer's, when that is cut. */
export function rowsWiresharkShows({ protocols }: Program, tape: Tape): number {
  const last = tape.layerCount - 1;
  if (last < 0 || tape.shortBy[last] === COMPLETE) return tape.count;
  const { together = [] } = protocols[tape.layerProtocol[last]!]!;
  const offset = tape.layerOffset[last]!;
  const here = tape.layerBound[last]! - offset;
  for (let row = tape.layerFirst[last]!; row < tape.count; row++) {
    const end = ((tape.bitOffset[row]! + tape.bitLength[row]! + 7) >> 3) - offset;
    const group = together.find(([from, to]) => end > from && end <= to);
    if (group && group[1] > here) return row;
  }
  return tape.count;
}
