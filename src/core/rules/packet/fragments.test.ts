import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';

const FOLDER = '../shared/captures/lab/outer-fragmented';

describe.skipIf(!existsSync(FOLDER))('envelopes that were fragmented on their way (needs ../shared)', () => {
  interface Truth { readonly pairs: readonly (readonly [number, number | null])[]; readonly fragments: readonly (readonly [number, readonly number[]])[] }
  const truth = JSON.parse(readFileSync(`${FOLDER}/truth.json`, 'utf8')) as Truth;

  it('are put together, and the packet inside is seen at the frame that completes them', async () => {
    const { signatures } = parseRules('alert ip any any -> any any (msg:"inside"; ttl:>0; sid:1;)');
    const results = new RuleResults();
    const file = readFileSync(`${FOLDER}/appliance-eth0.pcap`);
    await runRules(await openCapture(memorySource(file)), new Matcher(signatures), results.add);
    const inner = new Set(results.alerts.filter(({ level }) => level === 1).map(({ number }) => number));
    const completing = truth.fragments.map(([source]) => truth.pairs.find(([one]) => one === source)?.[1]);
    expect(completing.length).toBeGreaterThan(10);
    for (const frame of completing) expect(inner.has(frame!)).toBe(true);
    // A datagram that was put together is a packet of its own, on the level of its fragments.
    expect(results.alerts.filter(({ origin }) => origin === 'defrag').map(({ number }) => number).sort((a, b) => a - b)).toEqual(expect.arrayContaining(completing));
  });
});
