import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { filterArbitrary } from '../testing/filter-arbitrary.ts';
import { differences, MOST_PACKETS, packets, passingEach, ranges, seenAlike } from '../testing/filter-oracle.ts';
import { haveTshark, TSHARK } from '../testing/tshark.ts';
import { compileFilter, type Filter } from './compile.ts';

const read = (path: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(path));
const PATHS = ['public/samples/mirrored-ping/appliance-eth0.pcap', 'public/samples/web/appliance-eth0.pcap', '../shared/captures/lab/ipv6/appliance-eth0.pcap', '../shared/captures/lab/geneve-gwlb/appliance-mirror-eth0.pcap'].filter((path) => existsSync(path));
const FILTERS = 250; // for each; `npm run fuzz` makes them without end

describe.skipIf(!haveTshark)(`filters made at random pass what they pass in ${TSHARK}`, () => {
  it.each(PATHS)('%s', { timeout: 60_000 }, async (path) => {
    const file = read(path);
    const filters = [...new Set(fc.sample(filterArbitrary(await seenAlike(file, path)), { numRuns: FILTERS, seed: 333 }))];
    const { lines, compared } = await differences(file, path, filters);
    expect(lines).toEqual([]);
    expect(compared).toBeGreaterThan(FILTERS / 2);
  });
});

/** By capture: filters of the same making, and the packets that passed them in tshark 4.0.17 (src/core/testing/store-filter-answers.ts wrote them). */
const stored = readFileSync('src/core/filter/fixtures/answers.tsv', 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t') as [path: string, text: string, passed: string]);

describe('filters made at random pass what they passed in tshark 4.0.17', () => {
  it.each([...new Set(stored.map(([path]) => path))])('%s', { timeout: 60_000 }, async (path) => {
    const answers = stored.filter(([of]) => of === path);
    expect(answers.length).toBeGreaterThan(100);
    const compiled = answers.map(([, text]): Filter => { const made = compileFilter(text); if (!made.ok) throw new Error(`${text}: ${made.error.message}`); return made.filter; });
    const found = await passingEach(read(path), compiled, MOST_PACKETS);
    expect(answers.map(([, text], i) => `${text}: ${ranges(found[i]!)}`)).toEqual(answers.map(([, text, passed]) => `${text}: ${ranges(packets(passed))}`));
  });
});
