import { u8 } from '../../bytes/read.ts';
import type { Transaction } from '../app-layer/transaction.ts';
import { addressText } from '../output/address.ts';
import { type Fingerprints, transactionFields, type TransactionRecord } from '../output/transaction.ts';
import type { Origin, PacketView } from '../packet/packet-view.ts';
import { SCTP, TCP, UDP } from '../packet/packet-view.ts';
import type { EveSettings } from '../settings/settings.ts';
import type { Action, Signature } from '../signature.ts';

/** One end and the other of a packet, as an alert tells them. Addresses '' when it is no IP packet; ports -1 when the protocol has none. */
export interface PacketEnds {
  readonly ipVersion: number;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  readonly sport: number;
  readonly dport: number;
}

/** A signature that fired on a packet at a level, with all that its two written forms need. Made on a hit only. */
export interface AlertRecord extends PacketEnds {
  readonly signature: Signature;
  readonly number: number;
  readonly level: number;
  readonly seconds: number;
  readonly nanoseconds: number;
  /** -1 when it is no ICMP. */
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly vlans: readonly number[];
  readonly origin: Origin;
  /** The outermost packet, for an inner one. */
  readonly tunnel: (PacketEnds & { readonly origin: Origin }) | null;
  /** What the rule does with the packet: its own action, or what a rate_filter makes of it. */
  readonly action: Action;
  /** Whether this rule stops the packet. */
  readonly blocked: boolean;
  readonly verdict: Verdict;
  /** MAC addresses, '' without an Ethernet header. */
  readonly sourceMac: string;
  readonly destinationMac: string;
  /** Of the packet or its payload a copy, where the settings ask for it. */
  readonly packet: Uint8Array | null;
  readonly payload: Uint8Array | null;
  readonly linkType: number;
  /** Whether the match was on the reassembled stream. */
  readonly stream: boolean;
  /** The transaction that the match was on, as it was then. */
  readonly tx: TransactionRecord | null;
  /** What the flow spoke before it changed to another protocol, '' when it did not. */
  readonly applicationBefore: string;
  /** What the flow speaks, '' while unknown; and what each direction does. */
  readonly application: string;
  readonly applicationToServer: string;
  readonly applicationToClient: string;
  /** Tells flows apart; 0 for a packet of none. */
  readonly flowId: number;
  readonly flow: FlowRecord | null;
  /** Numbers of the innermost VXLAN and Geneve envelopes around it, where VXLens's own output is asked for; -1 without. */
  readonly vxlanVni: number;
  readonly geneveVni: number;
  /** The first 32 bytes of a packet without IP. */
  readonly raw: Uint8Array | null;
}

/** What became of the packet once all rules had acted. */
export interface Verdict {
  readonly dropped: boolean;
  /** A pass rule let it through. */
  readonly passed: boolean;
  /** Whom a reject rule would have told. */
  readonly rejectTarget: '' | 'to_client' | 'to_server' | 'both';
}

/** What all alerts of a packet on one level tell alike: made once for them. */
export type PacketRecord = Omit<AlertRecord, 'signature' | 'action' | 'blocked' | 'payload' | 'stream' | 'tx'>;

export interface PacketContext {
  readonly packet: PacketView;
  readonly outermost: PacketView;
  readonly linkType: number;
  readonly verdict: Verdict;
  readonly eve: EveSettings;
  readonly ours: boolean;
}

/** What an alert has for itself. */
export interface AlertContext {
  readonly packet: PacketView;
  readonly action: Action;
  readonly blocked: boolean;
  readonly eve: EveSettings;
  /** Whether the match was in the reassembled stream. */
  readonly stream: boolean;
  /** The transaction that the match was on. */
  readonly tx: Transaction | null;
  readonly fingerprints: Fingerprints;
}

/** The flow as it was when the alert arose, the packet counted. */
export interface FlowRecord extends PacketEnds {
  readonly toServer: boolean;
  readonly packetsToServer: number;
  readonly packetsToClient: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
  readonly startSeconds: number;
  readonly startNanoseconds: number;
}

const HAS_PORTS: ReadonlySet<number> = new Set([TCP, UDP, SCTP]);

