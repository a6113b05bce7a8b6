import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { after, from, seqAdd, type TcpSide } from './tcp-side.ts';
import type { TcpSession } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// Which segments a session believes, after stream-tcp.c: acknowledgments and time stamps within reason, resets where the receiver would take them.

/** RFC 7323 section 5.5: time stamps older than this say nothing. */
const PAWS_S = 24 * 24 * 60 * 60;

/** Whether what a segment acknowledges may have been sent. */
export function validAck(session: TcpSession, s: Segment): boolean {
  if (!s.has(ACK)) return true;
  const { acked, limit, window } = session.receiver(s);
  if (after(s.ack, acked) ? !after(s.ack, limit) : s.ack === acked) return true;
  if (after(acked, s.ack)) {
    if (window === 0 || from(s.ack, seqAdd(acked, -window))) return true;
  } else if (session.oneSided || session.state <= TcpState.synSent) return true;
  session.event('pkt_invalid_ack');
  return false;
}

/** Whether a segment's time stamp does not go back; the sender's last one is kept. */
export function validTimestamp(session: TcpSession, s: Segment): boolean {
  if (!session.timestamps || s.timestamp < 0) return true;
  const sender = session.sender(s);
  if (sender.zeroTimestamp) { sender.zeroTimestamp = false; sender.timestamp = s.timestamp; return true; }
  if (s.timestamp === 0 && s.has(RST)) return true; // Windows and Linux send it so
  const back = sender.timestamp > 0 && ((s.timestamp - sender.timestamp) | 0) < (session.lenientTimestamps ? -1 : 0);
  const old = sender.timestamp > 0 && s.seconds > sender.timestampSeconds + PAWS_S;
  if (back && !(s.seq === sender.next && old)) { session.event('pkt_invalid_timestamp'); return false; }
  if (s.seq === sender.next || sender.timestamp < 0) sender.timestamp = s.timestamp;
  sender.timestampSeconds = s.seconds;
  return true;
}

/** While a SYN is answered: a time stamp that echoes none that was sent is not from the one it was sent to. */
export function validEcho(session: TcpSession, s: Segment): boolean {
  if (s.toServer || s.timestamp < 0) return true;
  const sent = session.client.timestamp;
  const valid = sent > 0 ? s.echo === 0 || s.echo === sent : sent === 0 || s.echo === 0;
  if (!valid) session.event('pkt_invalid_timestamp');
  return valid;
}

/** Whether the receiver would take a reset. Windows and BSD want exactly the next sequence number. */
export function validReset(session: TcpSession, s: Segment): boolean {
  if (!validTimestamp(session, s)) return false;
  if (session.state === TcpState.synSent) return true;
  const sender = session.sender(s);
  if (s.has(ACK) && s.ack !== 0 && session.receiver(s).known && !validAck(session, s)) { session.event('rst_invalid_ack'); return false; }
  if (session.oneSided) return from(s.seq, sender.next);
  return !sender.known || s.seq === sender.next || (session.midstream && from(s.seq, sender.acked));
}

/** A segment of one byte or none just before what is expected: it asks whether the other side is there. */
export function isKeepAlive(session: TcpSession, s: Segment): boolean {
  const sender = session.sender(s);
  return s.size <= 1 && (s.flags & (SYN | FIN | RST)) === 0 && session.state >= TcpState.established && sender.next !== 0 && s.seq === seqAdd(sender.next, -1) && s.ack === session.receiver(s).acked;
}

/** An acknowledgment without data that takes back window that was given, and acknowledges nothing new. */
export function isBadWindowUpdate(session: TcpSession, s: Segment): boolean {
  if (session.state < TcpState.established || session.state === TcpState.closed || s.size > 0 || s.has(RST) || s.has(SYN) || s.has(FIN) || !s.has(ACK) || session.oneSided || session.midstream) return false;
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  const window = s.window << receiver.scale;
  if (window === 0 || window >= receiver.window || s.seq !== sender.next || !after(s.ack, receiver.acked)) return false;
  const shrunk = receiver.window - window;
  const moved = (s.ack - receiver.acked) | 0;
  if (shrunk <= moved || !after(s.ack, receiver.next)) return false;
  session.event('pkt_bad_window_update');
  return true;
}

/** Whether a segment brings only what was acknowledged before. */
export const isRetransmission = (side: TcpSide, s: Segment): boolean => s.size > 0 && !after(s.end, side.acked);
