import { ACK, FIN, RST, type Segment, SYN } from './segment.ts';
import { keepTimestamp, validAck, validEcho, validReset, validTimestamp } from './tcp-checks.ts';
import { finish } from './tcp-moves.ts';
import { after, seqAdd } from './tcp-side.ts';
import type { Opening, TcpSession, Verdict } from './tcp-session.ts';
import { TcpState } from './tcp-state.ts';

// The handshake, of three packets or four, as stream-tcp.c follows it.

const openingOf = (s: Segment): Opening => ({ seq: s.seq, ack: s.ack, window: s.window, scale: s.scale, timestamp: s.timestamp, seconds: s.seconds });

/** After a SYN. */
export function followOpening(session: TcpSession, s: Segment): Verdict {
  if (s.has(SYN | ACK)) return s.toServer ? fourWayAnswer(session, s) : answer(session, s);
  if (!validEcho(session, s)) return 'refused';
  if (s.has(RST)) return resetOpening(session, s);
  if (s.has(FIN)) return 'noted';
  if (s.has(SYN)) { if (s.toServer) synAgain(session, s); else synOfServer(session, s); return 'noted'; }
  return s.has(ACK) ? oneSidedAck(session, s) : 'noted';
}

function resetOpening(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  if (!validReset(session, s)) return 'refused';
  if (s.toServer && !(s.seq === client.isn && s.window === 0 && s.ack === seqAdd(client.isn, 1))) return 'noted';
  (s.toServer ? server : client).resetReceived = true;
  session.closedByReset = true;
  session.move(TcpState.closed);
  session.openings = [];
  return 'noted';
}

/** A SYN that is sent again: the last one is likeliest to be answered, and those before it wait. */
function synAgain(session: TcpSession, s: Segment): void {
  const { client, server, openings, rules } = session;
  const before: Opening = { seq: client.isn, ack: 0, window: server.window, scale: client.scales ? server.scale : -1, timestamp: client.stamps ? client.timestamp : -1, seconds: client.timestampSeconds };
  const same = before.seq === s.seq && before.window === s.window && before.scale === s.scale && before.timestamp === s.timestamp && before.seconds === s.seconds;
  const waits = before.timestamp >= 0 && openings.some(({ seq, timestamp }) => seq === before.seq && timestamp === before.timestamp);
  if (!same && !waits) {
    if (openings.length > 0 && openings.length >= rules.maxSynQueued) { session.event('3whs_syn_flood'); openings.shift(); }
    openings.push(before);
  }
  openWith(session, openingOf(s));
}

/** Takes a SYN of the client for the one that opens the session. */
export function openWith(session: TcpSession, { seq, window, scale, timestamp, seconds }: Opening): void {
  const { client, server } = session;
  client.begin(seq);
  if (timestamp >= 0) {
    client.stamps = true;
    client.timestamp = timestamp;
    client.zeroTimestamp = timestamp === 0;
  }
  client.timestampSeconds = seconds;
  client.scales = scale >= 0;
  server.scale = Math.max(0, scale);
  server.window = window;
}

/** The other side opens too. */
function synOfServer(session: TcpSession, s: Segment): void {
  const { client, server } = session;
  session.fourWay = true;
  server.begin(s.seq);
  if (s.timestamp >= 0) {
    server.stamps = true;
    server.timestamp = s.timestamp;
    server.zeroTimestamp = s.timestamp === 0;
    server.timestampSeconds = s.seconds;
  }
  server.window = s.window;
  client.scales = s.scale >= 0;
  server.scale = Math.max(0, s.scale);
}

function fourWayAnswer(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  if (!session.fourWay) return session.refuse('3whs_synack_in_wrong_direction');
  if (s.ack !== seqAdd(server.isn, 1)) return session.refuse('4whs_synack_with_wrong_ack');
  if (s.seq !== client.isn) return session.refuse('4whs_synack_with_wrong_syn');
  session.move(TcpState.synReceived);
  client.begin(s.seq);
  server.window = s.window;
  stampWith(session, s.timestamp, s.seconds, server.stamps, true);
  server.acked = s.ack;
  server.scale = client.scales && s.scale >= 0 ? s.scale : 0;
  client.limit = seqAdd(client.acked, client.window);
  server.limit = seqAdd(server.acked, server.window);
  return 'noted';
}

/** Whether both sides send time stamps, by the answer's. */
function stampWith(session: TcpSession, timestamp: number, seconds: number, asked: boolean, ofClient: boolean): void {
  const [asker, answerer] = ofClient ? [session.server, session.client] : [session.client, session.server];
  if (timestamp >= 0 && asked) {
    session.timestamps = true;
    answerer.timestamp = timestamp;
    answerer.timestampSeconds = seconds;
    answerer.zeroTimestamp = timestamp === 0;
  } else {
    asker.timestamp = answerer.timestamp = 0;
    asker.zeroTimestamp = false;
  }
}

