import type { ByteReader } from './byte-source.ts';

/** A megabyte a read: large enough that the await between two reads costs nothing, small enough to stay in the cache. */
export const WINDOW_BYTES = 1 << 20;

/**
 * A reused buffer over a byte stream. What was not used up (the cut record at the end) moves to the front, so a record always lies
 * in one piece, and every byte is read once. `behind` bytes before it stay as well, for who looks back a little.
 */
export class Window {
  /** The buffer; another object after each `more`, since a BYOB read detaches the old one. */
  bytes: Uint8Array<ArrayBuffer>;
  /** First byte not used up, in `bytes`. */
  at = 0;
  /** End of what was read, in `bytes`. */
  limit = 0;
  /** Byte of the stream that lies at `bytes[0]`. */
  base: number;
  private readonly reader: ByteReader;
  private readonly behind: number;
  private ended = false;

  constructor(reader: ByteReader, size = WINDOW_BYTES, base = 0, behind = 0) {
    this.behind = behind;
    this.reader = reader;
    this.bytes = new Uint8Array(size);
    this.base = base;
  }

  /**
   * Reads on until `need` bytes lie from `at`, which is where the caller stands; the buffer grows where it is smaller than that, so
   * the caller bounds `need`. `at` may lie beyond what was read: what is before it is then read and forgotten. False: the stream ends before; what there is of it stays in `at`..`limit`. Rejects as the reader does.
   */
  async more(at: number, need: number): Promise<boolean> {
    this.at = at;
    if (at > this.limit) await this.pass();
    while (this.limit - this.at < need) {
      if (this.ended) return false;
      this.makeRoom(need);
      await this.read();
    }
    return true;
  }

  private async read(): Promise<void> {
    const { limit } = this;
    const got = await this.reader.read(this.bytes.subarray(limit));
    if (got.byteLength === 0) this.ended = true;
    // The same memory under a new name; a stream that was cancelled gives none back.
    if (got.buffer.byteLength > limit) this.bytes = new Uint8Array(got.buffer);
    this.limit = limit + got.byteLength;
  }

  /** Reads and forgets what lies before `at`, which is beyond what was read; `at` becomes the end where the stream ends before. */
  private async pass(): Promise<void> {
    while (this.at > this.limit && !this.ended) {
      this.base += this.limit;
      this.at -= this.limit;
      this.limit = 0;
      await this.read();
    }
    this.at = Math.min(this.at, this.limit);
  }

  /** Moves the rest to the front when what is free behind it is too small, for `need` or for reads of a good size. */
  private makeRoom(need: number): void {
    const { bytes, at, limit } = this;
    const size = bytes.length;
    const kept = Math.max(0, Math.min(at, this.behind, size - Math.max(need, limit - at)));
    const from = at - kept;
    if (need > size && limit - at === size) { // doubled only once it is full, so that a length that lies costs nothing
      const larger = new Uint8Array(size * 2);
      larger.set(bytes.subarray(at, limit));
      this.bytes = larger;
    } else if (from > 0 && (at + need > size || size - limit < size >> 2)) {
      bytes.copyWithin(0, from, limit);
    } else return;
    this.base += from;
    this.at = kept;
    this.limit = limit - from;
  }

  close(): Promise<void> { return this.reader.close(); }
}
