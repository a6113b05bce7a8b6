// threshold.config, by the examples of Suricata's user guide (configuration/global-thresholds.rst), and on the mirrored ping: requests at the source are packets 3 to 15 odd and 19, from 172.31.9.144, two a second; 15 and 19 go to 172.31.4.131, the others to 142.251.42.79.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { ruleFaultText } from '../rule-error.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';
import { type ParsedRules, parseRules } from './parse-rules.ts';

const both = (rules: string, config: string): ParsedRules => parseRules([{ name: 'my.rules', text: rules }, { name: 'threshold.config', text: config }]);

async function alerts(rules: string, config: string, ips = false): Promise<{ number: number; sid: number; action: string; blocked: boolean }[]> {
  const { signatures, faults, notes } = both(rules, config);
  expect([faults, notes]).toEqual([[], []]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync('public/samples/mirrored-ping/source-eth0.pcap'))), new Matcher(signatures, { ...STOCK_SETTINGS, ips }), results.add);
  return results.alerts.map(({ number, signature, action, blocked }) => ({ number, sid: signature.sid, action, blocked }));
}

const PING = 'alert icmp any any -> any any (itype:8; sid:1;)';
const numbers = async (config: string, rules = PING): Promise<number[]> => (await alerts(rules, config)).filter(({ sid }) => sid === 1).map(({ number }) => number);
const ALL = [3, 5, 7, 9, 11, 13, 15, 19];

