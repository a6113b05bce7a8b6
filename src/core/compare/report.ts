// What a comparison comes to, in text and small numbers: the shapes that the page shows.

/** What became of a packet, as the radio buttons of the page name it. */
export const FATES = ['Mirrored', 'Direct', 'Truncated', 'Filtered', 'Lost', 'Only at source', 'Duplicated', 'Reordered', 'Changed', 'Only at appliance'] as const;
export type Fate = (typeof FATES)[number];

export interface CompareReport {
  readonly rows: number; //                         one a source packet, and one a packet that only the appliance has
  readonly counts: Readonly<Partial<Record<Fate, number>>>; // a fate that this comparison does not tell apart is absent
  readonly identical: number; //                    pairs that are the same byte for byte
  readonly summary: readonly string[]; //           sentences
  readonly clockOffsetSeconds: number | null;
  readonly driftPpm: number | null;
}

/** A row of "Paired packets", in the order of the source's clock. */
export interface PairRow {
  readonly source: number | null; //    packet numbers from 1
  readonly appliance: number | null;
  readonly fate: Fate;
  readonly note: string; //             the evidence in a clause: "also seen direct: 5"
  readonly sourceTime: string; //       seconds since the source's first packet; '' for a packet of the appliance only
  readonly delay: string; //            milliseconds, clocks put right; ''
}
