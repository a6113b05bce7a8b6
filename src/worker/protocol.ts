// Everything the page may ask a capture's worker, and what comes back. The only file both sides import. Types only.

import type { Fault } from '../core/base/fault.ts';
import type { Remark } from '../core/capture/packet-remarks.ts';
import type { FieldView, LayerView, SourceView } from '../core/dissect/view.ts';
import type { ReferencePage } from '../core/filter/reference.ts';
import type { ColumnId } from '../core/format/packet-row.ts';
import type { Edit } from '../core/envelope/edits.ts';
import type { Verdict } from '../core/envelope/receivers.ts';
import type { AlertReport, AlertSort, RuleChoice, RuleHelp, RuleMistake, RulesReport, RuleTotals, SignatureReport, SilentReport, WhyReport } from '../core/rules/report.ts';

export type Role = 'Source' | 'Appliance' | 'Decapsulated' | 'Other';

export interface InterfaceSummary { readonly id: number; readonly name: string; readonly linkType: string; readonly packets: number }

export interface CaptureSummary {
  readonly format: string; //               for people: "pcapng, little-endian"
  readonly packets: number;
  readonly bytes: number; //                of the file as it was given
  readonly interfaces: readonly InterfaceSummary[];
  readonly firstSeconds: number | null; //  Unix time of the first packet, whole seconds
  readonly tunnelled: number; //            packets inside an envelope
  readonly vnis: readonly number[]; //      the first few, in order of sight
  readonly truncated: number; //            packets with caplen < origlen
  readonly fault: Fault | null; //          how reading ended, when not well
  readonly guess: Role; //                  which point of observation it looks like
  readonly lookalikes: readonly Lookalike[]; // UDP ports that carry VXLAN by the looks of it
}
export interface Lookalike { readonly port: number; readonly packets: number; /** The first few. */ readonly vnis: readonly number[] }
/** A protocol that a port can be decoded as; `table` is udp.port or tcp.port. */
export interface Decodable { readonly table: string; readonly name: string; readonly label: string }

export interface IndexProgress {
  readonly packets: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly inflated: number | null; //      about so many bytes come out of a compressed file, where it says so
  readonly guess: Role | null; //           from the first packets; null before them
}

/** A row of the packet list, as text. A cell that does not apply is ''. */
export interface Row {
  readonly number: number; //          the packet's, from 1
  readonly time: string; //            seconds since the capture's first packet
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly length: string;
  readonly vni: string;
  readonly innerSource: string;
  readonly innerDestination: string;
  readonly innerProtocol: string;
  readonly info: string;
  readonly depth: number; //           levels of encapsulation, 0 for none
  readonly cut: boolean; //            caplen < origlen
  readonly malformed: boolean;
  readonly alerts: readonly RowAlert[];
}
export interface RowAlert { readonly level: number; readonly count: number; readonly priority: number }

export type SortColumn = 'number' | 'time' | 'source' | 'destination' | 'protocol' | 'length' | 'vni' | 'innerSource' | 'innerDestination' | 'innerProtocol' | 'alerts';
export interface Sort { readonly column: SortColumn; readonly descending: boolean }
export interface View { readonly filter: string; readonly sort: Sort | null }
export interface ViewProgress { readonly rows: number; readonly packetsDone: number }
/** Rows in the view, or where in the filter's text the mistake is (offsets of UTF-16 units, [from..to)). */
export type ViewReply = { readonly rows: number } | { readonly error: TextError };
export interface TextError { readonly from: number; readonly to: number; readonly message: string }

export type { AlertColumn, AlertReport, AlertSort, ConditionReport, KeywordHelp, LevelHits, LevelReport, RuleHelp, RuleChoice, RuleColumn, RuleMistake, RulesReport, RuleState, RuleTotals, RuleWord, SignatureReport, SilentLevel, SilentReport, WhyReport } from '../core/rules/report.ts';
export type { ReferenceField, ReferencePage } from '../core/filter/reference.ts';
export type { Edit, EnvelopeKind } from '../core/envelope/edits.ts';
export type { Verdict } from '../core/envelope/receivers.ts';
export type { ChecksumVerdict, DiagramCell, FieldView, LayerView, Place as Part, SourceView } from '../core/dissect/view.ts';

export interface CaptureProperties {
  readonly format: string;
  readonly bytes: number; //                of the file, inflated
  readonly packets: number;
  readonly commented: number; //            packets with comments
  readonly interfaces: readonly InterfaceProperties[];
  readonly names: readonly { readonly address: string; readonly names: string }[];
  readonly secrets: readonly string[]; //   of what kind, and how much
}
export interface InterfaceProperties { readonly name: string; readonly description: string; readonly linkType: string; readonly snaplen: number; readonly filter: string; readonly os: string; readonly packets: number; /** What it has counted, in words. */ readonly counts: string }

