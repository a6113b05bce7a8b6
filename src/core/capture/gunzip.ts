import { Gunzip } from 'fflate';
import type { ByteReader } from '../bytes/byte-source.ts';
import { crc32 } from '../bytes/crc32.ts';
import { u32le } from '../bytes/read.ts';
import { byte, Unpacker } from './unpacker.ts';

/** CRC-32 and length of a member, little-endian (RFC 1952 section 2.3.1). */
const TRAILER = 8;
/** Kept of what was pushed before: room for a trailer and a header behind it that comes in pieces. */
const TAIL_BYTES = 256;

/**
 * Inflates a gzip of any number of members (RFC 1952). fflate inflates; it does not look at the checksums, so that is done here, with the eight bytes that lie
 * before each member and before the end.
 */
export class Gunzipper extends Unpacker {
  protected readonly name = 'gzip';
  private readonly inflater: Gunzip;
  /** The last bytes that were pushed, and the step being pushed: where a trailer lies. */
  private tail: Uint8Array = new Uint8Array(0);
  private step: Uint8Array = new Uint8Array(0);
  private crc = 0;
  private length = 0;

  constructor(reader: ByteReader) {
    super(reader);
    this.inflater = new Gunzip((chunk) => this.take(chunk));
    this.inflater.onmember = (offset) => this.checkMember(offset);
  }

  protected push(bytes: Uint8Array): void {
    this.step = bytes;
    this.inflater.push(bytes.slice(), false);
    const both = new Uint8Array(this.tail.length + bytes.byteLength);
    both.set(this.tail);
    both.set(bytes, this.tail.length);
    this.tail = both.slice(-TAIL_BYTES);
  }

  protected finish(): void {
    this.step = new Uint8Array(0);
    this.inflater.push(new Uint8Array(0), true);
    if (!this.agrees(this.tail.slice(-TRAILER))) throw this.broken(`breaks off, or is damaged at its end, after ${byte(this.read)} compressed bytes`);
  }

  private take(chunk: Uint8Array): void {
    this.crc = crc32(chunk, this.crc);
    this.length = (this.length + chunk.length) >>> 0;
    this.give(chunk);
  }

  /** A member starts at `offset` of the compressed bytes: the one before it ends with its trailer. */
  private checkMember(offset: number): void {
    const known = new Uint8Array(this.tail.length + this.step.length);
    known.set(this.tail);
    known.set(this.step, this.tail.length);
    const end = known.length - (this.read - offset);
    if (end >= TRAILER && !this.agrees(known.subarray(end - TRAILER, end))) throw this.broken(`is damaged near its byte ${byte(offset)}: its checksum does not agree with what it inflates to`);
    this.crc = 0;
    this.length = 0;
  }

  private agrees(trailer: Uint8Array): boolean {
    return trailer.length === TRAILER && u32le(trailer, 0) === this.crc && u32le(trailer, 4) === this.length;
  }
}
