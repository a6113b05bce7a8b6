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
  const { acked, limit, window, isn } = session.receiver(s);
  if (s.ack === acked || (after(s.ack, acked) && !after(s.ack, limit))) return true;
  if (after(acked, s.ack)) {
    if (window === 0 || from(s.ack, seqAdd(acked, -window))) return true;
  } else {
    if (session.oneSided) return true;
    // A reset answers a SYN before any window is known.
    if (session.state === TcpState.synSent && !s.toServer && s.has(RST) && s.ack === seqAdd(isn, 1)) return true;
  }
  session.event('pkt_invalid_ack');
  return false;
}

/** Whether the handshake's time stamp of 0 keeps this one from being judged, and whether it becomes the sender's last one at once. */
function afterZero(session: TcpSession, s: Segment): 'judge' | 'unjudged' | 'unjudged, kept' {
  const sender = session.sender(s);
  if (!sender.zeroTimestamp) return 'judge';
  const policy = session.policy(s);
  if (policy === 'linux' || policy === 'windows2k3') return 'unjudged';
  return (policy === 'old-linux' || policy === 'windows' || policy === 'vista') && s.seq === sender.next ? 'unjudged, kept' : 'judge';
}

const ALLOW_ZERO: ReadonlySet<string> = new Set(['old-linux', 'windows', 'windows2k3', 'vista', 'solaris']);

/** Whether a segment's time stamp does not go back (RFC 7323 section 5). */
export function validTimestamp(session: TcpSession, s: Segment): boolean {
  if (!session.timestamps || s.timestamp < 0) return true;
  const holds = timestampHolds(session, s, afterZero(session, s));
  if (!holds) session.event('pkt_invalid_timestamp');
  return holds;
}

function timestampHolds(session: TcpSession, s: Segment, zero: ReturnType<typeof afterZero>): boolean {
  const sender = session.sender(s);
  const policy = session.policy(s);
  if (s.timestamp === 0 && !ALLOW_ZERO.has(policy)) return false;
  if (zero !== 'judge' || (policy === 'hpux11' && s.seq !== sender.next)) return true;
  const slack = policy === 'linux' || session.rules.liberalTimestamps ? 1 : 0;
  const seconds = sender.timestampSeconds === 0 && session.midstream ? s.seconds : sender.timestampSeconds;
  const old = s.seconds > seconds + PAWS_S;
  const back = ((s.timestamp - sender.timestamp + slack) | 0) < 0;
  return (!back && !(sender.timestamp !== 0 && old)) || (s.seq === sender.next && old);
}

/** Keeps a time stamp that was found valid. */
export function keepTimestamp(session: TcpSession, s: Segment): void {
  if (!session.timestamps) return;
  if (s.timestamp < 0) { if (session.policy(s) === 'solaris') session.timestamps = false; return; }
  const sender = session.sender(s);
  const zero = afterZero(session, s);
  if (zero === 'unjudged') { session.timestamps = false; return; }
  if (sender.zeroTimestamp && ['old-linux', 'windows', 'vista'].includes(session.policy(s))) sender.zeroTimestamp = false;
  if (zero === 'unjudged, kept') { sender.timestamp = s.timestamp; return; }
  if (!timestampHolds(session, s, zero)) { session.event('pkt_invalid_timestamp'); return; }
  if (s.seq === sender.next) sender.timestamp = s.timestamp;
  sender.timestampSeconds = s.seconds;
}

/** While a SYN is answered: a time stamp that echoes none that was sent is not from the one it was sent to. */
export function validEcho(session: TcpSession, s: Segment): boolean {
  if (s.toServer || s.timestamp < 0) return true;
  const { stamps, timestamp } = session.client;
  const valid = s.echo === 0 || (stamps && (timestamp === 0 || s.echo === timestamp));
  if (!valid) session.event('pkt_invalid_timestamp');
  return valid;
}

const IN_WINDOW: ReadonlySet<string> = new Set(['old-linux', 'linux', 'solaris']);

