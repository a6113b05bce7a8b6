import { Decompress } from 'fflate';
import { Collected, type Shared } from './collected.ts';

/** Bytes of a body that are kept: request-body-limit and response-body-limit of the stock suricata.yaml. */
export const BODY_LIMIT = 102_400;
/** A body is looked at once it is whole, or from so many bytes on (…-body-minimal-inspect-size of the stock yaml). */
export const REQUEST_BODY = 32_768;
export const RESPONSE_BODY = 40_960;
/** What comes in goes to the decoder in pieces of this size, counted from the body's start, so that the result does not depend on how it was cut into segments and a piece never grows beyond a megabyte. */
const PIECE = 1024;
/** libhtp's bounds: layers of encoding, and when an inflated body is taken for a bomb. */
const MAX_LAYERS = 2;
const BOMB_BYTES = 1_048_576;
const BOMB_RATIO = 2048;

export type BodyEvent = 'gzip_decompression_failed' | 'compression_bomb' | 'abnormal_ce_header' | 'too_many_encoding_layers';

interface Sink { add(bytes: Uint8Array, from: number, to: number): void }

/** One layer of gzip or deflate (RFC 1951, also inside zlib's RFC 1950). Data that does not decode goes through as it is when nothing was decoded before. */
class Inflater implements Sink {
  readonly #into: Sink;
  readonly #note: (event: BodyEvent) => void;
  /** Bytes of the body that came in, before any layer. */
  readonly #sent: () => number;
  readonly #stream = new Decompress();
  readonly #piece = new Collected(PIECE);
  readonly #raw = new Collected(BODY_LIMIT);
  #out = 0;
  #state: 'decoding' | 'passing' | 'stopped' = 'decoding';

  constructor(into: Sink, note: (event: BodyEvent) => void, sent: () => number) {
    this.#into = into;
    this.#note = note;
    this.#sent = sent;
    this.#stream.ondata = (chunk) => { this.#decoded(chunk); };
  }

  add(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to;) {
      if (this.#state === 'stopped') return;
      if (this.#state === 'passing') { this.#into.add(bytes, at, to); return; }
      const end = Math.min(to, at + PIECE - this.#piece.length);
      this.#piece.add(bytes, at, end);
      at = end;
      if (this.#piece.isFull) this.flush();
    }
  }

  /** Decodes what waits for its piece to fill. */
  flush(): void {
    if (this.#state !== 'decoding' || this.#piece.length === 0) return;
    const piece = this.#piece.bytes.slice();
    this.#piece.clear();
    if (this.#out === 0) this.#raw.add(piece, 0, piece.length);
    try {
      this.#stream.push(piece);
    } catch { // the library throws on data that is none of its formats
      this.#note('gzip_decompression_failed');
      this.#state = this.#out === 0 ? 'passing' : 'stopped';
      if (this.#out === 0) this.#into.add(this.#raw.bytes, 0, this.#raw.length);
    }
  }

  #decoded(chunk: Uint8Array): void {
    this.#out += chunk.length;
    this.#into.add(chunk, 0, chunk.length);
    if (this.#out < BOMB_BYTES) return;
    if (this.#out > this.#sent() * BOMB_RATIO) this.#note('compression_bomb');
    this.#state = 'stopped';
  }
}

/** A body as it is looked at: decoded, up to the limit. */
export class Body {
  readonly #collected: Collected;
  readonly #layers: Inflater[] = [];
  /** Bytes as sent, without chunk sizes. */
  sent = 0;
  complete = false;

  constructor(encoding: string, shared: Shared, note: (event: BodyEvent) => void) {
    this.#collected = new Collected(BODY_LIMIT, shared);
    const names = encoding.toLowerCase().split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
    if (names.length > MAX_LAYERS) note('too_many_encoding_layers');
    let sink: Sink = this.#collected;
    // The last encoding named was applied last and is taken off first.
    for (const name of names.slice(-MAX_LAYERS)) {
      if (!/^(x-)?(gzip|deflate)$/.test(name)) { note('abnormal_ce_header'); continue; }
      const layer = new Inflater(sink, note, () => this.sent);
      this.#layers.unshift(layer);
      sink = layer;
    }
    this.#sink = sink;
  }

  readonly #sink: Sink;

  /** Answers whether there is more to look at than before, for rules that look from `least` bytes on. */
  add(bytes: Uint8Array, from: number, to: number, least: number): boolean {
    const before = this.#collected.length;
    this.sent += to - from;
    this.#sink.add(bytes, from, to);
    return this.#collected.length > before && this.#collected.length >= least;
  }

  finish(): void {
    for (const layer of this.#layers) layer.flush();
    this.complete = true;
  }

  release(): void { this.#collected.release(); }

  get bytes(): Uint8Array { return this.#collected.bytes; }
  /** Bytes that are there decoded, those beyond the limit too. */
  get length(): number { return this.#collected.total; }
}
