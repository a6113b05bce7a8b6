import type { Signature } from '../signature.ts';
import type { AlertRecord } from './alert-record.ts';
import type { Placed } from './sequence.ts';

/** A match whose alert is written if the order of all matches lets it; `tagged`: a packet that a tag keeps. */
export interface Match extends Placed { readonly record: AlertRecord | null; readonly tagged: boolean }

/** What one of several matchers does that share a capture; each is given all packets. */
export interface Share {
  /** The lanes of flows that it follows, as a set of bits. */
  readonly lanes: number;
  readonly evaluates: (signature: Signature) => boolean;
  /** Of those that it evaluates, whose matches it tells. */
  readonly tells: (signature: Signature) => boolean;
  /** Whether anybody wants the matches' records still. */
  readonly records: () => boolean;
  readonly onMatch: (match: Match) => void;
}

/** Places of matches with one packet: those of its views one after the other; before each view's own, those of flows that ended when it came. */
export const VIEW = 2 ** 32;
export const OWN = 2 ** 31;
/** Places at the end of all: by the flow's last packet, its view and the direction. */
export const LAST_PACKET = 64;
