import { UNPARSED } from '../app/names.ts';
import { checksumHolds } from '../packet/checksum.ts';
import { type PacketView, UDP } from '../packet/packet-view.ts';
import type { StreamSettings } from '../settings/settings.ts';
import type { Flow } from './flow.ts';
import { FIN, RST, Segment, SYN } from './segment.ts';
import type { OverlapPolicy, Room } from './stream-buffer.ts';
import type { StreamEvent } from './stream-events.ts';
import { looked, ready } from './stream-window.ts';
import { TcpSession } from './tcp-session.ts';
import type { TcpSide } from './tcp-side.ts';
import { TcpState } from './tcp-state.ts';
import { followSegment } from './tcp-states.ts';

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
    if (p.isTcp) { this.#tcp(p, flow); return; }
    // An ICMP error belongs to the TCP session that it is about.
    p.established = flow.tcp?.isEstablished ?? (flow.packetsToServer > 0 && flow.packetsToClient > 0);
    if (p.protocol === UDP) this.#udp(p, flow);
    this.#tell(p, flow);
  }

  /** After rules have looked. */
  leave(p: PacketView, flow: Flow): void {
    const session = flow.tcp;
    if (session === null || !p.isTcp) return;
    const side = p.toServer ? session.client : session.server;
    if (side.buffer.blocks.length > 0) looked(p, side, this.#settings, p.isStreamEnd);
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
    if (this.#settings.checksums && !checksumHolds(p)) { this.#tell(p, flow); return; }
    this.#view = p;
    const s = this.#segment.read(p, p.toServer);
    const session = flow.tcp ?? new TcpSession(this.#room, this.#settings, this.#event);
    session.event = this.#event;
    const believed = flow.tcp === null ? session.begin(s, () => { flow.swap(); p.toServer = !p.toServer; }) : followSegment(session, s);
    if (believed) {
      flow.tcp = session;
      this.#segmentIn(p, flow, session, s);
    }
    if (flow.tcp !== null) p.sessionSpeaks = flow.tcp.state >= TcpState.established;
    if (flow.tcp?.state === TcpState.closed) { flow.app.end(true); flow.app.end(false); }
    this.#tell(p, flow);
    if (flow.tcp !== null) ready(p, flow.tcp, p.toServer ? flow.tcp.client : flow.tcp.server, this.#settings, false);
    this.#view = null;
  }

  /** Puts the segment's data into its direction, then reads on in the direction whose data is now known to have arrived. */
  #segmentIn(p: PacketView, flow: Flow, session: TcpSession, s: Segment): void {
    const side = session.sender(s);
    // Data of a SYN belongs to the stream only where it was agreed on (RFC 7413).
    if (s.size > 0 && !s.has(RST) && (!s.has(SYN) || s.fastOpen)) this.#insert(p, side, s);
    const both = s.has(FIN) && session.state > TcpState.timeWait && !this.#settings.inline;
    if (this.#settings.inline || s.has(RST) || both) this.#deliver(p, flow, session, p.toServer, false);
    if (!this.#settings.inline && (!s.has(RST) || both)) this.#deliver(p, flow, session, !p.toServer, false);
    // A side that is heard alone acknowledges nothing, so what it sends is read at once.
    if (session.oneSided && !this.#settings.inline) this.#deliver(p, flow, session, p.toServer, false);
  }

  #insert(p: PacketView, side: TcpSide, s: Segment): void {
    const at = side.place(s.seq) + (s.has(SYN) ? 1 : 0); // data of a SYN stands after it
    p.streamAdded = true;
    p.streamPlace = at;
    const keep = Math.min(side.rawPlace, side.appPlace);
    const end = Math.min(at + s.size, this.#settings.depth);
    if (at + s.size <= 0 || (at + s.size <= keep && !this.#settings.inline)) { if (at + s.size <= 0) this.#event('reassembly_segment_before_base_seq'); return; }
    if (at + s.size > this.#settings.depth && !side.depthReached) { side.depthReached = true; this.#event('reassembly_depth_reached'); }
    const first = Math.max(at, 0, keep);
    if (end <= first) return;
    const policy: OverlapPolicy = p.ipVersion === 4 ? this.#settings.overlap : 'bsd';
    if (side.buffer.insert(first, p.bytes, p.payload + first - at, p.payload + end - at, policy)) this.#event('reassembly_overlap_different_data');
  }

  /** Reads on in a direction as far as its data has arrived, and tells of gaps. */
  #deliver(p: PacketView, flow: Flow, session: TcpSession, toServer: boolean, isEnd: boolean): void {
    const side = toServer ? session.client : session.server;
    if (side.appPlace >= side.buffer.end && side.ackedPlace <= side.appPlace) return;
    const finished = session.state >= TcpState.finWait1 ? 1 : 0; // an acknowledged FIN is no data
    const acked = side.ackedPlace - finished;
    const limit = isEnd || this.#settings.inline || session.state > TcpState.timeWait || session.oneSided ? side.buffer.end : acked;
    for (;;) {
      const block = side.buffer.at(side.appPlace);
      if (block === null || block.start > side.appPlace) {
        const next = block === null ? acked : Math.min(block.start, Math.max(acked, side.appPlace));
        if (next <= side.appPlace || acked <= side.appPlace || side.depthReached) return;
        this.#event('reassembly_seq_gap');
        side.hasGap = true;
        flow.app.parser?.gap(next - side.appPlace, toServer);
        if (flow.app.looks(toServer)) flow.app.fail(toServer);
        side.appPlace = next;
        continue;
      }
      const end = Math.min(block.end, limit);
      if (end <= side.appPlace) return;
      const at = block.from + side.appPlace - block.start;
      if (!this.#read(p, flow, side, toServer, block.data, at, at + end - side.appPlace, isEnd || finished === 1 || (end === block.end && acked > end))) return;
      side.appPlace = end;
    }
  }

  /** Looks at data as it arrives; answers whether it has been read. */
  #read(p: PacketView, flow: Flow, side: TcpSide, toServer: boolean, bytes: Uint8Array, from: number, to: number, isEnd: boolean): boolean {
    const { app } = flow;
    if (app.looks(toServer)) {
      const [clientPort, serverPort] = p.toServer ? [p.sport, p.dport] : [p.dport, p.sport];
      const answer = app.look(toServer, bytes, from, to, true, clientPort, serverPort, isEnd, flow.tcp?.midstream ?? false);
      if (answer === 'more') return false;
      if (answer === 'reversed') {
        flow.swap();
        flow.tcp!.swap();
        p.toServer = !p.toServer;
        return this.#read(p, flow, side, !toServer, bytes, from, to, isEnd);
      }
    }
    if (this.#reads) app.feed(bytes, from, to, toServer, true, this.#bodies);
    if (!UNPARSED.has(app.protocol)) side.flush = true;
    return true;
  }

  #udp(p: PacketView, flow: Flow): void {
    const { app } = flow;
    if (!p.inspectPayload || p.payloadLength === 0) return;
    const [clientPort, serverPort] = p.toServer ? [p.sport, p.dport] : [p.dport, p.sport];
    if (app.looks(p.toServer)) app.look(p.toServer, p.bytes, p.payload, p.payloadEnd, false, clientPort, serverPort, true, false);
    if (this.#reads) app.feed(p.bytes, p.payload, p.payloadEnd, p.toServer, false, this.#bodies);
  }

  /** What rules ask of the application layer, as it is at this packet. */
  #tell(p: PacketView, flow: Flow): void {
    const way = p.toServer ? 1 : 2;
    p.protocolFresh = (flow.app.fresh & way) !== 0;
    flow.app.fresh &= ~way;
  }
}
