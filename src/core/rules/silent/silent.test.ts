import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { explain } from '../explain.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import type { SilentReport } from '../report.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import { Fallout } from './fallout.ts';
import { whySilent } from './silent.ts';

const NO_VXLAN: RuleSettings = { ...STOCK_SETTINGS, tunnels: { ...STOCK_SETTINGS.tunnels, vxlan: false } };
const capture = (name: string) => openCapture(memorySource(readFileSync(`public/samples/${name}.pcap`)));

/** The first rule of the text is the one that is silent. */
async function silent(name: string, text: string, settings: RuleSettings = STOCK_SETTINGS): Promise<SilentReport> {
  const { signatures, faults } = parseRules(text);
  expect(faults).toEqual([]);
  return whySilent(await capture(name), { signature: signatures[0]!, others: signatures, settings });
}
const sentences = async (...args: Parameters<typeof silent>): Promise<string[]> => (await silent(...args)).suspects.map(({ sentence }) => sentence);

describe('why a rule is silent over a capture', () => {
  it('tells at which condition the packets fell out, and which came closest', async () => {
    const { packets, alerts, levels } = await silent('mirrored-ping/appliance-eth0', 'alert icmp any any -> any any (itype:8; icmp_seq:99; sid:1;)');
    expect([packets, alerts]).toEqual([19, 0]);
    expect(levels.map(({ inspected }) => inspected)).toEqual([19, 12]);
    expect(levels[0]).toMatchObject({ fellOut: [{ label: 'Protocol', wanted: 'icmp', packets: 15 }, { label: 'itype', packets: 2 }, { label: 'icmp_seq', packets: 2 }], closest: { packet: 14, label: 'icmp_seq', met: 6 } });
    expect(levels[1]).toMatchObject({ fellOut: [{ label: 'itype', packets: 6 }, { label: 'icmp_seq', packets: 6 }], closest: { packet: 2, label: 'icmp_seq', seen: '1' } });
  });

  it('tries the usual reasons and says what each would change', async () => {
    expect(await sentences('mirrored-ping/appliance-eth0', 'alert icmp 142.251.42.79 any -> any any (sid:1;)', NO_VXLAN))
      .toEqual(['With VXLAN decoding on it fires 6 times, first on packet 3 inside its envelope: this IDS sees the addresses of the envelope only.', expect.stringMatching(/^With any addresses instead of 142\.251\.42\.79 and any it fires 4 times/)]);
    expect(await sentences('mirrored-ping/source-eth0', 'alert icmp 142.251.42.79 any -> any any (itype:8; sid:1;)'))
      .toEqual(['With its two sides swapped it fires 6 times, first on packet 3, which goes from 172.31.9.144 to 142.251.42.79: the packets go the other way.', expect.stringMatching(/^With any addresses/)]);
    expect(await sentences('mirrored-ping/source-eth0', 'alert icmp any any -> any any (sid:1;)\npass icmp any any -> any any (sid:2;)')).toEqual(['Without the pass rules it fires 16 times, first on packet 3: a pass rule comes before it.']);
    expect(await sentences('mirrored-ping/source-eth0', 'alert icmp any any -> any any (itype:8; threshold:type threshold, track by_src, seconds 60, count 100; sid:1;)'))
      .toEqual([expect.stringMatching(/^Without its threshold it fires 8 times/)]);
    expect(await sentences('mirrored-ping/appliance-eth0', 'alert udp any any -> any 4790 (sid:1;)')).toEqual([expect.stringMatching(/^With any ports instead of any and 4790 it fires .*, which goes from port 65511 to port 4789\.$/)]);
    expect(await sentences('mirrored-ping/source-eth0', 'alert icmp any any -> any any (itype:99; sid:1;)')).toEqual([]);
  });

  const RULES = `alert tcp any any -> any 80 (content:"GET"; sid:1;)
alert tcp $HOME_NET any -> $EXTERNAL_NET any (flags:S; sid:2;)
alert udp any 53 -> any any (sid:3;)
alert ip [10.0.0.0/8,172.16.0.0/12] 1024: <> any !443 (ttl:>60; dsize:>10; sid:4;)
alert icmp any any -> !$HOME_NET any (itype:8; sid:5;)`;

  it('counts as the explanation of each packet has it', async () => {
    for (const name of ['web/appliance-eth0', 'mirrored-ping/appliance-eth0']) for (const signature of parseRules(RULES).signatures) {
      const reader = await capture(name);
      const matcher = new Matcher([signature]);
      const fallout = new Fallout(signature);
      const counted = new Map<string, number>();
      matcher.watch((p) => {
        if (p.isStreamEnd) return;
        fallout.take(p, reader.start);
        const at = explain(signature, p, reader.start).reasons.findIndex(({ verdict }) => verdict !== 'met');
        if (at >= 0) counted.set(`${p.level}.${at}`, (counted.get(`${p.level}.${at}`) ?? 0) + 1);
      });
      do while (reader.next()) matcher.packet(reader.bytes, reader.start, reader.end, 1, reader.number, reader.seconds, reader.nanoseconds, () => {}); while (await reader.refill());
      const wanted = [...counted].map(([key, packets]) => ({ key: key.split('.').map(Number), packets })).sort((a, b) => a.key[0]! - b.key[0]! || a.key[1]! - b.key[1]!);
      expect(fallout.levels().flatMap(({ fellOut }) => fellOut.map(({ packets }) => packets))).toEqual(wanted.map(({ packets }) => packets));
    }
  });
});
