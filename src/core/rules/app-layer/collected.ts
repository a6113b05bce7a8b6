const SMALLEST = 64;

/** What several collections may keep together. */
export interface Shared { left: number }

/** Bytes that arrive in pieces, up to a bound; what goes beyond it, or beyond what is left of a shared bound, is counted and not kept. */
export class Collected {
  readonly limit: number;
  readonly #shared: Shared | null;
  #bytes = new Uint8Array(0);
  #length = 0;
  /** All bytes that came, the ones beyond the bound too. */
  total = 0;

  constructor(limit: number, shared: Shared | null = null) {
    this.limit = limit;
    this.#shared = shared;
  }

  get length(): number { return this.#length; }
  get isFull(): boolean { return this.#length === this.limit; }

  add(bytes: Uint8Array, from: number, to: number): void {
    this.total += to - from;
    const size = Math.min(to - from, this.limit - this.#length);
    if (size <= 0) return;
    const needed = this.#length + size;
    if (needed > this.#bytes.length) {
      const room = Math.min(this.limit, Math.max(SMALLEST, needed, this.#bytes.length * 2));
      if (this.#shared !== null && this.#shared.left < room - this.#bytes.length) return;
      if (this.#shared !== null) this.#shared.left -= room - this.#bytes.length;
      const grown = new Uint8Array(room);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(from, from + size), this.#length);
    this.#length = needed;
  }

  /** What was kept: valid until more is added. */
  get bytes(): Uint8Array { return this.#bytes.subarray(0, this.#length); }

  /** Takes the first bytes away. */
  drop(count: number): void {
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
  }

  clear(): void { this.#length = 0; this.total = 0; }

  /** Forgets what was kept; the count stays. */
  release(): void {
    if (this.#shared !== null) this.#shared.left += this.#bytes.length;
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
  }
}
