import { u32, u8 } from '../../bytes/read.ts';
import { type PacketView, TCP } from '../packet/packet-view.ts';
import { Flow } from './flow.ts';
import { type FlowKey, KEY_WORDS } from './flow-key.ts';
import { ACK, FIN, RST, SYN } from './segment.ts';
import { TcpState } from './tcp-state.ts';
import { type FlowTimeouts, timeoutsOf } from './timeouts.ts';

/** Of a slot's two numbers the second: the flow's place + 1. The first is its hash, so that others' flows need not be looked at. */
const PLACE = 1;
const EMPTY = 0;

/** Finds the flow of a packet without allocating anything for one that is known. */
export class FlowTable {
  /** Direction of the packet that was looked up last. */
  toServer = true;
  /** Whether it started its flow. */
  isNew = false;
  #slots = new Int32Array(2 * 1024);
  #flows: Flow[] = [];
  #keys = new Uint32Array(256 * KEY_WORDS);
  readonly #most: number;
  readonly #picksUp: boolean;
  readonly #timeouts: FlowTimeouts;
  readonly #forget: (flow: Flow) => void;

  /** Keeps so many flows at once; beyond, those not seen for longest are forgotten. `picksUp`: TCP sessions may start in the middle. `timeouts`: how long a flow may be silent before the next packet starts it anew. `forget` is told of each flow before it is left. */
  constructor(most: number, { picksUp, timeouts }: { picksUp: boolean; timeouts: FlowTimeouts }, forget: (flow: Flow) => void) {
    this.#most = most;
    this.#picksUp = picksUp;
    this.#timeouts = timeouts;
    this.#forget = forget;
  }

  /** The words of a flow's key, as FlowKey has them. */
  keyOf(flow: Flow): Uint32Array { return this.#keys.subarray(flow.slot * KEY_WORDS, (flow.slot + 1) * KEY_WORDS); }

  get flows(): readonly Flow[] { return this.#flows; }

  /** The flow of the packet that the key was read from, with its counts brought up to date. */
  find(p: PacketView, { hash, swapped, words }: FlowKey): Flow {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (2 * hash) & mask;
    for (; slots[slot + PLACE] !== EMPTY; slot = (slot + 2) & mask) {
      const place = slots[slot + PLACE]! - 1;
      if (slots[slot] === hash && this.#same(place, words)) return this.#known(this.#flows[place]!, p, hash, swapped);
    }
    return this.#count(this.#add(slot, hash, words, p, swapped), p, swapped);
  }

  #same(place: number, words: Uint32Array): boolean {
    const at = place * KEY_WORDS;
    for (let i = 0; i < KEY_WORDS; i++) if (this.#keys[at + i] !== words[i]) return false;
    return true;
  }

  #known(flow: Flow, p: PacketView, hash: number, swapped: boolean): Flow {
    if (isOver(flow, p, swapped === flow.reversed, this.#picksUp, this.#timeouts)) {
      this.#forget(flow);
      flow.start(hash, p.seconds, p.nanoseconds, swapped);
      this.isNew = true;
    } else this.isNew = false;
    return this.#count(flow, p, swapped);
  }

  #count(flow: Flow, p: PacketView, swapped: boolean): Flow {
    this.toServer = swapped === flow.reversed;
    flow.lastSeconds = p.seconds;
    flow.lastNanoseconds = p.nanoseconds;
    flow.lastNumber = p.number;
    if (this.toServer) { flow.packetsToServer++; flow.bytesToServer += p.end - p.start; } else { flow.packetsToClient++; flow.bytesToClient += p.end - p.start; }
    return flow;
  }

  #add(free: number, hash: number, words: Uint32Array, p: PacketView, swapped: boolean): Flow {
    this.isNew = true;
    let slot = free;
    if (this.#flows.length === this.#most) { this.#shrink(); slot = this.#free(hash); }
    if ((this.#flows.length + 1) * 4 > this.#slots.length) { this.#slots = new Int32Array(this.#slots.length * 2); this.#place(); slot = this.#free(hash); }
    if ((this.#flows.length + 1) * KEY_WORDS > this.#keys.length) {
      const keys = new Uint32Array(this.#keys.length * 2);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    const flow = new Flow();
    flow.start(hash, p.seconds, p.nanoseconds, swapped);
    this.#keys.set(words, this.#flows.length * KEY_WORDS);
    flow.slot = this.#flows.length;
    this.#slots[slot] = hash;
    this.#slots[slot + PLACE] = this.#flows.push(flow);
    return flow;
  }

  #free(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (2 * hash) & mask;
    while (this.#slots[slot + PLACE] !== EMPTY) slot = (slot + 2) & mask;
    return slot;
  }

  /** Puts every flow into the slots. */
  #place(): void {
    this.#slots.fill(EMPTY);
    for (const [place, { hash }] of this.#flows.entries()) {
      const slot = this.#free(hash);
      this.#slots[slot] = hash;
      this.#slots[slot + PLACE] = place + 1;
    }
  }

  /** Forgets the half that was not seen for longest. */
  #shrink(): void {
    const order = this.#flows.map((flow, place) => ({ flow, place })).sort((a, b) => b.flow.lastSeconds - a.flow.lastSeconds);
    const kept = order.slice(0, this.#most >> 1);
    for (const { flow } of order.slice(this.#most >> 1)) this.#forget(flow);
    const keys = new Uint32Array(this.#keys.length);
    for (const [place, old] of kept.entries()) keys.set(this.#keys.subarray(old.place * KEY_WORDS, (old.place + 1) * KEY_WORDS), place * KEY_WORDS);
    this.#keys = keys;
    this.#flows = kept.map(({ flow }) => flow);
    for (const [slot, flow] of this.#flows.entries()) flow.slot = slot;
    this.#place();
  }
}

/** Whether a flow has ended before this packet, so that the packet starts another. `picksUp`: sessions may start with their SYN and ACK. */
function isOver(flow: Flow, p: PacketView, toServer: boolean, picksUp: boolean, timeouts: FlowTimeouts): boolean {
  const idle = p.seconds - flow.lastSeconds;
  if (p.protocol !== TCP && flow.tcp === null) { const { established, new: fresh } = timeoutsOf(timeouts, p); return idle > (flow.spoke === 3 ? established : fresh); }
  if (p.isTcp && opensAnother(flow, p, toServer, picksUp)) return true;
  const { tcp } = flow;
  if (tcp === null) return idle > timeouts.tcp.new;
  if (tcp.state === TcpState.closed) return idle > timeouts.tcp.closed;
  return idle > (tcp.state >= TcpState.established ? timeouts.tcp.established : timeouts.tcp.new);
}

/** A SYN starts a session anew where the one before has come to its end or never began, unless it is sent again (stream-tcp.c, TcpSessionPacketSsnReuse). */
function opensAnother({ tcp }: Flow, { bytes, transport }: PacketView, toServer: boolean, picksUp: boolean): boolean {
  const flags = u8(bytes, transport + 13) & (SYN | ACK | FIN | RST);
  if (flags !== SYN && !(picksUp && flags === (SYN | ACK))) return false;
  const answers = flags !== SYN;
  if (tcp === null) return !answers || toServer;
  if (flags === SYN && toServer && tcp.fastOpenIgnored) return true;
  if (toServer !== answers && u32(bytes, transport + 4) === (answers ? tcp.server : tcp.client).isn) return false;
  return tcp.state >= TcpState.lastAck;
}
