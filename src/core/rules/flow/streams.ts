import { UNPARSED } from '../app/names.ts';
import { checksumHolds } from '../packet/checksum.ts';
import { type PacketView, UDP } from '../packet/packet-view.ts';
import type { StreamSettings } from '../settings/settings.ts';
import type { Flow } from './flow.ts';
import { isIcmpError } from './flow-key.ts';
import { ACK, FIN, RST, Segment, SYN, URG } from './segment.ts';
import type { OsPolicy } from './os-policy.ts';
import type { Room } from './stream-buffer.ts';
import type { StreamEvent } from './stream-events.ts';
import { looked, ready } from './stream-window.ts';
import { TcpSession, type Verdict } from './tcp-session.ts';
import type { TcpSide } from './tcp-side.ts';
import { isMidstream, start } from './tcp-start.ts';
import { TcpState } from './tcp-state.ts';
import { followSegment } from './tcp-states.ts';

/** Bytes of urgent data that one direction may take out of its stream. */
const MOST_URGENT = 0xffff;

/** Follows the TCP sessions of flows: puts their data in order, finds out what they speak, and gives rules the stretches to look at. */
export class Streams {
  readonly #settings: StreamSettings;
  /** Whether what the application layer says is read at all. */
  readonly #reads: boolean;
  readonly #segment = new Segment();
  readonly #room: Room;
  readonly #bodies: Room;
  #view: PacketView | null = null;
  readonly #event = (name: StreamEvent): void => { this.#view?.streamEvent(name); };

  /** `room` is for the streams, `bodies` for bodies of messages. */
  constructor(settings: StreamSettings, reads: boolean, room: Room, bodies: Room) {
    this.#settings = settings;
    this.#reads = reads;
    this.#room = room;
    this.#bodies = bodies;
  }

