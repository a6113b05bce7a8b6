import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { compareCaptures } from '../compare/compare.ts';
import { judge } from '../compare/judgement.ts';
import { resultJson } from '../compare/result-json.ts';
import { scan } from '../compare/scan.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth } from '../testing/lab.ts';
import { holds, ipv4Bytes, ipv6Bytes, parseCidr } from './cidr.ts';
import { CAUSE } from './mirror-filter.ts';
import { playedSessions } from './played-sessions.ts';
import { readMirror } from './read-mirror.ts';

const playedOf = (o: unknown) => playedSessions(readMirror(JSON.stringify(o), 'filter.json'), undefined, []);

describe.skipIf(!LAB_PRESENT)(`the lab’s mirror filter, which a kernel executed${LAB_NOTE}`, () => {
  it('decides about every packet as the truth says', async () => {
    const truth = labTruth('filtered');
    const source = memorySource(labFile('filtered', 'source-eth0.pcap'));
    const { rule, accept, cause } = await judge(source, await scan(source, {}), playedOf(truth.filter));
    const said = truth.ruleOf!.map(([a]) => (cause[a - 1] === CAUSE.notIp ? 'not IPv4' : rule[a - 1]! < 0 ? 'no rule matched' : `rule ${rule[a - 1]!} ${accept[a - 1] === 1 ? 'accept' : 'reject'}`));
    expect(said).toEqual(truth.ruleOf!.map(([, words]) => words.replace(/^(in|e)gress /, '')));
  });

  it('tells filtered from lost, with the number of the rule', async () => {
    const truth = labTruth('filtered');
    const result = await compareCaptures(memorySource(labFile('filtered', 'source-eth0.pcap')), memorySource(labFile('filtered', 'appliance-eth0.pcap')), { mirror: playedOf(truth.filter) });
    const { filtered, lost, onlyInA } = resultJson(result);
    const rules = new Map(truth.ruleOf!.map(([a, words]) => [a, /rule (\d+) reject/.exec(words)?.[1]] as const));
    expect(filtered).toEqual([...rules].filter(([a]) => !truth.pairs.some(([paired]) => paired === a)).map(([a, number]) => [a, number === undefined ? null : Number(number)]));
    expect(lost).toEqual([]);
    expect(onlyInA).toEqual(truth.onlyInA);
  });
});

describe('an address range', () => {
  it.each([
    ['172.31.0.0/16', '172.31.9.144', true], ['172.31.0.0/16', '172.32.0.0', false], ['203.0.113.64/26', '203.0.113.127', true], ['203.0.113.64/26', '203.0.113.128', false],
    ['0.0.0.0/0', '1.2.3.4', true], ['142.251.42.79/32', '142.251.42.78', false], ['::/0', '2001:db8::1', true], ['2001:db8::/33', '2001:db8:8000::', false], ['2001:db8::/33', '2001:db8:7fff::', true],
    ['0.0.0.0/0', '::1', false], ['::/0', '1.2.3.4', false], // "::/0 is a separate rule" (guide)
  ])('%s and %s', (range, address, expected) => {
    const bytes = ipv4Bytes(address) ?? ipv6Bytes(address)!;
    expect(holds(parseCidr(range)!, bytes, 0, bytes.length)).toBe(expected);
  });

  it.each(['', '10.0.0', '10.0.0.0/33', '10.0.0.256/8', '::1::2', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', 'fe80::1%eth0', '10.0.0.0/8/8', '12345::'])('"%s" is none', (text) => { expect(parseCidr(text)).toBe(null); });

  it.each([
    ['::1', [...Array<number>(15).fill(0), 1]], ['2001:db8::a:b', [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 11]], ['::ffff:10.0.0.1', [...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1]],
    ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ])('%s is read', (text, bytes) => { expect(ipv6Bytes(text)).toEqual(Uint8Array.from(bytes)); });
});
