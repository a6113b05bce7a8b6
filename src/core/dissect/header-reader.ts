// Reads one header after the other onto the tape: fields of fixed width, and the parts that vary. Reads are unchecked, since each lies behind the bounds check
// of its block, and nothing here allocates.

import { lead } from './lead.ts';
import { scaled, special, upper, word } from './load.ts';
import { BIT, BITS, BYTES_4, CARRIED, DERIVED, ELSEWHERE, FIELDS, GUARDED, ID, KIND, MEASURED, PICK, REPEAT, REST, STRIDE, TLV, UP, WIDE_48, WITHIN } from './program.ts';
import type { Program, Step, Unit } from './program.ts';
import { BY_CAPLEN, BY_FRAME, COMPLETE, MAX_FIELDS, newTape, NO_ROW, putRow, type Tape } from './tape.ts';

export const SHORT = -1;
export const WAITING = 6; //      numbers of a place in the queue: protocol, start, end, reach, whose length that is, level
export const MAX_WAITING = 64;
const MOST = 1 << 29; //          bytes that a length may promise

export class HeaderReader {
  readonly tape: Tape = newTape();
  protected readonly program: Program;
  protected packet: Uint8Array = new Uint8Array(0);
  protected origin = 0; //  the packet's first byte in `packet`
  protected layer = 0;
  protected start = 0; //   the layer's first byte
  protected end = 0; //     the end of the bytes that the layer may use
  protected reach = 0; //   ... had the capture kept all of them, and whose length says so
  protected by = BY_FRAME;
  protected level = 0;
  protected readonly registers = new Int32Array(32);
  protected readonly queue = new Int32Array(MAX_WAITING * WAITING); // what headers carry beside their payload
  protected queued = 0;
  private readonly code: Int32Array;
  private option = 0; //    the option's first byte

  constructor(program: Program) { this.program = program; this.code = program.code; }

  /** Where the payload starts, or SHORT. */
  protected header(unit: Unit): number {
    const body = this.fields(unit.fixed, this.start, this.end, NO_ROW);
    if (body === SHORT) return SHORT;
    if (unit.headerLength < 0) return unit.tail.length === 0 ? body : this.steps(unit.tail, body, this.end, NO_ROW);
    const end = this.start + this.registers[unit.headerLength]!;
    if (end < body) return this.short(body, end, unit.id);
    const fits = end <= this.end;
    // A broken option does not hide the payload: the header's own length says where that starts.
    if (unit.tail.length > 0 && (end > body || unit.tail[0]!.kind === DERIVED)) this.steps(unit.tail, body, fits ? end : this.end, NO_ROW);
    return fits ? end : this.short(end, this.end, this.blame(this.end));
  }

  /** Puts bytes of the header into the queue. */
  private carried(step: Step, at: number, end: number): number {
    const stop = step.register < 0 ? end : at + Math.min(this.registers[step.register]! >>> 0, MOST);
    const leads = step.leads!;
    const here = Math.min(stop, end);
    if (here > at && this.queued < MAX_WAITING) {
      const id = leads.table === null ? leads.follows : lead(this.program, leads, this.registers, this.packet, at, here, null);
      const q = this.queue;
      const slot = this.queued * WAITING;
      if (id >= 0) {
        q[slot] = id; q[slot + 1] = at; q[slot + 2] = here; q[slot + 3] = stop; q[slot + 4] = stop > end ? this.blame(end) : this.tape.layerProtocol[this.layer]!; q[slot + 5] = this.level;
        this.queued++;
      }
    }
    return stop <= end ? stop : this.short(stop, end, this.blame(end));
  }

