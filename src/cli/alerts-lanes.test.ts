import { describe, expect, it } from 'vitest';
import { linesOfMany, linesOfOne, type RuleRun } from '../core/testing/rule-lines.ts';
import { parseRules } from '../core/rules/parse/parse-rules.ts';
import { readRequest } from './alerts.ts';
import { openFile } from './open-file.ts';
import { readRuleFile } from './rule-files.ts';
import { argumentsOf, verifyCases, type VerifyCase } from './verify-cases.ts';

// The public cases of suricata-verify, followed by one and by several side by side: what is written is the same, byte for byte.

function runOf(one: VerifyCase): RuleRun {
  const { capture, ruleFiles, settings } = readRequest(argumentsOf(one, '-'), { out: () => {}, err: () => {} });
  return { settings, reader: async () => (await openFile(capture)).reader, signatures: () => parseRules(ruleFiles.map(readRuleFile), { variables: settings.variables, ours: settings.ours }).signatures };
}

const cases = verifyCases();

describe.skipIf(cases.length === 0)('suricata-verify, side by side (needs ../shared)', () => {
  let together = 0;
  it.each(cases)('$name', async (one) => {
    const run = runOf(one);
    const alone = await linesOfOne(run);
    for (const many of [1, 2, 4]) {
      const found = await linesOfMany(run, many);
      if (found !== null) { expect(found).toEqual(alone); together++; }
    }
  });

  it('few cases have rules that need one matcher for all', () => { expect(together).toBeGreaterThan(2.9 * cases.length); });
});
