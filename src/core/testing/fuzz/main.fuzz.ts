// npm run fuzz: slow sweeps with mutated input, until the time is over or one fails. [--seconds N a sweep] [--seed N] [--only NAME]
// What fails is shrunk and printed with its seed; the same seed finds it again.

import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { captures } from './captures.fuzz.ts';
import { language } from './filter-language.fuzz.ts';
import { filters, rules } from './texts.fuzz.ts';
import { witnesses } from './witnesses.fuzz.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() | 0 : Number(values.seed);
let failed = false;

for (const [name, property] of Object.entries({ witnesses, captures, rules, filters, language })) {
  if (values.only !== undefined && values.only !== name) continue;
  const result = await fc.check(await property(), {
    seed, numRuns: 1e9, interruptAfterTimeLimit: Number(values.seconds) * 1000, markInterruptAsFailure: false,
  });
  console.log(`${name}: ${result.numRuns.toLocaleString('en-US')} inputs, seed ${seed}: ${result.failed ? 'FAILED' : 'nothing found'}`);
  if (!result.failed) continue;
  failed = true;
  console.log(fc.defaultReportMessage(result), result.errorInstance instanceof Error ? result.errorInstance.message : '');
}
process.exitCode = failed ? 1 : 0;