export interface PacketDetail {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly origlen: number;
  readonly time: string; //            absolute, UTC, full resolution
  readonly interfaceName: string;
  readonly comments: readonly string[]; // a person's, where they changed the file's
  readonly remarks: readonly Remark[]; //  what else a pcapng says of it
  /** The packet's own bytes and, behind them, what was put together in it: what places of layers and fields count in. */
  readonly all: Uint8Array;
  readonly sources: readonly SourceView[]; // of `all`, the packet itself first
  readonly inPlace: boolean; //        with what follows from other packets: `packetInPlace` has been asked, or has its answer ready
  readonly layers: readonly LayerView[];
  readonly fields: readonly FieldView[];
}

/** A packet on the bench: as it is now, and what receivers make of it. */
export interface BenchReply { readonly detail: PacketDetail; readonly verdicts: readonly Verdict[] }

/** A column of a file: what the list calls it, and what it holds. */
export interface FileColumn { readonly id: ColumnId; readonly title: string }
export type TableForm = 'csv' | 'json';
export interface FileProgress { readonly done: number; readonly total: number }
/** Packets of a capture as a capture of the same form. */
export interface CaptureFile { readonly file: Blob; readonly format: 'pcap' | 'pcapng'; readonly packets: number }

export interface NumbersFilter { readonly filter: string; readonly shown: number; readonly packets: number }

export interface Completion { readonly text: string; readonly detail: string; readonly type: string; readonly from: number; readonly to: number }

export interface RulesRequest { readonly text: string; readonly files: readonly RuleFile[]; readonly vxlanDecoding: boolean; readonly ips: boolean; /** VXLens's own keywords. */ readonly ours: boolean; /** Sids of rules in files that do not run. */ readonly off: readonly number[] }
/** A file of rules that is too large for the editor; its rules follow those of the text. */
export interface RuleFile { readonly name: string; readonly file: File }

/** fast.log or eve.json. */
export type LogForm = 'fast' | 'eve';

