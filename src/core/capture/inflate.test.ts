import { crc32 as zlibCrc32, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempSpool } from '../../cli/temp-spool.ts';
import { blobSource } from '../bytes/blob-source.ts';
import type { ByteReader, ByteSource } from '../bytes/byte-source.ts';
import { crc32 } from '../bytes/crc32.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { memorySpool, type Spool } from '../bytes/spool.ts';
import { concat, utf8 } from '../testing/bytes.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { readRecords } from '../testing/read-records.ts';
import { peel } from './inflate.ts';

const noise = (length: number, seed: number) => {
  const bytes = new Uint8Array(length);
  for (let i = 0, x = seed; i < length; i++) { x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0; bytes[i] = x >>> (x & 4 ? 24 : 28); }
  return bytes;
};
const packets = Array.from({ length: 400 }, (_, i) => ({ bytes: noise(40 + ((i * 37) % 900), i), seconds: i }));
const capture = pcapFile({ packets });
const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));
/** Members of odd sizes, an empty one among them. */
const members = concat([gzip(capture.subarray(0, 11)), gzip(capture.subarray(11, 70_001)), gzip(new Uint8Array(0)), gzip(capture.subarray(70_001))]);

async function readAll(source: ByteSource, step = 5000): Promise<Uint8Array> {
  const reader: ByteReader = source.open();
  const parts: Uint8Array[] = [];
  for (;;) {
    const view: Uint8Array = await reader.read(new Uint8Array(step));
    if (view.length === 0) return concat(parts);
    parts.push(view);
  }
}
const same = (a: Uint8Array, b: Uint8Array): void => { expect(Buffer.compare(a, b)).toBe(0); };

/** Exactly so many bytes: a read may give fewer. */
async function take(reader: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  for (let have = 0; have < count;) {
    const view: Uint8Array = await reader.read(new Uint8Array(count - have));
    bytes.set(view, have);
    have += view.length;
  }
  return bytes;
}

const SPOOLS: [string, () => Spool | undefined][] = [['without a spool', () => undefined], ['with a spool in memory', () => memorySpool()], ['with a spool in a file', () => tempSpool()]];

describe.each(SPOOLS)('peel, %s', (_, spool) => {
  it('inflates a gzip of one and of several members', async () => {
    same(await readAll(await peel(memorySource(gzip(capture)), spool())), capture);
    same(await readAll(await peel(memorySource(members), spool())), capture);
    same(await readAll(await peel(blobSource(new Blob([members])), spool()), 70_000), capture);
  });

  it('gives any part in any order, also while it is still inflating', async () => {
    const source = await peel(memorySource(members), spool());
    same(await source.slice(1000, 1100), capture.subarray(1000, 1100));
    const first = source.open();
    same(await take(first, 50), capture.subarray(0, 50));
    same(await source.slice(150_000, 160_000), capture.subarray(150_000, 160_000));
    const later = source.open(120_000, 120_010);
    same(await take(later, 10), capture.subarray(120_000, 120_010));
    expect(await later.read(new Uint8Array(50))).toHaveLength(0);
    same(await take(first, 50), capture.subarray(50, 100));
    same(await source.slice(capture.length - 5, capture.length + 100), capture.subarray(-5));
    same(await readAll(source), capture);
  });

  it('keeps the packets before the place where it breaks off', async () => {
    const file = gzip(capture);
    const { records, reader } = await readRecords(await peel(memorySource(file.subarray(0, file.length >> 1)), spool()));
    expect(records.length).toBeGreaterThan(100);
    expect(records.every((r, i) => Buffer.compare(r.bytes, packets[i]!.bytes) === 0)).toBe(true);
    expect(reader.fault).toMatchObject({ code: 'bad-compression', kept: `The ${records.length} packets before it were kept.` });
    expect(reader.fault!.what).toMatch(/^The gzip breaks off/);
  });

  it('tells damage that only the checksum shows', async () => {
    const stored = new Uint8Array(gzipSync(capture, { level: 0 }));
    stored[20_000] = stored[20_000]! ^ 1;
    for (const file of [stored, concat([stored, gzip(utf8('more'))])]) {
      const { records, reader } = await readRecords(await peel(memorySource(file), spool()));
      expect(records).toHaveLength(400);
      expect(reader.fault?.what).toMatch(/damaged at its end|checksum does not agree/);
    }
  });
});

it('peels nothing off what is not compressed, and puts the first bytes of a pipe back', async () => {
  const plain = memorySource(capture);
  expect(await peel(plain)).toBe(plain);
  const pipe = (bytes: Uint8Array): ByteSource => ({ ...memorySource(bytes), size: Infinity });
  same(await readAll(await peel(pipe(capture))), capture);
  same(await readAll(await peel(pipe(members))), capture);
  expect(await readAll(await peel(pipe(new Uint8Array(0))))).toHaveLength(0);
});

it('shows rows before the gzip is read to its end, and says how far it is', async () => {
  const file = concat(Array.from({ length: 30 }, () => gzip(capture)));
  const source = await peel(memorySource(file), memorySpool());
  await source.open().read(new Uint8Array(100));
  expect(source.compressed).toEqual({ read: 16_384, size: file.length });
  expect(source.size).toBe(Infinity);
  await readAll(source, 1 << 20);
  expect(source.compressed).toEqual({ read: file.length, size: file.length });
  expect(source.size).toBe(capture.length * 30);
});

it('keeps what came before at every length of a small gzip, and never throws', async () => {
  const small = pcapFile({ packets: packets.slice(0, 3) });
  const file = concat([gzip(small.subarray(0, 100)), gzip(small.subarray(100))]);
  for (let length = 2; length < file.length; length++) {
    const read = readRecords(await peel(memorySource(file.subarray(0, length))));
    const done = await read.catch((e: unknown) => { expect(e).toHaveProperty('fault'); return null; });
    if (done) expect(done.reader.fault).not.toBeNull();
  }
});

it('never throws anything but a fault, whatever was done to the gzip', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 3, max: members.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
    const file = members.slice();
    for (const [at, value] of changes) file[at] = value;
    const done = await readRecords(await peel(memorySource(file))).catch((e: unknown) => { expect(e).toHaveProperty('fault'); return null; });
    expect(done === null || done.reader.fault !== null || changes.every(([at, value]) => members[at] === value || at < 100_000)).toBe(true);
  }), { numRuns: 40 });
});

it('stops before the memory is full', async () => {
  const { records, reader } = await readRecords(await peel(memorySource(gzip(capture)), memorySpool(100_000)));
  expect(records.length).toBeGreaterThan(0);
  expect(reader.fault).toMatchObject({ code: 'too-large', what: 'Unpacked, the capture takes more than the 0.095 MiB of memory that there are for it' });
});

it('computes the CRC-32 of RFC 1952', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  for (const length of [0, 1, 3, 4, 5, 1000]) expect(crc32(noise(length, 7))).toBe(zlibCrc32(noise(length, 7)));
  expect(crc32(noise(10, 1).subarray(3), crc32(noise(10, 1).subarray(0, 3)))).toBe(crc32(noise(10, 1)));
});
