// The loop that every packet in view, and every filter without a column, goes through: layer after layer, each inside the one before. Nothing here allocates
// but for what is put together.

import { Assembler } from './assembler.ts';
import type { WrapGatherer } from './gather.ts';
import { HeaderReader, MAX_WAITING, SHORT, WAITING } from './header-reader.ts';
import { lead } from './lead.ts';
import { be32 } from './load.ts';
import { STOP } from './program.ts';
import type { Program, Unit } from './program.ts';
import type { Memory, Sight, WrapMemory } from './recall.ts';
import { Recollection } from './recollection.ts';
import { BY_FRAME, COMPLETE, MAX_LAYERS, NO_ROW, type Tape } from './tape.ts';

const SHORTEST_FRAME = 60; // bytes, without the frame check sequence (IEEE 802.3 section 4A.4.2)
const FCS = 4;
const UNVERIFIED = 2; // Wireshark's number for a checksum that nobody looked at
const PLAIN = -3; //     the payload stands for itself

/** How a dissector looks at the packets of a capture. */
export interface DissectorOptions {
  /** They are shown in the order of their file, each behind a call of `time`: fields that follow from earlier packets are filled in. */
  readonly remembers?: boolean;
  /** What is put together, by the names of tshark's preferences; for a dissector that remembers. */
  readonly reassembles?: ReadonlySet<string> | undefined;
  /** For who notes what memories and gatherers answer, or answers in their place. */
  readonly memory?: WrapMemory;
  readonly gatherer?: WrapGatherer;
}

export class Dissector extends HeaderReader {
  #trailed = -1; // the layer that owns what the next length leaves over
  #quoted = false; // inside the datagram that an error quotes
  #tail = 0; //    behind the packet's bytes, and behind what was put together
  readonly #memory: Recollection;
  readonly #memories: readonly (Memory | null)[]; // by protocol
  readonly #assembler: Assembler | null;

  constructor(program: Program, { remembers = false, reassembles, memory, gatherer }: DissectorOptions = {}) {
    super(program);
    this.#memory = new Recollection(program, this.tape, remembers, memory);
    this.#memories = this.#memory.memories;
    const assembler = remembers && reassembles && reassembles.size > 0 ? new Assembler(program, this.tape, reassembles, gatherer) : null;
    this.#assembler = assembler?.any ? assembler : null;
  }