function answer(session: TcpSession, s: Segment): Verdict {
  const { client, rules } = session;
  const echoed = rules.liberalTimestamps || validEcho(session, s);
  if (s.fastOpen || session.fastOpen) {
    if (echoed && s.ack === client.next) session.fastOpen = true;
    else if (echoed && s.ack === seqAdd(client.isn, 1)) {
      client.next = client.isn;
      session.fastOpen = session.fastOpenIgnored = true;
      session.event('3whs_synack_tfo_data_ignored');
    } else if (!answersEarlier(session, s)) return wrongAnswer(session, s, s.ack === client.next || s.ack === seqAdd(client.isn, 1));
  } else if (!(echoed && s.ack === seqAdd(client.isn, 1)) && !answersEarlier(session, s)) return wrongAnswer(session, s, s.ack === seqAdd(client.isn, 1));
  session.openings = [];
  answered(session, openingOf(s));
  return 'noted';
}

const wrongAnswer = (session: TcpSession, _s: Segment, rightAck: boolean): Verdict => (rightAck ? 'refused' : session.refuse('3whs_synack_with_wrong_ack'));

/** Whether a SYN with ACK answers a SYN that was sent before the last one, which then opens the session. */
function answersEarlier(session: TcpSession, s: Segment): boolean {
  const seq = seqAdd(s.ack, -1);
  const earlier = session.openings.find((each) => each.seq === seq && (s.timestamp >= 0 ? each.timestamp === s.echo : session.rules.liberalTimestamps));
  if (earlier === undefined) return false;
  openWith(session, earlier);
  return true;
}

/** Takes a SYN with ACK of the server. */
function answered(session: TcpSession, { seq, ack, window, scale, timestamp, seconds }: Opening): void {
  const { client, server } = session;
  session.move(TcpState.synReceived);
  server.begin(seq);
  client.window = window;
  stampWith(session, timestamp, seconds, client.stamps, false);
  client.ackTo(ack);
  client.scale = client.scales && scale >= 0 ? scale : 0;
  client.limit = seqAdd(client.acked, client.window);
  server.limit = seqAdd(server.acked, server.window);
  session.fourWay = false;
}

/** An ACK of the client where a SYN with ACK should come: the server is not heard. */
function oneSidedAck(session: TcpSession, s: Segment): Verdict {
  if (!session.rules.asyncOneside) return 'noted';
  const { client, server } = session;
  if (s.seq !== client.next) return session.refuse('3whs_async_wrong_seq');
  session.oneSided = true;
  session.move(TcpState.established);
  session.openings = [];
  client.window = s.window;
  client.ackTo(s.seq);
  client.limit = seqAdd(client.acked, client.window);
  server.begin(seqAdd(s.ack, -1));
  server.limit = server.acked;
  if (client.scales) client.scale = 14;
  if (s.timestamp >= 0 && client.stamps) { session.timestamps = true; client.timestampSeconds = s.seconds; } else { client.timestamp = 0; client.zeroTimestamp = false; }
  return 'taken';
}

/** After a SYN with ACK. */
export function followAnswer(session: TcpSession, s: Segment): Verdict {
  if (s.has(RST)) return resetAnswer(session, s);
  if (s.has(FIN)) return finish(session, s);
  if (s.has(SYN | ACK)) return answerAgain(session, s);
  if (s.has(SYN)) {
    if (!s.toServer) return session.refuse('3whs_syn_toclient_on_syn_recv');
    return s.seq === session.client.isn ? 'noted' : session.refuse('3whs_syn_resend_diff_seq_on_syn_recv');
  }
  if (!s.has(ACK)) return 'noted';
  const queued = session.openings.find(({ seq, ack }) => seq === seqAdd(s.ack, -1) && ack === s.seq);
  if (queued !== undefined) answered(session, queued);
  if (!validTimestamp(session, s)) return 'refused';
  return session.fourWay && !s.toServer ? fourWayEnd(session, s) : lastOfThree(session, s);
}

/** Hosts that keep a session whose client acknowledged nonsense before. */
const KEEP: ReadonlySet<string> = new Set(['linux', 'old-linux', 'solaris']);

function resetAnswer(session: TcpSession, s: Segment): Verdict {
  if (!validReset(session, s)) return 'refused';
  if (session.evasion && KEEP.has(session.policy(s))) return 'noted';
  session.closedByReset = true;
  session.move(TcpState.closed);
  keepTimestamp(session, s);
  return 'noted';
}

