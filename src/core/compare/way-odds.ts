// What the pairs show of one way that packets come: how late they come by it, and how often packets of one flow overtake each other on it, by which
// two identical ones may have changed places.

import { expected, median, type ClockFit } from './clock.ts';
import { steppedBy } from './clock-steps.ts';
import { NONE, ROLE, type Matching } from './matching.ts';
import { timeOf } from './sightings.ts';

/** What two packets of a flow cost, sent and come so many seconds apart, when they are said to have changed places. */
export type Overtaking = (sent: number, came: number) => number;

export interface WayOdds {
  /** How much later than the pairs packets come, in seconds: those that an appliance hands back do. */
  readonly late: number;
  readonly overtaking: Overtaking;
}

const ASKED = 1 << 14; //  packets tell as well as all
const FEW = 8; //          of less no lateness is told
const UNIT = 1e-5; //      seconds
const SCALE = 16; //       powers of two of it
const PRIOR = 2; //        pairs
const NEVER = 0.25; //     cases that count for what was not seen

/** By the packets of a way whose owners are sure. */
export function wayOdds(matching: Matching, way: number, fit: ClockFit, aOrigin: number, bOrigin: number): WayOdds {
  const { a, b, ownerOf } = matching;
  const rows = rowsOf(matching, way);
  const aTime = Float64Array.from(rows, (row) => timeOf(a.columns, ownerOf[row]!, aOrigin)), bTime = Float64Array.from(rows, (row) => timeOf(b.columns, row, bOrigin));
  const late = Float64Array.from(rows, (row, i) => bTime[i]! - expected(fit, aTime[i]!) - steppedBy(fit.steps, ownerOf[row]!, 'a')).sort();
  return { late: rows.length < FEW ? 0 : median(late), overtaking: overtakingOf(Uint32Array.from(rows, (row) => a.columns.flow[ownerOf[row]!]!), rows, aTime, bTime) };
}

/** In the order of the source, the first of each owner. */
function rowsOf({ b, ownerOf, roleOf }: Matching, way: number): Uint32Array {
  const first = new Map<number, number>();
  for (let row = 0; row < b.count && first.size < ASKED; row++) {
    const role = roleOf[row]!;
    if (b.columns.path[row] === way && (role === ROLE.pair || role === ROLE.duplicate || role === ROLE.direct) && !first.has(ownerOf[row]!)) first.set(ownerOf[row]!, row);
  }
  return Uint32Array.from([...first].sort(([p], [q]) => p - q), ([, row]) => row);
}

/** Of packets in the order of the source: their flows, their rows at the appliance, and both times. */
function overtakingOf(flows: Uint32Array, rows: Uint32Array, aTime: Float64Array, bTime: Float64Array): Overtaking {
  const all = new Uint32Array(SCALE * SCALE), overtook = new Uint32Array(SCALE * SCALE);
  const last = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const before = last.get(flows[i]!) ?? NONE;
    last.set(flows[i]!, i);
    if (before === NONE) continue;
    const cell = scaled(aTime[i]! - aTime[before]!) * SCALE + scaled(bTime[i]! - bTime[before]!);
    all[cell]!++;
    if (rows[i]! < rows[before]!) overtook[cell]!++;
  }
  const sum = (table: Uint32Array, fromSent: number, toSent: number, fromCame: number, toCame: number): number => {
    let of = 0;
    for (let s = Math.max(0, fromSent); s <= Math.min(SCALE - 1, toSent); s++) for (let c = Math.max(0, fromCame); c <= Math.min(SCALE - 1, toCame); c++) of += table[s * SCALE + c]!;
    return of;
  };
  return (sent, came) => {
    const s = scaled(sent), c = scaled(came);
    const usual = (sum(overtook, 0, s + 1, 0, SCALE) + NEVER) / (sum(all, 0, s + 1, 0, SCALE) + 1); // those that were sent closer overtake no less
    const share = Math.min(0.99, (sum(overtook, s - 1, s + 1, c - 1, c + 1) + PRIOR * usual) / (sum(all, s - 1, s + 1, c - 1, c + 1) + PRIOR));
    return Math.log((1 - share) / share);
  };
}

const scaled = (seconds: number): number => Math.min(SCALE - 1, Math.floor(Math.log2(1 + Math.abs(seconds) / UNIT)));
