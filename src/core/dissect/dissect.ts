// The loop that every packet in view, and every filter without a column, goes through. Nothing here allocates. Reads are
// unchecked, since each lies behind the bounds check of its block.

import { be32, scaled, special, upper, word } from './load.ts';
import { BIT, BITS, BYTES_4, CARRIED, DERIVED, ELSEWHERE, FIELDS, GUARDED, ID, KIND, MEASURED, PICK, REPEAT, REST, STOP, STRIDE, TLV, UP, WIDE_48, WITHIN } from './program.ts';
import type { Program, Step, Unit } from './program.ts';
import { lead } from './lead.ts';
import type { Memory } from './recall.ts';
import { Recollection } from './recollection.ts';
import { BY_CAPLEN, BY_FRAME, COMPLETE, MAX_FIELDS, MAX_LAYERS, newTape, NO_ROW, putRow, type Tape } from './tape.ts';

const SHORT = -1;
const SHORTEST_FRAME = 60; // bytes, without the frame check sequence (IEEE 802.3 section 4A.4.2)
const FCS = 4;
const WAITING = 6; //           numbers of a place in the queue
const MAX_WAITING = 64;
const MOST = 1 << 29; //         bytes that a length may promise
const UNVERIFIED = 2; // Wireshark's number for a checksum that nobody looked at

export class Dissector {
  readonly tape: Tape = newTape();
  readonly #program: Program;
  readonly #code: Int32Array;
  readonly #registers = new Int32Array(32);
  #packet: Uint8Array = new Uint8Array(0);
  #origin = 0; //  the packet's first byte in #packet
  #layer = 0;
  #start = 0; //   the layer's first byte
  #end = 0; //     the end of the bytes that the layer may use
  #reach = 0; //   ... had the capture kept all of them, and whose length says so
  #by = BY_FRAME;
  #trailed = -1; // the layer that owns what the next length leaves over
  #option = 0; //  the option's first byte
  #level = 0;
  #quoted = false; // inside the datagram that an error quotes
  readonly #queue = new Int32Array(MAX_WAITING * WAITING); // what headers carry beside their payload
  #queued = 0;
  readonly #memory: Recollection;
  readonly #memories: readonly (Memory | null)[]; // by protocol

  /** With `remembers`, packets are shown in the order of their file, each behind a call of `time`, and fields that follow from earlier packets are filled in. */
  constructor(program: Program, remembers = false) {
    this.#program = program;
    this.#code = program.code;
    this.#memory = new Recollection(program, this.tape, remembers);
    this.#memories = this.#memory.memories;
  }