/** Whether the receiver would take a reset. Most hosts want exactly the next sequence number. */
export function validReset(session: TcpSession, s: Segment): boolean {
  if (session.lossy) return true;
  if (!validTimestamp(session, s)) return false;
  if (s.size > 0) session.event('rst_with_data');
  const [sender, receiver, policy] = [session.sender(s), session.receiver(s), session.policy(s)];
  if (s.has(ACK) && s.ack !== 0 && !validAck(session, s)) { session.event('rst_invalid_ack'); return false; }
  if (s.signed) receiver.resetReceived = true; // nobody here can tell whether it takes it
  if (session.oneSided || policy === 'hpux11') return from(s.seq, sender.next);
  if (IN_WINDOW.has(policy)) return from(s.end, sender.acked) && !from(s.seq, seqAdd(sender.next, sender.window));
  return s.seq === sender.next;
}

/** Whether a segment's data was sent before: acknowledged wholly or in part, or on its way. */
export function isRetransmission(session: TcpSession, side: TcpSide, s: Segment): boolean {
  if (s.size === 0 || !((after(side.acked, s.seq) && after(s.end, side.acked)) || from(side.acked, s.end) || from(side.next, s.end))) return false;
  session.event('pkt_retransmission');
  return true;
}

const plain = (s: Segment): boolean => !s.hasAny(SYN | FIN | RST);

/** A segment of one byte or none just before what is expected: it asks whether the other side is there (RFC 9293 section 3.8.4). Its answer is taken for one too. */
export function isKeepAlive(session: TcpSession, s: Segment): boolean {
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  if (s.size <= 1 && plain(s) && s.ack === receiver.acked && s.seq === seqAdd(sender.next, -1)) { sender.keepAlive = true; return true; }
  sender.keepAlive = false;
  if (s.size > 0 || !plain(s) || s.window === 0 || s.window << receiver.scale !== receiver.window) return false;
  if (!receiver.keepAlive || s.ack !== receiver.acked || s.seq !== sender.next) return false;
  receiver.keepAlive = false;
  return true;
}

/** The answer to a byte that asks whether a window of 0 has opened: it has not. A probe is over with the next packet of the side that it went to. */
export function isProbeAnswer(session: TcpSession, s: Segment): boolean {
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  const asked = s.toServer ? session.probesClient : session.probesServer;
  if (s.toServer) session.probesClient = false; else session.probesServer = false;
  return asked && session.isEstablished && s.size === 0 && plain(s) && s.has(ACK) && s.window === 0 && receiver.window === 0 && s.seq === sender.next && s.ack === receiver.acked;
}

/** A segment without data that takes back window that was given, and neither is nor acknowledges what is expected; or one that says less than those before it. */
export function isOutdated(session: TcpSession, s: Segment): boolean {
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  const { state } = session;
  if (!plain(s) || state < TcpState.established) return false;
  const last = (state === TcpState.timeWait || state === TcpState.closeWait || state === TcpState.lastAck) && s.flags === ACK && s.size === 0 && s.seq === seqAdd(sender.next, 1) && s.ack === seqAdd(receiver.next, 1);
  const window = s.window << receiver.scale;
  const update = s.size === 0 && s.window !== 0 && window !== receiver.window && s.ack === receiver.acked && s.seq === sender.next;
  if (last || update) return false;
  if (state !== TcpState.closed && window < receiver.window) {
    const shrunk = receiver.window - window;
    const moved = (s.ack - receiver.acked) >>> 0;
    // A little more than what it acknowledges is seen after losses.
    if (shrunk > s.size && after(s.ack, receiver.next) && after(s.seq, sender.next) && shrunk > moved + (window > 1024 ? 32 : 0)) { session.event('pkt_bad_window_update'); return true; }
  }
  return s.size === 0 && s.has(ACK) && s.seq === sender.next && after(receiver.acked, s.ack) && !saysMore(receiver, s);
}

function saysMore(receiver: TcpSide, { sackCount, sacks }: Segment): boolean {
  for (let i = 0; i < sackCount; i++) if (!receiver.isSacked(sacks[2 * i]!, sacks[2 * i + 1]!)) return true;
  return false;
}

/** Whether all that a segment brings was acknowledged before; true when it is not even kept any more. */
export function isSpurious(session: TcpSession, s: Segment): boolean {
  const sender = session.sender(s);
  if (s.size === 0) return false;
  const gone = sender.place(s.end) <= sender.base;
  if (gone || from(sender.acked, s.end)) session.event('pkt_spurious_retransmission');
  return gone;
}
