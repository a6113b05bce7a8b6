// What the page may ask the worker that compares two captures. Types only.

import type { MirrorFile } from '../core/mirror/mirror-json.ts';
import type { MirrorSummary } from '../core/mirror/mirror-summary.ts';
import type { CompareReport, Delays, Fate, PairRow, RowRange, Side, Why } from '../core/compare/report.ts';
import type { CaptureFile } from './protocol.ts';

export type { ClockReport, CompareReport, Delays, Fate, Notice, PairRow, RowRange, Side, Timeline, Why } from '../core/compare/report.ts';
export type { RuleText, MirrorSummary } from '../core/mirror/mirror-summary.ts';
export interface CompareProgress { readonly step: string; readonly done: number; readonly total: number }

/** What a person types of an envelope; '' where nothing is typed. */
export interface WhatIfText { readonly sourceIp: string; readonly sourceMac: string; readonly targetIp: string; readonly targetMac: string; readonly mtu: string; readonly sourceMtu: string; readonly vni: string }

/** A capture that was made, and how, in sentences. */
export interface Made { readonly file: Blob; readonly format: 'pcap' | 'pcapng'; readonly frames: number; readonly lines: readonly string[] }

export interface CompareCalls {
  /** Compares two captures, inflated; the worker keeps the result of the last comparison. `mirror` is what the AWS CLI prints of the mirror's own rules. */
  compare: { request: { source: Blob; appliance: Blob; mirror?: string }; progress: CompareProgress; reply: CompareReport };
  /** What such text says, and what is odd about it; of one file or several that belong together. */
  mirror: { request: { files: readonly MirrorFile[] }; progress: never; reply: MirrorSummary };
  /** What a mirror by these rules would do, in sentences. */
  mirrorPlan: { request: { files: readonly MirrorFile[]; given: WhatIfText }; progress: never; reply: readonly string[] };
  /** The appliance's capture of a source's, inflated. */
  mirrored: { request: { capture: Blob; files: readonly MirrorFile[]; given: WhatIfText; pcapng: boolean }; progress: CompareProgress; reply: Made };
  /** What a Linux VXLAN interface would have seen of a capture, inflated; '' stands for any VNI, port 4789 and any address. */
  unwrapped: { request: { capture: Blob; vni: string; port: string; local: string; pcapng: boolean }; progress: CompareProgress; reply: Made };
  /** The packets of one interface of a capture, inflated, as a capture of its own. */
  interfaceFile: { request: { capture: Blob; id: number }; progress: CompareProgress; reply: CaptureFile };
  /** Rows of the last comparison, of one fate or of all (null). */
  pairs: { request: RowRange; progress: never; reply: readonly PairRow[] };
  /** Compares the same source with further captures: each row then has the packet's number there. Answers how many of the source's packets each has. */
  points: { request: { captures: readonly Blob[] }; progress: CompareProgress; reply: readonly number[] };
  /** Why a row has its fate: the numbers of its packets, from 1. */
  why: { request: { readonly source: number | null; readonly appliance: number | null }; progress: never; reply: Why };
  /** Rows of a fate from one time to before another, in seconds since the source's first packet; with none, `from` is where they would be. */
  spanBetween: { request: { fate: Fate | null; from: number; to: number }; progress: never; reply: { readonly from: number; readonly count: number } };
  /** Believes another offset of the clocks, in seconds, for the delays of the rows; null: the estimated one again. */
  setClock: { request: { clock: { readonly offset: number; readonly drift: number } | null }; progress: never; reply: Delays | null };
  /** The result as the command line prints it, of these rows. */
  resultFile: { request: RowRange; progress: never; reply: Blob };
  /** One side's packets of these rows as a capture: a pcapng where the capture is one, else a pcap. */
  captureFile: { request: RowRange & { readonly side: Side }; progress: CompareProgress; reply: CaptureFile };
}
