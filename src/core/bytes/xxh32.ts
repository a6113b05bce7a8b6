import { u32le } from './read.ts';

// xxHash's five primes (github.com/Cyan4973/xxHash, doc/xxhash_spec.md).
const [P1, P2, P3, P4, P5] = [0x9e37_79b1, 0x85eb_ca77, 0xc2b2_ae3d, 0x27d4_eb2f, 0x1656_67b1];
const STRIPE = 16;

const turn = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits));
const round = (lane: number, word: number): number => Math.imul(turn((lane + Math.imul(word, P2)) | 0, 13), P1);

/** XXH32 with seed 0, of bytes that come in pieces: the checksum of LZ4 frames. */
export class Xxh32 {
  private a = (P1 + P2) | 0;
  private b = P2 | 0;
  private c = 0;
  private d = -P1 | 0;
  private length = 0;
  /** What does not fill a stripe yet. */
  private readonly tail = new Uint8Array(STRIPE);

  update(bytes: Uint8Array): this {
    let at = 0;
    const held = this.length % STRIPE;
    this.length += bytes.length;
    if (held > 0) {
      at = Math.min(STRIPE - held, bytes.length);
      this.tail.set(bytes.subarray(0, at), held);
      if (held + at < STRIPE) return this;
      this.stripe(this.tail, 0);
    }
    for (; at + STRIPE <= bytes.length; at += STRIPE) this.stripe(bytes, at);
    this.tail.set(bytes.subarray(at));
    return this;
  }

  /** The 32 bits, unsigned. */
  digest(): number {
    const { a, b, c, d, length, tail } = this;
    let h = length >= STRIPE ? turn(a, 1) + turn(b, 7) + turn(c, 12) + turn(d, 18) : P5;
    h = (h + length) | 0;
    const rest = length % STRIPE;
    let at = 0;
    for (; at + 4 <= rest; at += 4) h = Math.imul(turn((h + Math.imul(u32le(tail, at), P3)) | 0, 17), P4);
    for (; at < rest; at++) h = Math.imul(turn((h + Math.imul(tail[at]!, P5)) | 0, 11), P1);
    h = Math.imul(h ^ (h >>> 15), P2);
    h = Math.imul(h ^ (h >>> 13), P3);
    return (h ^ (h >>> 16)) >>> 0;
  }

  private stripe(bytes: Uint8Array, at: number): void {
    this.a = round(this.a, u32le(bytes, at));
    this.b = round(this.b, u32le(bytes, at + 4));
    this.c = round(this.c, u32le(bytes, at + 8));
    this.d = round(this.d, u32le(bytes, at + 12));
  }
}

export const xxh32 = (bytes: Uint8Array): number => new Xxh32().update(bytes).digest();
