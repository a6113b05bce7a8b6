// What a rule becomes: plain data that the matcher, the explanation and the outputs read. Nothing here depends on a packet's bytes.

import type { PacketView } from './packet/packet-view.ts';
import type { RuleKind } from './parse/classify.ts';
import type { AddressSet } from './parse/addresses.ts';
import type { PortSet } from './parse/ports.ts';
import type { HeaderProtocol } from './parse/protocols.ts';
import type { Ask } from './app-layer/ask.ts';
import type { BufferChain } from './match/chain.ts';
import type { Prefilter } from './match/key-lists.ts';
import type { Suppression } from './state/suppression.ts';
import type { Tag } from './state/tags.ts';
import type { Threshold } from './state/thresholds.ts';

export const ACTIONS = ['alert', 'pass', 'drop', 'reject', 'rejectsrc', 'rejectdst', 'rejectboth'] as const;
export type Action = (typeof ACTIONS)[number];

/** One side of the header, with its text as the rule has it (variables not replaced). */
export interface Endpoint {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
  readonly addressText: string;
  readonly portText: string;
}

/** What a condition saw in a packet: text for people and the bytes it came from, in offsets of the view's buffer; empty when there are none. */
export interface Seen { readonly text: string; readonly from: number; readonly to: number }

export const NOTHING_SEEN: Seen = { text: 'not there', from: 0, to: 0 };

/** A keyword of the rule that looks at the packet's headers. */
export interface Condition {
  readonly keyword: string;
  /** As the rule has it: "itype:8". */
  readonly source: string;
  /** The wish in words: "ICMP type is 8". */
  readonly wanted: string;
  test(p: PacketView): boolean;
  see(p: PacketView): Seen;
  /** What it asks of a transaction; nothing when it looks at the packet or its flow. */
  readonly ask?: Ask;
  /** A number of the packet without which it does not hold. */
  readonly prefilter?: Prefilter | undefined;
}

export interface Metadata { readonly key: string; readonly value: string }
export interface Reference { readonly system: string; readonly id: string }

export interface Signature {
  /** Place in the list of signatures, in the order of the text. */
  readonly index: number;
  /** Name of the text that it is in, '' for one without a name, and its first line there, from 1. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly action: Action;
  readonly protocol: HeaderProtocol;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly direction: '->' | '<>' | '=>';
  readonly msg: string;
  readonly sid: number;
  readonly gid: number;
  readonly rev: number;
  readonly classtype: string;
  /** The class in words, '' without one. */
  readonly category: string;
  readonly priority: number;
  readonly references: readonly Reference[];
  readonly metadata: readonly Metadata[];
  readonly target: '' | 'src_ip' | 'dest_ip';
  /** Whether a match writes an alert: false with `noalert`, and for a pass rule without `alert`. */
  readonly writes: boolean;
  readonly conditions: readonly Condition[];
  readonly chains: readonly BufferChain[];
  /** What a match does besides its action. */
  readonly effects: readonly ((p: PacketView) => void)[];
  readonly kind: RuleKind;
  /** What it asks of transactions of the application layer. With any it is evaluated once for each of them, when all that it asks is there. */
  readonly asks: readonly Ask[];
  /** Whether it asks for something that only a captured packet has: it is not evaluated when a flow ends. */
  readonly needsPacket: boolean;
  /** Where it stands among rules of its action, one number for each thing that rules remember: those that set it come before those that test it. */
  readonly order: readonly number[];
  /** What it sets or tests of what rules remember, by kind and name: "flow bits NAME". */
  readonly touches: readonly string[];
  /** The rule's own, or what a threshold.config puts in its place. */
  readonly threshold: Threshold | null;
  /** Of a threshold.config: what holds its alerts back. */
  readonly suppressions: readonly Suppression[];
  readonly tags: readonly Tag[];
  /** Why this rule is not evaluated here, as a clause; '' when it is. */
  readonly unevaluated: string;
}
