import type { OsPolicy } from './os-policy.ts';
import { type Room, StreamBuffer } from './stream-buffer.ts';

/** Whether a comes after b, around the wrap of 32 bits. */
export const after = (a: number, b: number): boolean => ((a - b) | 0) > 0;
/** Whether a is b or comes after it. */
export const from = (a: number, b: number): boolean => ((a - b) | 0) >= 0;
export const seqAdd = (a: number, n: number): number => (a + n) >>> 0;

/** Selective acknowledgments that are kept of one direction. */
const MOST_SACKED = 64;

/** One direction of a TCP session: what its sender has sent and the other side has acknowledged. Sequence numbers are unsigned 32-bit numbers; places count from its first byte of data. */
export class TcpSide {
  /** Initial sequence number: the first byte of data is the next one. */
  isn = 0;
  /** Whether anything of this direction is known. */
  known = false;
  /** The next sequence number expected. */
  next = 0;
  /** The highest that the other side has acknowledged, and its place. */
  acked = 0;
  ackedPlace = 0;
  /** What the other side lets this one send, and the sequence number up to which that reaches. */
  window = 0;
  limit = 0;
  scale = 0;
  /** Whether its SYN had a window scale, and a time stamp. */
  scales = false;
  stamps = false;
  /** The last time stamp, 0 for none, and when its packet came. */
  timestamp = 0;
  timestampSeconds = 0;
  zeroTimestamp = false;
  /** Flags of all its packets. */
  flags = 0;
  /** A reset that this side may have ignored was sent to it. */
  resetReceived = false;
  keepAlive = false;
  /** How the host is taken to behave; null until somebody asks. */
  policy: OsPolicy | null = null;
  readonly buffer: StreamBuffer;
  /** Before this place nothing is kept any more. */
  base = 0;
  /** How far the application layer and the rules have read. */
  appPlace = 0;
  rawPlace = 0;
  /** Rules look at what is there, however little it is. */
  flush = false;
  hasGap = false;
  depthReached = false;
  /** Nothing of it is put together any more. */
  done = false;
  /** Bytes of urgent data that were taken out of the stream. */
  urgentBytes = 0;
  /** Edges of what was acknowledged out of order, ascending. */
  #sacked: number[] = [];

  constructor(room: Room) { this.buffer = new StreamBuffer(room); }

  begin(isn: number): void {
    this.known = true;
    this.isn = isn;
    this.next = this.acked = seqAdd(isn, 1);
    this.ackedPlace = 0;
  }

  /** The place of a sequence number; below 0 before the first byte. */
  place(seq: number): number { return this.ackedPlace + ((seq - this.acked) | 0); }

  /** Takes an acknowledgment that goes on. */
  acknowledge(ack: number): void { if (after(ack, this.acked)) this.ackTo(ack); }

  /** Sets what is acknowledged, back or on. */
  ackTo(ack: number): void {
    this.ackedPlace += (ack - this.acked) | 0;
    this.acked = ack;
    while (this.#sacked.length > 0 && !after(this.#sacked[1]!, ack)) this.#sacked.splice(0, 2);
  }

  /** Takes a selective acknowledgment. */
  sack(left: number, right: number): void {
    if (!after(right, left) || !after(right, this.acked) || after(left, seqAdd(this.acked, Math.max(this.window, 1))) || this.#sacked.length >= 2 * MOST_SACKED) return;
    const edges: number[] = [];
    let [low, high] = [after(left, this.acked) ? left : this.acked, right];
    for (let i = 0; i < this.#sacked.length; i += 2) {
      const [a, b] = [this.#sacked[i]!, this.#sacked[i + 1]!];
      if (after(a, high) || after(low, b)) { edges.push(a, b); continue; }
      if (after(low, a)) low = a;
      if (after(b, high)) high = b;
    }
    edges.push(low, high);
    const start = this.acked;
    const pairs = Array.from({ length: edges.length / 2 }, (_, i) => [edges[2 * i]!, edges[2 * i + 1]!]).sort(([a], [b]) => ((a! - start) | 0) - ((b! - start) | 0));
    this.#sacked = pairs.flat();
  }

  /** Whether a range was acknowledged out of order already. */
  isSacked(left: number, right: number): boolean {
    if (!after(right, this.acked)) return true;
    for (let i = 0; i < this.#sacked.length; i += 2) if (from(left, this.#sacked[i]!) && from(this.#sacked[i + 1]!, right)) return true;
    return false;
  }

  /** The other side lets this one send so far, what it has out of order not counted. */
  allow(limit: number): void {
    let sacked = 0;
    for (let i = 0; i < this.#sacked.length; i += 2) sacked += (this.#sacked[i + 1]! - this.#sacked[i]!) >>> 0;
    const to = seqAdd(limit, sacked);
    if (after(to, this.limit)) this.limit = to;
  }
}
