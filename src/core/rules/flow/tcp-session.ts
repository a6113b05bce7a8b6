import { u32, u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';

// The states of a TCP session as an observer sees them, after RFC 9293 section 3.3.2 and Suricata's stream-tcp.c: a session starts with a SYN (or, with `midstream`, anywhere) and
// is established by the third packet of the handshake.

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

export type TcpState = 'syn sent' | 'syn received' | 'established' | 'closing' | 'closed';

/** One direction's bytes. Sequence numbers are unsigned 32-bit numbers. */
export class TcpSide {
  /** Sequence number of the first byte of data; -1 while unknown. */
  first = -1;
  /** The next byte expected, in order. */
  next = 0;
  /** The highest byte that the other side has acknowledged. */
  acked = 0;
  fin = false;
}

/** Whether a comes after b, around the wrap of 32 bits. */
export const after = (a: number, b: number): boolean => ((a - b) | 0) > 0;

export interface SessionRules { readonly midstream: boolean; readonly asyncOneside: boolean }

export class TcpSession {
  state: TcpState;
  readonly client = new TcpSide();
  readonly server = new TcpSide();

  private constructor(state: TcpState) { this.state = state; }

  get isEstablished(): boolean { return this.state === 'established' || this.state === 'closing' || this.state === 'closed'; }
  get isClosed(): boolean { return this.state === 'closed'; }

  /** A new SYN on a session that has ended starts another one. */
  isReusedBy(p: PacketView): boolean { return p.isTcp && (u8(p.bytes, p.transport + 13) & (SYN | ACK)) === SYN; }

  /** The session that a packet starts, null when it starts none. A midstream session that starts with SYN and ACK was opened by the other side: `swap` is called. */
  static begin(p: PacketView, rules: SessionRules, swap: () => void): TcpSession | null {
    const flags = u8(p.bytes, p.transport + 13);
    const seq = u32(p.bytes, p.transport + 4);
    if ((flags & RST) !== 0) return null;
    if ((flags & (SYN | ACK)) === SYN) {
      const session = new TcpSession('syn sent');
      session.client.first = session.client.next = session.client.acked = (seq + 1) >>> 0;
      return session;
    }
    if (!rules.midstream && !rules.asyncOneside) return null;
    const session = new TcpSession((flags & SYN) === 0 ? 'established' : 'syn received');
    const ack = u32(p.bytes, p.transport + 8);
    const [sender, receiver] = (flags & SYN) === 0 ? [session.client, session.server] : [session.server, session.client];
    if ((flags & SYN) !== 0) swap();
    sender.first = sender.next = sender.acked = (flags & SYN) === 0 ? seq : (seq + 1) >>> 0;
    if ((flags & ACK) !== 0) receiver.first = receiver.next = receiver.acked = ack;
    return session;
  }

  /** Takes one packet of the session. */
  follow(p: PacketView, toServer: boolean, rules: SessionRules): void {
    const flags = u8(p.bytes, p.transport + 13);
    const seq = u32(p.bytes, p.transport + 4);
    const ack = u32(p.bytes, p.transport + 8);
    const [sender, receiver] = toServer ? [this.client, this.server] : [this.server, this.client];
    if ((flags & RST) !== 0) { if (this.state !== 'syn sent' || !toServer) this.state = 'closed'; return; }
    if (this.state === 'syn sent' || this.state === 'syn received') this.#shake(flags, seq, ack, toServer, rules);
    if ((flags & ACK) !== 0 && receiver.first >= 0 && after(ack, receiver.acked)) receiver.acked = ack;
    if ((flags & FIN) === 0 || !this.isEstablished) { this.#finish(sender, receiver, flags); return; }
    sender.fin = true;
    this.state = 'closing';
  }

  /** Once both sides have said that they are done, the last acknowledgment closes the session. */
  #finish(sender: TcpSide, receiver: TcpSide, flags: number): void {
    if (this.state === 'closing' && sender.fin && receiver.fin && (flags & ACK) !== 0) this.state = 'closed';
  }

  #shake(flags: number, seq: number, ack: number, toServer: boolean, rules: SessionRules): void {
    if (this.state === 'syn sent' && !toServer && (flags & SYN) !== 0 && ((flags & ACK) === 0 || ack === this.client.first || rules.midstream)) {
      this.server.first = this.server.next = this.server.acked = (seq + 1) >>> 0;
      this.state = 'syn received';
    } else if (this.state === 'syn received' && toServer && (flags & (SYN | ACK)) === ACK && (ack === this.server.first || rules.midstream)) {
      this.state = 'established';
    } else if (this.state === 'syn sent' && toServer && rules.asyncOneside && (flags & (SYN | ACK)) === ACK && seq === this.client.first) {
      this.state = 'established';
      this.server.first = this.server.next = this.server.acked = ack;
    }
  }
}

