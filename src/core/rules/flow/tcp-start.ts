import { ACK, FIN, MOST_SCALE, RST, type Segment, SYN } from './segment.ts';
import { openWith } from './tcp-handshake.ts';
import { seqAdd } from './tcp-side.ts';
import type { TcpSession, Verdict } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// The packet that starts a session: its SYN, or where sessions are picked up in the middle another one (stream-tcp.c, StreamTcpPacketStateNone).

/** Whether a packet belongs to the middle of a session. */
export const isMidstream = (s: Segment): boolean => !s.has(RST) && (s.has(FIN) || s.has(ACK));

/**
 * Starts a session with a packet; its state stays `none` when it starts none. `pickUp`: whether sessions may start in the middle, as the exception policy has it. A session that starts with SYN and
 * ACK was opened by the other side: `swap` is called.
 */
export function start(session: TcpSession, s: Segment, pickUp: boolean, swap: () => void): Verdict {
  const { midstream, asyncOneside } = session.rules;
  session.sender(s).flags = s.flags;
  if (s.has(RST)) return session.refuse('rst_but_no_session');
  if (s.has(FIN)) {
    if (!midstream || !pickUp || s.size === 0) return session.refuse('fin_but_no_session');
    inTheMiddle(session, s);
    session.client.next = seqAdd(s.end, 1);
    session.move(TcpState.finWait1);
    return 'taken';
  }
  if (s.has(SYN | ACK)) {
    if ((!midstream && !asyncOneside) || !pickUp) return 'noted';
    swap();
    s.toServer = false;
    session.client.flags = 0;
    session.server.flags = s.flags;
    withAnswer(session, s);
    return 'noted';
  }
  if (s.has(SYN)) return withSyn(session, s);
  if (!s.has(ACK) || !midstream || !pickUp) return 'noted';
  inTheMiddle(session, s);
  session.move(TcpState.established);
  return 'taken';
}

function withSyn(session: TcpSession, s: Segment): Verdict {
  session.move(TcpState.synSent);
  session.oneSided = session.rules.asyncOneside;
  openWith(session, { seq: s.seq, ack: 0, window: s.window, scale: s.scale, timestamp: s.timestamp, seconds: s.seconds });
  session.fastOpen = s.fastOpen;
  if (!s.fastOpen || s.size === 0) return 'noted';
  session.goOn(session.client, seqAdd(session.client.next, s.size));
  return 'taken';
}

function withAnswer(session: TcpSession, s: Segment): void {
  const { client, server } = session;
  session.move(TcpState.synReceived);
  session.midstream = session.midstreamSynAck = true;
  session.oneSided = session.rules.asyncOneside;
  server.begin(s.seq);
  server.window = s.window;
  client.begin(seqAdd(s.ack, -1));
  server.limit = seqAdd(s.seq, server.window);
  if (s.scale >= 0) { client.scale = s.scale; server.scale = MOST_SCALE; }
  stamp(session, s, false);
}

function inTheMiddle(session: TcpSession, s: Segment): void {
  const { client, server } = session;
  session.midstream = session.midstreamFresh = true;
  session.oneSided = session.rules.asyncOneside;
  client.scale = server.scale = MOST_SCALE;
  client.begin(seqAdd(s.seq, -1));
  client.next = s.end;
  client.window = s.window << client.scale;
  client.limit = seqAdd(client.acked, client.window);
  server.begin(seqAdd(s.ack, -1));
  server.limit = server.acked;
  stamp(session, s, true);
}

function stamp(session: TcpSession, s: Segment, ofClient: boolean): void {
  if (s.timestamp < 0) return;
  const [sender, receiver] = ofClient ? [session.client, session.server] : [session.server, session.client];
  session.timestamps = true;
  sender.timestamp = s.timestamp;
  sender.timestampSeconds = s.seconds;
  receiver.timestamp = s.echo;
  sender.zeroTimestamp = s.timestamp === 0;
  receiver.zeroTimestamp = s.echo === 0;
}
