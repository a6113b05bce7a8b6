// Which of the two captures is further out: told by how deep the packets lie that both have.

import type { ByteSource } from '../bytes/byte-source.ts';
import { ETHERTYPE } from '../mirror/headers.ts';
import { NO_RUNG } from './content-hash.ts';
import { addKeyed, joined, keyedRows, type KeyedRows } from './groups.ts';
import { compared } from './matching.ts';
import { hex, type Sightings } from './sightings.ts';

/**
 * `wrapped`: b has envelopes that a has not, as an appliance's eth0 beside a source; what b shows as deep as a is a direct sighting.
 * `unwrapped`: the other way round, as a VXLAN interface beside an appliance's eth0.
 * `level`: both alike, as two taps of one path, or a source beside a VXLAN interface.
 */
export type Relation = 'wrapped' | 'unwrapped' | 'level';

/** Counts deeper, equal and shallower copies among packets whose headers are the same. Where they have nothing in common, the deeper capture is the outer one. */
export async function relationOf(a: Sightings, b: Sightings, bytes: ByteSource): Promise<Relation> {
  const share = Math.max(1, (a.count + b.count) / SAMPLED);
  let common = joined(byHeaders(a, share), byHeaders(b, share));
  if (share > 1 && common.bRows.length < ENOUGH) common = joined(byHeaders(a, 1), byHeaders(b, 1));
  const { count, aStart, aRows, bStart, bRows } = common;
  let wrapped = 0, unwrapped = 0;
  const level: number[] = [];
  for (let g = 0; g < count; g++) {
    const depth = a.columns.depth[aRows[aStart[g]!]!]!;
    for (let i = bStart[g]!; i < bStart[g + 1]!; i++) {
      const other = b.columns.depth[bRows[i]!]!;
      if (other > depth) wrapped++;
      else if (other < depth) unwrapped++;
      else level.push(bRows[i]!);
    }
  }
  if (wrapped > 0 && wrapped >= unwrapped) return level.length > RARE * wrapped && await passing(level, b, bytes) ? 'level' : 'wrapped';
  if (unwrapped > 0) return 'unwrapped';
  return deepest(b) > deepest(a) && !(level.length > 0 && await passing(level, b, bytes)) ? 'wrapped' : 'level'; // what both have without an envelope may be a broadcast
}

/** Of so many packets there is no need to ask all. */
const SAMPLED = 1 << 17;
const ENOUGH = 1 << 8;
const RARE = 4;
const SAMPLES = 48;

/**
 * Whether packets without a further envelope only pass here: sent neither to nor by an endpoint of the envelopes. Then they are no direct
 * sightings at the mirror's target, and the few envelopes are what the source itself sent through a tunnel.
 */
async function passing(rows: readonly number[], { columns: c, paths }: Sightings, bytes: ByteSource): Promise<boolean> {
  const ends = new Set(paths.flatMap((path) => path.ends));
  const step = Math.max(1, Math.floor(rows.length / SAMPLES));
  let passed = 0, asked = 0;
  for (let i = 0; i < rows.length; i += step) {
    const row = rows[i]!;
    asked++;
    const width = c.type[row] === ETHERTYPE.ipv4 ? 4 : c.type[row] === ETHERTYPE.ipv6 ? 16 : 0;
    if (width === 0) continue; // ARP and the like stay on their wire
    const from = c.fileOffset[row]! + c.frame[row]! + c.net[row]! + (width === 4 ? 12 : 8);
    const addresses = await bytes.slice(from, from + 2 * width);
    if (!ends.has(hex(addresses, 0, width)) || !ends.has(hex(addresses, width, 2 * width))) passed++;
  }
  return passed > asked / 2;
}

/** How many envelopes the deepest packet has. */
export const deepest = ({ columns, count }: Sightings): number => {
  let depth = 0;
  for (let row = 0; row < count; row++) if (columns.depth[row]! > depth && compared(columns.marks[row]!)) depth = columns.depth[row]!;
  return depth;
};

/** One packet in `share`, the same ones of either capture: those whose hash is small. */
function byHeaders({ columns: c, count }: Sightings, share: number): KeyedRows {
  const most = 0x1_0000_0000 / share;
  const keyed = keyedRows(count);
  for (let row = 0; row < count; row++) {
    if (!compared(c.marks[row]!) || c.top[row] === NO_RUNG) continue;
    const second = c.top[row]! >= 1;
    const hash = second ? c.rung1[row]! : c.rung0[row]!;
    if (Math.imul(hash, 0x85eb_ca6b) >>> 0 < most) addKeyed(keyed, row, hash, second ? c.rung0[row]! : c.size[row]!);
  }
  return keyed;
}
