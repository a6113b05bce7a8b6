// Where a capture's bytes come from: a Blob in the browser, a file descriptor in Node, memory in tests. The core sees only this.

export interface ByteSource {
  /** Bytes in all; Infinity while it is not known (standard input, a gzip that is still being inflated). */
  readonly size: number;
  /** A reader over bytes [from..to), in order. */
  open(from?: number, to?: number): ByteReader;
  /** A copy of bytes [from..to), shorter where the source ends before `to`. For the packet in view, not for passes. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

export interface ByteReader {
  /**
   * Fills as much of `into` as there is at once (1 byte at least, until the end). Takes the buffer and hands it back: use only the
   * view that is returned, since a BYOB read detaches the old buffer. An empty view is the end.
   */
  read(into: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}
