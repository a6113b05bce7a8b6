// What Why shows of rules on transactions. That it never says otherwise than the engine is tested beside the matcher.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import type { Explanation } from '../explain.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';

const WEB = '../shared/captures/lab/web/source-eth0.pcap';

/** What is told at each packet, and whether the rule alerted there. */
async function told(options: string, header: string): Promise<{ packet: number; explanation: Explanation; alerts: boolean }[]> {
  const { signatures, faults } = parseRules(`alert ${header} (${options}; sid:1;)`);
  expect(faults).toEqual([]);
  const matcher = new Matcher(signatures);
  const reader = await openCapture(memorySource(readFileSync(WEB)));
  const all: { packet: number; explanation: Explanation; alerts: boolean }[] = [];
  do {
    while (reader.next()) {
      const [answer] = matcher.why(signatures[0]!, reader.bytes, reader.start, reader.end, reader.interfaces[reader.iface]!.linkType, reader.number, reader.seconds, reader.nanoseconds);
      all.push({ packet: reader.number, ...answer! });
    }
  } while (await reader.refill());
  return all;
}

describe.skipIf(!existsSync(WEB))('why (needs ../shared)', () => {
  it('shows the transaction, the buffer and the value', async () => {
    const all = await told('http.uri; content:"/old"; http.method; content:"POST"', 'http any any -> any any');
    const [near] = all.filter(({ explanation }) => explanation.reasons.some(({ keyword, verdict }) => keyword === 'content' && verdict === 'met'));
    expect(near!.explanation.reasons.slice(-3)).toEqual([
      expect.objectContaining({ keyword: 'transaction', seen: 'transaction 0 of HTTP', verdict: 'met' }), expect.objectContaining({ keyword: 'content', wanted: '“/old” (in the normalised URI)', seen: 'at bytes 0–3 of “/old”', verdict: 'met' }),
      expect.objectContaining({ keyword: 'content', wanted: '“POST” (in the method)', seen: 'not in bytes 0–2 of “GET”', verdict: 'not met' }),
    ]);
    expect(near!.explanation.summary).toBe('The rule does not fire: it wants “POST” (in the method), and the packet has not in bytes 0–2 of “GET”.');
    expect(all[0]!.explanation.reasons.find(({ keyword }) => keyword === 'transaction')?.verdict).toBe('not reached');
  });
});
