import type { Sink } from './capture-writer.ts';

const PIECE_BYTES = 1 << 16;

/** Gathers small writes into pieces. Numbers are little-endian. */
export class PieceBuffer {
  private piece = new Uint8Array(PIECE_BYTES);
  private view = new DataView(this.piece.buffer);
  private length = 0;
  private readonly sink: Sink;

  constructor(sink: Sink) { this.sink = sink; }

  u16(value: number): void { this.room(2); this.view.setUint16(this.length, value, true); this.length += 2; }
  u32(value: number): void { this.room(4); this.view.setUint32(this.length, value, true); this.length += 4; }

  bytes(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      this.room(1);
      const part = bytes.subarray(done, done + PIECE_BYTES - this.length);
      this.piece.set(part, this.length);
      this.length += part.length;
      done += part.length;
    }
  }

  /** Zero bytes up to a multiple of four, after a value of `length` bytes. */
  pad(length: number): void { this.bytes(ZEROS.subarray(0, -length & 3)); }

  flush(): void {
    if (this.length === 0) return;
    this.sink(this.piece.subarray(0, this.length));
    this.piece = new Uint8Array(PIECE_BYTES);
    this.view = new DataView(this.piece.buffer);
    this.length = 0;
  }

  private room(count: number): void { if (this.length + count > PIECE_BYTES) this.flush(); }
}

const ZEROS = new Uint8Array(4);
