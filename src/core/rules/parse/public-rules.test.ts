import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRules } from './parse-rules.ts';

const FOLDER = '../shared/rules/parse';

/**
 * Every line by itself, since the files gather rules of many tests under the same numbers. Rules of public.rules that Suricata refuses too, by the words of
 * its manual: none is expected to parse.
 */
describe.skipIf(!existsSync(FOLDER))('rules of suricata-verify (needs ../shared)', () => {
  const lines = (name: string): string[] => readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));

  it('reads public.rules without a false refusal', () => {
    const refused = lines('public.rules').flatMap((line) => parseRules(line).faults.map(({ what }) => `${what}: ${line.slice(0, 300)}`));
    expect(refused).toEqual([]);
  });

  it.each(['public-doubtful.rules', 'public-firewall.rules'])('never throws on %s', (name) => {
    for (const line of lines(name)) expect(parseRules(line).rules).toBe(1);
  });
});
