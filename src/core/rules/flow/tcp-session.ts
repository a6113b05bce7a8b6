import type { StreamEvent } from './stream-events.ts';
import type { Room } from './stream-buffer.ts';
import { ACK, FIN, MOST_SCALE, RST, type Segment, SYN } from './segment.ts';
import { seqAdd, TcpSide } from './tcp-side.ts';
import { STATE_WORDS, TcpState } from './tcp-state.ts';

// A TCP session as an observer sees it, after RFC 9293 section 3.3.2 and Suricata's stream-tcp.c.

export interface SessionRules { readonly midstream: boolean; readonly asyncOneside: boolean }

export class TcpSession {
  state: TcpState = TcpState.none;
  client: TcpSide;
  server: TcpSide;
  /** The handshake was not seen. */
  midstream = false;
  /** Only one side's packets are seen. */
  oneSided = false;
  /** Both sides send time stamps. */
  timestamps = false;
  /** The client answers the server's SYN with its own SYN and ACK. */
  fourWay = false;
  fastOpen = false;
  /** The handshake is whole, and more came after it. */
  confirmed = false;
  resetSeen = false;
  readonly lenientTimestamps: boolean = false;
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

  /** The session that a packet starts: false when it starts none. A midstream session that starts with SYN and ACK was opened by the other side: `swap` is called. */
  begin(s: Segment, swap: () => void): boolean {
    const { midstream, asyncOneside } = this.rules;
    if (s.has(RST)) { this.event('rst_but_no_session'); return false; }
    if (s.has(FIN) && (!midstream || s.size === 0)) { this.event('fin_but_no_session'); return false; }
    if (s.has(SYN | ACK)) {
      if (!midstream && !asyncOneside) return false;
      swap();
      s.toServer = false;
      this.#pickUpAnswer(s);
    } else if (s.has(SYN)) this.#open(s);
    else {
      if (!midstream || !s.has(ACK)) return false;
      this.#pickUp(s);
    }
    return true;
  }

  /** Client and server change places. */
  swap(): void { [this.client, this.server] = [this.server, this.client]; }

  #open(s: Segment): void {
    this.state = TcpState.synSent;
    this.client.begin(s.seq);
    this.server.window = s.window;
    if (s.scale >= 0) this.server.scale = s.scale;
    this.client.stamp(s.timestamp, s.seconds);
    if (s.size > 0) { this.client.next = seqAdd(this.client.next, s.size); this.fastOpen = s.fastOpen; }
  }

  #pickUpAnswer(s: Segment): void {
    this.state = TcpState.synReceived;
    this.midstream = true;
    this.oneSided = this.rules.asyncOneside;
    this.server.begin(s.seq);
    this.client.begin(seqAdd(s.ack, -1));
    this.client.window = s.window;
    this.client.scale = s.scale >= 0 ? s.scale : 0;
    this.server.scale = s.scale >= 0 ? MOST_SCALE : 0;
    this.client.limit = seqAdd(this.client.acked, this.client.window);
    this.server.limit = seqAdd(this.server.acked, this.server.window);
    this.server.stamp(s.timestamp, s.seconds);
    this.timestamps = s.timestamp >= 0;
  }

  #pickUp(s: Segment): void {
    this.state = s.has(FIN) ? TcpState.finWait1 : TcpState.established;
    this.midstream = true;
    this.oneSided = this.rules.asyncOneside;
    const [sender, receiver] = [this.sender(s), this.receiver(s)];
    sender.begin(seqAdd(s.seq, -1));
    sender.next = s.end;
    receiver.begin(seqAdd(s.ack, -1));
    sender.scale = receiver.scale = MOST_SCALE;
    receiver.window = s.window << MOST_SCALE;
    receiver.limit = seqAdd(receiver.acked, receiver.window);
    sender.limit = seqAdd(sender.next, receiver.window);
    this.timestamps = s.timestamp >= 0;
    sender.stamp(s.timestamp, s.seconds);
  }
}
