import { ACK, type Segment, SYN } from './segment.ts';
import { keepTimestamp, validAck, validReset, validTimestamp } from './tcp-checks.ts';
import { after, from, seqAdd, type TcpSide } from './tcp-side.ts';
import type { TcpSession, Verdict } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// What several states do with a segment (stream-tcp.c).

export type StateRule = (session: TcpSession, s: Segment) => Verdict;

/** Whether a segment lies in what its sender may send. */
export const inWindow = (session: TcpSession, s: Segment): boolean => session.midstream || session.oneSided || !after(s.end, session.sender(s).limit);

/** Whether a segment starts beyond the window of its sender. */
export const isBeyond = (sender: TcpSide, s: Segment): boolean => after(s.seq, seqAdd(sender.acked, sender.window));

/** Takes the window that a segment opens to the other side. */
export const openWindow = (session: TcpSession, s: Segment): void => { const receiver = session.receiver(s); receiver.window = s.window << receiver.scale; };

/** Takes what is acknowledged, out of order too, and how far the receiver of the segment may go on. */
export function acknowledge(session: TcpSession, s: Segment): void {
  const receiver = session.receiver(s);
  if (s.has(ACK)) receiver.acknowledge(s.ack);
  for (let i = 0; i < s.sackCount; i++) receiver.sack(s.sacks[2 * i]!, s.sacks[2 * i + 1]!);
  receiver.allow(seqAdd(receiver.acked, receiver.window));
}

/** Data that was acknowledged and never seen: what is expected next lies after it. `finished`: the FIN counts as one. */
export function skipMissed(session: TcpSession, s: Segment, finished = 0): void {
  const receiver = session.receiver(s);
  if (after(s.ack, seqAdd(receiver.next, -finished))) receiver.next = s.ack;
}

/** A reset of a session that was open. */
export function reset(session: TcpSession, s: Segment): Verdict {
  if (!validReset(session, s)) return 'refused';
  const wasOpen = session.state === TcpState.established;
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  session.closedByReset = true;
  session.move(TcpState.closed);
  if (wasOpen) {
    receiver.next = s.ack;
    sender.next = seqAdd(s.end, s.toServer ? 0 : 1);
    sender.window = s.window << sender.scale;
  }
  // What the reset shows to have been sent counts as acknowledged, so that it is looked at.
  if (s.has(ACK) && validAck(session, s)) receiver.acknowledge(s.ack);
  sender.acknowledge(s.seq);
  keepTimestamp(session, s);
  return 'taken';
}

/** The first FIN. */
export const finish: StateRule = (session, s) => {
  const sender = session.sender(s);
  if (!validTimestamp(session, s)) return 'refused';
  if (!validAck(session, s)) return session.refuse('fin_invalid_ack');
  if (!from(s.seq, sender.acked) || after(s.end, sender.limit)) return session.refuse('fin_out_of_window');
  if (s.toServer && s.has(SYN)) return session.refuse('fin_syn');
  session.move(s.toServer ? TcpState.closeWait : TcpState.finWait1);
  sender.next = seqAdd(s.end, s.toServer ? 0 : 1);
  openWindow(session, s);
  keepTimestamp(session, s);
  skipMissed(session, s);
  if (s.has(ACK)) session.receiver(s).acknowledge(s.ack);
  return 'taken';
};
