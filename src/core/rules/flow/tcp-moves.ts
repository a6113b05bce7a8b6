import type { StreamEvent } from './stream-events.ts';
import { ACK, type Segment, SYN } from './segment.ts';
import { validAck, validReset, validTimestamp } from './tcp-checks.ts';
import { after, from, seqAdd } from './tcp-side.ts';
import type { TcpSession } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// What several states do with a segment. A rule answers whether the segment is believed, so that its data belongs to the stream; the events are those that Suricata raises for the same (stream-tcp.c).

export type StateRule = (session: TcpSession, s: Segment) => boolean;

export const refuse = (session: TcpSession, event: StreamEvent): false => { session.event(event); return false; };

/** Takes what a believed segment says: what it sends, acknowledges and lets the other side send. */
export function take(session: TcpSession, s: Segment): void {
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  if (after(s.end, sender.next)) sender.next = s.end;
  if (!s.has(ACK)) return;
  receiver.window = s.window << receiver.scale;
  receiver.acknowledge(s.ack);
  if (after(s.ack, receiver.next)) receiver.next = s.ack;
  const limit = seqAdd(receiver.acked, receiver.window);
  if (after(limit, receiver.limit)) receiver.limit = limit;
}

/** Whether a segment lies in what its sender may send. */
export const inWindow = (session: TcpSession, s: Segment): boolean => session.midstream || session.oneSided || s.size === 0 || !after(s.end, session.sender(s).limit);

export function reset(session: TcpSession, s: Segment): boolean {
  if (!validReset(session, s)) return false;
  session.resetSeen = true;
  session.state = TcpState.closed;
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  // What the reset shows to have been sent counts as acknowledged, so that it is looked at.
  if (s.has(ACK) && s.ack !== 0 && !after(s.ack, receiver.next)) receiver.acknowledge(s.ack);
  if (!after(s.seq, sender.next)) sender.acknowledge(s.seq);
  return true;
}

/** The first FIN. */
export const finish: StateRule = (session, s) => {
  const sender = session.sender(s);
  if (s.has(SYN)) session.event('fin_syn');
  if (!validTimestamp(session, s)) return false;
  if (!validAck(session, s)) return refuse(session, 'fin_invalid_ack');
  const limit = seqAdd(sender.acked, sender.window);
  if (!session.midstream && !session.oneSided && (!from(s.seq, sender.next) || after(s.seq, limit))) return refuse(session, 'fin_out_of_window');
  session.state = s.toServer ? TcpState.closeWait : TcpState.finWait1;
  take(session, s);
  sender.next = seqAdd(sender.next, 1);
  return true;
};