/** A SYN with ACK that is sent again; one with another sequence number waits until it is acknowledged. */
function answerAgain(session: TcpSession, s: Segment): Verdict {
  if (s.toServer) return session.refuse('3whs_synack_toserver_on_syn_recv');
  if (s.ack !== session.client.acked) return session.refuse('3whs_synack_resend_with_different_ack');
  if (s.seq === session.server.isn) return 'noted';
  const one = openingOf(s);
  const { openings, rules } = session;
  if (openings.some((each) => each.seq === one.seq && each.ack === one.ack && each.window === one.window && each.scale === one.scale && each.timestamp === one.timestamp)) return 'noted';
  if (openings.length >= rules.maxSynAckQueued) return session.refuse('3whs_synack_flood');
  openings.unshift(one);
  return 'noted';
}

function fourWayEnd(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  if (s.seq !== server.next) return session.refuse('4whs_wrong_seq');
  if (!validAck(session, s)) return session.refuse('4whs_invalid_ack');
  keepTimestamp(session, s);
  client.acknowledge(s.ack);
  session.goOn(server, seqAdd(server.next, s.size));
  client.window = s.window << client.scale;
  client.limit = seqAdd(client.acked, client.window);
  session.move(TcpState.established);
  return 'taken';
}

const SCALED = 14;

/** A session whose handshake was not seen scales its windows as far as can be, unless its SYN with ACK said how far. */
function scaleMidstream({ midstreamSynAck, client, server }: TcpSession): void { if (!midstreamSynAck) client.scale = server.scale = SCALED; }

/** The third packet of the handshake, or one after it when that was missed. */
function lastOfThree(session: TcpSession, s: Segment): Verdict {
  const { client, server, rules } = session;
  // Where packets are only watched, an answer of the server tells that the client's acknowledgment was missed; where they can be stopped it may have been put in.
  const missed = !s.toServer && !session.midstreamSynAck && !session.fastOpen;
  if (missed && rules.inline) return session.refuse(s.size > 0 && s.ack === client.acked && s.seq === server.next ? '3whs_ack_data_inject' : '3whs_ack_in_wrong_dir');
  if (s.seq === client.next && s.ack === server.next) return open(session, s);
  if (rules.asyncOneside && s.seq === server.next) return openOneSided(session, s);
  if (s.seq === client.next) { session.evasion = true; return session.refuse('3whs_right_seq_wrong_ack_evasion'); }
  if (!s.toServer && !rules.inline && after(s.seq, client.next) && after(s.ack, client.acked)) return openAfterLoss(session, s);
  if (after(s.seq, client.next) && !after(s.seq, client.limit) && s.ack === server.next) return openAfterGap(session, s);
  if ((missed || session.fastOpen) && s.ack === client.acked && s.seq === server.next) {
    session.goOn(server, s.end);
    server.window = s.window << server.scale;
    server.limit = seqAdd(server.acked, server.window);
    session.move(TcpState.established);
    return 'taken';
  }
  return session.refuse('3whs_wrong_seq_wrong_ack');
}

function open(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  keepTimestamp(session, s);
  server.acknowledge(s.ack);
  session.goOn(client, seqAdd(client.next, s.size));
  server.window = s.window << server.scale;
  server.limit = seqAdd(server.acked, server.window);
  if (session.midstream) {
    client.window = s.window << client.scale;
    client.limit = seqAdd(client.acked, client.window);
    scaleMidstream(session);
  }
  session.move(TcpState.established);
  return 'taken';
}

function openOneSided(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  session.oneSided = true;
  server.next = seqAdd(server.next, s.size);
  server.ackTo(s.seq);
  client.window = s.window << client.scale;
  client.ackTo(s.ack);
  keepTimestamp(session, s);
  if (session.midstream) {
    server.window = s.window;
    server.limit = seqAdd(server.acked, server.window);
    client.scale = server.scale = SCALED;
  }
  session.move(TcpState.established);
  return 'taken';
}

/** More of the server, and what it acknowledges was missed. */
function openAfterLoss(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  keepTimestamp(session, s);
  client.acknowledge(s.ack);
  server.next = s.end;
  client.window = s.window;
  client.limit = seqAdd(client.acked, s.window << client.scale);
  server.limit = seqAdd(server.acked, server.window);
  session.move(TcpState.established);
  return 'taken';
}

/** More of the client than was seen. */
function openAfterGap(session: TcpSession, s: Segment): Verdict {
  const { client, server } = session;
  keepTimestamp(session, s);
  client.next = s.end;
  server.acknowledge(s.ack);
  server.window = s.window << server.scale;
  server.limit = seqAdd(server.acked, server.window);
  if (session.midstream) { client.window = s.window; client.scale = server.scale = SCALED; }
  session.move(TcpState.established);
  return 'taken';
}
