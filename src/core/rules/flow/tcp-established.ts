import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { keepTimestamp, validAck, validTimestamp } from './tcp-checks.ts';
import { acknowledge, finish, inWindow, openWindow, reset } from './tcp-moves.ts';
import { after, from, seqAdd } from './tcp-side.ts';
import type { TcpSession, Verdict } from './tcp-session.ts';

// What a segment means in an open session (stream-tcp.c).

/** A SYN in an open session: one that is sent again, or one that does not belong to it. */
function synAgain(session: TcpSession, s: Segment): Verdict {
  if (s.has(ACK)) {
    if (s.toServer) return session.refuse('est_synack_toserver');
    if (s.ack !== session.client.acked) return session.refuse('est_synack_resend_with_different_ack');
    if (s.seq !== session.server.isn) return session.refuse('est_synack_resend_with_diff_seq');
    return session.confirmed ? session.refuse('est_synack_resend') : 'noted'; // the client's acknowledgment was lost
  }
  if (!s.toServer) return session.refuse('est_syn_toclient');
  return session.refuse(s.seq === session.client.isn ? 'est_syn_resend' : 'est_syn_resend_diff_seq');
}

export function followEstablished(session: TcpSession, s: Segment): Verdict {
  if (s.has(RST)) return reset(session, s);
  if (s.has(FIN)) return finish(session, s);
  if (s.has(SYN)) return synAgain(session, s);
  if (!s.has(ACK)) return 'noted';
  if (!validTimestamp(session, s)) return 'refused';
  if (!s.toServer) session.confirmed = true;
  return data(session, s);
}

/** What is wrong with a segment here is told, and it is not refused: where packets can be stopped it passes. */
function data(session: TcpSession, s: Segment): Verdict {
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  const probed = s.toServer ? session.probesClient : session.probesServer;
  if (probed && s.ack === seqAdd(receiver.next, 1)) session.event('est_ack_zwp_data');
  else if (!validAck(session, s)) { session.event('est_invalid_ack'); return 'noted'; }
  if (!s.toServer && session.midstreamFresh) {
    sender.window = s.window << sender.scale;
    sender.limit = seqAdd(sender.acked, sender.window);
    session.midstreamFresh = false;
  }
  if (!isKeepAliveSize(s, sender.next) && !from(s.end, sender.acked) && !takesOld(session, s)) { session.event('est_pkt_before_last_ack'); return 'noted'; }
  if (s.size === 1 && s.seq === sender.next && sender.window === 0) {
    if (s.toServer) session.probesServer = true; else session.probesClient = true;
    return 'taken';
  }
  if (from(s.end, sender.next)) session.goOn(sender, s.end);
  if (!inWindow(session, s)) { session.event('est_packet_out_of_window'); return 'noted'; }
  openWindow(session, s);
  if (s.has(ACK)) receiver.acknowledge(s.ack);
  keepTimestamp(session, s);
  acknowledge(session, s);
  return 'taken';
}

const isKeepAliveSize = (s: Segment, next: number): boolean => s.size <= 1 && s.seq === seqAdd(next, -1);

/** Whether a segment that ends before what was acknowledged is taken all the same: where only one side is heard, or where data was acknowledged that was never seen. */
function takesOld(session: TcpSession, s: Segment): boolean {
  const sender = session.sender(s);
  if (session.oneSided) { if (!s.toServer) sender.ackTo(s.seq); return true; }
  if (s.toServer && session.rules.asyncOneside && session.midstream && (s.seq === sender.next || sender.acked === seqAdd(sender.isn, 1))) { session.oneSided = true; return true; }
  return after(sender.acked, sender.next) && after(s.end, sender.next);
}
