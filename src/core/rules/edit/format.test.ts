import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRules } from '../parse/parse-rules.ts';
import type { Signature } from '../signature.ts';
import { formatRules } from './format.ts';

/** All that a rule says, its own text and functions aside. */
const meaning = (signature: Signature): unknown => ({
  ...signature, text: '', line: 0, ...without(signature),
  effects: signature.effects.length, protocol: signature.protocol.name,
  source: ends(signature.source), destination: ends(signature.destination),
  conditions: signature.conditions.map(({ keyword, wanted }) => [keyword, wanted]), asks: signature.asks.map(({ protocol, way }) => [protocol, way]),
  chains: signature.chains.map(({ buffer, parts }) => [buffer.name, parts.map(({ keyword, wanted, relative }) => [keyword, wanted, relative])]),
});
/** What of a rule keeps the words that it was read from, without them. */
const without = ({ threshold, tags }: Signature): object => ({ threshold: threshold && { ...threshold, source: '' }, tags: tags.map((tag) => ({ ...tag, source: '' })) });
const ends = ({ addresses, ports }: Signature['source']): unknown => [addresses.any, [...addresses.v4], [...addresses.v6], ports.any, [...ports.pairs]];
const meanings = (text: string): unknown => parseRules(text).signatures.map(meaning);

const blank = fc.constantFrom('', ' ', '  ', '\t', ' \\\n   ');
const some = fc.constantFrom(' ', '  ', '\t ', ' \\\n');
const OPTIONS = ['itype:8', 'content:"GET |0d 0a|; x"', 'content:"a\\;b\\"c"', 'nocase', 'depth:20', 'flow:to_server,established', 'pcre:"/a\\;b  c/i"', 'msg:"two  blanks, [a] (b)"', 'classtype:misc-activity', 'metadata:a b, c d', 'flags:S,12', 'reference:url,example.org/a', 'ttl:>3'];
const ADDRESSES = ['any', '$HOME_NET', '!$HOME_NET', '[10.0.0.0/8,!10.1.0.0/16]', '[ 10.0.0.1 , 192.168.0.0/16 ]', '![10.0.0.1,[10.0.0.4 - 10.0.0.9]]', '::1'];
const PORTS = ['any', '80', '!80', '[80,443]', '[ 1024: , !4789 ]', '$HTTP_PORTS'];
const rule = fc.tuple(fc.constantFrom('alert', 'pass', 'drop'), fc.constantFrom('tcp', 'udp', 'icmp', 'ip'), fc.constantFrom(...ADDRESSES), fc.constantFrom(...PORTS), fc.constantFrom('->', '<>'), fc.constantFrom(...ADDRESSES), fc.constantFrom(...PORTS),
  fc.array(fc.tuple(fc.constantFrom(...OPTIONS), blank, blank)), some, blank, fc.integer({ min: 1, max: 1e9 }))
  .map(([action, protocol, a, b, way, c, d, options, gap, lead, sid]) => `${[action, protocol, a, b, way, c, d].join(gap)}${gap}(${lead}${options.map(([option, before, after]) => `${option}${before.replace(/\\\n\s*/g, ' ')};${after}`).join('')}sid:${sid};${lead})`);

describe('the formatter', () => {
  it('prints a rule that says the same, and prints that rule as it is', () => {
    let read = 0;
    fc.assert(fc.property(rule, (text) => {
      const printed = formatRules(text);
      expect(meanings(printed)).toEqual(meanings(text));
      expect(formatRules(printed)).toBe(printed);
      read += parseRules(text).signatures.length;
    }), { numRuns: 600 });
    expect(read).toBeGreaterThan(100); // most rules can be read, or nothing is proved
  });

  it('leaves everything else as it is, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '#', '(', ')', ';', ':', '"', '\\', '\n', ' ', '[', ']') }), (text) => {
      const printed = formatRules(text);
      expect(meanings(printed)).toEqual(meanings(text));
      expect(printed.replace(/[ \t]/g, '')).toBe(text.replace(/[ \t]/g, ''));
    }), { numRuns: 1000 });
  });

  it('takes out blanks that say nothing', () => {
    expect(formatRules('alert   tcp [10.0.0.1 , 10.0.0.2]   any ->  !$HOME_NET [ 80,  443 ]  (msg:"a  b" ;sid: 1 ;  rev:2;)'))
      .toBe('alert tcp [10.0.0.1,10.0.0.2] any -> !$HOME_NET [80,443] (msg:"a  b"; sid:1; rev:2;)');
    expect(formatRules('# off\r\n\r\nalert icmp any any -> any any (sid:1;)\r\nno rule  at  all')).toBe('# off\n\nalert icmp any any -> any any (sid:1;)\nno rule  at  all');
  });

  it('keeps a rule of several lines on several', () => {
    expect(formatRules('alert icmp any any -> any any \\\n (msg:"a"; \\\n  itype:8; sid:1;)')).toBe('alert icmp any any -> any any ( \\\n    msg:"a"; \\\n    itype:8; \\\n    sid:1; \\\n)');
  });

  const PUBLIC = '../shared/rules/parse/public.rules';
  it.skipIf(!existsSync(PUBLIC))('prints the public rules so that each says the same', () => {
    const texts = readFileSync(PUBLIC, 'utf8').split('\n').filter((line) => parseRules(line).signatures.length === 1); // one by one, since many have the same sid
    expect(texts.length).toBeGreaterThan(900);
    for (const text of texts) {
      const printed = formatRules(text);
      expect(meanings(printed)).toEqual(meanings(text));
      expect(formatRules(printed)).toBe(printed);
    }
  });
});