  /** Every packet has to be shown, also those of which nothing is asked. */
  get remembers(): boolean { return this.#memory.ordered || this.#assembler !== null; }

  /** When the next packet was captured, and its number. */
  time(seconds: number, nanoseconds: number, number = 0): void { const { sight } = this.#memory; sight.seconds = seconds; sight.nanoseconds = nanoseconds; sight.number = number; }

  /**
   * Reads buffer[from..to), what was kept of a packet of `origlen` bytes, as protocol number `first`, onto the tape. Never throws. The
   * tape is the dissector's own and lasts until the next call; so do the bytes that it counts in, which are others where something was put together.
   */
  dissect(buffer: Uint8Array, from: number, to: number, first = 0, origlen = 0): Tape {
    const { tape } = this;
    tape.count = tape.layerCount = 0;
    tape.full = false;
    this.packet = buffer;
    this.origin = this.start = from;
    this.end = this.#tail = to;
    tape.sourceCount = 0;
    this.reach = Math.max(to, from + origlen);
    this.by = BY_FRAME;
    this.#trailed = -1;
    this.level = this.queued = 0;
    this.#quoted = false;
    this.#memory.sight.network = this.#memory.sight.transport = -1;
    this.#chain(first);
    for (let i = 0; i < this.queued; i++) this.#chain(this.#wait(i * WAITING));
    tape.bytes = this.packet;
    tape.start = this.origin;
    tape.end = this.#tail;
    return tape;
  }

  /** One layer after another, each inside the one before. */
  #chain(first: number): void {
    const { tape } = this;
    const { units } = this.program;
    for (let id = first; id !== STOP; ) {
      const unit = units[id]!;
      if (!unit.useful) break;
      if (tape.layerCount === MAX_LAYERS) { tape.full = true; break; }
      this.#open(id, this.level);
      let payload = this.header(unit);
      if (payload === SHORT) {
        tape.layerCut[this.layer] = 1;
        if (this.#memories[id] !== null) this.#recall(unit, this.end, false);
        break;
      }
      tape.layerLength[this.layer] = payload - this.start;
      if (!this.#bound(unit, payload)) break;
      this.#payload(unit, payload);
      if (unit.addresses >= 0) this.#memory.addresses(this.start + unit.addresses, unit.addressBytes);
      if (this.#memories[id] !== null) payload = this.#recall(unit, payload, true);
      let next = PLAIN;
      if (this.#assembler !== null && unit.gathers !== null && payload < this.end && !this.#quoted) {
        next = this.#gather(unit, payload);
        if (next === STOP) break;
        if (next !== PLAIN) payload = this.start;
      }
      const empty = payload >= this.end;
      if (empty && !(payload >= this.reach ? unit.opensEmpty : unit.opensCut)) break;
      this.level += unit.deeper;
      if (unit.quotes) this.#quoted = true;
      this.start = payload;
      id = next === PLAIN ? this.#next(unit) : next;
      if (empty && id >= 0 && units[id]!.openEnded) break;
    }
  }

  /** Asks the protocol's memory about the header that was just read. */
  #recall(unit: Unit, payload: number, whole: boolean): number {
    this.#look(payload, whole);
    const after = this.#memory.ask(unit);
    if (unit.key2 >= 0) this.#memory.sight.transport = this.start;
    return after;
  }

  #look(payload: number, whole: boolean): Sight {
    return this.#memory.look(this.packet, this.origin, this.start, payload, this.end, this.reach, this.level, whole, this.#quoted);
  }

  /** Asks whether the payload is part of something larger. Where the way goes on: at the protocol, with start and end set; STOP where the rest is still to come; PLAIN. */
  #gather(unit: Unit, payload: number): number {
    const assembler = this.#assembler!;
    if (assembler.gatherers[unit.id] === null) return PLAIN;
    const start = this.start;
    const sight = this.#look(payload, true);
    const { out } = assembler;
    this.start = payload;
    const asked = unit.gathers!.streams ? this.#next(unit) : -1;
    this.start = start;
    if (!assembler.gather(unit, sight, asked)) return PLAIN;
    const at = payload - this.origin;
    const source = this.#tail - this.origin;
    assembler.show(unit, at, source);
    const id = out.protocol >= 0 ? out.protocol : asked >= 0 ? asked : this.#next(unit, true);
    if (out.whole !== null) {
      this.#append(unit, out.whole.bytes);
      if (out.upto > out.from) this.#queue(id, this.origin + at + out.from, this.origin + at + out.upto);
      this.start = this.origin + source;
      this.reach = this.end = this.#tail;
    } else if (out.upto > out.from) {
      this.start = payload + out.from;
      this.reach = this.end = payload + out.upto;
    } else {
      this.start = payload;
      return unit.gathers!.streams ? STOP : unit.otherwise; // a fragment is data, a segment part of its own layer
    }
    this.by = unit.id;
    this.#trailed = -1;
    this.#split(id);
    return id;
  }

  /** Puts a whole behind the packet's bytes, which are copied for that. */
  #append(unit: Unit, bytes: Uint8Array): void {
    const assembler = this.#assembler!;
    const { tape } = this;
    const used = this.#tail - this.origin;
    if (this.packet !== assembler.room) {
      assembler.append(this.packet.subarray(this.origin, this.#tail), 0);
      for (let slot = 0; slot < this.queued * WAITING; slot += WAITING) for (let i = 1; i <= 3; i++) this.queue[slot + i]! -= this.origin;
      this.#memory.moved();
      this.origin = 0;
    }
    assembler.append(bytes, used);
    this.packet = assembler.room;
    tape.sourceProtocol[tape.sourceCount] = unit.id;
    tape.sourceOffset[tape.sourceCount++] = used;
    this.#tail = used + bytes.length;
  }

  /** Of messages that are a layer each, the first is taken now and the others wait. */
  #split(id: number): void {
    const messages = this.#assembler!.taker.of(id);
    if (!messages?.each) return;
    const first = this.start + messages.measure(this.packet, this.start, this.end, this.start, this.start);
    if (first <= this.start || first >= this.end) return;
    this.#queue(id, first, this.end);
    this.reach = this.end = first;
  }

  /** Messages of their own behind the one that is taken now wait for their turn. */
  #queue(id: number, from: number, to: number): void {
    if (this.queued === MAX_WAITING) { this.tape.full = true; return; }
    const slot = this.queued++ * WAITING;
    const q = this.queue;
    q[slot] = id; q[slot + 1] = from; q[slot + 2] = q[slot + 3] = to; q[slot + 4] = BY_FRAME; q[slot + 5] = this.level;
  }

  /** Takes the next of what headers carried; its protocol. */
  #wait(at: number): number {
    const q = this.queue;
    this.start = q[at + 1]!; this.end = q[at + 2]!; this.reach = q[at + 3]!; this.by = q[at + 4]!; this.level = q[at + 5]!;
    this.#trailed = -1;
    if (this.#assembler !== null && q[at]! >= 0) this.#split(q[at]!);
    return q[at]!;
  }

