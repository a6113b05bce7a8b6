// What a learner has done so far, as the stores have it: conditions look at this and at nothing else.

import type { Sizes } from '../arithmetic/arithmetic.ts';
import type { Verdict } from '../../worker/protocol.ts';

export interface Snapshot {
  readonly shown: string; //              name of the file whose packets are shown
  readonly packet: number | null;
  readonly field: string;
  readonly filter: string; //             that is applied
  readonly rows: number;
  readonly decoding: boolean;
  readonly ran: boolean; //               the rules as they stand in the editor have run
  readonly hitsOf: (sid: number, capture: string, level: number | null) => number | null; // null: not run
  readonly why: number | null; //         sid of the rule that Why is about
  readonly show: string; //               of the pairs
  readonly pair: number | null; //        the source's packet of the chosen pair
  readonly compared: { readonly source: string; readonly appliance: string } | null;
  readonly made: readonly number[]; //    packets of the captures that were made of the sample's and are open
  readonly verdicts: readonly Verdict[]; // of the receivers, on the packet on the bench
  readonly benchVni: number | null; //     of its outermost envelope
  readonly sizes: Sizes; //               of the arithmetic
  readonly cut: number; //               bytes, by these
  readonly answer: string;
}