  /** Every packet has to be shown, also those of which nothing is asked. */
  get remembers(): boolean { return this.#memory.ordered; }

  /** When the next packet was captured. */
  time(seconds: number, nanoseconds: number): void { this.#memory.sight.seconds = seconds; this.#memory.sight.nanoseconds = nanoseconds; }

  /**
   * Reads buffer[from..to), what was kept of a packet of `origlen` bytes, as protocol number `first`, onto the tape. Never throws. The
   * tape is the dissector's own and lasts until the next call.
   */
  dissect(buffer: Uint8Array, from: number, to: number, first = 0, origlen = 0): Tape {
    const { tape } = this;
    tape.count = tape.layerCount = 0;
    tape.full = false;
    this.#packet = buffer;
    this.#origin = this.#start = from;
    this.#end = to;
    this.#reach = Math.max(to, from + origlen);
    this.#by = BY_FRAME;
    this.#trailed = -1;
    this.#level = this.#queued = 0;
    this.#quoted = false;
    this.#memory.sight.network = -1;
    this.#chain(first);
    for (let i = 0; i < this.#queued; i++) this.#chain(this.#wait(i * WAITING));
    return tape;
  }

  /** One layer after another, each inside the one before. */
  #chain(first: number): void {
    const { tape } = this;
    const { units } = this.#program;
    for (let id = first; id !== STOP; ) {
      const unit = units[id]!;
      if (!unit.useful) break;
      if (tape.layerCount === MAX_LAYERS) { tape.full = true; break; }
      this.#open(id, this.#level);
      let payload = this.#header(unit);
      if (payload === SHORT) {
        tape.layerCut[this.#layer] = 1;
        if (this.#memories[id] !== null) this.#recall(unit, this.#end, false);
        break;
      }
      tape.layerLength[this.#layer] = payload - this.#start;
      if (!this.#bound(unit, payload)) break;
      this.#payload(unit, payload);
      if (unit.addresses >= 0) this.#memory.addresses(this.#start + unit.addresses, unit.addressBytes);
      if (this.#memories[id] !== null) payload = this.#recall(unit, payload, true);
      const empty = payload >= this.#end;
      if (empty && !(payload >= this.#reach ? unit.opensEmpty : unit.opensCut)) break;
      this.#level += unit.deeper;
      if (unit.quotes) this.#quoted = true;
      this.#start = payload;
      id = this.#next(unit);
      if (empty && id >= 0 && units[id]!.openEnded) break;
    }
  }

  /** Asks the protocol's memory about the header that was just read. */
  #recall(unit: Unit, payload: number, whole: boolean): number {
    return this.#memory.ask(unit, this.#packet, this.#origin, this.#start, payload, this.#end, this.#reach, whole, this.#quoted);
  }

  /** Takes the next of what headers carried; its protocol. */
  #wait(at: number): number {
    const q = this.#queue;
    this.#start = q[at + 1]!; this.#end = q[at + 2]!; this.#reach = q[at + 3]!; this.#by = q[at + 4]!; this.#level = q[at + 5]!;
    this.#trailed = -1;
    return q[at]!;
  }

  #open(id: number, level: number): void {
    const { tape } = this;
    const layer = this.#layer = tape.layerCount++;
    tape.layerProtocol[layer] = id;
    tape.layerOffset[layer] = this.#start - this.#origin;
    tape.layerLength[layer] = this.#end - this.#start;
    tape.layerBound[layer] = this.#end - this.#origin;
    tape.layerReach[layer] = this.#reach - this.#origin;
    tape.layerLevel[layer] = level;
    tape.layerFirst[layer] = tape.count;
    tape.layerCut[layer] = 0;
    tape.shortBy[layer] = COMPLETE;
  }

  /** Where the payload starts, or SHORT. */
  #header(unit: Unit): number {
    const body = this.#fields(unit.fixed, this.#start, this.#end, NO_ROW);
    if (body === SHORT) return SHORT;
    if (unit.headerLength < 0) return unit.tail.length === 0 ? body : this.#steps(unit.tail, body, this.#end, NO_ROW);
    const end = this.#start + this.#registers[unit.headerLength]!;
    if (end < body) return this.#short(body, end, unit.id);
    const fits = end <= this.#end;
    // A broken option does not hide the payload: the header's own length says where that starts.
    if (unit.tail.length > 0 && (end > body || unit.tail[0]!.kind === DERIVED)) this.#steps(unit.tail, body, fits ? end : this.#end, NO_ROW);
    return fits ? end : this.#short(end, this.#end, this.#blame(this.#end));
  }

  /** Narrows what follows to the bytes that this header promises; false when its promise makes no sense. */
  #bound(unit: Unit, payload: number): boolean {
    let promised = -1;
    if (unit.totalLength >= 0) promised = this.#start + this.#registers[unit.totalLength]!;
    else if (unit.payloadLength >= 0 && this.#registers[unit.payloadLength]! >= 0) promised = payload + this.#registers[unit.payloadLength]!;
    else if (unit.closed) promised = payload;
    if (unit.trailed) this.#trailed = this.#layer;
    if (promised < 0 || promised === this.#start) return true; // a length of 0: the sender left it to its network card
    if (promised < payload) { this.#short(payload, promised, unit.id); return false; }
    if (promised > this.#end) this.#short(promised, this.#end, this.#blame(this.#end));
    if (promised < this.#reach) this.#narrow(promised, unit.id);
    this.#trailed = -1;
    return true;
  }

  #narrow(promised: number, by: number): void {
    const { tape } = this;
    this.#trailer(promised);
    this.#reach = promised;
    this.#by = by;
    this.#end = Math.min(this.#end, promised);
    tape.layerBound[this.#layer] = this.#end - this.#origin;
    tape.layerReach[this.#layer] = promised - this.#origin;
  }

  /**
   * What stands behind the length that a layer inside promised. In an outermost Ethernet frame, as in Wireshark: zeros up to the shortest
   * frame are padding, and from 64 bytes on the last four are taken for the frame check sequence.
   */
  #trailer(from: number): void {
    if (this.#trailed < 0) return;
    const unit = this.#program.units[this.tape.layerProtocol[this.#trailed]!]!;
    const outermost = this.#outermost();
    const frame = this.#reach - this.#origin;
    let at = from;
    if (unit.padded && outermost && frame >= SHORTEST_FRAME) {
      const padded = this.#origin + SHORTEST_FRAME;
      if (padded > this.#end) return;
      if (padded > at && this.#zeros(at, padded)) { this.#put(unit.padding, at, padded - at, 0, NO_ROW); at = padded; }
    }
    const sum = unit.checked && outermost && frame >= SHORTEST_FRAME + FCS && this.#reach - at >= FCS ? this.#reach - FCS : this.#reach;
    const end = Math.min(sum, this.#end);
    if (end > at) this.#put(unit.trailer, at, end - at, 0, NO_ROW);
    if (sum + FCS > this.#end || sum === this.#reach) return;
    this.#put(unit.fcs, sum, FCS, be32(this.#packet, sum), NO_ROW);
    this.#put(unit.fcsStatus, sum, 0, UNVERIFIED, NO_ROW);
  }

  /** Nothing but link headers around the layer that owns the trailer: a frame in a tunnel has neither padding nor a check sequence. */
  #outermost(): boolean {
    for (let layer = 0; layer < this.#trailed; layer++) if (!this.#program.units[this.tape.layerProtocol[layer]!]!.trailed) return false;
    return true;
  }

  #zeros(from: number, to: number): boolean {
    for (let at = from; at < to; at++) if (this.#packet[at] !== 0) return false;
    return true;
  }

  #payload(unit: Unit, at: number): void {
    if (unit.payloadSize >= 0) this.#put(unit.payloadSize, at, 0, this.#reach - at, NO_ROW);
    if (unit.payloadBytes >= 0 && this.#end > at) this.#put(unit.payloadBytes, at, this.#end - at, 0, NO_ROW);
  }

  #next(unit: Unit): number {
    if (unit.table === null) return unit.follows;
    const r = this.#registers;
    if (unit.unless >= 0 && r[unit.unless] !== 0) return unit.otherwise;
    if (r[unit.key] === -1) return unit.absent.table === null ? unit.absent.follows : lead(this.#program, unit.absent, r, this.#packet, this.#start, this.#end, null);
    const memory = this.#memories[unit.id]!;
    if (memory !== null && memory.kept() >= 0) return memory.kept();
    return lead(this.#program, unit, r, this.#packet, this.#start, this.#end, memory);
  }

  /** Puts bytes of the header into the queue. */
  #carried(step: Step, at: number, end: number): number {
    const stop = step.register < 0 ? end : at + Math.min(this.#registers[step.register]! >>> 0, MOST);
    const leads = step.leads!;
    const here = Math.min(stop, end);
    if (here > at && this.#queued < MAX_WAITING) {
      const id = leads.table === null ? leads.follows : lead(this.#program, leads, this.#registers, this.#packet, at, here, null);
      const q = this.#queue;
      const slot = this.#queued * WAITING;
      if (id >= 0) {
        q[slot] = id; q[slot + 1] = at; q[slot + 2] = here; q[slot + 3] = stop; q[slot + 4] = stop > end ? this.#blame(end) : this.tape.layerProtocol[this.#layer]!; q[slot + 5] = this.#level;
        this.#queued++;
      }
    }
    return stop <= end ? stop : this.#short(stop, end, this.#blame(end));
  }

  /** Runs the parts of variable width over [at..end); answers where they stopped, or SHORT. */
  #steps(steps: readonly Step[], from: number, end: number, group: number): number {
    let at = from;
    for (let i = 0; i < steps.length && at !== SHORT; i++) {
      const step = steps[i]!;
      switch (step.kind) {
        case FIELDS: at = this.#fields(step, at, end, group); break;
        case PICK: at = this.#steps(branch(step, this.#chosen(step, at, end)), at, end, group); break;
        case REPEAT: at = this.#repeat(step, at, end, group); break;
        case WITHIN: at = this.#within(step, at, end, group); break;
        case REST: if (end > at || step.empty) this.#put(step.id, at, end - at, 0, group); at = end; break;
        case ELSEWHERE: this.#elsewhere(step, at, end, group); break;
        case DERIVED: this.#derived(step, at, end, group); break;
        case CARRIED: at = this.#carried(step, at, end); break;
        case MEASURED: at = this.#measured(step, at, end, group); break;
        case TLV: at = this.#options(step, at, end, group); break;
      }
    }
    return at;
  }

  #chosen(step: Step, at: number, end: number): number {
    return step.probe === null ? this.#registers[step.register]! : step.probe(this.#packet, at, end, this.#start, this.#option, this.#reach);
  }

  #repeat(step: Step, from: number, end: number, group: number): number {
    let at = from;
    if (step.register < 0) {
      for (let before = -1; at < end && at > before && !this.tape.full; ) { before = at; at = this.#steps(step.branches[0]!, at, end, group); }
      return at;
    }
    for (let left = this.#registers[step.register]!; left > 0 && at !== SHORT && !this.tape.full; left--) at = this.#steps(step.branches[0]!, at, end, group);
    return at;
  }

  #within(step: Step, at: number, end: number, group: number): number {
    const stop = at + (this.#registers[step.register]! >>> 0); // a length of 32 bits is no negative number
    this.#steps(step.branches[0]!, at, Math.min(stop, end), group);
    return stop <= end ? stop : this.#short(stop, end, this.#blame(end));
  }

  #elsewhere(step: Step, at: number, end: number, group: number): void {
    const further = step.probe!(this.#packet, at, end, this.#start, this.#option, this.#reach);
    if (further >= 0 && at + further < end) this.#steps(step.branches[0]!, at + further, end, group);
  }

  #derived(step: Step, at: number, end: number, group: number): void {
    const value = at + step.bytes > end ? -1 : step.probe!(this.#packet, at, end, this.#start, this.#option, this.#reach);
    if (step.register >= 0) this.#registers[step.register] = value;
    if (step.id >= 0 && value >= 0) this.#put(step.id, at, step.bytes, value, group);
  }

  #measured(step: Step, at: number, end: number, group: number): number {
    const bytes = step.probe!(this.#packet, at, end, this.#start, this.#option, this.#reach);
    if (bytes < 0 || at + bytes > end) return this.#short(bytes < 0 ? end + 1 : at + bytes, end, this.#blame(end));
    if (bytes > 0) this.#put(step.id, at, bytes, 0, group);
    return at + bytes;
  }

  #options(step: Step, from: number, end: number, group: number): number {
    const all = step.id >= 0 && end > from ? this.#put(step.id, from, end - from, 0, group) : group;
    for (let at = from; at < end && !this.tape.full; ) {
      this.#option = at;
      const single = step.single.find(this.#packet[at]!) >= 0;
      const row = step.each >= 0 ? this.#put(step.each, at, 0, 0, all) : all;
      const body = this.#steps(single ? step.singleHead : step.head, at, end, row);
      if (body === SHORT) return SHORT;
      const stop = single ? body : (step.countsHead ? at : body) + this.#registers[step.lengthRegister]!;
      if (stop > end || stop < body) return this.#short(Math.max(stop, body), stop > end ? end : stop, stop < body ? this.tape.layerProtocol[this.#layer]! : this.#blame(end));
      if (step.each >= 0 && row !== NO_ROW) this.tape.bitLength[row] = (stop - at) * 8;
      const type = this.#registers[step.register]!;
      if (!single) this.#steps(branch(step, type), body, stop, row);
      at = step.align > 1 ? this.#pad(step, from, stop, end, row) : stop;
      if (type === step.last && !(step.drains && this.#packet[at] === type)) return at;
    }
    return end;
  }

  /** Where the next option starts. */
  #pad(step: Step, from: number, stop: number, end: number, group: number): number {
    const over = (stop - from) % step.align;
    const next = over === 0 ? stop : Math.min(end, stop + step.align - over);
    if (next > stop) this.#put(step.padding, stop, next - stop, 0, group);
    return next;
  }

  /** A block of fixed width: its wanted fields to the tape, its steering values to the registers. */
  #fields(step: Step, at: number, end: number, group: number): number {
    if (at + step.bytes > end) {
      this.#emit(step.from, this.#cut(step, (end - at) * 8), at, group);
      return this.#short(at + step.bytes, end, this.#blame(end));
    }
    this.#emit(step.from, step.to, at, group);
    const code = this.#code;
    for (let pc = step.saveFrom; pc < step.saveTo; pc += STRIDE) this.#save(pc, at + (code[pc + BIT]! >> 3));
    return at + step.bytes;
  }

  #save(pc: number, at: number): void {
    const code = this.#code;
    const kind = code[pc + KIND]!;
    this.#registers[code[pc + ID]!] = kind <= BYTES_4 ? scaled(code, pc, word(this.#packet, kind, at)) : special(this.#packet, code, pc, kind, at);
  }

  /** The end of the instructions whose fields fit in so many bits. */
  #cut(step: Step, bits: number): number {
    let pc = step.from;
    while (pc < step.to && this.#code[pc + BIT]! + this.#code[pc + BITS]! <= bits) pc += STRIDE;
    return pc;
  }

  #emit(from: number, to: number, base: number, group: number): void {
    const { tape } = this;
    const { fieldId, parent, bitOffset, bitLength, lo, hi } = tape;
    const code = this.#code;
    let row = tape.count;
    if (row + (to - from) / STRIDE > MAX_FIELDS) { tape.full = true; return; }
    const baseBit = (base - this.#origin) * 8;
    for (let pc = from; pc < to; pc += STRIDE) {
      const bit = code[pc + BIT]!;
      const at = base + (bit >> 3);
      const kind = code[pc + KIND]!;
      const value = kind <= BYTES_4 ? scaled(code, pc, word(this.#packet, kind, at)) : special(this.#packet, code, pc, kind, at);
      if (kind === GUARDED && value < 0) continue;
      const up = code[pc + UP]!;
      fieldId[row] = code[pc + ID]!;
      parent[row] = up === 0 ? group : row - up;
      bitOffset[row] = baseBit + bit;
      bitLength[row] = code[pc + BITS]!;
      lo[row] = value;
      hi[row] = kind < WIDE_48 ? 0 : upper(this.#packet, kind, at);
      row++;
    }
    tape.count = row;
  }

  #put(id: number, at: number, bytes: number, value: number, group: number): number { return putRow(this.tape, id, at - this.#origin, bytes, value, group); }

  /** Whose length ended a window that stops at `end`: an option list inside the header is the header's own. */
  #blame(end: number): number {
    if (end < this.#end) return this.tape.layerProtocol[this.#layer]!;
    return this.#end < this.#reach ? BY_CAPLEN : this.#by;
  }

  /** Offsets, not lengths, are given; the first shortfall of a layer is the one that tells. */
  #short(needed: number, available: number, by: number): typeof SHORT {
    const { tape } = this;
    if (tape.shortBy[this.#layer]! === COMPLETE) {
      tape.shortBy[this.#layer] = by;
      tape.shortNeeded[this.#layer] = needed - this.#start;
      tape.shortAvailable[this.#layer] = Math.max(0, available - this.#start);
    }
    return SHORT;
  }
}

function branch(step: Step, value: number): readonly Step[] {
  const found = step.cases.find(value);
  return step.branches[found < 0 ? step.branches.length - 1 : found]!;
}