describe('threshold.config', () => {
  it.each<[string, number[]]>([
    ['# nothing said\n\n', ALL],
    ['threshold gen_id 1, sig_id 1, type limit, track by_rule, count 3, seconds 3600', [3, 5, 7]],
    ['event_filter gen_id 1, sig_id 1, type both, track by_src, \\\n  count 3, seconds 3600\n', [7]],
    ['threshold gen_id 1, sig_id 0, type threshold, track by_src, count 3, seconds 3600', [7, 13]],
    ['threshold gen_id 2, sig_id 0, type threshold, track by_src, count 3, seconds 3600', ALL],
    ['suppress gen_id 1, sig_id 1', []],
    ['suppress gen_id 0, sig_id 0', []],
    ['suppress gen_id 1, sig_id 0, track by_src, ip 172.31.9.144', []],
    ['suppress gen_id 1, sig_id 1, track by_src, ip 142.251.42.79', ALL],
    ['suppress gen_id 1, sig_id 1, track by_either, ip 142.251.42.0/25', [15, 19]],
    ['suppress gen_id 1, sig_id 1, track by_src, ip [192.168.0.0/16,10.0.0.0/8,172.16.0.0/12]', []],
    ['suppress gen_id 1, sig_id 1, track by_dst, ip !$HOME_NET', [15, 19]],
    ['suppress gen_id 1, sig_id 1, track by_dst, ip $HOME_NET', [3, 5, 7, 9, 11, 13]],
  ])('%s', async (config, expected) => { expect(await numbers(config)).toEqual(expected); });

  it('for one rule replaces its own threshold; for all it yields to it', async () => {
    const own = 'alert icmp any any -> any any (itype:8; threshold:type limit, track by_rule, count 1, seconds 3600; sid:1;)';
    expect(await numbers('threshold gen_id 1, sig_id 1, type limit, track by_src, count 2, seconds 3600', own)).toEqual([3, 5]);
    expect(await numbers('threshold gen_id 0, sig_id 0, type limit, track by_src, count 2, seconds 3600', own)).toEqual([3]);
  });

  it('holds an alert back and not what the match does; a packet that is suppressed is not counted', async () => {
    const setter = 'alert icmp any any -> any any (itype:8; flowbits:set,a; sid:1;)\nalert icmp any any -> any any (itype:0; flowbits:isset,a; sid:2;)';
    expect((await alerts(setter, 'suppress gen_id 1, sig_id 1')).map(({ number }) => number)).toEqual([4, 6, 8, 10, 12, 14, 16, 20]);
    expect(await numbers('suppress gen_id 1, sig_id 1, track by_dst, ip !$HOME_NET\nthreshold gen_id 1, sig_id 1, type limit, track by_rule, count 1, seconds 3600')).toEqual([15]);
  });

  it('changes the action of a rule that matches too often, until the time is over', async () => {
    const rate = (text: string): string => `rate_filter gen_id 1, sig_id 1, track by_rule, count 2, seconds 3600, ${text}`;
    const actions = async (text: string, ips = false): Promise<string[]> => (await alerts(PING, rate(text), ips)).map(({ number, action, blocked }) => `${number} ${action}${blocked ? ' blocked' : ''}`);
    expect(await actions('new_action drop, timeout 3600')).toEqual(['3 alert', '5 alert', '7 drop', '9 drop', '11 drop', '13 drop', '15 drop', '19 drop']);
    expect((await actions('new_action drop, timeout 3600', true)).slice(0, 3)).toEqual(['3 alert', '5 alert', '7 drop blocked']);
    expect(await actions('new_action pass, timeout 3600')).toEqual(['3 alert', '5 alert']);
    expect(await actions('new_action log, timeout 3600')).toHaveLength(8);
    expect((await actions('new_action drop, timeout 1')).some((text, i) => i > 2 && text.endsWith(' alert'))).toBe(true);
  });

  it.each<[string, string]>([
    ['supress gen_id 1, sig_id 1', '1:1 “supress” is nothing that a threshold.config says. Did you mean “suppress”?'],
    ['# c\nthreshold gen_id 1, sig_id 1, type limit, \\\n  trakc by_src, count 1, seconds 1', '3:3 “trakc by_src” has no meaning in “threshold”. Did you mean “track”?'],
    ['suppress gen_id 0, sig_id 7', '1:10 A sig_id needs the gen_id it belongs to. Write gen_id 1, which is that of rules without the keyword gid; or sig_id 0 for all rules.'],
    ['suppress gen_id 1, sig_id 1, track by_src, ip 10.0.0.300', '1:47 “10.0.0.300” is no address. Write an IPv4 or IPv6 address, a network such as 172.31.0.0/16, a range, or any.'],
    ['suppress gen_id 1, sig_id 1, track by_src', '1:10 “suppress” has a track and no ip. Write ip and an address, a network, a list in brackets or a variable.'],
    ['rate_filter gen_id 1, sig_id 1, track by_src, count 1, seconds 2, new_action dorp, timeout 3', '1:13 “dorp” is no new_action. It is alert, drop, pass, reject.'],
    ['threshold gen_id 1, sig_id 1, type limit, track by_src, seconds 1', '1:11 “threshold” has no count. Write count and a number.'],
  ])('tells what is wrong with %s', (config, expected) => {
    const { faults, signatures } = both(PING, config);
    expect(faults.map((fault) => `${fault.line}:${fault.column} ${ruleFaultText(fault)}`)).toEqual([expected]);
    expect([faults[0]!.file, signatures.length]).toEqual(['threshold.config', 1]);
  });

  it('may stand in an editor among rules, and not in a file of them', () => {
    const text = `${PING}\n# file: threshold.config\nsuppress gen_id 1, sig_id 1\n`;
    expect(parseRules(text).signatures[0]!.suppressions).toHaveLength(1);
    expect(parseRules([{ name: 'my.rules', text }]).faults).toHaveLength(1);
  });

  it('says which entries change nothing', () => {
    const own = 'alert icmp any any -> any any (itype:8; detection_filter:track by_src, count 1, seconds 60; sid:1;)';
    expect(both(own, 'suppress gen_id 1, sig_id 5\nrate_filter gen_id 1, sig_id 1, track by_src, count 1, seconds 2, new_action drop, timeout 3').notes).toEqual([
      'threshold.config:1: There is no rule 1:5, so this changes nothing.', 'threshold.config:2: The rule 1:1 has a threshold, which goes before a rate_filter.',
    ]);
  });
});
