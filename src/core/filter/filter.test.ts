import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import { FILTER_CASES } from '../testing/filter-cases.ts';
import { packets, passingEach } from '../testing/filter-oracle.ts';
import { haveTshark, TSHARK, tsharkFilters, tsharkOccurrences } from '../testing/tshark.ts';
import { compileFilter, type Filter } from './compile.ts';
import { scan } from './scan.ts';

const PING = 'public/samples/mirrored-ping/appliance-eth0.pcap';

function filterOf(text: string): Filter {
  const compiled = compileFilter(text);
  if (!compiled.ok) throw new Error(`${text}: ${compiled.error.message}`);
  return compiled.filter;
}

async function passing(file: Uint8Array, filter: Filter): Promise<number[]> {
  const reader = await openCapture(memorySource(file));
  const rows = await scan(reader, filter, 1 << 16, { preferences: {} });
  await reader.close();
  return [...rows].map((row) => row + 1);
}

describe('packets of the mirrored ping that pass, as in tshark 4.0.17', () => {
  const file = new Uint8Array(readFileSync(PING));
  it.each(FILTER_CASES)('%s', async (text, expected) => expect(await passing(file, filterOf(text))).toEqual(packets(expected)));
});

const LAB = ['ipv6/appliance-eth0', 'geneve-gwlb/appliance-mirror-eth0']
  .map((name) => `../shared/captures/lab/${name}.pcap`).filter((path) => existsSync(path));

describe.skipIf(!haveTshark)(`packets that pass, compared with ${TSHARK}`, () => {
  // Where tshark waits for the rest of a message it lists no data layer, and the path of protocols does not tell.
  const filters = FILTER_CASES.map(([text]) => text).filter((text) => text !== 'data');
  /** What frame.protocols may name in a packet that is compared: protocols that are declared here. */
  const declared = new Set([...PROTOCOLS.map((p) => p.path ?? p.name), 'ethertype']);

  it.each(LAB)('%s', { timeout: 120_000 }, async (path) => {
    const paths = tsharkOccurrences(path, ['frame.protocols']).map((row) => row['frame.protocols']![0]!);
    const known = new Set(paths.flatMap((names, i) => (names.split(':').every((name) => declared.has(name)) ? [i + 1] : [])));
    expect(known.size).toBeGreaterThan(20);
    const expected = tsharkFilters(path, filters);
    const found = await passingEach(Uint8Array.from(readFileSync(path)), filters.map(filterOf));
    for (const [i, text] of filters.entries()) {
      if (expected[i] === null) continue;
      expect.soft(found[i]!.filter((n) => known.has(n)), text).toEqual(expected[i]!.filter((n) => known.has(n)));
    }
  });
});
