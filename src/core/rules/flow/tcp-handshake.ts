import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { validAck, validEcho, validTimestamp } from './tcp-checks.ts';
import { after, from, seqAdd } from './tcp-side.ts';
import { finish, refuse, reset, take } from './tcp-moves.ts';
import type { TcpSession } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// The handshake, of three packets or four, as stream-tcp.c follows it.

/** After a SYN. */
export function followOpening(session: TcpSession, s: Segment): boolean {
  if (!validEcho(session, s)) return false;
  if (s.has(RST)) {
    if (s.toServer && !(s.seq === session.client.isn && s.window === 0)) return false;
    return reset(session, s);
  }
  if (s.has(FIN)) return false;
  if (s.has(SYN | ACK)) return session.fourWay && s.toServer ? fourWayAnswer(session, s) : answer(session, s);
  if (s.has(SYN)) return secondSyn(session, s);
  return s.has(ACK) && oneSidedAck(session, s);
}

function secondSyn(session: TcpSession, s: Segment): boolean {
  if (s.toServer) return true; // sent again
  session.fourWay = true;
  session.server.begin(s.seq);
  session.client.window = s.window;
  if (s.scale >= 0) session.client.scale = s.scale;
  session.server.stamp(s.timestamp, s.seconds);
  return true;
}

function fourWayAnswer(session: TcpSession, s: Segment): boolean {
  if (s.ack !== seqAdd(session.server.isn, 1)) return refuse(session, '4whs_synack_with_wrong_ack');
  if (s.seq !== session.client.isn) return refuse(session, '4whs_synack_with_wrong_syn');
  session.state = TcpState.synReceived;
  session.server.window = s.window;
  session.server.limit = seqAdd(session.server.acked, session.server.window);
  session.client.limit = seqAdd(session.client.acked, session.client.window);
  return true;
}

function answer(session: TcpSession, s: Segment): boolean {
  if (s.toServer) return refuse(session, '3whs_synack_in_wrong_direction');
  const { client } = session;
  if (s.ack !== client.next) {
    if (!session.fastOpen || s.ack !== seqAdd(client.isn, 1)) return refuse(session, '3whs_synack_with_wrong_ack');
    session.event('3whs_synack_tfo_data_ignored');
    client.next = s.ack;
    client.buffer.clear();
  }
  answered(session, s);
  return true;
}

/** Takes a SYN with ACK of the server. */
function answered(session: TcpSession, s: Segment): void {
  const { client, server } = session;
  session.state = TcpState.synReceived;
  server.begin(s.seq);
  server.next = seqAdd(server.next, s.size);
  client.window = s.window;
  client.acknowledge(s.ack);
  // Both sides scale their windows or none does.
  if (s.scale >= 0 && server.scale >= 0) client.scale = s.scale; else client.scale = server.scale = 0;
  session.timestamps = client.timestamp >= 0 && s.timestamp >= 0;
  server.stamp(s.timestamp, s.seconds);
  client.limit = seqAdd(client.acked, client.window);
  server.limit = seqAdd(server.acked, server.window);
}

/** An ACK of the client where a SYN with ACK should come: the server is not heard. */
function oneSidedAck(session: TcpSession, s: Segment): boolean {
  if (!session.rules.asyncOneside || !s.toServer) return false;
  const { client, server } = session;
  if (s.seq !== client.next) return refuse(session, '3whs_async_wrong_seq');
  session.oneSided = true;
  session.state = TcpState.established;
  server.begin(seqAdd(s.ack, -1));
  server.window = s.window << server.scale;
  server.limit = seqAdd(server.acked, server.window);
  client.limit = seqAdd(client.next, server.window);
  if (s.timestamp >= 0) session.timestamps = client.timestamp >= 0;
  take(session, s);
  return true;
}

/** After a SYN with ACK. */
export function followAnswer(session: TcpSession, s: Segment): boolean {
  if (s.has(RST)) return reset(session, s);
  if (s.has(FIN)) return finish(session, s);
  if (s.has(SYN | ACK)) return answerAgain(session, s);
  if (s.has(SYN)) {
    if (!s.toServer) return refuse(session, '3whs_syn_toclient_on_syn_recv');
    return s.seq === session.client.isn ? true : refuse(session, '3whs_syn_resend_diff_seq_on_syn_recv');
  }
  if (!s.has(ACK) || !validTimestamp(session, s)) return false;
  return session.fourWay && !s.toServer ? fourWayEnd(session, s) : lastOfThree(session, s);
}

function answerAgain(session: TcpSession, s: Segment): boolean {
  if (s.toServer) return session.fourWay ? true : refuse(session, '3whs_synack_toserver_on_syn_recv');
  if (session.fourWay) { session.state = TcpState.established; take(session, s); return true; }
  if (s.ack !== session.client.acked) return refuse(session, '3whs_synack_resend_with_different_ack');
  if (s.seq !== session.server.isn) {
    session.event('3whs_synack_resend_with_diff_seq');
    answered(session, s);
  }
  return true;
}

function fourWayEnd(session: TcpSession, s: Segment): boolean {
  if (s.seq !== session.server.next) return refuse(session, '4whs_wrong_seq');
  if (!validAck(session, s)) return refuse(session, '4whs_invalid_ack');
  session.state = TcpState.established;
  take(session, s);
  return true;
}

/** The third packet of the handshake, or one after it when that was missed. */
function lastOfThree(session: TcpSession, s: Segment): boolean {
  const { client, server } = session;
  const open = (): true => { session.state = TcpState.established; take(session, s); return true; };
  if (!s.toServer) {
    if (session.rules.asyncOneside && s.seq === server.next) {
      session.oneSided = true;
      server.limit = seqAdd(server.next, 0xffff);
      open();
      server.acknowledge(s.seq);
      return true;
    }
    // Data of the server: the client's acknowledgment was missed.
    if (s.size > 0 && from(s.seq, server.next) && !after(client.acked, s.ack)) return open();
    if (session.fastOpen || (session.midstream && from(s.seq, server.next))) return open();
    return refuse(session, '3whs_ack_in_wrong_dir');
  }
  if (s.seq === client.next && s.ack === server.next) return open();
  if (session.midstream && from(s.seq, client.next)) return open();
  if (s.seq === client.next) return refuse(session, '3whs_right_seq_wrong_ack_evasion');
  if (after(s.seq, client.next) && !after(s.seq, client.limit) && s.ack === server.next) return open();
  // The client acknowledges data of the server that was missed, as after a lost packet.
  if (from(s.seq, client.next) && after(s.ack, server.next) && !after(s.seq, client.limit) && !after(s.ack, server.limit)) return open();
  return refuse(session, '3whs_wrong_seq_wrong_ack');
}
