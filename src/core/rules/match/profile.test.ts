import { expect, it } from 'vitest';
import { RuleProfile } from './profile.ts';

it('counts each evaluation and times some, of every rule where as many are evaluated with each packet as always', () => {
  let now = 0;
  const RULES = 40, PACKETS = 2000;
  const profile = new RuleProfile(RULES, () => now);
  for (let packet = 0; packet < PACKETS; packet++) {
    for (let rule = 0; rule < RULES; rule++) {
      const timed = profile.begin(rule);
      now += rule === 7 ? 10 : 1; // the seventh takes ten times as long
      if (timed) profile.end(rule);
    }
  }
  expect([...profile.checks]).toEqual(new Array(RULES).fill(PACKETS));
  for (const [rule, took] of profile.milliseconds.entries()) expect(took / (PACKETS * (rule === 7 ? 10 : 1)), `rule ${rule}`).toBeCloseTo(1, 0.3);
});
