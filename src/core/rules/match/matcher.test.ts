import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import type { Signature } from '../signature.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import { Matcher } from './matcher.ts';
import { RuleGroups } from './rule-group.ts';

const WEB = '../shared/captures/lab/web/appliance-eth0.pcap';
const RULES = '../shared/rules/parse/public.rules';

async function run(signatures: readonly Signature[]): Promise<RuleResults> {
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(WEB))), new Matcher(signatures), results.add);
  return results;
}

describe.skipIf(!existsSync(WEB) || !existsSync(RULES))('sorting rules by transport, port and pattern (needs ../shared)', () => {
  const words = ['GET ', 'HTTP/1.', 'Host', 'host', 'nginx', 'zzzz', '|16 03|', 'LABS', 'Content', 'content', 'example', 'a', 'ab', 'labs'];
  const texts = words.flatMap((word, i) => ['tcp any any -> any any', 'ip any any -> any [80,443,53]', 'udp any any <> any 53', 'tcp any !80 -> any 1024:'].map((header, j) =>
    `alert ${header} (msg:"${word}"; content:"${word}"; ${i % 2 === 0 ? 'nocase; ' : ''}sid:${i * 10 + j + 1};)`));

  it('changes no alert', async () => {
    const { signatures, faults } = parseRules(texts.join('\n'));
    expect(faults).toEqual([]);
    const together = await run(signatures);
    let fired = 0;
    for (const signature of signatures) {
      const alone = await run([signature]);
      const counts = (results: RuleResults): number[] => [0, 1].map((level) => results.count(signature.sid, level));
      expect([signature.msg, ...counts(together)]).toEqual([signature.msg, ...counts(alone)]);
      if (alone.total > 0) fired++;
    }
    expect(fired).toBeGreaterThan(10);
  });

  // Each under a sid of its own, since many have the same one, and none that ends the evaluation of others.
  const published = (): readonly Signature[] => parseRules(readFileSync(RULES, 'utf8').split('\n').map((rule, i) => rule.replace(/\bsid\s*:\s*\d+/, `sid:${i + 1}`).replace(/^(?:pass|drop|reject\w*)\b/, 'alert')).join('\n')).signatures;

  it.each(['../shared/captures/lab/web/source-eth0', 'public/samples/mirrored-ping/appliance-eth0'])('evaluates all public rules on %s as without it', async (file) => {
    const signatures = published();
    const settings: RuleSettings = { ...STOCK_SETTINGS, maxAlerts: 1000 };
    const told = async (prefilter: boolean): Promise<string[]> => {
      const lines: string[] = [];
      const matcher = new Matcher(signatures, settings, null, new RuleGroups(signatures, settings, prefilter));
      await runRules(await openCapture(memorySource(readFileSync(`${file}.pcap`))), matcher, (alert) => { lines.push(`${alert.number}/${alert.level} ${alert.signature.sid} ${alert.stream} ${alert.tx?.id}`); });
      return lines;
    };
    const lines = await told(true);
    expect(lines.length).toBeGreaterThan(300);
    expect(lines).toEqual(await told(false));
  }, 120_000);
});
