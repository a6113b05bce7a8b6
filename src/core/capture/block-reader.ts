import type { Fault } from '../base/fault.ts';
import { u32, u32le } from '../bytes/read.ts';
import { badFault, cutFault } from './faults.ts';
import { blockName, BLOCKS, ENHANCED_PACKET, SECTION } from './pcapng-blocks.ts';
import { RecordReader } from './record-reader.ts';

/** A block that is longer is damage (Wireshark's bound, 128 MiB and a packet's header). */
const MAX_BLOCK = 134_348_832;
/** A block that is looked into must lie whole in the window; one that is passed over need not. */
const MAX_WINDOW = 16 << 20;
/** A longer one that is only kept is passed over. */
const MAX_KEPT = 8 << 20;

/**
 * The framing of a pcapng: type, length, body, and the length again (draft-ietf-opsawg-pcapng section 3.1). Blocks that nobody looks into are passed
 * over without being held.
 */
export abstract class BlockReader extends RecordReader {
  protected littleEndian = true;
  /** Total length, as it was claimed, of a block that was passed over: the four bytes at `at` must say it again. 0 for none. */
  private passed = 0;
  private passedType = 0;

  protected word(b: Uint8Array, at: number): number { return this.littleEndian ? u32le(b, at) : u32(b, at); }

  /**
   * Length of the block at `at`, which lies whole in the window, has its least length and repeats that length at its end. 0: more bytes are needed, the
   * block was passed over (then ask again), or there is a fault.
   */
  protected block(): number {
    if (this.passed !== 0 && !this.endPassing()) return 0;
    const b = this.bytes;
    const { at } = this;
    if (at + 12 > this.limit) { this.need = 12; return 0; }
    const type = this.word(b, at);
    if (type === SECTION && !this.byteOrder(b, at)) return 0;
    const claimed = this.word(b, at + 4);
    // The one that nearly all blocks are, whole and well: nothing more to ask.
    if (type === ENHANCED_PACKET && claimed >= 32 && (claimed & 3) === 0 && at + claimed <= this.limit && this.word(b, at + claimed - 4) === claimed) return claimed;
    const length = claimed + (-claimed & 3); // what is no multiple of four is padded to one, as Wireshark takes it
    if (length < 12 || length > MAX_BLOCK) return this.badLength(type, claimed, length < 12 ? 'less than the 12 that every block has' : 'more than a block may have');
    const known = BLOCKS.get(type);
    if (known !== undefined && length < known.least) return this.badLength(type, claimed, `less than the ${known.least} that it has at least`);
    if (at + length > this.limit) return this.beyond(type, claimed, length, known?.read === 'kept' ? length <= MAX_KEPT : known?.read ?? false);
    return this.word(b, at + length - 4) === claimed ? length : this.mismatch(type, claimed, at + length - 4);
  }

  private beyond(type: number, claimed: number, length: number, read: boolean): 0 {
    if (read && length > MAX_WINDOW) return this.badLength(type, claimed, 'more than such a block may have');
    if (read || length <= MIN_PASSED) { this.need = length; return 0; }
    this.at += length - 4;
    this.passed = claimed;
    this.passedType = type;
    this.need = 4;
    return 0;
  }

  private endPassing(): boolean {
    if (this.at + 4 > this.limit) { this.need = 4; return false; }
    const { passed } = this;
    this.passed = 0;
    if (this.word(this.bytes, this.at) !== passed) { this.mismatch(this.passedType, passed, this.at); return false; }
    this.at += 4;
    return true;
  }

  /** The byte order of the section that begins at `at`, since its length is written in it already. */
  private byteOrder(b: Uint8Array, at: number): boolean {
    const magic = u32(b, at + 8);
    if (magic === 0x1a2b3c4d) this.littleEndian = false;
    else if (magic === 0x4d3c2b1a) this.littleEndian = true;
    else { this.bad(`A section header has 0x${magic.toString(16).padStart(8, '0')} where its byte order should stand`); return false; }
    return true;
  }

  private badLength(type: number, claimed: number, why: string): 0 {
    return this.bad(`${aBlock(type)} claims to be ${claimed.toLocaleString('en-US')} bytes long, ${why}`);
  }

  private mismatch(type: number, claimed: number, at: number): 0 {
    const again = this.word(this.bytes, at);
    return this.bad(`${aBlock(type)} says at its beginning that it is ${claimed.toLocaleString('en-US')} bytes long and at its end ${again.toLocaleString('en-US')}`, this.base + at);
  }

  /** Ends the reading at a block that cannot be. */
  protected bad(what: string, offset = this.base + this.at, code: 'bad-block' | 'too-large' | 'unsupported' = 'bad-block'): 0 {
    this.stop(badFault(code, what, offset, this.number));
    return 0;
  }

  protected override cut(): Fault | null {
    const rest = this.limit - this.at;
    if (rest === 0 && this.passed === 0) return null;
    const type = this.passed !== 0 ? this.passedType : rest < 4 ? -1 : this.word(this.bytes, this.at);
    const packet = BLOCKS.get(type)?.packet ?? false;
    const code = rest < 12 && this.passed === 0 ? 'cut-header' : 'cut-packet';
    const inside = type < 0 ? 'the header of a block' : packet ? `the block of packet ${this.number + 1}` : aBlock(type).replace(/^A/, 'a');
    return cutFault(code, inside, this.base + this.limit, this.number);
  }
}

/** A shorter block is waited for: that is less trouble than passing over it. */
const MIN_PASSED = 4096;

const aBlock = (type: number): string => `${/^[aeiou]/.test(blockName(type)) ? 'An' : 'A'} ${blockName(type)}`;
