import type { Program, Unit } from './program.ts';
import { newSight, type Memory, type Sight, type WrapMemory } from './recall.ts';
import { NO_ROW, putRow, type Tape } from './tape.ts';

const TWO_32 = 4_294_967_296;
const SECOND = 1_000_000_000;

/** The memories of all protocols that have one and are asked for something. */
export class Recollection {
  readonly sight = newSight();
  readonly ordered: boolean; //                      packets have to be shown in order, and all of them
  readonly memories: readonly (Memory | null)[]; // by protocol
  readonly #tape: Tape;

  constructor(program: Program, tape: Tape, remembers: boolean, wrap?: WrapMemory) {
    this.#tape = tape;
    this.memories = program.units.map(({ recall, ...unit }) => {
      if (!recall || !(recall.stateless || (remembers && asked(unit, program)))) return null;
      return wrap && !recall.stateless ? wrap(recall.memory(), unit.id) : recall.memory();
    });
    this.ordered = program.units.some((unit, id) => this.memories[id] !== null && !unit.recall?.stateless);
  }

  addresses(at: number, bytes: number): void { this.sight.network = at; this.sight.addressBytes = bytes; }

  /** Shows the header at `start`. */
  look(packet: Uint8Array, origin: number, start: number, payload: number, end: number, reach: number, level: number, whole: boolean, quoted: boolean): Sight {
    const { sight } = this;
    sight.packet = packet; sight.origin = origin; sight.start = start; sight.payload = payload; sight.end = end; sight.reach = reach; sight.level = level; sight.whole = whole; sight.quoted = quoted;
    return sight;
  }

  /** The packet's bytes have moved: places in it now count from 0. */
  moved(): void {
    const { sight } = this;
    if (sight.network >= 0) sight.network -= sight.origin;
    if (sight.transport >= 0) sight.transport -= sight.origin;
  }

  /** Puts what the unit's protocol remembers of the header in sight, the tape's last layer, onto the tape; where the payload starts. */
  ask(unit: Unit): number {
    const { sight } = this;
    const { origin, start } = sight;
    const tape = this.#tape;
    const memory = this.memories[unit.id]!;
    memory.see(sight);
    const { values, nanoseconds } = memory;
    const { recalled, relative } = unit;
    for (let i = 0; i < recalled.length; i++) {
      const value = values[i]!;
      if (recalled[i]! < 0 || Number.isNaN(value)) continue;
      const row = putRow(tape, recalled[i]!, start - origin, 0, value, NO_ROW);
      if (row !== NO_ROW && !Number.isNaN(nanoseconds[i]!)) spread(tape, row, value, nanoseconds[i]!);
    }
    if (relative.length > 0) this.#relate(relative, values);
    if (memory.renamesFrom && unit.renamed.length > 0) this.#rename(unit.renamed, memory.renamesFrom(), origin);
    return sight.payload;
  }

  /** Rows of one field become another's. */
  #rename(renamed: readonly number[], from: number, origin: number): void {
    const tape = this.#tape;
    const [field, instead, value] = [renamed[0]!, renamed[1]!, renamed[2]!];
    for (let row = tape.layerFirst[tape.layerCount - 1]!; row < tape.count; row++) {
      if (tape.fieldId[row] === field && tape.lo[row] === value && tape.bitOffset[row]! >= (from - origin) * 8) tape.fieldId[row] = instead;
    }
  }

  /** Numbers of the header that count from one of the memory's. */
  #relate(relative: readonly number[], values: Float64Array): void {
    const tape = this.#tape;
    for (let row = tape.layerFirst[tape.layerCount - 1]!; row < tape.count; row++) {
      for (let i = 0; i < relative.length; i += 2) {
        const base = values[relative[i + 1]!]!;
        if (tape.fieldId[row] === relative[i] && !Number.isNaN(base)) tape.lo[row] = tape.lo[row]! - base;
      }
    }
  }
}

/** Nanoseconds in 64 bits, exact where a number alone is not: its lower half by multiplying in 32 bits, its upper one from the rest. */
function spread(tape: Tape, row: number, seconds: number, nanoseconds: number): void {
  const low = (Math.imul(seconds, SECOND) + nanoseconds) >>> 0;
  tape.lo[row] = low;
  tape.hi[row] = Math.round((seconds * SECOND + nanoseconds - low) / TWO_32);
}

/** Does anything wanted hang on what the unit's protocol remembers? */
const asked = ({ recalled, relative, renamed, guesses }: Omit<Unit, 'recall'>, { units }: Program): boolean =>
  recalled.some((id) => id >= 0) || (renamed[0] ?? -1) >= 0 || relative.length > 0 || guesses.some(({ id }) => units[id]!.keeps && units[id]!.useful);
