import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CompareDesk } from './compare-desk.ts';

const blob = (name: string): Blob => new Blob([readFileSync(`public/samples/mirrored-ping/${name}`)]);
const context = { signal: new AbortController().signal, progress: () => {}, move: () => {} };
const compare = (mirror?: string) => new CompareDesk().compare({ source: blob('source-eth0.pcap'), appliance: blob('appliance-eth0.pcap'), ...(mirror === undefined ? {} : { mirror }) }, context);

it('compares by the mirror’s rules, and without them where they cannot be used, and says so', async () => {
  expect((await compare(readFileSync('public/samples/mirrored-ping/mirror.json', 'utf8'))).counts).toMatchObject({ Mirrored: 12, Filtered: 8, Lost: 0, 'Only at source': 1, Direct: 7 });
  const plain = await compare();
  expect([plain.counts.Filtered, plain.notices]).toEqual([undefined, []]);
  const { notices, ...report } = await compare('{"TrafficMirrorFilterId":');
  expect(notices).toEqual([{ kind: 'rules', text: expect.stringMatching(/^The text of the mirror’s rules is not JSON: line 1, column 26: .* The captures were compared without\.$/) as unknown }]);
  expect({ ...report, notices: [] }).toEqual(plain);
});