export interface Calls {
  /** Reads and indexes a file; the worker holds one capture. */
  open: { request: { file: Blob; name: string; /** As after tshark's -d: "udp.port==8472,vxlan". */ decodeAs?: readonly string[] }; progress: IndexProgress; reply: CaptureSummary };
  /** Filters and sorts: what `rows` counts from then on. Rows of an earlier view stay valid until the reply. */
  view: { request: View; progress: ViewProgress; reply: ViewReply };
  rows: { request: { from: number; count: number }; progress: never; reply: { from: number; rows: readonly Row[]; total: number } };
  /** The rows of packets by their numbers, whatever the view; a number that is not there is left out. */
  rowsOf: { request: { numbers: readonly number[] }; progress: never; reply: readonly Row[] };
  /** The place of a packet in the view, from 0; -1 when the filter hides it. */
  position: { request: { number: number }; progress: never; reply: number };
  packet: { request: { number: number }; progress: never; reply: PacketDetail };
  /** The same packet with what follows from the others, and put together with them; waits until they have been looked at. */
  packetInPlace: { request: { number: number }; progress: never; reply: PacketDetail };
  /** What ports can be decoded as. */
  decodable: { request: Record<string, never>; progress: never; reply: readonly Decodable[] };
  /** Whether packets are put together; on at first. */
  reassembly: { request: { on: boolean }; progress: never; reply: null };
  complete: { request: { text: string; caret: number }; progress: never; reply: readonly Completion[] };
  /** Puts these comments in place of the packet's; the file stays as it is. */
  editComments: { request: { number: number; comments: readonly string[] }; progress: never; reply: void };
  /** What the file says of itself and beside its packets. */
  properties: { request: Record<string, never>; progress: never; reply: CaptureProperties };
  /** Every protocol and field there is; needs no capture. */
  reference: { request: Record<string, never>; progress: never; reply: readonly ReferencePage[] };
  /** A packet that is made by hand, after an edit; needs no capture. */
  bench: { request: { bytes: Uint8Array; edit: Edit | null }; progress: never; reply: BenchReply };
  benchFile: { request: { bytes: Uint8Array }; progress: never; reply: Blob };
  /** Reads rules without running them. */
  checkRules: { request: { text: string; ours: boolean }; progress: never; reply: readonly RuleMistake[] };
  /** What can be typed at the caret of one rule, and what it stands in. */
  ruleHelp: { request: { text: string; caret: number; ours: boolean }; progress: never; reply: RuleHelp };
  /** The same rules, printed one way. */
  formatRules: { request: { text: string }; progress: never; reply: string };
  /** Why the rule that begins in this line of the text, from 1, fires on a packet or not, with the other rules of the text before it; null where no rule that can be read begins. */
  tryRule: { request: RulesRequest & { readonly line: number; readonly packet: number }; progress: never; reply: WhyReport | null };
  /** A rule that fires on a packet, as it is seen on a level, or on the innermost one where it has no such level. */
  ruleFromPacket: { request: { readonly packet: number; readonly level: number; readonly sid: number; readonly vxlanDecoding: boolean }; progress: never; reply: string };
  /**
   * Runs rules over the whole capture; the alerts stay with the worker until the next run, and the rows carry their marks. `id` is the run's number, by which what it has so far is asked for; `helpers`
   * are ports of workers that match beside this one (moved with the request), none where it does all itself.
   */
  runRules: { request: RulesRequest & { readonly id: number; readonly helpers: MessagePort[] }; progress: { readonly packetsDone: number; readonly alerts: number; /** That match. */ readonly workers: number }; reply: RulesReport };
  /** A worker that helps with this run has died: the capture's own goes on without. */
  helpersGone: { request: { id: number }; progress: never; reply: null };
  /** What the run with this number has come to so far, also where it was stopped; null when it has not begun to match. */
  rulesSofar: { request: { id: number }; progress: never; reply: RulesReport | null };
  /** Signatures of the last run by their indices; one that is not there is left out. */
  signatures: { request: { indices: readonly number[] }; progress: never; reply: readonly SignatureReport[] };
  /** What the last run found for each rule of it. */
  ruleTotals: { request: Record<string, never>; progress: never; reply: RuleTotals };
  /** Indices of the rules of the last run that a list has, in its order. `others`: what the same rules found at the other captures. */
  ruleOrder: { request: { choice: RuleChoice; others: readonly RuleTotals[] }; progress: never; reply: Uint32Array };
  /** Index of the rule of the last run with this sid, -1 when there is none. */
  findRule: { request: { sid: number }; progress: never; reply: number };
  /** Alerts of the last run, of one signature or of all (null), sorted or in the order they were raised. */
  alerts: { request: { signature: number | null; sort: AlertSort | null; from: number; count: number }; progress: never; reply: { readonly alerts: readonly AlertReport[] } };
  /** Suricata's file of the alerts that were kept. `role` stands for the interface where the capture names none. */
  alertLog: { request: { form: LogForm; role: string }; progress: never; reply: Blob };
  /** Some lines of it. */
  alertLines: { request: { form: LogForm; role: string; from: number; count: number }; progress: never; reply: readonly string[] };
  why: { request: { signature: number; packet: number }; progress: never; reply: WhyReport };
  /** A display filter for the packets of a cell of the last run: so many of them, where too many would make it too long. */
  hitsFilter: { request: { signature: number; level: number }; progress: never; reply: NumbersFilter };
  /** The same for the packets that the IPS of the last run stopped, or for those that got through. */
  stoppedFilter: { request: { through: boolean }; progress: never; reply: NumbersFilter };
  /** Why a rule of the last run is silent over the whole capture: where the packets fell out, and which of the usual reasons it is. */
  silent: { request: { signature: number }; progress: { readonly packetsDone: number }; reply: SilentReport };
  /** The rows of the view as it is now, in its order, with these columns. */
  tableFile: { request: { form: TableForm; columns: readonly FileColumn[] }; progress: FileProgress; reply: Blob };
  /** The packets of the view as it is now, or all of them, in the order of the capture, with the comments that they have by now. */
  captureFile: { request: { readonly all?: boolean }; progress: FileProgress; reply: CaptureFile };
  /** The capture's bytes, inflated: for passes in other workers and for saving. */
  blob: { request: Record<string, never>; progress: never; reply: Blob };
}

/** What a call's entry in a map of calls looks like. */
export interface Exchange { request: unknown; progress: unknown; reply: unknown }
/** A map of calls: `Calls` here, and one more for each other kind of worker. */
export type CallMap<M> = { [C in keyof M]: Exchange };

export type ToWorker<M extends CallMap<M> = Calls> =
  | { [C in keyof M & string]: { readonly id: number; readonly call: C; readonly request: M[C]['request'] } }[keyof M & string]
  | { readonly id: number; readonly cancel: true };

export type FromWorker =
  | { readonly ready: string } //              once, after the ways out are gone: the name of the lock that the worker holds while it lives, '' without locks
  | { readonly id: number; readonly progress: unknown }
  | { readonly id: number; readonly reply: unknown }
  | { readonly id: number; readonly fault: Fault };

/** What a handler is given besides its request. */
export interface Context<P = unknown> {
  readonly signal: AbortSignal;
  readonly progress: (p: P) => void;
  /** Names buffers of the reply that are moved instead of copied; nobody here may hold them afterwards. */
  readonly move: (buffers: Transferable[]) => void;
}

/** One function a call. Tables of several files are spread into one. */
export type Handlers<M extends CallMap<M>> = { readonly [C in keyof M]: (request: M[C]['request'], context: Context<M[C]['progress']>) => Promise<M[C]['reply']> };