  /** Runs the parts of variable width over [at..end); answers where they stopped, or SHORT. */
  private steps(steps: readonly Step[], from: number, end: number, group: number): number {
    let at = from;
    for (let i = 0; i < steps.length && at !== SHORT; i++) {
      const step = steps[i]!;
      switch (step.kind) {
        case FIELDS: at = this.fields(step, at, end, group); break;
        case PICK: at = this.steps(branch(step, this.chosen(step, at, end)), at, end, group); break;
        case REPEAT: at = this.repeat(step, at, end, group); break;
        case WITHIN: at = this.within(step, at, end, group); break;
        case REST: if (end > at || step.empty) this.put(step.id, at, end - at, 0, group); at = end; break;
        case ELSEWHERE: this.elsewhere(step, at, end, group); break;
        case DERIVED: this.derived(step, at, end, group); break;
        case CARRIED: at = this.carried(step, at, end); break;
        case MEASURED: at = this.measured(step, at, end, group); break;
        case TLV: at = this.options(step, at, end, group); break;
      }
    }
    return at;
  }

  private chosen(step: Step, at: number, end: number): number {
    return step.probe === null ? this.registers[step.register]! : step.probe(this.packet, at, end, this.start, this.option, this.reach);
  }

  private repeat(step: Step, from: number, end: number, group: number): number {
    let at = from;
    if (step.register < 0) {
      for (let before = -1; at < end && at > before && !this.tape.full; ) { before = at; at = this.steps(step.branches[0]!, at, end, group); }
      return at;
    }
    for (let left = this.registers[step.register]!; left > 0 && at !== SHORT && !this.tape.full; left--) at = this.steps(step.branches[0]!, at, end, group);
    return at;
  }

  private within(step: Step, at: number, end: number, group: number): number {
    const stop = at + (this.registers[step.register]! >>> 0); // a length of 32 bits is no negative number
    this.steps(step.branches[0]!, at, Math.min(stop, end), group);
    return stop <= end ? stop : this.short(stop, end, this.blame(end));
  }

  private elsewhere(step: Step, at: number, end: number, group: number): void {
    const further = step.probe!(this.packet, at, end, this.start, this.option, this.reach);
    if (further >= 0 && at + further < end) this.steps(step.branches[0]!, at + further, end, group);
  }

  private derived(step: Step, at: number, end: number, group: number): void {
    const value = at + step.bytes > end ? -1 : step.probe!(this.packet, at, end, this.start, this.option, this.reach);
    if (step.register >= 0) this.registers[step.register] = value;
    if (step.id >= 0 && value >= 0) this.put(step.id, at, step.bytes, value, group);
  }

  private measured(step: Step, at: number, end: number, group: number): number {
    const bytes = step.probe!(this.packet, at, end, this.start, this.option, this.reach);
    if (bytes < 0 || at + bytes > end) return this.short(bytes < 0 ? end + 1 : at + bytes, end, this.blame(end));
    if (bytes > 0) this.put(step.id, at, bytes, 0, group);
    return at + bytes;
  }

  private options(step: Step, from: number, end: number, group: number): number {
    const all = step.id >= 0 && end > from ? this.put(step.id, from, end - from, 0, group) : group;
    for (let at = from; at < end && !this.tape.full; ) {
      this.option = at;
      const single = step.single.find(this.packet[at]!) >= 0;
      const row = step.each >= 0 ? this.put(step.each, at, 0, 0, all) : all;
      const body = this.steps(single ? step.singleHead : step.head, at, end, row);
      if (body === SHORT) return SHORT;
      const stop = single ? body : (step.countsHead ? at : body) + this.registers[step.lengthRegister]!;
      if (stop > end || stop < body) return this.short(Math.max(stop, body), stop > end ? end : stop, stop < body ? this.tape.layerProtocol[this.layer]! : this.blame(end));
      if (step.each >= 0 && row !== NO_ROW) this.tape.bitLength[row] = (stop - at) * 8;
      const type = this.registers[step.register]!;
      if (!single) this.steps(branch(step, type), body, stop, row);
      at = step.align > 1 ? this.pad(step, from, stop, end, row) : stop;
      if (type === step.last && !(step.drains && this.packet[at] === type)) return at;
    }
    return end;
  }

