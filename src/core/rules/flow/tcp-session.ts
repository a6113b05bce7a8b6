import type { HostPolicy, OsPolicy } from './os-policy.ts';
import type { StreamEvent } from './stream-events.ts';
import type { Room } from './stream-buffer.ts';
import type { Segment } from './segment.ts';
import { after, TcpSide } from './tcp-side.ts';
import { STATE_WORDS, TcpState } from './tcp-state.ts';

// A TCP session as an observer sees it, after RFC 9293 section 3.3.2 and Suricata's stream-tcp.c.

export interface SessionRules {
  readonly midstream: boolean;
  readonly asyncOneside: boolean;
  readonly inline: boolean;
  readonly liberalTimestamps: boolean;
  readonly maxSynQueued: number;
  readonly maxSynAckQueued: number;
  readonly hosts: readonly HostPolicy[];
}

/** What a session makes of a segment: its data belongs to the stream; it is believed and has no part in it; or it is refused, and where packets can be stopped it is. */
export type Verdict = 'taken' | 'noted' | 'refused';

/** A SYN, or a SYN with ACK, that was sent before another one of its kind. Scale and time stamp are -1 where it had none. */
export interface Opening { readonly seq: number; readonly ack: number; readonly window: number; readonly scale: number; readonly timestamp: number; readonly seconds: number }

export class TcpSession {
  state: TcpState = TcpState.none;
  /** The state before this one. */
  before: TcpState = TcpState.none;
  client: TcpSide;
  server: TcpSide;
  /** The handshake was not seen; its SYN with ACK was; nothing of the server was seen yet. */
  midstream = false;
  midstreamSynAck = false;
  midstreamFresh = false;
  /** Only one side's packets are seen. */
  oneSided = false;
  /** Both sides send time stamps. */
  timestamps = false;
  /** The client answers the server's SYN with its own SYN and ACK. */
  fourWay = false;
  fastOpen = false;
  /** The server did not take the data of the client's SYN. */
  fastOpenIgnored = false;
  /** The server has spoken after the handshake. */
  confirmed = false;
  /** The client's acknowledgment was wrong, so that some hosts let it pass. */
  evasion = false;
  /** Data is missing, so that resets are believed. */
  lossy = false;
  closedByReset = false;
  /** A byte was sent to the server, or to the client, to see whether its window has opened. */
  probesServer = false;
  probesClient = false;
  /** Openings that wait for what tells them apart, the oldest first. */
  openings: Opening[] = [];
  readonly rules: SessionRules;
  /** Takes the events of the segment that is being followed. */
  event: (name: StreamEvent) => void;

  constructor(room: Room, rules: SessionRules, event: (name: StreamEvent) => void) {
    this.client = new TcpSide(room);
    this.server = new TcpSide(room);
    this.rules = rules;
    this.event = event;
  }

  get isEstablished(): boolean { return this.state >= TcpState.established; }
  get words(): string { return STATE_WORDS[this.state]!; }

  sender(s: Segment): TcpSide { return s.toServer ? this.client : this.server; }
  receiver(s: Segment): TcpSide { return s.toServer ? this.server : this.client; }

  /** How the receiver of a segment behaves. */
  policy(s: Segment): OsPolicy { return (this.receiver(s).policy ??= s.receiverPolicy(this.rules.hosts)); }

  move(state: TcpState): void {
    if (state === this.state) return;
    this.before = this.state;
    this.state = state;
  }

  refuse(event: StreamEvent): 'refused' { this.event(event); return 'refused'; }

  /** Sets what a side sends next; what one sends that is heard alone counts as acknowledged. */
  goOn(side: TcpSide, next: number): void {
    side.next = next;
    if (this.oneSided && after(next, side.acked)) side.ackTo(next);
  }

  /** Client and server change places. */
  swap(): void { [this.client, this.server] = [this.server, this.client]; }
}
