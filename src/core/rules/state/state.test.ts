// What rules remember, on the mirrored ping: packets 3 to 16, 19 and 20 at the source are pings, requests odd and replies even, half a second apart; those from 15 on go to the appliance, those before to the internet.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { eveObject } from '../output/eve.ts';
import { readSettings } from '../settings/read-settings.ts';

async function run(rules: string, file = 'source-eth0'): Promise<RuleResults> {
  const { signatures, faults } = parseRules(rules);
  expect(faults).toEqual([]);
  expect(signatures.map(({ unevaluated }) => unevaluated).filter((why) => why !== '')).toEqual([]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(`public/samples/mirrored-ping/${file}.pcap`))), new Matcher(signatures), results.add);
  return results;
}

const numbers = async (options: string, rules = ''): Promise<number[]> =>
  (await run(`alert icmp any any -> any any (${options}; sid:1;)\n${rules}`)).alerts.filter(({ signature }) => signature.sid === 1).map(({ number }) => number);

describe('thresholds', () => {
  it.each<[string, number[]]>([
    ['itype:8; threshold:type limit, track by_rule, count 3, seconds 3600', [3, 5, 7]],
    ['itype:8; threshold:type threshold, track by_rule, count 3, seconds 3600', [7, 13]],
    ['itype:8; threshold:type both, track by_rule, count 3, seconds 3600', [7]],
    ['itype:8; detection_filter:track by_rule, count 6, seconds 3600', [15, 19]],
    ['threshold:type limit, track by_src, count 1, seconds 3600', [3, 4, 16]], // each of the three hosts once
    ['threshold:type limit, track by_both, count 1, seconds 3600', [3, 15]], // each pair, in either direction
    ['threshold:type limit, track by_flow, count 1, seconds 3600', [3, 15]],
    ['threshold:type backoff, track by_flow, count 1, multiplier 3', [3, 5, 11, 15, 19]], ['itype:8; threshold:type backoff, track by_flow, count 2, multiplier 2', [5, 9, 19]], // the 1st, 3rd and 9th of each flow
  ])('%s', async (options, expected) => { expect(await numbers(options)).toEqual(expected); });

  it('of a pass rule that comes first hide the alert and not what the other rules remember', async () => {
    const rules = 'pass icmp any any -> any any (itype:8; icmp_seq:1; sid:3;)\nalert icmp any any -> any any (itype:8; icmp_seq:1; flowbits:set,a; sid:2;)';
    expect(await numbers('itype:0; flowbits:isset,a', rules)).toEqual([4, 6, 8, 10, 12, 14, 16, 20]);
  });

  it('act where the alert is held back', async () => {
    const setter = 'alert icmp any any -> any any (itype:8; flowbits:set,a; threshold:type limit, track by_rule, count 1, seconds 3600; sid:2;)';
    expect(await numbers('itype:8; flowbits:isset,a', setter)).toEqual([3, 5, 7, 9, 11, 13, 15, 19]);
  });
});

describe('bits of hosts and integers of flows', () => {
  it.each<[string, string, number[]]>([
    ['xbits:isset,a,track ip_src', 'itype:0; xbits:set,a,track ip_dst,expire 3600', [5, 7, 9, 11, 13, 15, 19]],
    ['itype:8; xbits:isset,a,track ip_pair', 'itype:0; xbits:set,a,track ip_pair,expire 3600', [5, 7, 9, 11, 13, 19]],
    ['itype:8; hostbits:isset,a,src', 'itype:0; hostbits:set,a,dst', [5, 7, 9, 11, 13, 15, 19]],
    ['itype:8; hostbits:isnotset,a', 'itype:0; hostbits:set,a,dst', [3]],
    ['itype:8; flowint:n,>=,4', 'itype:8; flowint:n,+,1', [9, 11, 13]], // the counter's rule comes first, so the fourth packet has 4
    ['itype:8; flowint:n,isset', 'itype:0; flowint:n,=,7', [5, 7, 9, 11, 13, 19]],
  ])('%s after %s', async (options, setter, expected) => {
    expect(await numbers(options, `alert icmp any any -> any any (${setter}; noalert; sid:2;)`)).toEqual(expected);
  });

  it('a bit that has expired is not set', async () => {
    const setter = 'alert icmp any any -> any any (icmp_seq:1; itype:0; xbits:set,a,track ip_pair,expire 2; noalert; sid:2;)';
    expect(await numbers('itype:8; xbits:isset,a,track ip_pair', setter)).toEqual([5, 7, 9, 19]);
  });
});

