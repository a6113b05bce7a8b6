// Which packets of a capture take part in the pairing, and what there is to know of them beforehand.

import { NO_RUNG, RUNGS } from './content-hash.ts';
import { compared, firstRow } from './matching.ts';
import type { Scan } from './scan.ts';
import { MARK } from './sightings.ts';

/** Packets that take part. Where a capture holds the mirror's envelopes, or any with the VNI asked for, those of other VNIs do not. */
export function admitted({ paths, columns }: Scan, vni: number | null, enveloped: boolean): (row: number) => boolean {
  const asked = vni !== null && (enveloped || paths.some(({ vnis }) => vnis.includes(vni)));
  const open = paths.map(({ vnis }) => !asked || vnis.length === 0 || vnis.includes(vni));
  return (row) => compared(columns.marks[row]!) && open[columns.path[row]!]!;
}

/** Of each rung, how many packets were cut there; behind the last one, how many were not cut. */
export function cutsOf({ columns: { marks, top }, count }: Scan): Uint32Array {
  const cuts = new Uint32Array(RUNGS + 1);
  for (let row = 0; row < count; row++) {
    if (!compared(marks[row]!)) continue;
    if ((marks[row]! & MARK.complete) !== 0) cuts[RUNGS]!++;
    else if (top[row] !== NO_RUNG) cuts[top[row]!]!++;
  }
  return cuts;
}

/** How deep the outermost frames are that take part. */
export const leastDepth = ({ columns, count }: Scan): number => {
  let least = 255;
  for (let row = 0; row < count; row++) if (compared(columns.marks[row]!)) least = Math.min(least, columns.depth[row]!);
  return least;
};

/** The second that a capture's times count from. */
export const originOf = (scan: Scan): number => (scan.count === 0 ? 0 : scan.columns.seconds[firstRow(scan)]!);
