import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { isKeepAlive, isOutdated, isProbeAnswer, isRetransmission, isSpurious, keepTimestamp, validAck, validTimestamp } from './tcp-checks.ts';
import { followEstablished } from './tcp-established.ts';
import { followAnswer, followOpening } from './tcp-handshake.ts';
import { acknowledge, inWindow, isBeyond, openWindow, reset, skipMissed, type StateRule } from './tcp-moves.ts';
import { after, seqAdd } from './tcp-side.ts';
import type { TcpSession, Verdict } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// What a segment means in each state after the session was open (stream-tcp.c).

const noted: StateRule = () => 'noted';

/** By what a segment is first of all. */
interface Closing { readonly fin: StateRule; readonly ack: StateRule }

const closing = ({ fin, ack }: Closing): StateRule => (session, s) => {
  if (s.has(RST)) return reset(session, s);
  if (s.has(FIN)) return fin === noted || validTimestamp(session, s) ? fin(session, s) : 'refused';
  if (s.has(SYN)) return session.refuse('shutdown_syn_resend');
  if (!s.has(ACK)) return 'noted';
  return validTimestamp(session, s) ? ack(session, s) : 'refused';
};

/** After a FIN of the server. */
const finWait1: Closing = {
  fin(session, s) {
    const sender = session.sender(s);
    const [acks, last] = [s.has(ACK), seqAdd(sender.next, -1)];
    const again = isRetransmission(session, sender, s) || (!s.toServer && acks && last === s.seq && session.receiver(s).acked === s.ack);
    if (!again && (after(last, s.seq) || isBeyond(sender, s))) return session.refuse('fin1_fin_wrong_seq');
    if (!validAck(session, s)) return session.refuse('fin1_invalid_ack');
    if (!again) { session.move(acks ? TcpState.timeWait : TcpState.closing); openWindow(session, s); }
    keepTimestamp(session, s);
    if (s.toServer || !acks || !again) {
      skipMissed(session, s, 1);
      if ((s.toServer && acks ? sender.next : last) === s.seq) session.goOn(sender, s.end);
      if (acks) session.receiver(s).acknowledge(s.ack);
    }
    return 'taken';
  },
  ack(session, s) {
    const [sender, receiver] = [session.sender(s), session.receiver(s)];
    const again = isRetransmission(session, sender, s);
    if (!validAck(session, s)) return session.refuse('fin1_invalid_ack');
    const expected = s.toServer ? sender.next : seqAdd(sender.next, -1);
    if (!again && (!s.toServer || s.ack === receiver.next)) {
      if (!inWindow(session, s)) return session.refuse('fin1_ack_wrong_seq');
      if (s.seq === expected) session.move(TcpState.finWait2);
      openWindow(session, s);
    }
    keepTimestamp(session, s);
    skipMissed(session, s, 1);
    if (s.seq === expected) session.goOn(sender, s.end);
    acknowledge(session, s);
    return 'taken';
  },
};

const finWait2: Closing = {
  fin(session, s) {
    const [sender, receiver] = [session.sender(s), session.receiver(s)];
    const again = (s.seq === seqAdd(sender.next, -1) && s.ack === receiver.acked) || isRetransmission(session, sender, s);
    if (!again && (after(sender.next, s.seq) || isBeyond(sender, s))) return session.refuse('fin2_fin_wrong_seq');
    if (!validAck(session, s)) return session.refuse('fin2_invalid_ack');
    if (!again) {
      session.move(TcpState.timeWait);
      if (s.toServer && s.seq === sender.next) session.goOn(sender, s.end);
      openWindow(session, s);
    }
    keepTimestamp(session, s);
    skipMissed(session, s);
    if (s.has(ACK)) receiver.acknowledge(s.ack);
    return 'taken';
  },
  ack(session, s) {
    const sender = session.sender(s);
    const again = isRetransmission(session, sender, s);
    if (!validAck(session, s)) return session.refuse('fin2_invalid_ack');
    if (!again) {
      if (!inWindow(session, s)) return session.refuse('fin2_ack_wrong_seq');
      openWindow(session, s);
    }
    keepTimestamp(session, s);
    if (s.seq === sender.next) session.goOn(sender, s.end);
    acknowledge(session, s);
    return 'taken';
  },
};

/** Both sides sent a FIN and neither was acknowledged. */
const bothClosing: StateRule = (session, s) => {
  const sender = session.sender(s);
  const again = isRetransmission(session, sender, s);
  if (s.seq !== sender.next) return session.refuse('closing_ack_wrong_seq');
  if (!validAck(session, s)) return session.refuse('closing_invalid_ack');
  if (!again) session.move(TcpState.timeWait);
  keepTimestamp(session, s);
  skipMissed(session, s);
  session.receiver(s).acknowledge(s.ack);
  return 'taken';
};

