// Captures for the tests: those of the build's samples, and small ones that are written here, damage included.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { pcapFile, type PcapFile } from '../../src/core/testing/pcap-file.ts';
import type { TestFile } from '../pages/app.ts';

const SAMPLES = 'public/samples';

export const sample = (file: string, name = file.split('/').pop() ?? file): TestFile => ({ name, bytes: new Uint8Array(readFileSync(`${SAMPLES}/${file}`)) });
export const PING = sample('mirrored-ping/appliance-eth0.pcap');

/** An Ethernet frame of so many bytes: to everybody, from 02:00:00:00:00:01, of an experimental type. */
export function frame(length = 60): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 1, 0x88, 0xb5]);
  return bytes;
}

export const pcap = (name: string, packets: number, more: Partial<PcapFile> = {}): TestFile =>
  ({ name, bytes: pcapFile({ packets: Array.from({ length: packets }, (_, at) => ({ bytes: frame(), seconds: 1_700_000_000 + at })), ...more }) });

export const cut = ({ name, bytes }: TestFile, at: number): TestFile => ({ name, bytes: bytes.slice(0, at) });
export const gzip = ({ name, bytes }: TestFile): TestFile => ({ name: `${name}.gz`, bytes: new Uint8Array(gzipSync(bytes)) });
export const join = (name: string, ...files: readonly TestFile[]): TestFile => ({ name, bytes: new Uint8Array(Buffer.concat(files.map(({ bytes }) => bytes))) });
export const text = (name: string, words: string): TestFile => ({ name, bytes: new TextEncoder().encode(words) });
/** The same file with bytes put over it. */
export function patched({ name, bytes }: TestFile, at: number, values: readonly number[]): TestFile {
  const copy = bytes.slice();
  copy.set(values, at);
  return { name, bytes: copy };
}
