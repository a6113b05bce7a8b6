// What indexing costs, in counts and never in times: reads of the file, bytes of memory a packet, allocations a packet.

import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { ByteSource } from '../bytes/byte-source.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { PacketTable } from '../table/packet-table.ts';
import { indexCapture } from './index-capture.ts';

const PACKETS = 120_000;

/** The mirrored ping over and over: its header, then its records as often as it takes. */
function longCapture(): Uint8Array {
  const bytes = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
  const records = bytes.subarray(24);
  const times = Math.ceil(PACKETS / 19);
  const out = new Uint8Array(24 + records.length * times);
  out.set(bytes.subarray(0, 24));
  for (let i = 0; i < times; i++) out.set(records, 24 + i * records.length);
  return out;
}

/** The source, and what was asked of it. */
function counting(source: ByteSource) {
  const asked = { reads: 0, bytes: 0, slices: 0 };
  const counted: ByteSource = {
    size: source.size,
    open: (from, to) => {
      const reader = source.open(from, to);
      return { read: async (into) => { asked.reads++; const got = await reader.read(into); asked.bytes += got.length; return got; }, close: () => reader.close() };
    },
    slice: (from, to) => { asked.slices++; return source.slice(from, to); },
  };
  return { asked, counted };
}

async function index(source: ByteSource): Promise<PacketTable> {
  const table = new PacketTable();
  await indexCapture(await openCapture(source), table);
  return table;
}

const bytes = longCapture();

test('every byte is read once, in pieces of a good size, and none is kept', async () => {
  const { asked, counted } = counting(memorySource(bytes));
  const table = await index(counted);
  expect(table.count).toBeGreaterThanOrEqual(PACKETS);
  expect(asked.bytes).toBe(bytes.length);
  expect(asked.slices).toBe(0);
  expect(asked.reads).toBeLessThan(bytes.length / 250_000 + 3);
  expect(table.byteLength / table.count).toBeLessThanOrEqual(80);
});

test('indexing allocates nothing a packet', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const source = memorySource(bytes);
  await index(source); // compiled, and its tables grown
  let least = Infinity;
  for (let round = 0; round < 4; round++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    const table = await index(source);
    // An object a packet would be 16 bytes at least; typed arrays lie outside the heap.
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / table.count);
  }
  expect(least).toBeLessThan(4);
  expect(least).toBeGreaterThan(-4); // else the heap was tidied up meanwhile, and the number tells nothing
});