  /** Brings a flow up to date with its next packet and the packet with its flow, before rules look at it. */
  follow(p: PacketView, flow: Flow): void {
    if (!isIcmpError(p)) flow.spoke |= p.toServer ? 1 : 2;
    if (p.isTcp) { this.#tcp(p, flow); return; }
    // An ICMP error belongs to the TCP session that it is about.
    p.established = flow.tcp?.isEstablished ?? flow.spoke === 3;
    if (p.protocol === UDP) this.#udp(p, flow);
    this.#tell(p, flow);
  }

  /** After rules have looked. */
  leave(p: PacketView, flow: Flow): void {
    const session = flow.tcp;
    if (session === null || !p.isTcp) return;
    const side = p.toServer ? session.client : session.server;
    if (side.buffer.blocks.length > 0) looked(p, side, this.#settings, p.isStreamEnd);
    // Beyond the depth nothing is put together any more: packets are looked at by themselves.
    if (side.depthReached && !side.done) { side.done = true; side.buffer.clear(); }
  }

  /** Prepares the packet that stands for a flow's end: all data of its direction is looked at. */
  end(p: PacketView, flow: Flow): void {
    const session = flow.tcp!;
    this.#view = p;
    p.established = true;
    const side = p.toServer ? session.client : session.server;
    this.#deliver(p, flow, session, p.toServer, true);
    flow.app.end(p.toServer);
    this.#tell(p, flow);
    ready(p, session, side, this.#settings, true);
    this.#view = null;
  }

  /** Whether a direction has data that nobody has looked at. */
  static unread(side: TcpSide): boolean { return side.buffer.blocks.length > 0 && (side.rawPlace < side.buffer.end || side.appPlace < side.buffer.end); }

  /** Forgets what a flow's session kept. */
  forget(flow: Flow): void {
    flow.tcp?.client.buffer.clear();
    flow.tcp?.server.buffer.clear();
    flow.app.parser?.release();
  }

  #tcp(p: PacketView, flow: Flow): void {
    p.established = flow.tcp?.isEstablished ?? false;
    if (this.#settings.checksums && !p.trusted && !checksumHolds(p)) { this.#tell(p, flow); return; }
    this.#view = p;
    const s = this.#segment.read(p, p.toServer);
    if (s.has(URG) && this.#settings.urgent === 'drop' && this.#settings.inline) { p.refused = true; this.#tell(p, flow); return; }
    const session = flow.tcp ?? new TcpSession(this.#room, this.#settings, this.#event);
    session.event = this.#event;
    const before = session.state;
    const verdict = flow.tcp === null ? this.#start(p, flow, session, s) : followSegment(session, s);
    // Data may come with what ends the handshake, when that was lost before.
    if (before === TcpState.synReceived && session.state === TcpState.established && s.toServer && s.size > 0) p.established = true;
    if (verdict === 'taken') this.#segmentIn(p, flow, session, s);
    if (verdict === 'refused' && this.#settings.inline && this.#settings.dropInvalid) { p.refused = true; p.inspectPayload = false; }
    if (flow.tcp !== null) p.sessionSpeaks = flow.tcp.state >= TcpState.established;
    if (flow.tcp?.state === TcpState.closed) { flow.app.end(true); flow.app.end(false); }
    this.#tell(p, flow);
    if (flow.tcp !== null) ready(p, flow.tcp, p.toServer ? flow.tcp.client : flow.tcp.server, this.#settings, false);
    this.#view = null;
  }

  /** A packet of a flow without a session: it starts one, or lies in the middle of one that was not seen. */
  #start(p: PacketView, flow: Flow, session: TcpSession, s: Segment): Verdict {
    const policy = this.#settings.midstreamPolicy;
    if (isMidstream(s) && policy !== 'ignore') {
      if (policy === 'drop-flow' || policy === 'reject') { flow.verdict = 'drop'; p.refused = true; } else if (policy === 'pass-flow' || policy === 'bypass') flow.verdict = 'pass';
      if (policy === 'drop-packet') p.refused = true;
      p.uninspected = true;
    }
    const verdict = start(session, s, policy === 'ignore' || policy === 'pass-flow', () => { flow.swap(); p.toServer = !p.toServer; });
    if (session.state !== TcpState.none) flow.tcp = session;
    return verdict;
  }

  /** Puts the segment's data into its direction, then reads on in the direction whose data is now known to have arrived (StreamTcpReassembleHandleSegment). */
  #segmentIn(p: PacketView, flow: Flow, session: TcpSession, s: Segment): void {
    const side = session.sender(s);
    const lastOfTwo = s.has(FIN) && session.state > TcpState.timeWait;
    const both = !this.#settings.inline && !s.has(RST) && ((lastOfTwo && s.has(ACK)) || (!lastOfTwo && session.state === TcpState.closed));
    const own = both || this.#settings.inline || s.has(RST) || lastOfTwo || session.oneSided;
    if (!own || both) this.#deliver(p, flow, session, !p.toServer, false);
    if (s.size > 0 && !side.done && !s.has(RST)) this.#insert(p, side, s);
    if (own || (side.depthReached && !side.done)) this.#deliver(p, flow, session, p.toServer, false);
  }

  #insert(p: PacketView, side: TcpSide, s: Segment): void {
    p.streamAdded = true;
    const at = side.place(s.seq) - side.urgentBytes + (s.has(SYN) ? 1 : 0); // data of a SYN stands after it
    p.streamPlace = at;
    const size = s.size - this.#urgent(p, side, s);
    if (size === 0) return;
    const { depth, inline } = this.#settings;
    if (at + size > depth) side.depthReached = true;
    if (side.depthReached) { this.#event('reassembly_depth_reached'); return; }
    if (at + size <= 0) { this.#event('reassembly_segment_before_base_seq'); return; }
    const first = Math.max(at, side.base);
    if (at + size <= first) return;
    const policy: OsPolicy = inline ? 'first' : (side.policy ??= s.receiverPolicy(this.#settings.hosts));
    if (side.buffer.insert(first, p.bytes, p.payload + first - at, p.payload + size, policy)) this.#event('reassembly_overlap_different_data');
  }

  /** Bytes of the segment that are urgent and stand outside of the stream: its last one, where that is asked for (RFC 6093 section 3). */
  #urgent(p: PacketView, side: TcpSide, s: Segment): 0 | 1 {
    const { urgent, urgentLimit } = this.#settings;
    if (s.urgent === 0 || s.urgent > s.size || (urgent !== 'oob' && urgent !== 'gap')) return 0;
    const full = side.urgentBytes === MOST_URGENT;
    if (full && urgentLimit === 'drop') { p.refused = true; return 1; }
    if (!full && urgent === 'oob' && ++side.urgentBytes === MOST_URGENT) this.#event('reassembly_urgent_oob_limit_reached');
    return urgent === 'oob' && side.urgentBytes === MOST_URGENT && urgentLimit === 'inline' ? 0 : 1;
  }

  /** Reads on in a direction as far as its data has arrived, and tells of gaps. */
  #deliver(p: PacketView, flow: Flow, session: TcpSession, toServer: boolean, isEnd: boolean): void {
    const side = toServer ? session.client : session.server;
    if (side.done) return;
    const finished = session.state >= TcpState.finWait1 ? 1 : 0; // an acknowledged FIN is no data
    const acked = side.ackedPlace - finished;
    const all = this.#settings.inline || (isEnd && (session.state < TcpState.closed || session.closedByReset));
    for (;;) {
      const block = side.buffer.at(side.appPlace);
      if (block === null) return;
      if (block.start > side.appPlace) {
        // What was acknowledged and is not there will not come any more.
        if (acked <= side.appPlace) return;
        this.#gap(flow, session, side, toServer, all ? block.start : Math.min(block.start, Math.max(acked, side.appPlace)));
        continue;
      }
      const end = all ? block.end : Math.min(block.end, side.ackedPlace);
      if (end <= side.appPlace) return;
      const at = block.from + side.appPlace - block.start;
      if (!this.#read(p, flow, side, toServer, block.data, at, at + end - side.appPlace, isEnd || session.state === TcpState.closed || (end === block.end && acked > end))) return;
      side.appPlace = end;
    }
  }

  #gap(flow: Flow, session: TcpSession, side: TcpSide, toServer: boolean, end: number): void {
    this.#event('reassembly_seq_gap');
    side.hasGap = session.lossy = true;
    flow.app.parser?.gap(end - side.appPlace, toServer);
    if (flow.app.looks(toServer)) flow.app.fail(toServer);
    side.appPlace = end;
  }

  /** Looks at data as it arrives; answers whether it has been read. */
  #read(p: PacketView, flow: Flow, side: TcpSide, toServer: boolean, bytes: Uint8Array, from: number, to: number, isEnd: boolean): boolean {
    const { app } = flow;
    if (app.looks(toServer)) {
      const [clientPort, serverPort] = p.toServer ? [p.sport, p.dport] : [p.dport, p.sport];
      const answer = app.look(toServer, bytes, from, to, true, clientPort, serverPort, isEnd, flow.tcp?.midstream ?? false, this.#settings.applications.noTcp);
      if (answer === 'more') return false;
      if (answer === 'reversed') {
        flow.swap();
        flow.tcp!.swap();
        p.toServer = !p.toServer;
        return this.#read(p, flow, side, !toServer, bytes, from, to, isEnd);
      }
    }
    if (this.#reads && !this.#settings.applications.unread.has(app.protocol)) app.feed(bytes, from, to, toServer, true, this.#bodies);
    if (!UNPARSED.has(app.protocol)) side.flush = true;
    return true;
  }

  #udp(p: PacketView, flow: Flow): void {
    const { app } = flow;
    if (!p.inspectPayload || p.payloadLength === 0) return;
    const [clientPort, serverPort] = p.toServer ? [p.sport, p.dport] : [p.dport, p.sport];
    if (app.looks(p.toServer)) app.look(p.toServer, p.bytes, p.payload, p.payloadEnd, false, clientPort, serverPort, true, false, this.#settings.applications.noUdp);
    if (this.#reads && !this.#settings.applications.unread.has(app.protocol)) app.feed(p.bytes, p.payload, p.payloadEnd, p.toServer, false, this.#bodies);
  }

  /** What rules ask of the application layer, as it is at this packet. */
  #tell(p: PacketView, flow: Flow): void {
    const way = p.toServer ? 1 : 2;
    p.protocolFresh = (flow.app.fresh & way) !== 0;
    flow.app.fresh &= ~way;
  }
}
