import type { Signature } from '../signature.ts';
import { Thresholds } from '../state/thresholds.ts';
import { Tallies } from './tallies.ts';

/** A match as far as its place among all others says whether its alert is written. */
export interface Placed {
  readonly signature: Signature;
  /** The packet with which it came, from 1; END after the last one. Then its place among the matches with that packet: those with equal places are about one packet on one level. */
  readonly at: number;
  readonly place: number;
  readonly level: number;
  readonly number: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** What its threshold counts under, where it counts across flows; '' for others. */
  readonly key: string;
  /** What such a threshold may count instead of matches; -1 for none. */
  readonly port: number;
}

/** Stands for the packet after the last one, with which all flows end. */
export const END = Number.MAX_SAFE_INTEGER;

/** What decides about alerts in the order of all matches, and so is done by one alone: thresholds that count across flows, and how many alerts a packet may have. */
export class Sequence {
  readonly thresholds: Thresholds;
  readonly unwritten = new Tallies();
  readonly #most: number;
  #at = 0;
  #place = 0;
  #written = 0;

  constructor(mostOfPacket: number, thresholds = new Thresholds()) {
    this.#most = mostOfPacket;
    this.thresholds = thresholds;
  }

  /** Whether the next match writes its alert. */
  writes({ signature, at, place, level, number, seconds, nanoseconds, key, port }: Placed): boolean {
    if (key !== '' && !this.thresholds.passes(signature, key, seconds + nanoseconds / 1e9, port)) return false;
    if (at !== this.#at || place !== this.#place) { this.#at = at; this.#place = place; this.#written = 0; }
    if (this.#written === this.#most) { this.unwritten.note(signature, level, number); return false; }
    this.#written++;
    return true;
  }
}
