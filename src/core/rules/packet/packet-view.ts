// What a rule sees of a packet: where its headers are, not what they say. One view a level of encapsulation, reused from packet to packet.
// All offsets count in `bytes`, the window they were read from; -1 means that there is none.

import type { Transaction } from '../app-layer/transaction.ts';
import type { Flow } from '../flow/flow.ts';
import { STREAM_EVENTS, type StreamEvent } from '../flow/stream-events.ts';
import type { Memory } from '../state/memory.ts';
import { NO_PATH } from '../../table/vni-paths.ts';
import { DECODE_EVENTS, type DecodeEvent } from './events.ts';

/** Where a packet came from, in Suricata's words (`pkt_src`). */
export const ORIGINS = [
  'wire/pcap', 'gre tunnel', 'ipv4 tunnel', 'ipv6 tunnel', 'teredo tunnel', 'geneve encapsulation', 'vxlan encapsulation', 'defrag', 'stream (flow timeout)',
] as const;
export type Origin = (typeof ORIGINS)[number];

export const TCP = 6;
export const UDP = 17;
export const ICMP = 1;
export const ICMPV6 = 58;
export const SCTP = 132;

export const MAX_VLANS = 3;
const MAX_EVENTS = 16;
/** Stretches of a stream that rules look at with one packet; further ones are left out. */
const MAX_STRETCHES = 64;

export class PacketView {
  bytes: Uint8Array = new Uint8Array(0);
  /** The packet's number in the capture, from 1, and its time. An inner packet has the outer one's. */
  number = 0;
  seconds = 0;
  nanoseconds = 0;
  /** 0 for the packet as captured, 1 inside its first tunnel, … */
  level = 0;
  origin: Origin = 'wire/pcap';
  /** First byte of this packet (its link header where there is one) and the end of what was captured. */
  start = 0;
  end = 0;
  ether = -1;
  vlanCount = 0;
  /** Layers below IP that were read. */
  layers = 0;
  readonly vlans = new Uint16Array(MAX_VLANS);
  /** 4, 6 or 0. */
  ipVersion = 0;
  ip = -1;
  /** End of the IP packet by its own length. */
  ipEnd = 0;
  /** Protocol after the extension headers; -1 without IP. */
  protocol = -1;
  fragment = false;
  /** The transport header, -1 in a fragment or when it is broken. */
  transport = -1;
  sport = -1;
  dport = -1;
  payload = -1;
  payloadEnd = -1;
  /** False for the outer packet of a decoded tunnel: Suricata looks at its headers only. */
  inspectPayload = true;
  /** Whether this is ARP. */
  arp = false;
  /** Why Suricata would read no further, for people; '' when it reads all. */
  note = '';
  /** Number and header of the innermost VXLAN and Geneve envelopes around this packet; -1 without one. */
  vxlanVni = -1;
  vxlanAt = -1;
  geneveVni = -1;
  geneveAt = -1;
  /** The way in through all envelopes, a number of `VniPaths`. */
  path = NO_PATH;
  /** Whether its bytes are not those of the capture: it was put together from fragments, or lies in such a packet. */
  apart = false;
  readonly #events = new Uint8Array(MAX_EVENTS);
  #eventCount = 0;
  /** What is known of its flow before this packet; null when it belongs to none. */
  flow: Flow | null = null;
  toServer = true;
  established = false;
  /** Whether the TCP session is past its handshake now, this packet counted, so that what it speaks may be known. */
  sessionSpeaks = false;
  /** Whether its payload went into the stream, so that it is looked at there, and where. */
  streamAdded = false;
  streamPlace = 0;
  /** Whether it stands for the end of a stream and was never captured. */
  isStreamEnd = false;
  /** Whether the protocol of its direction became known since the last packet of it. */
  protocolFresh = false;
  /** Whether the TCP engine refuses it: where packets can be stopped, it is. */
  refused = false;
  /** Whether its checksums count as right, whatever they are. */
  trusted = false;
  /** Whether rules do not look at it. */
  uninspected = false;
  /** Stretches of the reassembled stream that are looked at with this packet. */
  stretches = 0;
  readonly stretchBytes: Uint8Array[] = [];
  readonly stretchFrom = new Float64Array(MAX_STRETCHES);
  readonly stretchTo = new Float64Array(MAX_STRETCHES);
  readonly #streamEvents = new Uint8Array(MAX_EVENTS);
  #streamEventCount = 0;
  /** The transaction of the application layer that rules look at now. */
  tx: Transaction | null = null;
  /** What rules remember beyond flows; the matcher hangs it on. */
  memory: Memory | null = null;

