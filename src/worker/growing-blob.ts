/** So many bytes of pieces become a blob of their own: the browser may then keep them on disk. */
const PART_BYTES = 8 << 20;

/** A file that is made of pieces, of any size: no more than a part of it is held by the worker itself. */
export class GrowingBlob {
  readonly #parts: Blob[] = [];
  #pieces: (string | Uint8Array<ArrayBuffer>)[] = [];
  #held = 0;

  readonly add = (piece: string | Uint8Array<ArrayBuffer>): void => {
    this.#pieces.push(piece);
    this.#held += piece.length;
    if (this.#held > PART_BYTES) this.#fold();
  };

  end(type = ''): Blob {
    this.#fold();
    return new Blob(this.#parts, { type });
  }

  #fold(): void {
    this.#parts.push(new Blob(this.#pieces));
    this.#pieces = [];
    this.#held = 0;
  }
}
