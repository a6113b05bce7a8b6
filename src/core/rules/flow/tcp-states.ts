import type { StreamEvent } from './stream-events.ts';
import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { isBadWindowUpdate, isKeepAlive, isRetransmission, validAck, validReset, validTimestamp } from './tcp-checks.ts';
import { followAnswer, followOpening } from './tcp-handshake.ts';
import { finish, inWindow, refuse, reset, type StateRule, take } from './tcp-moves.ts';
import { after, from, seqAdd } from './tcp-side.ts';
import type { TcpSession } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// What a segment means in each state (stream-tcp.c).

/** A SYN in an open session: one that is sent again, or one that does not belong to it. */
function synAgain(session: TcpSession, s: Segment): boolean {
  if (s.has(ACK)) {
    if (s.toServer) return refuse(session, 'est_synack_toserver');
    if (s.ack !== session.client.acked) return refuse(session, 'est_synack_resend_with_different_ack');
    if (s.seq !== session.server.isn) return refuse(session, 'est_synack_resend_with_diff_seq');
    return session.confirmed ? refuse(session, 'est_synack_resend') : true;
  }
  if (!s.toServer) return refuse(session, 'est_syn_toclient');
  return refuse(session, s.seq === session.client.isn ? 'est_syn_resend' : 'est_syn_resend_diff_seq');
}

const established: StateRule = (session, s) => {
  if (s.has(RST)) return reset(session, s);
  if (s.has(FIN)) return finish(session, s);
  if (s.has(SYN)) return synAgain(session, s);
  if (!s.has(ACK)) return false;
  if (!validTimestamp(session, s)) return false;
  if (!validAck(session, s)) return refuse(session, 'est_invalid_ack');
  const sender = session.sender(s);
  if (!from(s.end, sender.acked) && !session.oneSided && !(after(sender.acked, sender.next) && after(s.end, sender.next))) {
    if (isRetransmission(sender, s)) session.event('pkt_retransmission');
    return refuse(session, 'est_pkt_before_last_ack');
  }
  if (!inWindow(session, s)) return refuse(session, 'est_packet_out_of_window');
  if (isRetransmission(sender, s)) session.event('pkt_retransmission');
  if (session.oneSided && after(s.seq, sender.next)) sender.next = s.seq;
  take(session, s);
  if (session.oneSided) sender.acknowledge(s.seq); // nobody is heard who would acknowledge it
  session.confirmed = true;
  return true;
};

interface Ending {
  /** What an acknowledgment that cannot be, a segment and a FIN outside of the window raise. */
  readonly invalidAck: StreamEvent;
  readonly wrongSeq: StreamEvent;
  readonly wrongFin: StreamEvent;
  /** The next state after an acknowledgment of all that was sent, and after a FIN; null stays. */
  readonly onAck: TcpState | null;
  readonly onFin: TcpState | null;
}

/** A state in which one side at least is done. */
const ending = ({ invalidAck, wrongSeq, wrongFin, onAck, onFin }: Ending): StateRule => (session, s) => {
  if (s.has(RST)) return reset(session, s);
  if (s.has(SYN)) return refuse(session, 'shutdown_syn_resend');
  if (!s.has(ACK) && !s.has(FIN)) return false;
  if (!validTimestamp(session, s)) return false;
  if (!validAck(session, s)) return refuse(session, invalidAck);
  const [sender, receiver] = [session.sender(s), session.receiver(s)];
  if (isRetransmission(sender, s)) { session.event('pkt_retransmission'); return true; }
  if (s.has(FIN)) {
    const again = s.end === seqAdd(sender.next, -1);
    const limit = seqAdd(sender.acked, sender.window);
    if (!again && !session.midstream && !session.oneSided && (!from(s.seq, sender.next) || after(s.seq, limit))) return refuse(session, wrongFin);
    take(session, s);
    if (!again) { sender.next = seqAdd(sender.next, 1); if (onFin !== null) session.state = onFin; }
    return true;
  }
  if (!inWindow(session, s)) return refuse(session, wrongSeq);
  take(session, s);
  if (onAck !== null && s.ack === receiver.next) session.state = onAck;
  return true;
};

const closed: StateRule = (session, s) => s.has(RST) && validReset(session, s);

const STATES: Readonly<Record<TcpState, StateRule>> = {
  [TcpState.none]: () => false,
  [TcpState.listen]: () => false,
  [TcpState.synSent]: followOpening,
  [TcpState.synReceived]: followAnswer,
  [TcpState.established]: established,
  [TcpState.finWait1]: (session, s) => ending(FIN_WAIT_1[s.toServer ? 1 : 0]!)(session, s),
  [TcpState.finWait2]: ending({ invalidAck: 'fin2_invalid_ack', wrongSeq: 'fin2_ack_wrong_seq', wrongFin: 'fin2_fin_wrong_seq', onAck: null, onFin: TcpState.timeWait }),
  [TcpState.timeWait]: ending({ invalidAck: 'timewait_invalid_ack', wrongSeq: 'timewait_ack_wrong_seq', wrongFin: 'timewait_ack_wrong_seq', onAck: TcpState.closed, onFin: null }),
  [TcpState.lastAck]: ending({ invalidAck: 'lastack_invalid_ack', wrongSeq: 'lastack_ack_wrong_seq', wrongFin: 'lastack_ack_wrong_seq', onAck: TcpState.closed, onFin: null }),
  [TcpState.closeWait]: ending({ invalidAck: 'closewait_invalid_ack', wrongSeq: 'closewait_ack_out_of_window', wrongFin: 'closewait_fin_out_of_window', onAck: null, onFin: TcpState.lastAck }),
  [TcpState.closing]: ending({ invalidAck: 'closing_invalid_ack', wrongSeq: 'closing_ack_wrong_seq', wrongFin: 'closing_ack_wrong_seq', onAck: TcpState.timeWait, onFin: null }),
  [TcpState.closed]: closed,
};

/** After the server's FIN: its own packets, and the client's, whose acknowledgment takes it on. */
const FIN_WAIT_1: readonly Ending[] = [
  { invalidAck: 'fin1_invalid_ack', wrongSeq: 'fin1_ack_wrong_seq', wrongFin: 'fin1_fin_wrong_seq', onAck: null, onFin: null },
  { invalidAck: 'fin1_invalid_ack', wrongSeq: 'fin1_ack_wrong_seq', wrongFin: 'fin1_fin_wrong_seq', onAck: TcpState.finWait2, onFin: TcpState.timeWait },
];

/** Takes one segment of a session; answers whether it is believed. */
export function followSegment(session: TcpSession, s: Segment): boolean {
  if (!s.has(ACK) && s.ack !== 0) session.event('pkt_broken_ack');
  if (isKeepAlive(session, s)) return true;
  if (isBadWindowUpdate(session, s)) return false;
  return STATES[session.state](session, s);
}