const ends = (p: PacketView): PacketEnds => ({
  ipVersion: p.ipVersion, protocol: p.protocol, source: addressText(p.bytes, p.sourceAddress, p.ipVersion), destination: addressText(p.bytes, p.destinationAddress, p.ipVersion),
  sport: HAS_PORTS.has(p.protocol) ? Math.max(0, p.sport) : -1, dport: HAS_PORTS.has(p.protocol) ? Math.max(0, p.dport) : -1,
});

const RAW_BYTES = 32;

export function packetRecord({ packet: p, outermost, linkType, verdict, eve, ours }: PacketContext): PacketRecord {
  const icmp = p.isIcmp && p.transport >= 0;
  const own = ends(p);
  return {
    ...own, number: p.number, level: p.level, seconds: p.seconds, nanoseconds: p.nanoseconds, icmpType: icmp ? u8(p.bytes, p.transport) : -1, icmpCode: icmp ? u8(p.bytes, p.transport + 1) : -1,
    vlans: [...p.vlans.subarray(0, p.vlanCount)], origin: p.origin, tunnel: p.level === 0 || p.isStreamEnd ? null : { ...ends(outermost), origin: outermost.origin }, verdict, flowId: p.flow?.id ?? 0, flow: flowRecord(p, own),
    vxlanVni: ours ? p.vxlanVni : -1, geneveVni: ours ? p.geneveVni : -1,
    raw: p.ipVersion === 0 ? p.bytes.slice(p.start, Math.min(p.end, p.start + RAW_BYTES)) : null,
    sourceMac: p.ether < 0 ? '' : macText(p.bytes, p.ether + 6), destinationMac: p.ether < 0 ? '' : macText(p.bytes, p.ether),
    packet: eve.packet && !p.isStreamEnd ? p.bytes.slice(p.start, p.end) : null,
    linkType: p.level === 0 ? linkType : RAW_LINK, applicationBefore: p.flow?.app.original ?? '', application: p.flow?.app.protocol ?? '', applicationToServer: p.flow?.app.toServer ?? '', applicationToClient: p.flow?.app.toClient ?? '',
  };
}

export const alertRecord = (signature: Signature, whole: PacketRecord, { packet: p, action, blocked, eve, stream, tx, fingerprints }: AlertContext): AlertRecord => ({
  ...whole, signature, action, blocked, stream, payload: eve.payload || eve.payloadPrintable ? payloadOf(p, stream, eve.payloadLimit) : null,
  tx: tx === null ? null : { id: tx.id, protocol: tx.protocol, fields: transactionFields(tx, fingerprints) },
});

/** What was looked at: the stream's stretches, or the packet's own payload. */
function payloadOf(p: PacketView, stream: boolean, most: number): Uint8Array | null {
  if (!stream) return p.payload < 0 || p.isStreamEnd ? null : p.bytes.slice(p.payload, Math.min(p.payloadEnd, p.payload + most));
  const out = new Uint8Array(most);
  let length = 0;
  for (let i = 0; i < p.stretches && length < most; i++) {
    const part = p.stretchBytes[i]!.subarray(p.stretchFrom[i], Math.min(p.stretchTo[i]!, p.stretchFrom[i]! + most - length));
    out.set(part, length);
    length += part.length;
  }
  return out.slice(0, length);
}

/** An inner packet's link type, even where its frame starts with Ethernet (decode.c). */
const RAW_LINK = 12;

const macText = (b: Uint8Array, at: number): string => Array.from({ length: 6 }, (_, i) => u8(b, at + i).toString(16).padStart(2, '0')).join(':');

/** Ends as seen from the client. */
function flowRecord(p: PacketView, { ipVersion, protocol, source, destination, sport, dport }: PacketEnds): FlowRecord | null {
  const { flow } = p;
  if (flow === null) return null;
  return {
    ipVersion, protocol, source: p.toServer ? source : destination, destination: p.toServer ? destination : source, sport: p.toServer ? sport : dport, dport: p.toServer ? dport : sport,
    toServer: p.toServer, packetsToServer: flow.packetsToServer, packetsToClient: flow.packetsToClient, bytesToServer: flow.bytesToServer, bytesToClient: flow.bytesToClient,
    startSeconds: flow.startSeconds, startNanoseconds: flow.startNanoseconds,
  };
}
