// Writes src/core/filter/fixtures/answers.tsv: filters made at random over the project's own captures, with the packets that pass them in the tshark that is
// installed. node .ci/run-ts.mjs src/core/testing/store-filter-answers.ts

import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { filterArbitrary } from './filter-arbitrary.ts';
import { MOST_PACKETS, ranges, seenAlike } from './filter-oracle.ts';
import { tsharkFilters } from './tshark.ts';

const CAPTURES = ['mirrored-ping/appliance-eth0', 'web/appliance-eth0', 'filtered/appliance-eth0'];
const EACH = 160;

const lines: string[] = [];
for (const name of CAPTURES) {
  const path = `public/samples/${name}.pcap`;
  const filters = [...new Set(fc.sample(filterArbitrary(await seenAlike(Uint8Array.from(readFileSync(path)), path)), { numRuns: 2 * EACH, seed: 4017 }))].filter((text) => text.length < 120);
  const passed = tsharkFilters(path, filters, ['-c', String(MOST_PACKETS)]);
  lines.push(...filters.flatMap((text, i) => (passed[i] ? [`${path}\t${text}\t${ranges(passed[i])}`] : [])).slice(0, EACH));
}
writeFileSync('src/core/filter/fixtures/answers.tsv', `${lines.join('\n')}\n`);
