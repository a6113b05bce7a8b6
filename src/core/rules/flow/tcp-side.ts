import { type Room, StreamBuffer } from './stream-buffer.ts';

/** Whether a comes after b, around the wrap of 32 bits. */
export const after = (a: number, b: number): boolean => ((a - b) | 0) > 0;
/** Whether a is b or comes after it. */
export const from = (a: number, b: number): boolean => ((a - b) | 0) >= 0;
export const seqAdd = (a: number, n: number): number => (a + n) >>> 0;

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
  /** The last time stamp option, -1 without one, and when its packet came. */
  timestamp = -1;
  timestampSeconds = 0;
  zeroTimestamp = false;
  readonly buffer: StreamBuffer;
  /** How far the application layer and the rules have read. */
  appPlace = 0;
  rawPlace = 0;
  /** Rules look at what is there, however little it is. */
  flush = false;
  hasGap = false;
  depthReached = false;
  /** The highest place that a segment with data has reached. */
  reach = 0;

  constructor(room: Room) { this.buffer = new StreamBuffer(room); }

  begin(isn: number): void {
    this.known = true;
    this.isn = isn;
    this.next = this.acked = seqAdd(isn, 1);
    this.ackedPlace = 0;
  }

  /** Keeps a time stamp option's value, -1 without one. */
  stamp(timestamp: number, seconds: number): void {
    this.timestamp = timestamp;
    this.timestampSeconds = seconds;
    this.zeroTimestamp = timestamp === 0;
  }

  /** The place of a sequence number; below 0 before the first byte. */
  place(seq: number): number { return this.ackedPlace + ((seq - this.acked) | 0); }

  acknowledge(ack: number): void {
    if (!after(ack, this.acked)) return;
    this.ackedPlace += (ack - this.acked) | 0;
    this.acked = ack;
  }
}