describe('tags', () => {
  it.each<[string, number[]]>([
    ['itype:8; icmp_seq:2; tag:session', [6, 7, 8, 9, 10, 11, 12, 13, 14]], ['itype:8; icmp_seq:2; tag:session,4,packets', [6, 7, 8]], ['itype:8; icmp_seq:2; tag:session,1,seconds', [6, 7, 8, 9, 10]],
    ['itype:8; icmp_seq:2; tag:session,300,bytes', [6, 7]], ['itype:0; icmp_seq:5; tag:host,3,packets,src', [13, 14]],
    ['itype:8; icmp_seq:2; tag:session,4,packets,src', [6, 7, 8]], ['itype:0; icmp_seq:5; tag:host,3,packets,dst', [13, 14]], // a session has no direction
    ['itype:0; icmp_seq:5; tag:host', [13, 14, 15, 16, 19, 20]], // the host that it goes to, 256 packets
    ['itype:8; icmp_seq:2; tag:session,2,packets; tag:host,4,packets,dst', [6, 7, 8]],
    ['itype:8; icmp_seq:<4; tag:session,3,packets', [4, 5, 6, 7, 8, 9]], // each match begins the count anew
  ])('%s', async (options, expected) => {
    const { signatures } = parseRules(`alert icmp 172.31.9.144 any <> 142.251.42.79 any (${options}; sid:1;)`);
    const matcher = new Matcher(signatures);
    const found: number[] = [];
    matcher.onTagged = ({ number }) => { found.push(number); };
    await runRules(await openCapture(memorySource(readFileSync('public/samples/mirrored-ping/source-eth0.pcap'))), matcher, () => {});
    expect(found).toEqual(expected);
  });
});

describe('sums and flows', () => {
  it.each<[string, number]>([
    ['ipv4-csum:valid', 16], ['ipv4-csum:invalid', 0], ['icmpv4-csum:valid', 16], ['icmpv4-csum:invalid', 0], ['udpv4-csum:valid', 0], ['flow.pkts:toserver,>3', 6], ['flow.pkts_toclient:0', 2],
    ['flow.age:<1', 6], ['ip.src; content:"|ac 1f 09 90|"', 8], ['ip.dst; to_md5; bsize:16', 16], ['ipv4.hdr; entropy:value > 8', 0], ['ipv4.hdr; entropy:value < 8', 16], ['tcp.hdr; absent', 16], ['ipv4.hdr; absent', 0],
    ['requires:version >= 8; itype:8', 8],
  ])('%s', async (options, count) => { expect(await numbers(options)).toHaveLength(count); });
});

it('flows that were silent for longer than flow-timeouts says start anew', async () => {
  const flows = async (...set: string[]): Promise<number> => {
    const ids = new Set<number>();
    const { signatures } = parseRules('alert icmp any any -> any any (itype:8; sid:1;)');
    await runRules(await openCapture(memorySource(readFileSync('public/samples/mirrored-ping/source-eth0.pcap'))), new Matcher(signatures, readSettings(null, set).settings), ({ flowId }) => { ids.add(flowId); });
    return ids.size;
  };
  const stock = await flows();
  expect(await flows('flow-timeouts.icmp.established=0', 'flow-timeouts.icmp.new=0')).toBeGreaterThan(stock);
  expect(await flows('flow-timeouts.udp.established=0')).toBe(stock);
});

it('alert.metadata: no leaves the flow and the rule’s metadata out of eve.json', async () => {
  const { alerts } = await run('alert icmp any any -> any any (itype:8; metadata:made_for test; sid:1;)');
  const keys = (value: string): string[] => {
    const alert = eveObject(alerts[0]!, { eve: readSettings(null, [`outputs.0.eve-log.types.0.alert.metadata=${value}`]).settings.eve });
    return [...Object.keys(alert), ...Object.keys(alert['alert'] as object)].filter((key) => ['flow', 'direction', 'metadata'].includes(key));
  };
  expect([keys('yes'), keys('no')]).toEqual([['direction', 'flow', 'metadata'], ['direction']]);
});
