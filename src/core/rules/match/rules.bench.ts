// Packets a second through the rules, beside the same walk over the records without rules. Not run by `npm test`.
import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { runRules } from '../run.ts';
import { Matcher } from './matcher.ts';

const capture = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
const header = capture.subarray(0, 24);
const repeated = Buffer.concat([header, ...Array.from({ length: 2000 }, () => capture.subarray(24))]); // 38,000 packets

const made = (count: number): string => Array.from({ length: count }, (_, i) =>
  `alert ${['tcp', 'udp', 'ip', 'icmp'][i % 4]!} any any -> any ${i % 4 === 3 ? 'any' : i % 3 === 0 ? 'any' : 1000 + i} (content:"pattern ${i * 7919}"; content:"${i}"; distance:0; sid:${i + 1};)`).join('\n');

describe('38,000 packets', () => {
  bench('walk', async () => {
    const reader = await openCapture(memorySource(repeated));
    do { while (reader.next()); } while (await reader.refill());
  });
  for (const count of [0, 1, 100, 1000]) {
    const { signatures } = parseRules(made(count));
    bench(`${count} rules`, async () => { await runRules(await openCapture(memorySource(repeated)), new Matcher(signatures), () => {}); });
  }
});
