// Every keyword of the tiers that are followed, by the list of all rules of suricata-verify and of Suricata itself.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { KEYWORDS_BY_NAME } from './all.ts';
import { whyNotEvaluated } from './not-evaluated.ts';

const LIST = '../shared/rules/parse/keywords.tsv';
/** Names in faulty rules, which Suricata does not know either. */
const NONE: ReadonlySet<string> = new Set(['foo', 'vxlan_vni']);

const lines = existsSync(LIST) ? readFileSync(LIST, 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t')) : [];

describe.skipIf(lines.length === 0)('keywords (needs ../shared)', () => {
  it('of packets, flows and streams, of HTTP/1, DNS and TLS, and transforms are all evaluated', () => {
    expect(lines.filter(([name, , , , tier]) => tier !== 'other' && !KEYWORDS_BY_NAME.has(name!)).map(([name]) => name)).toEqual([]);
  });

  it('of others are told by name, with the reason', () => {
    expect(lines.filter(([name]) => !KEYWORDS_BY_NAME.has(name!) && whyNotEvaluated(name!) === '' && !NONE.has(name!)).map(([name]) => name)).toEqual([]);
  });
});
