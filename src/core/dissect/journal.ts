// What memories and gatherers answered for each packet of a capture, in numbers, so that one packet can be shown again as it was in its place without
// all the packets before it. Bounded: the packets that were noted first are forgotten first.

const CHUNK = 4096; //          packets
const FIRST_NUMBERS = 1 << 14;

interface Chunk { numbers: Float64Array; used: number; readonly starts: Uint32Array; count: number }

export class Journal {
  /** Packets that are noted, by number: [first..next). */
  first: number;
  next: number;
  readonly #chunks: Chunk[] = [];
  readonly #most: number;
  #bytes = 0;
  #chunk: Chunk | null = null;

  /** Keeps `most` bytes; begins with packet `first`. */
  constructor(most: number, first = 1) { this.#most = most; this.first = this.next = first; }

  /** Begins the next packet. */
  begin(): void {
    if (this.#chunk === null || this.#chunk.count === CHUNK) {
      this.#chunk = { numbers: new Float64Array(FIRST_NUMBERS), used: 0, starts: new Uint32Array(CHUNK), count: 0 };
      this.#bytes += FIRST_NUMBERS * 8;
      this.#chunks.push(this.#chunk);
      while (this.#bytes > this.#most && this.#chunks.length > 1) { const old = this.#chunks.shift()!; this.#bytes -= old.numbers.length * 8; this.first += CHUNK; }
    }
    this.#chunk.starts[this.#chunk.count++] = this.#chunk.used;
    this.next++;
  }

  put(n: number): void {
    const chunk = this.#chunk!;
    if (chunk.used === chunk.numbers.length) {
      const wider = new Float64Array(chunk.used * 2);
      wider.set(chunk.numbers);
      this.#bytes += chunk.used * 8;
      chunk.numbers = wider;
    }
    chunk.numbers[chunk.used++] = n;
  }

  /** What was put for a packet; null where it is not noted, or no longer. */
  of(packet: number): Float64Array | null {
    if (packet < this.first || packet >= this.next) return null;
    const at = packet - this.first;
    const chunk = this.#chunks[Math.floor(at / CHUNK)]!;
    const place = at % CHUNK;
    return chunk.numbers.subarray(chunk.starts[place], place + 1 < chunk.count ? chunk.starts[place + 1] : chunk.used);
  }
}

/** Reads one packet's numbers in the order they were put. */
export class Page {
  readonly #numbers: Float64Array;
  #at = 0;
  constructor(numbers: Float64Array) { this.#numbers = numbers; }
  get done(): boolean { return this.#at >= this.#numbers.length; }
  peek(further = 0): number { return this.#numbers[this.#at + further] ?? NaN; }
  skip(count: number): void { this.#at += count; }
  take(): number { return this.#at < this.#numbers.length ? this.#numbers[this.#at++]! : NaN; }
}