  #open(id: number, level: number): void {
    const { tape } = this;
    const layer = this.layer = tape.layerCount++;
    tape.layerProtocol[layer] = id;
    tape.layerOffset[layer] = this.start - this.origin;
    tape.layerLength[layer] = this.end - this.start;
    tape.layerBound[layer] = this.end - this.origin;
    tape.layerReach[layer] = this.reach - this.origin;
    tape.layerLevel[layer] = level;
    tape.layerFirst[layer] = tape.count;
    tape.layerCut[layer] = 0;
    tape.shortBy[layer] = COMPLETE;
  }

  /** Narrows what follows to the bytes that this header promises; false when its promise makes no sense. */
  #bound(unit: Unit, payload: number): boolean {
    let promised = -1;
    if (unit.totalLength >= 0) promised = this.start + this.registers[unit.totalLength]!;
    else if (unit.payloadLength >= 0 && this.registers[unit.payloadLength]! >= 0) promised = payload + this.registers[unit.payloadLength]!;
    else if (unit.closed) promised = payload;
    if (unit.trailed) this.#trailed = this.layer;
    if (promised < 0 || promised === this.start) return true; // a length of 0: the sender left it to its network card
    if (promised < payload) { this.short(payload, promised, unit.id); return false; }
    if (promised > this.end) this.short(promised, this.end, this.blame(this.end));
    if (promised < this.reach) this.#narrow(promised, unit.id);
    this.#trailed = -1;
    return true;
  }

  #narrow(promised: number, by: number): void {
    const { tape } = this;
    this.#trailer(promised);
    this.reach = promised;
    this.by = by;
    this.end = Math.min(this.end, promised);
    tape.layerBound[this.layer] = this.end - this.origin;
    tape.layerReach[this.layer] = promised - this.origin;
  }

  /**
   * What stands behind the length that a layer inside promised. In an outermost Ethernet frame, as in Wireshark: zeros up to the shortest
   * frame are padding, and from 64 bytes on the last four are taken for the frame check sequence.
   */
  #trailer(from: number): void {
    if (this.#trailed < 0) return;
    const unit = this.program.units[this.tape.layerProtocol[this.#trailed]!]!;
    if (unit.padding < 0 && unit.trailer < 0 && unit.fcs < 0 && unit.fcsStatus < 0) return; // nobody asks
    const outermost = this.#outermost();
    const frame = this.reach - this.origin;
    let at = from;
    if (unit.padded && outermost && frame >= SHORTEST_FRAME) {
      const padded = this.origin + SHORTEST_FRAME;
      if (padded > this.end) return;
      if (padded > at && this.#zeros(at, padded)) { this.put(unit.padding, at, padded - at, 0, NO_ROW); at = padded; }
    }
    const sum = unit.checked && outermost && frame >= SHORTEST_FRAME + FCS && this.reach - at >= FCS ? this.reach - FCS : this.reach;
    const end = Math.min(sum, this.end);
    if (end > at) this.put(unit.trailer, at, end - at, 0, NO_ROW);
    if (sum + FCS > this.end || sum === this.reach) return;
    this.put(unit.fcs, sum, FCS, be32(this.packet, sum), NO_ROW);
    this.put(unit.fcsStatus, sum, 0, UNVERIFIED, NO_ROW);
  }

  /** Nothing but link headers around the layer that owns the trailer: a frame in a tunnel has neither padding nor a check sequence. */
  #outermost(): boolean {
    for (let layer = 0; layer < this.#trailed; layer++) if (!this.program.units[this.tape.layerProtocol[layer]!]!.trailed) return false;
    return true;
  }

  #zeros(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.packet[at] !== 0) return false;
    return true;
  }

  #payload(unit: Unit, at: number): void {
    if (unit.payloadSize >= 0) this.put(unit.payloadSize, at, 0, this.reach - at, NO_ROW);
    if (unit.payloadBytes >= 0 && this.end > at) this.put(unit.payloadBytes, at, this.end - at, 0, NO_ROW);
  }

  #next(unit: Unit, together = false): number {
    if (unit.table === null) return unit.follows;
    const r = this.registers;
    if (!together && unit.unless >= 0 && r[unit.unless] !== 0) return unit.otherwise;
    if (r[unit.key] === -1) return unit.absent.table === null ? unit.absent.follows : lead(this.program, unit.absent, r, this.packet, this.start, this.end, null);
    const memory = this.#memories[unit.id]!;
    if (memory !== null && memory.kept() >= 0) return memory.kept();
    return lead(this.program, unit, r, this.packet, this.start, this.end, memory);
  }
}
