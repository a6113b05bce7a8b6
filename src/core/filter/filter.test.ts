import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { FILTER_CASES } from '../testing/filter-cases.ts';
import { haveTshark, TSHARK, tsharkFilters } from '../testing/tshark.ts';
import { compileFilter, type Filter } from './compile.ts';
import { scan } from './scan.ts';

const PING = 'public/samples/mirrored-ping/appliance-eth0.pcap';

/** "1-3 7" as [1, 2, 3, 7]. */
const packets = (ranges: string): number[] => ranges.split(' ').filter(Boolean).flatMap((range) => {
  const [from, to = from] = range.split('-').map(Number) as [number, number?];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
});

function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.message}`);
  return compiled.filter;
}

async function passing(file: Uint8Array, filter: Filter): Promise<number[]> {
  const reader = await openCapture(memorySource(file));
  const rows = await scan(reader, filter, 1 << 16);
  await reader.close();
  return [...rows].map((row) => row + 1);
}

describe('packets of the mirrored ping that pass, as in tshark 4.0.17', () => {
  const file = new Uint8Array(readFileSync(PING));
  it.each(FILTER_CASES)('%s', async (text, expected) => expect(await passing(file, filterOf(text))).toEqual(packets(expected)));
});

describe.skipIf(!haveTshark)(`packets that pass, compared with ${TSHARK}`, () => {
  const filters = FILTER_CASES.map(([text]) => text);
  const files = (process.env.CAP ?? PING).split(',');
  it.each(files)('%s', async (path) => {
    const file = new Uint8Array(readFileSync(path));
    const expected = tsharkFilters(path, filters);
    for (const [i, text] of filters.entries()) {
      if (expected[i] === null) continue;
      const got = await passing(file, filterOf(text));
      expect.soft(got, `${text} on ${path}`).toEqual(expected[i]);
    }
  });
});
