import type { ByteReader, ByteSource } from '../bytes/byte-source.ts';
import { Gunzipper } from './gunzip.ts';
import { inflatedSize } from './gzip-size.ts';
import { Unlz4 } from './unlz4.ts';
import type { Unpacker } from './unpacker.ts';
import { Unzstd } from './unzstd.ts';

export interface Compression {
  readonly name: string;
  /** The file's first bytes. */
  readonly magic: readonly number[];
  readonly unpack: (reader: ByteReader) => Unpacker;
  /** About how many bytes come out of it, told before; null where the file does not say. */
  readonly size: (source: ByteSource) => Promise<number | null>;
}

const untold = (): Promise<null> => Promise.resolve(null);

const COMPRESSIONS: readonly Compression[] = [
  { name: 'gzip', magic: [0x1f, 0x8b], unpack: (reader) => new Gunzipper(reader), size: inflatedSize },
  { name: 'zstd', magic: [0x28, 0xb5, 0x2f, 0xfd], unpack: (reader) => new Unzstd(reader), size: untold },
  { name: 'lz4', magic: [0x04, 0x22, 0x4d, 0x18], unpack: (reader) => new Unlz4(reader), size: untold },
];

/** Bytes that tell. */
export const MAGIC_BYTES = 4;

/** What a file that begins like this is compressed with; null for anything else. */
export const compressionOf = (head: Uint8Array): Compression | null => COMPRESSIONS.find(({ magic }) => magic.every((value, i) => head[i] === value)) ?? null;
