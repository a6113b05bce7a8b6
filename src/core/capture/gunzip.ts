import { Gunzip } from 'fflate';
import { FaultError, type Fault } from '../base/fault.ts';
import type { ByteReader } from '../bytes/byte-source.ts';
import { crc32 } from '../bytes/crc32.ts';
import { u32le } from '../bytes/read.ts';

/** Compressed bytes a step. A step that fails is lost, so it is small. */
const STEP_BYTES = 1 << 14;
/** CRC-32 and length of a member, little-endian (RFC 1952 section 2.3.1). */
const TRAILER = 8;
/** Kept of what was pushed before: room for a trailer and a header behind it that comes in pieces. */
const TAIL_BYTES = 256;

/**
 * Inflates a gzip of any number of members (RFC 1952), step by step. fflate inflates; it does not look at the checksums, so that is done here, with the eight bytes that lie
 * before each member and before the end.
 */
export class Gunzipper {
  /** Compressed bytes so far. */
  read = 0;
  private readonly reader: ByteReader;
  private readonly inflater: Gunzip;
  private buffer = new Uint8Array(STEP_BYTES);
  private readonly chunks: Uint8Array[] = [];
  /** The last bytes that were pushed, and the step being pushed: where a trailer lies. */
  private tail: Uint8Array = new Uint8Array(0);
  private step: Uint8Array = new Uint8Array(0);
  private crc = 0;
  private length = 0;
  private ended = false;
  private fault: FaultError | null = null;

  constructor(reader: ByteReader) {
    this.reader = reader;
    this.inflater = new Gunzip((chunk) => this.take(chunk));
    this.inflater.onmember = (offset) => this.checkMember(offset);
  }

  /** The next inflated bytes; null at the end. Rejects with a FaultError where the gzip breaks off or is damaged, after all that came before it. */
  async next(): Promise<Uint8Array | null> {
    while (this.chunks.length === 0 && !this.ended) await this.advance();
    const chunk = this.chunks.shift();
    if (chunk) return chunk;
    if (this.fault) throw this.fault;
    return null;
  }

  private async advance(): Promise<void> {
    const got = await this.reader.read(this.buffer);
    this.buffer = got.byteLength > 0 ? new Uint8Array(got.buffer) : this.buffer;
    this.read += got.byteLength;
    this.step = got;
    try {
      this.inflater.push(got.slice(), got.byteLength === 0);
      if (got.byteLength === 0) this.checkEnd();
    } catch (e) {
      this.fault = this.failure(e, got.byteLength === 0);
      this.ended = true;
    }
    const both = new Uint8Array(this.tail.length + got.byteLength);
    both.set(this.tail);
    both.set(got, this.tail.length);
    this.tail = both.slice(-TAIL_BYTES);
  }

  private take(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.crc = crc32(chunk, this.crc);
    this.length = (this.length + chunk.length) >>> 0;
    this.chunks.push(chunk);
  }

  /** A member starts at `offset` of the compressed bytes: the one before it ends with its trailer. */
  private checkMember(offset: number): void {
    const known = new Uint8Array(this.tail.length + this.step.length);
    known.set(this.tail);
    known.set(this.step, this.tail.length);
    const end = known.length - (this.read - offset);
    if (end >= TRAILER && !this.agrees(known.subarray(end - TRAILER, end))) throw new FaultError(fault(`The gzip's checksum does not agree with what it inflates to, near its byte ${at(offset)}`));
    this.crc = 0;
    this.length = 0;
  }

  private checkEnd(): void {
    this.ended = true;
    if (!this.agrees(this.tail.slice(-TRAILER))) throw new FaultError(fault(`The gzip breaks off, or is damaged at its end, after ${at(this.read)} compressed bytes`));
  }

  private agrees(trailer: Uint8Array): boolean {
    return trailer.length === TRAILER && u32le(trailer, 0) === this.crc && u32le(trailer, 4) === this.length;
  }

  private failure(e: unknown, atEnd: boolean): FaultError {
    if (e instanceof FaultError) return e;
    if (atEnd) return new FaultError(fault(`The gzip breaks off after ${at(this.read)} compressed bytes`));
    return new FaultError(fault(`The gzip is damaged near its byte ${at(this.read)} (${e instanceof Error ? e.message : String(e)})`));
  }
}

const at = (bytes: number): string => bytes.toLocaleString('en-US');
const fault = (what: string): Fault => ({ code: 'bad-gzip', what, next: 'Copy or download it again, or go on with what is here.' });
