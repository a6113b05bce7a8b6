// What a comparison comes to, in text and small numbers: the shapes that the page shows. Types only, but for the list of names.

/** What became of a packet, as the radio buttons of the page name it. */
export const FATES = ['Mirrored', 'Direct', 'Truncated', 'Filtered', 'Lost', 'Only at source', 'Duplicated', 'Reordered', 'Changed', 'Only at appliance', 'Unexpected'] as const;
export type Fate = (typeof FATES)[number];

/** Fates that somebody looks for when something is wrong. */
export const TROUBLES: ReadonlySet<Fate> = new Set<Fate>(['Lost', 'Only at source', 'Truncated', 'Changed', 'Reordered', 'Duplicated', 'Unexpected']);

/** How many rows say this fate, bin by bin. */
export interface FateCounts { readonly fate: Fate; readonly perBin: readonly number[] }

/** The rows over time: `bins` of `width` seconds from `start`, on the source's clock, counted from its first packet. */
export interface Timeline { readonly start: number; readonly width: number; readonly bins: number; readonly fates: readonly FateCounts[]; readonly words: string }

export interface CompareReport {
  readonly rows: number; //                         one a source packet, and one a packet that only the appliance has
  readonly counts: Readonly<Partial<Record<Fate, number>>>; // a fate that this comparison does not tell apart is absent
  readonly identical: number; //                    pairs that are the same byte for byte
  readonly notices: readonly Notice[]; //           what is odd about the captures as such
  readonly summary: readonly string[]; //           sentences
  readonly timeline: Timeline;
  readonly clock: ClockReport | null; //             null without pairs
  readonly delays: Delays | null;
}

export interface Notice { readonly kind: 'empty' | 'same' | 'swapped' | 'nothing' | 'cut' | 'decapsulated' | 'backwards' | 'rules'; readonly text: string }

/** The clocks as estimated: the appliance's less the source's at the first source packet, in seconds, and seconds a second; `agree`: no further apart than a packet takes. */
export interface ClockReport { readonly offset: number; readonly offsetError: number; readonly drift: number; readonly driftError: number; readonly agree: boolean }

/** How long mirrored packets were on their way, in seconds. Bins of `width` from `start`; `beyond` lie after the last. */
export interface Delays {
  readonly median: number; readonly most95: number; readonly most99: number; readonly most: number; readonly least: number;
  readonly start: number; readonly width: number; readonly perBin: readonly number[]; readonly beyond: number;
  readonly words: string; //     the picture in a sentence
  readonly caution: string; //   what the figures do not say
}

/** A row of "Paired packets", in the order of the source's clock. */
export interface PairRow {
  readonly source: number | null; //    packet numbers from 1
  readonly appliance: number | null;
  readonly fate: Fate; //               the one that says most
  readonly note: string; //             what else there is to say, in a clause: "1,464 of 8,942 bytes · seen direct as 5"; '' where nothing is
  readonly sourceTime: string; //       seconds since the source's first packet, on its clock
  readonly delay: string; //            milliseconds, clocks put right; ''
  readonly points: readonly (number | null)[]; // the packet's number at each further point of observation
}

/** Rows [from..from + count) of one fate, or of all (null). */
export interface RowRange { readonly fate: Fate | null; readonly from: number; readonly count: number }

export type Side = 'source' | 'appliance';

/** Why a packet has its fate: the evidence in a sentence, and for a miss the documented causes, each with whether it fits what was seen. */
export interface Why { readonly evidence: string; readonly causes: readonly Cause[] }
export interface Cause { readonly text: string; readonly fits: boolean }
