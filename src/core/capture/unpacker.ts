import { FaultError, type Fault } from '../base/fault.ts';
import type { ByteReader } from '../bytes/byte-source.ts';

/** Compressed bytes a step. A step that fails is lost, so it is small. */
const STEP_BYTES = 1 << 14;

/**
 * Takes a compression off, step by step. A subclass takes compressed bytes and gives what comes of them to `give`; what it throws ends the unpacking, after all that
 * was given before.
 */
export abstract class Unpacker {
  /** Compressed bytes so far. */
  read = 0;
  /** "gzip": as in what is told of a damaged file. */
  protected abstract readonly name: string;
  private readonly reader: ByteReader;
  private buffer = new Uint8Array(STEP_BYTES);
  private readonly chunks: Uint8Array[] = [];
  private ended = false;
  private fault: FaultError | null = null;

  constructor(reader: ByteReader) { this.reader = reader; }

  /** The next unpacked bytes; null at the end. Rejects with a FaultError where the file breaks off or is damaged, after all that came before it. */
  async next(): Promise<Uint8Array | null> {
    while (this.chunks.length === 0 && !this.ended) await this.advance();
    const chunk = this.chunks.shift();
    if (chunk) return chunk;
    if (this.fault) throw this.fault;
    return null;
  }

  /** Compressed bytes, which are the caller's again afterwards. */
  protected abstract push(bytes: Uint8Array): void;
  /** There are no more: throws where they should not end here. */
  protected abstract finish(): void;

  protected give(chunk: Uint8Array): void { if (chunk.length > 0) this.chunks.push(chunk); }

  protected broken(what: string): FaultError {
    const fault: Fault = { code: 'bad-compression', what: `The ${this.name} ${what}`, next: 'Copy or download it again, or go on with what is here.' };
    return new FaultError(fault);
  }

  private async advance(): Promise<void> {
    const got = await this.reader.read(this.buffer);
    this.buffer = got.byteLength > 0 ? new Uint8Array(got.buffer) : this.buffer;
    this.read += got.byteLength;
    const atEnd = got.byteLength === 0;
    try {
      if (atEnd) this.finish();
      else this.push(got);
      this.ended = atEnd;
    } catch (e) {
      this.fault = this.failure(e, atEnd);
      this.ended = true;
    }
  }

  private failure(e: unknown, atEnd: boolean): FaultError {
    if (e instanceof FaultError) return e;
    if (atEnd) return this.broken(`breaks off after ${byte(this.read)} compressed bytes`);
    return this.broken(`is damaged near its byte ${byte(this.read)} (${e instanceof Error ? e.message : String(e)})`);
  }
}

export const byte = (count: number): string => count.toLocaleString('en-US');
