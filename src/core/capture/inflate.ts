import type { ByteReader, ByteSource } from '../bytes/byte-source.ts';
import type { Spool } from '../bytes/spool.ts';
import { compressionOf, MAGIC_BYTES, type Compression } from './compressions.ts';
import type { Unpacker } from './unpacker.ts';

/** A source without its compression. */
export interface PeeledSource extends ByteSource {
  /** How much of the compressed file was read, for progress; absent where there was no compression. */
  readonly compressed?: { readonly read: number; readonly size: number };
}

/**
 * Takes gzip, zstd or lz4 off a source, however many members or frames it has; anything else comes back as it is. The bytes are there while the rest is still being
 * unpacked. With a spool each byte is unpacked once and can be read again in any order; without one, each further look begins at the front. A file that breaks off or is
 * damaged gives what came before, then reads reject with a FaultError.
 */
export async function peel(source: ByteSource, spool?: Spool): Promise<PeeledSource> {
  if (source.size !== Infinity) {
    const compression = compressionOf(await source.slice(0, MAGIC_BYTES));
    if (compression === null) return source;
    return spool ? new SpooledSource(compression.unpack(source.open()), source.size, spool) : inflatedAnew(source, compression);
  }
  const reader = source.open();
  const first = await reader.read(new Uint8Array(FIRST_BYTES));
  const whole = putBack(first, reader);
  const compression = compressionOf(first);
  if (compression === null) return { ...source, open: () => whole };
  return spool ? new SpooledSource(compression.unpack(whole), Infinity, spool) : inflatedAnew({ ...source, open: () => whole }, compression);
}

const FIRST_BYTES = 1 << 16;

/** A reader that gives `first` before all that follows. */
const putBack = (first: Uint8Array, reader: ByteReader): ByteReader => {
  let rest = first;
  return {
    read(into) {
      if (rest.length === 0) return reader.read(into);
      const count = Math.min(into.length, rest.length);
      into.set(rest.subarray(0, count));
      rest = rest.subarray(count);
      return Promise.resolve(into.subarray(0, count));
    },
    close: () => reader.close(),
  };
};

/** Hands out chunks as reads want them: what does not fit is kept for the next one. */
const readerOf = (next: () => Promise<Uint8Array | null>, close: () => Promise<void>): ByteReader => {
  let rest: Uint8Array | null = new Uint8Array(0);
  return {
    async read(into) {
      while (rest !== null && rest.length === 0) rest = await next();
      if (rest === null) return into.subarray(0, 0);
      const count = Math.min(into.length, rest.length);
      into.set(rest.subarray(0, count));
      rest = rest.subarray(count);
      return into.subarray(0, count);
    },
    close,
  };
};

/** Without a spool: every look unpacks from the front. */
function inflatedAnew(source: ByteSource, { unpack }: Compression): PeeledSource {
  const compressed = { read: 0, size: source.size };
  const open = (from = 0, to = Infinity): ByteReader => {
    const reader = source.open();
    const unpacker = unpack(reader);
    let at = 0;
    return readerOf(async () => {
      if (at >= to) return null;
      const chunk = await unpacker.next();
      compressed.read = unpacker.read;
      if (chunk === null) return null;
      const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
      at += chunk.length;
      return part;
    }, () => reader.close());
  };
  return {
    size: Infinity, compressed, open,
    async slice(from, to) {
      const reader = open(from, to);
      const bytes = new Uint8Array(to - from);
      let have = 0;
      for (let part = await reader.read(bytes.slice()); part.length > 0; part = await reader.read(new Uint8Array(to - from))) {
        bytes.set(part, have);
        have += part.length;
      }
      await reader.close();
      return bytes.subarray(0, have);
    },
  };
}

/** With a spool: whoever needs bytes that are not there yet inflates on, one step at a time, and all of them read from the spool. */
class SpooledSource implements PeeledSource {
  readonly compressed: { read: number; size: number };
  private readonly unpacker: Unpacker;
  private readonly spool: Spool;
  private written = 0;
  /** What was inflated last, and where it lies: the pass that goes ahead takes it from here. */
  private last: Uint8Array = new Uint8Array(0);
  private lastFrom = 0;
  private ended = false;
  private failure: Error | null = null;
  /** The step under way, so that two readers never inflate at once. */
  private turn: Promise<void> = Promise.resolve();

  constructor(unpacker: Unpacker, size: number, spool: Spool) {
    this.unpacker = unpacker;
    this.spool = spool;
    this.compressed = { read: 0, size };
  }

  get size(): number { return this.ended ? this.written : Infinity; }

  open(from = 0, to = Infinity): ByteReader {
    let at = from;
    let stored: ByteReader | null = null;
    let storedTo = 0;
    return {
      read: async (into) => {
        const room = into.subarray(0, Math.max(0, Math.min(into.length, to - at)));
        if (room.length > 0) await this.reach(at + 1);
        if (room.length === 0 || at >= this.written) {
          if (room.length > 0 && this.failure !== null) throw this.failure;
          return into.subarray(0, 0);
        }
        let view: Uint8Array<ArrayBuffer>;
        if (at >= this.lastFrom) {
          const part = this.last.subarray(at - this.lastFrom, at - this.lastFrom + room.length);
          room.set(part);
          view = room.subarray(0, part.length);
          stored = null;
        } else {
          if (stored === null || at >= storedTo) {
            storedTo = this.written;
            stored = this.spool.source().open(at, storedTo);
          }
          view = await stored.read(room);
        }
        at += view.length;
        return view;
      },
      close: () => Promise.resolve(),
    };
  }

  async slice(from: number, to: number): Promise<Uint8Array> {
    await this.reach(to);
    return this.spool.source().slice(from, Math.min(to, this.written));
  }

  /** Inflates until `to` bytes are there, or there are no more. */
  private async reach(to: number): Promise<void> {
    while (this.written < to && !this.ended) {
      this.turn = this.turn.then(() => this.advance(to));
      await this.turn;
    }
  }

  private async advance(to: number): Promise<void> {
    if (this.written >= to || this.ended) return; // another reader was first
    try {
      const chunk = await this.unpacker.next();
      this.compressed.read = this.unpacker.read;
      if (chunk === null) { this.ended = true; return; }
      await this.spool.write(chunk);
      this.last = chunk;
      this.lastFrom = this.written;
      this.written += chunk.length;
    } catch (e) {
      this.failure = e instanceof Error ? e : new Error(String(e));
      this.ended = true;
    }
  }
}
