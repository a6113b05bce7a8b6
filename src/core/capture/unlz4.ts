import { u32le } from '../bytes/read.ts';
import { Xxh32, xxh32 } from '../bytes/xxh32.ts';
import { LZ4_WINDOW, unpackBlock } from './lz4-block.ts';
import { byte, Unpacker } from './unpacker.ts';

const MAGIC = 0x184d_2204;
/** Sixteen numbers that begin a frame to be passed over. */
const SKIPPABLE = 0x184d_2a50;
const WORD = 4;
const UNPACKED = 0x8000_0000;
/** Flags of a frame's descriptor. */
const [INDEPENDENT, BLOCK_CHECKSUM, SIZE, CHECKSUM, DICTIONARY] = [0x20, 0x10, 0x08, 0x04, 0x01];

/** Unpacks LZ4 frames of any number, with their checksums (lz4_Frame_format.md 1.6.3). */
export class Unlz4 extends Unpacker {
  protected readonly name = 'lz4';
  /** Bytes that wait for the rest of a header or block: held[0..have). */
  private held = new Uint8Array(1 << 16);
  private have = 0;
  private skip = 0;
  private inFrame = false;
  private flags = 0;
  private most = 0;
  /** What matches may refer to, and behind it the block that is unpacked. */
  private window = new Uint8Array(0);
  private history = 0;
  private checksum = new Xxh32();

  protected push(bytes: Uint8Array): void {
    if (this.have + bytes.length > this.held.length) {
      const wider = new Uint8Array(Math.max(this.held.length * 2, this.have + bytes.length));
      wider.set(this.held.subarray(0, this.have));
      this.held = wider;
    }
    this.held.set(bytes, this.have);
    this.have += bytes.length;
    let at = 0;
    for (let used = this.step(at); used > 0; used = this.step(at)) at += used;
    this.held.copyWithin(0, at, this.have);
    this.have -= at;
  }

  protected finish(): void {
    if (this.inFrame || this.have > 0 || this.skip > 0) throw this.broken(`breaks off after ${byte(this.read)} compressed bytes`);
  }

  /** Takes the next part of the frame from `at`: how many bytes that were, 0 when not all of it is here. */
  private step(at: number): number {
    if (this.skip > 0) {
      const used = Math.min(this.skip, this.have - at);
      this.skip -= used;
      return used;
    }
    if (this.have - at < WORD) return 0;
    return this.inFrame ? this.block(at) : this.frame(at);
  }

  private frame(at: number): number {
    const magic = u32le(this.held, at);
    if ((magic & ~15) === SKIPPABLE) {
      if (this.have - at < 2 * WORD) return 0;
      this.skip = u32le(this.held, at + WORD);
      return 2 * WORD;
    }
    if (magic !== MAGIC) throw new Error('no frame begins here');
    if (this.have - at < WORD + 2) return 0;
    const flags = this.held[at + WORD]!;
    const descriptor = 2 + ((flags & SIZE) === 0 ? 0 : 8) + ((flags & DICTIONARY) === 0 ? 0 : 4);
    if (this.have - at < WORD + descriptor + 1) return 0;
    const from = at + WORD;
    if (flags >>> 6 !== 1) throw new Error(`version ${flags >>> 6} of the format is not known`);
    if (this.held[from + descriptor] !== ((xxh32(this.held.subarray(from, from + descriptor)) >>> 8) & 255)) throw new Error('the checksum of a frame header does not agree');
    if ((flags & DICTIONARY) !== 0) throw new Error('it needs a dictionary');
    const size = (this.held[from + 1]! >>> 4) & 7;
    if (size < 4) throw new Error(`a block size of ${size} is not known`);
    this.begin(flags, 1 << (8 + 2 * size));
    return WORD + descriptor + 1;
  }

  private begin(flags: number, most: number): void {
    this.inFrame = true;
    this.flags = flags;
    this.most = most;
    this.history = 0;
    this.checksum = new Xxh32();
    if (this.window.length < LZ4_WINDOW + most) this.window = new Uint8Array(LZ4_WINDOW + most);
  }

  private block(at: number): number {
    const word = u32le(this.held, at);
    if (word === 0) return this.end(at);
    const length = (word & ~UNPACKED) >>> 0;
    if (length > this.most) throw new Error(`a block of ${byte(length)} bytes is larger than the ${byte(this.most)} that its frame has`);
    const checksum = (this.flags & BLOCK_CHECKSUM) === 0 ? 0 : WORD;
    const from = at + WORD;
    const to = from + length;
    if (to + checksum > this.have) return 0;
    if (checksum > 0 && u32le(this.held, to) !== xxh32(this.held.subarray(from, to))) throw new Error('the checksum of a block does not agree');
    this.unpack(from, to, word >>> 31 === 1);
    return WORD + length + checksum;
  }

  private unpack(from: number, to: number, stored: boolean): void {
    const { window, history } = this;
    let end = history + to - from;
    if (stored) window.set(this.held.subarray(from, to), history);
    else end = unpackBlock(this.held, from, to, window, history, history + this.most);
    const chunk = window.slice(history, end);
    if ((this.flags & CHECKSUM) !== 0) this.checksum.update(chunk);
    this.give(chunk);
    if ((this.flags & INDEPENDENT) !== 0) return;
    const kept = Math.min(end, LZ4_WINDOW);
    window.copyWithin(0, end - kept, end);
    this.history = kept;
  }

  private end(at: number): number {
    const checksum = (this.flags & CHECKSUM) === 0 ? 0 : WORD;
    if (this.have - at < WORD + checksum) return 0;
    this.inFrame = false;
    if (checksum > 0 && u32le(this.held, at + WORD) !== this.checksum.digest()) throw new Error('its checksum does not agree with what it unpacks to');
    return WORD + checksum;
  }
}
