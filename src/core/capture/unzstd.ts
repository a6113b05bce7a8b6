import { Decompress } from 'fzstd';
import type { ByteReader } from '../bytes/byte-source.ts';
import { Unpacker } from './unpacker.ts';

/** Unpacks zstd frames of any number, skippable ones between them included (RFC 8878). fzstd does not look at the frames' checksums. */
export class Unzstd extends Unpacker {
  protected readonly name = 'zstd';
  private readonly decompress: Decompress;

  constructor(reader: ByteReader) {
    super(reader);
    this.decompress = new Decompress((chunk) => this.give(chunk.slice())); // its own window, which it goes on using
  }

  protected push(bytes: Uint8Array): void { this.decompress.push(bytes.slice(), false); }
  protected finish(): void { this.decompress.push(new Uint8Array(0), true); }
}