/** After a FIN of the client. */
const closeWait: Closing = {
  fin(session, s) {
    const sender = session.sender(s);
    const again = isRetransmission(session, sender, s);
    if (!again && (after(sender.next, s.seq) || isBeyond(sender, s))) return session.refuse('closewait_fin_out_of_window');
    if (!validAck(session, s)) return session.refuse('closewait_invalid_ack');
    if (!again) { if (!s.toServer) session.move(TcpState.lastAck); openWindow(session, s); }
    keepTimestamp(session, s);
    skipMissed(session, s);
    if (s.has(ACK)) session.receiver(s).acknowledge(s.ack);
    return 'taken';
  },
  ack(session, s) {
    const sender = session.sender(s);
    const again = isRetransmission(session, sender, s);
    if (s.size > 0 && !after(s.end, sender.acked)) return session.refuse('closewait_pkt_before_last_ack');
    if (isBeyond(sender, s)) return session.refuse('closewait_ack_out_of_window');
    if (!validAck(session, s)) return session.refuse('closewait_invalid_ack');
    if (!again) openWindow(session, s);
    keepTimestamp(session, s);
    skipMissed(session, s);
    if (s.seq === sender.next) session.goOn(sender, s.end);
    session.receiver(s).acknowledge(s.ack);
    return 'taken';
  },
};

const lastAck: Closing = {
  fin: noted,
  ack(session, s) {
    if (!s.toServer) return 'noted';
    const sender = session.sender(s);
    const again = isRetransmission(session, sender, s);
    if (!validAck(session, s)) return session.refuse('lastack_invalid_ack');
    if (!again) {
      if (!after(sender.next, s.seq)) {
        if (s.seq !== sender.next && s.seq !== seqAdd(sender.next, 1)) return session.refuse('lastack_ack_wrong_seq');
        session.move(TcpState.closed);
      }
      openWindow(session, s);
    }
    keepTimestamp(session, s);
    skipMissed(session, s);
    session.receiver(s).acknowledge(s.ack);
    return 'taken';
  },
};

const timeWait: Closing = {
  fin: noted,
  ack(session, s) {
    const sender = session.sender(s);
    const again = isRetransmission(session, sender, s);
    if (!again && s.seq !== sender.next && s.seq !== seqAdd(sender.next, s.toServer ? 1 : -1)) {
      return !s.toServer && s.size > 0 && s.seq === sender.acked ? 'noted' : session.refuse('timewait_ack_wrong_seq');
    }
    if (!validAck(session, s)) return session.refuse('timewait_invalid_ack');
    if (!again) { session.move(TcpState.closed); openWindow(session, s); }
    keepTimestamp(session, s);
    skipMissed(session, s);
    session.receiver(s).acknowledge(s.ack);
    return 'taken';
  },
};

/** A packet of a side that a reset was sent to, and that sent none itself: perhaps it took no notice, and the session goes on as it was. */
function closed(session: TcpSession, s: Segment): Verdict {
  if (s.has(RST) || session.sender(s).resetReceived || !session.receiver(s).resetReceived) return 'noted';
  const verdict = dispatch(session, s, session.before);
  if (verdict !== 'refused' && session.state === TcpState.closed) session.state = session.before;
  return verdict;
}

const STATES: Readonly<Record<TcpState, StateRule>> = {
  [TcpState.none]: noted,
  [TcpState.listen]: noted,
  [TcpState.synSent]: followOpening,
  [TcpState.synReceived]: followAnswer,
  [TcpState.established]: followEstablished,
  [TcpState.finWait1]: closing(finWait1),
  [TcpState.finWait2]: closing(finWait2),
  [TcpState.timeWait]: closing(timeWait),
  [TcpState.lastAck]: closing(lastAck),
  [TcpState.closeWait]: closing(closeWait),
  [TcpState.closing]: (session, s) => {
    if (s.has(RST)) return reset(session, s);
    if (s.has(SYN)) return session.refuse('shutdown_syn_resend');
    if (!s.has(ACK)) return 'noted';
    return validTimestamp(session, s) ? bothClosing(session, s) : 'refused';
  },
  [TcpState.closed]: closed,
};

const dispatch = (session: TcpSession, s: Segment, state: TcpState): Verdict => STATES[state](session, s);

/** Takes one segment of a session. */
export function followSegment(session: TcpSession, s: Segment): Verdict {
  const sender = session.sender(s);
  sender.flags |= s.flags;
  if (session.oneSided && session.client.flags !== 0 && session.server.flags !== 0) session.oneSided = false;
  if (!s.has(ACK) && s.ack !== 0) session.event('pkt_broken_ack');
  const verdict = isKeepAlive(session, s) || isProbeAnswer(session, s) || isOutdated(session, s) || isSpurious(session, s) ? 'noted' : dispatch(session, s, session.state);
  if (verdict !== 'refused') afterReset(session, s);
  return verdict;
}

/** A packet of the side whose reset was not believed to be its own: it was put in by somebody else. */
function afterReset(session: TcpSession, s: Segment): void {
  const receiver = session.receiver(s);
  if (s.has(RST) || !receiver.resetReceived) return;
  receiver.resetReceived = session.closedByReset = false;
  session.event('suspected_rst_inject');
}
