import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { concat } from '../testing/bytes.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { pcapngBlocks } from '../testing/pcapng-file.ts';
import { readRecords, type KeptRecord } from '../testing/read-records.ts';

const packet = (length: number, from: number) => Uint8Array.from({ length }, (_, i) => (from + i) & 0xff);
const lengths = [0, 1, 14, 60, 300, 5, 1500, 64, 9000, 33];
const ng = pcapngBlocks(false);
const FILES = [
  ['pcap', pcapFile({ packets: lengths.map((length, i) => ({ bytes: packet(length, i), seconds: i, fraction: i })) })],
  ['pcapng', concat([ng.section(), ng.face(), ...lengths.flatMap((length, i) => [ng.block(5, packet(20, i)), ng.enhanced(packet(length, i), { units: BigInt(i) })]), ng.block(10, packet(7001, 0)), ng.simple(packet(50, 3))])],
] as const;

/** The same records; bytes are compared as such, since toEqual goes through them one by one. */
const alike = (a: readonly KeptRecord[], b: readonly KeptRecord[]): boolean =>
  JSON.stringify(a.map((r) => ({ ...r, bytes: 0 }))) === JSON.stringify(b.map((r) => ({ ...r, bytes: 0 }))) && a.every((r, i) => Buffer.compare(r.bytes, b[i]!.bytes) === 0);

/** A source whose reads give as many bytes as `sizes` say, over and over, and which detaches its buffers as a BYOB stream does. */
function stingy(bytes: Uint8Array, sizes: readonly number[]): ByteSource & { readonly given: { bytes: number; reads: number } } {
  const given = { bytes: 0, reads: 0 };
  return {
    ...memorySource(bytes), given,
    open: (from = 0) => ({
      read(into) {
        const count = Math.min(into.length, sizes[given.reads++ % sizes.length]!, bytes.length - from - given.bytes);
        const { byteOffset } = into;
        const moved = structuredClone(into.buffer, { transfer: [into.buffer] });
        const view = new Uint8Array(moved, byteOffset, count);
        view.set(bytes.subarray(from + given.bytes, from + given.bytes + count));
        given.bytes += count;
        return Promise.resolve(view);
      },
      close: () => Promise.resolve(),
    }),
  };
}

it.each(FILES)('a %s gives the same records whatever the size of the reads and of the window, and reads each byte once', async (_, file) => {
  const { records: want } = await readRecords(memorySource(file));
  expect(want).toHaveLength(file === FILES[0][1] ? 10 : 11);
  for (const [i, record] of want.slice(0, 10).entries()) expect(record.bytes).toEqual(packet(lengths[i]!, i));
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 20, max: 3000 }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 64, max: 12_000 }), async (sizes, windowBytes) => {
    const source = stingy(file, sizes);
    const { records, reader } = await readRecords(source, windowBytes);
    expect(reader.fault).toBeNull();
    expect(alike(records, want)).toBe(true);
    expect(source.given.bytes).toBe(file.length);
    expect(reader.bytesRead).toBe(file.length);
  }), { numRuns: 25, examples: [[[1], 64]] });
});

it.each(FILES)('a %s that was tampered with never makes the reader throw, and what it gives lies in the file', async (_, file) => {
  const change = fc.record({ at: fc.nat(file.length - 1), value: fc.nat(255) });
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(file.length), async (changes, length) => {
    const bytes = file.slice(0, length);
    for (const { at, value } of changes) if (at >= 28 && at < length) bytes[at] = value;
    const whole = await readRecords(memorySource(bytes), 512).catch((e: unknown) => { expect(length).toBeLessThanOrEqual(60); expect(e).toHaveProperty('fault'); return null; });
    for (const r of whole?.records ?? []) {
      expect(r.bytes).toHaveLength(r.caplen);
      expect(Buffer.compare(bytes.subarray(r.fileOffset, r.fileOffset + r.caplen), r.bytes)).toBe(0);
    }
    if (whole) expect(whole.reader.bytes.length).toBeLessThanOrEqual(2 * file.length);
  }), { numRuns: 150 });
});

it('allocates nothing on the word of a length field', async () => {
  const file = pcapFile({ packets: [{ bytes: packet(100, 0), caplen: 262_144 }] });
  const { reader } = await readRecords(memorySource(file), 256);
  expect(reader.fault?.what).toBe('The capture breaks off inside packet 1');
  expect(reader.bytes.length).toBeLessThanOrEqual(2 * file.length);
});

it('tells why a source stopped, and keeps what came before', async () => {
  const file = FILES[0][1];
  const broken: ByteSource = { ...memorySource(file), open: () => {
    let reads = 0;
    return { read: (into) => { into.set(file.subarray(0, 200)); return reads++ === 0 ? Promise.resolve(into.subarray(0, 200)) : Promise.reject(new Error('the disk is gone')); }, close: () => Promise.resolve() };
  } };
  const { records, reader } = await readRecords(broken);
  expect(records).toHaveLength(4);
  expect(reader.fault).toMatchObject({ code: 'read-failed', what: 'The file cannot be read any further (the disk is gone)', offset: 200, kept: 'The 4 packets before it were kept.' });
});
