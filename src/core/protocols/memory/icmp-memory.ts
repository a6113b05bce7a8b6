import { u32, u32le, u8 } from '../../bytes/read.ts';
import type { FieldInstant, FieldSpec } from '../../dissect/field.ts';
import type { Memory, Recall, Sight } from '../../dissect/recall.ts';

const QUOTE = 8; //      bytes before an echo's data
const STAMP = 8; //      seconds and microseconds
const DAY = 86_400; //   seconds
const MICROSECONDS = 1_000_000;
const [REPLY, REQUEST] = [0, 8];
const [BIG, LITTLE] = [0, 1]; // places of the two forms of the time; behind them its age

/**
 * Programs that ping put the time into the first bytes of the data. No field says so: what lies within a day of the packet's own time is taken for it, in
 * either byte order, and is no data then.
 */
class EchoTime implements Memory {
  readonly values = new Float64Array(3);
  readonly nanoseconds = new Float64Array(3);

  see(sight: Sight): void {
    const { packet, start, end } = sight;
    this.values.fill(NaN);
    this.nanoseconds.fill(NaN);
    if (!sight.whole || start + QUOTE + STAMP > end || sight.quoted) return;
    const type = u8(packet, start);
    if (type !== REPLY && type !== REQUEST) return;
    const at = start + QUOTE;
    if (!this.#take(sight, u32(packet, at), u32(packet, at + 4), BIG)) this.#take(sight, u32le(packet, at), u32le(packet, at + 4), LITTLE);
  }

  #take(sight: Sight, seconds: number, microseconds: number, form: number): boolean {
    if (microseconds >= MICROSECONDS) return false;
    const whole = sight.seconds - seconds;
    const rest = sight.nanoseconds - microseconds * 1000;
    if (Math.abs(whole + rest / 1e9) > DAY) return false;
    this.values[form] = 1;
    this.values[2] = whole;
    this.nanoseconds[2] = rest;
    sight.payload += STAMP;
    return true;
  }

  kept(): number { return -1; }
  keep(): void { /* no conversation is told apart here */ }
}

const told = (read: (b: Uint8Array, at: number) => number): FieldInstant => (b, _at, start) => BigInt(read(b, start + QUOTE)) * 1_000_000_000n + BigInt(read(b, start + QUOTE + 4)) * 1000n;
const time = (instant: FieldInstant): FieldSpec => ({ name: 'data_time', label: 'Timestamp from icmp data', type: 'time', width: 0, display: 'none', instant });

export const echoTime: Recall = {
  fields: [time(told(u32)), time(told(u32le)), { name: 'data_time_relative', label: 'Timestamp from icmp data (relative)', type: 'duration', width: 0, display: 'none' }],
  memory: () => new EchoTime(), stateless: true,
};