  /** Where the next option starts. */
  private pad(step: Step, from: number, stop: number, end: number, group: number): number {
    const over = (stop - from) % step.align;
    const next = over === 0 ? stop : Math.min(end, stop + step.align - over);
    if (next > stop) this.put(step.padding, stop, next - stop, 0, group);
    return next;
  }

  /** A block of fixed width: its wanted fields to the tape, its steering values to the registers. */
  private fields(step: Step, at: number, end: number, group: number): number {
    if (at + step.bytes > end) {
      this.emit(step.from, this.cut(step, (end - at) * 8), at, group);
      return this.short(at + step.bytes, end, this.blame(end));
    }
    if (step.from < step.to) this.emit(step.from, step.to, at, group);
    const { code } = this;
    const { saveTo } = step;
    for (let pc = step.saveFrom; pc < saveTo; pc += STRIDE) this.save(pc, at + (code[pc + BIT]! >> 3));
    return at + step.bytes;
  }

  private save(pc: number, at: number): void {
    const code = this.code;
    const kind = code[pc + KIND]!;
    this.registers[code[pc + ID]!] = kind <= BYTES_4 ? scaled(code, pc, word(this.packet, kind, at)) : special(this.packet, code, pc, kind, at);
  }

  /** The end of the instructions whose fields fit in so many bits. */
  private cut(step: Step, bits: number): number {
    let pc = step.from;
    while (pc < step.to && this.code[pc + BIT]! + this.code[pc + BITS]! <= bits) pc += STRIDE;
    return pc;
  }

  private emit(from: number, to: number, base: number, group: number): void {
    const { tape } = this;
    const { fieldId, parent, bitOffset, bitLength, lo, hi } = tape;
    const code = this.code;
    let row = tape.count;
    if (row + (to - from) / STRIDE > MAX_FIELDS) { tape.full = true; return; }
    const baseBit = (base - this.origin) * 8;
    for (let pc = from; pc < to; pc += STRIDE) {
      const bit = code[pc + BIT]!;
      const at = base + (bit >> 3);
      const kind = code[pc + KIND]!;
      const value = kind <= BYTES_4 ? scaled(code, pc, word(this.packet, kind, at)) : special(this.packet, code, pc, kind, at);
      if (kind === GUARDED && value < 0) continue;
      const up = code[pc + UP]!;
      fieldId[row] = code[pc + ID]!;
      parent[row] = up === 0 ? group : row - up;
      bitOffset[row] = baseBit + bit;
      bitLength[row] = code[pc + BITS]!;
      lo[row] = value;
      hi[row] = kind < WIDE_48 ? 0 : upper(this.packet, kind, at);
      row++;
    }
    tape.count = row;
  }

  protected put(id: number, at: number, bytes: number, value: number, group: number): number { return putRow(this.tape, id, at - this.origin, bytes, value, group); }

  /** Whose length ended a window that stops at `end`: an option list inside the header is the header's own. */
  protected blame(end: number): number {
    if (end < this.end) return this.tape.layerProtocol[this.layer]!;
    return this.end < this.reach ? BY_CAPLEN : this.by;
  }

  /** Offsets, not lengths, are given; the first shortfall of a layer is the one that tells. */
  protected short(needed: number, available: number, by: number): typeof SHORT {
    const { tape } = this;
    if (tape.shortBy[this.layer]! === COMPLETE) {
      tape.shortBy[this.layer] = by;
      tape.shortNeeded[this.layer] = needed - this.start;
      tape.shortAvailable[this.layer] = Math.max(0, available - this.start);
    }
    return SHORT;
  }
}

function branch(step: Step, value: number): readonly Step[] {
  const found = step.cases.find(value);
  return step.branches[found < 0 ? step.branches.length - 1 : found]!;
}