  reset(bytes: Uint8Array, start: number, end: number, level: number, origin: Origin): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.level = level;
    this.origin = origin;
    this.ether = this.ip = this.protocol = this.transport = this.sport = this.dport = this.payload = this.payloadEnd = -1;
    this.vlanCount = this.layers = this.ipVersion = this.ipEnd = 0;
    this.fragment = this.arp = false;
    this.inspectPayload = true;
    this.note = '';
    this.flow = null;
    this.toServer = true;
    this.established = false;
    this.apart = false;
    this.tx = null;
    this.vxlanVni = this.vxlanAt = this.geneveVni = this.geneveAt = -1;
    this.path = NO_PATH;
    this.refused = this.trusted = this.uninspected = this.sessionSpeaks = this.streamAdded = this.isStreamEnd = this.protocolFresh = false;
    this.streamPlace = this.stretches = this.#streamEventCount = 0;
    this.#eventCount = 0;
  }

  stamp(number: number, seconds: number, nanoseconds: number): void {
    this.number = number;
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
  }

  /** Takes over what envelopes lie around another packet. */
  within(p: PacketView): void {
    this.vxlanVni = p.vxlanVni;
    this.vxlanAt = p.vxlanAt;
    this.geneveVni = p.geneveVni;
    this.geneveAt = p.geneveAt;
    this.path = p.path;
  }

  /** Notes an event of the decoder; beyond a few they are not kept. */
  event(name: DecodeEvent): void { if (this.#eventCount < MAX_EVENTS) this.#events[this.#eventCount++] = DECODE_EVENTS.indexOf(name); }

  get hasEvents(): boolean { return this.#eventCount > 0; }
  get hasStreamEvents(): boolean { return this.#streamEventCount > 0; }

  hasEvent(event: number): boolean {
    for (let i = 0; i < this.#eventCount; i++) if (this.#events[i] === event) return true;
    return false;
  }

  get events(): DecodeEvent[] { return Array.from(this.#events.subarray(0, this.#eventCount), (event) => DECODE_EVENTS[event]!); }

  /** Notes an event of the TCP engine. */
  streamEvent(name: StreamEvent): void { if (this.#streamEventCount < MAX_EVENTS) this.#streamEvents[this.#streamEventCount++] = STREAM_EVENTS.indexOf(name); }

  hasStreamEvent(event: number): boolean {
    for (let i = 0; i < this.#streamEventCount; i++) if (this.#streamEvents[i] === event) return true;
    return false;
  }

  get streamEvents(): StreamEvent[] { return Array.from(this.#streamEvents.subarray(0, this.#streamEventCount), (event) => STREAM_EVENTS[event]!); }

  addStretch(bytes: Uint8Array, from: number, to: number): void {
    if (this.stretches === MAX_STRETCHES) return;
    this.stretchBytes[this.stretches] = bytes;
    this.stretchFrom[this.stretches] = from;
    this.stretchTo[this.stretches++] = to;
  }

  get sourceAddress(): number { return this.ip + (this.ipVersion === 4 ? 12 : 8); }
  get destinationAddress(): number { return this.ip + (this.ipVersion === 4 ? 16 : 24); }
  /** A TCP packet with a whole header. */
  get isTcp(): boolean { return this.protocol === TCP && this.transport >= 0; }
  get isIcmp(): boolean { return (this.protocol === ICMP && this.ipVersion === 4) || (this.protocol === ICMPV6 && this.ipVersion === 6); }
  /** Bytes of payload that rules may look at. */
  get payloadLength(): number { return this.payload < 0 ? 0 : this.payloadEnd - this.payload; }
}
