// Bytes of a capture for a pass that goes forward but now and then looks back a little: read once, in order, the last ones kept.

import { FaultError } from '../base/fault.ts';
import type { ByteReader, ByteSource } from '../bytes/byte-source.ts';
import { Window } from '../bytes/window.ts';

const KEPT_BEHIND = 1 << 15;
const WINDOW = 1 << 18; // little of it is moved, and it stays in the cache
const FAR = 1 << 20; //    what lies between is not read

export class NearBytes {
  /** Where the bytes asked for last lie: in `bytes`, from `at`. Valid until the next `load`. */
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  readonly #source: ByteSource;
  #reader: ByteReader;
  #window: Window;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#reader = source.open();
    this.#window = new Window(this.#reader, WINDOW);
  }

  /** Whether bytes [offset..offset + length) are at hand; if so, `bytes` and `at` name them. No promise, for the hot loop. */
  has(offset: number, length: number): boolean {
    const { base, limit } = this.#window;
    if (offset < base || offset + length > base + limit) return false;
    this.bytes = this.#window.bytes;
    this.at = offset - base | 0;
    return true;
  }

  /** Brings bytes [offset..offset + length): forward through the window, which begins anew where that is far, backward by a read of their own. False where the capture ends before. */
  async load(offset: number, length: number): Promise<boolean> {
    if (this.has(offset, length)) return true;
    if (offset > this.#window.base + this.#window.limit + FAR) await this.#jump(offset - KEPT_BEHIND);
    const window = this.#window;
    if (offset < window.base) {
      this.bytes = await this.#source.slice(offset, offset + length);
      this.at = 0;
      return this.bytes.length === length;
    }
    const from = Math.max(window.at, offset - window.base - KEPT_BEHIND);
    try {
      await window.more(from, offset - window.base - from + length);
    } catch (e) {
      if (!(e instanceof FaultError)) throw e; // a gzip that breaks off: what came before may be enough
    }
    return this.has(offset, length);
  }

  async #jump(to: number): Promise<void> {
    await this.#reader.close();
    this.#reader = this.#source.open(to);
    this.#window = new Window(this.#reader, WINDOW, to);
  }

  close(): Promise<void> { return this.#reader.close(); }
}
