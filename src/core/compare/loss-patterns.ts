// What the lost packets have in common: a flow, a size, a time of much traffic, bursts. Each a sentence where there is something to say.

import { count, counted } from '../format/number.ts';
import type { CompareResult } from './compare.ts';
import { between } from './delay.ts';
import { FATE } from './fates.ts';
import { sentOutside } from './spans.ts';
import { duration } from './timeline.ts';

const FEW = 5; //         fewer lost packets show no pattern
const MOST = 0.8; //      of the lost ones, in one flow
const TIMES = 3; //       as likely to get lost as the others

/** Packets that the mirror takes, by row: those that came and those that got lost, while the appliance's capture ran. */
interface Taken { readonly rows: Uint32Array; readonly lost: Uint8Array; readonly losses: number }

/** The sentences; none for fewer than a handful of lost packets. */
export function lossPatterns(result: CompareResult): string[] {
  const taken = takenRows(result);
  if (taken.losses < FEW) return [];
  return [byFlow(result, taken), bySize(result, taken), byRate(result, taken), inBursts(result, taken)].filter((text) => text !== null);
}

function takenRows(result: CompareResult): Taken {
  const { fatesA } = result;
  const isTaken = (row: number): boolean => (fatesA[row]! & (FATE.lost | FATE.mirrored)) !== 0 && sentOutside(result, row) === null;
  let all = 0, losses = 0;
  for (let row = 0; row < fatesA.length; row++) if (isTaken(row)) all++;
  const rows = new Uint32Array(all), lost = new Uint8Array(all);
  for (let row = 0, i = 0; row < fatesA.length; row++) {
    if (!isTaken(row)) continue;
    rows[i] = row;
    if ((fatesA[row]! & FATE.lost) !== 0) { lost[i] = 1; losses++; }
    i++;
  }
  return { rows, lost, losses };
}

const CHANCE = 5; //      standard deviations that chance is granted, since the most telling of many is looked for

/** How far two shares are apart, in standard deviations of what chance would make. */
const deviation = (lost1: number, all1: number, lost2: number, all2: number): number => {
  const share = (lost1 + lost2) / (all1 + all2);
  return Math.abs(lost1 / all1 - lost2 / all2) / Math.sqrt(Math.max(1e-12, share * (1 - share)) * (1 / all1 + 1 / all2));
};

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function byFlow({ matching: { a: { columns } } }: CompareResult, { rows, lost, losses }: Taken): string | null {
  const flows = new Map<number, { lost: number; all: number; first: number }>();
  for (let i = 0; i < rows.length; i++) {
    const key = columns.flow[rows[i]!]!;
    let flow = flows.get(key);
    if (flow === undefined) flows.set(key, flow = { lost: 0, all: 0, first: rows[i]! });
    flow.all++;
    flow.lost += lost[i]!;
  }
  let worst = { lost: 0, all: 0, first: 0 };
  for (const flow of flows.values()) if (flow.lost > worst.lost) worst = flow;
  if (flows.size < 2 || worst.lost < MOST * losses || worst.lost / losses < TIMES * worst.all / rows.length) return null;
  return `${count(worst.lost)} of the ${count(losses)} lost are of one flow, that of packet ${worst.first + 1}: ${percent(worst.lost, worst.all)} of it, beside ${percent(losses - worst.lost, rows.length - worst.all)} of the others.`;
}

/** A length from which on nothing comes, or one that parts those that are likely to get lost from those that are not. */
function bySize({ matching: { a: { columns } } }: CompareResult, { rows, lost, losses }: Taken): string | null {
  const sizes = Uint32Array.from(rows, (row) => columns.wire[row]!);
  const order = Uint32Array.from(sizes.keys()).sort((p, q) => sizes[p]! - sizes[q]!);
  let below = 0, best = 0, threshold = 0, lostBelow = 0;
  for (let i = 0, gone = 0; i < order.length; i++) {
    if (i > 0 && sizes[order[i]!]! > sizes[order[i - 1]!]!) { // how much more of those from here on is lost than of those before
      const apart = Math.abs((losses - gone) / (order.length - i) - gone / i) * Math.sqrt(i * (order.length - i));
      if (apart > best) { best = apart; threshold = sizes[order[i]!]!; below = i; lostBelow = gone; }
    }
    gone += lost[order[i]!]!;
  }
  if (threshold === 0) return null;
  const above = rows.length - below, lostAbove = losses - lostBelow;
  if (lostAbove === above && lostBelow === 0) return `Every packet of ${counted(threshold, 'byte')} or more got lost, and no shorter one: with its envelope it does not fit somewhere on the way (MTU).`;
  const [high, low] = [lostAbove / above, lostBelow / below];
  if (Math.max(high, low) < TIMES * Math.min(high, low) || deviation(lostAbove, above, lostBelow, below) < CHANCE) return null;
  return `Of packets of ${counted(threshold, 'byte')} or more ${percent(lostAbove, above)} got lost, of shorter ones ${percent(lostBelow, below)}.`;
}

const BINS = 100;
const BUSY = 0.1; // of the bins, the fullest

function byRate(result: CompareResult, { rows, lost, losses }: Taken): string | null {
  const { matching: { a: { columns } }, first } = result;
  const time = (i: number): number => between(columns, first, columns, rows[i]!);
  const start = time(0), width = Math.max(1e-9, time(rows.length - 1) - start) / BINS;
  const all = new Uint32Array(BINS), gone = new Uint32Array(BINS);
  for (let i = 0; i < rows.length; i++) {
    const bin = Math.max(0, Math.min(BINS - 1, Math.floor((time(i) - start) / width)));
    all[bin]!++;
    gone[bin]! += lost[i]!;
  }
  const busy = [...all.keys()].sort((p, q) => all[q]! - all[p]!).slice(0, BINS * BUSY);
  const packets = busy.reduce((sum, bin) => sum + all[bin]!, 0), lostThere = busy.reduce((sum, bin) => sum + gone[bin]!, 0);
  const others = rows.length - packets;
  if (others === 0 || lostThere / packets < TIMES * ((losses - lostThere) / others) || deviation(lostThere, packets, losses - lostThere, others) < CHANCE) return null;
  return `Loss goes with load: in the busiest tenth of the time (${count(Math.round(packets / (busy.length * width)))} packets a second) ${percent(lostThere, packets)} got lost, in the rest ${percent(losses - lostThere, others)}. That fits production traffic taking priority over the mirror.`;
}

const BURST = 3; // in a row

function inBursts(result: CompareResult, { rows, lost, losses }: Taken): string | null {
  const { columns } = result.matching.a;
  let bursts = 0, inside = 0, run = 0, from = 0, longest = 0, longestAt = 0;
  for (let i = 0; i <= rows.length; i++) {
    if (i < rows.length && lost[i] === 1) { if (run++ === 0) from = i; continue; }
    if (run >= BURST) { bursts++; inside += run; if (run > longest) { longest = run; longestAt = from; } }
    run = 0;
  }
  if (bursts === 0 || inside < losses / 2) return null;
  const last = rows[longestAt + longest - 1]!;
  return `They come in bursts: ${count(inside)} of the ${count(losses)} in ${counted(bursts, 'run')} of three or more, the longest ${count(longest)} in ${duration(between(columns, rows[longestAt]!, columns, last))} from packet ${rows[longestAt]! + 1} on.`;
}
