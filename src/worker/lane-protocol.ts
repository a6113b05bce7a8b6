// What the worker of a capture asks of those that match rules beside it, each of which follows a part of the flows. Types only.

import type { PackedBatch } from '../core/rules/lanes/batch.ts';
import type { RulesRequest } from './protocol.ts';

/** Which part of the flows: the one with this number of so many. */
export interface LaneShare { readonly number: number; readonly count: number }

/** Signature, level, first packet, packets. */
export type TallyRow = readonly [signature: number, level: number, first: number, count: number];

export interface LaneBatch {
  readonly batch: PackedBatch;
  /** So far. */
  readonly unanswered: readonly TallyRow[];
  readonly unwritten: readonly TallyRow[];
  /** Since the batch before, of each signature that was evaluated: its index, how often, milliseconds. */
  readonly cost: Float64Array<ArrayBuffer>;
}

export interface LaneCalls {
  /** Reads the rules and opens the capture; answers how many signatures there are. */
  start: { request: { readonly capture: Blob; readonly rules: RulesRequest; readonly share: LaneShare }; progress: never; reply: number };
  /** Matches on. `records`: whether anybody keeps what alerts tell. */
  next: { request: { readonly records: boolean }; progress: never; reply: LaneBatch };
}

/** What the page asks of such a worker. */
export interface LaneEntry {
  /** Answers the calls that come through this port from now on. */
  connect: { request: { readonly port: MessagePort }; progress: never; reply: null };
}
