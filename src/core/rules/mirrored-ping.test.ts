import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { explain } from './explain.ts';
import { Matcher } from './match/matcher.ts';
import { eveObject } from './output/eve.ts';
import { fastLine } from './output/fast-log.ts';
import { parseRules } from './parse/parse-rules.ts';
import { RuleResults } from './results.ts';
import { runRules } from './run.ts';
import { type RuleSettings, STOCK_SETTINGS } from './settings/settings.ts';

const RULES = `
alert icmp any any -> any any (msg:"a ping"; sid:1;)
alert udp any any -> any 4789 (msg:"an envelope"; sid:2;)
alert icmp any any -> any any (msg:"a request"; itype:8; icmp_seq:3; sid:3; rev:2; classtype:icmp-event;)
`;
const NO_VXLAN: RuleSettings = { ...STOCK_SETTINGS, tunnels: { ...STOCK_SETTINGS.tunnels, vxlan: false } };

async function run(file: string, settings: RuleSettings = STOCK_SETTINGS, rules = RULES): Promise<RuleResults> {
  const { signatures, faults } = parseRules(rules);
  expect(faults).toEqual([]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(`public/samples/mirrored-ping/${file}.pcap`))), new Matcher(signatures, settings), results.add);
  return results;
}

describe('the mirrored ping', () => {
  it('sees 16 pings at the source', async () => {
    const results = await run('source-eth0');
    expect([results.count(1, 0), results.count(1, 1), results.count(2, 0)]).toEqual([16, 0, 0]);
  });

  it('sees 4 direct and 12 mirrored pings at the appliance, and 12 envelopes', async () => {
    const results = await run('appliance-eth0');
    expect([results.count(1, 0), results.count(1, 1), results.count(2, 0), results.count(2, 1)]).toEqual([4, 12, 12, 0]);
  });

  it('sees 12 pings and no envelope at the VXLAN interface', async () => {
    const results = await run('appliance-vxlan100');
    expect([results.count(1, 0), results.count(1, 1), results.count(2, 0)]).toEqual([12, 0, 0]);
  });

  it('sees envelopes only with VXLAN decoding off', async () => {
    const results = await run('appliance-eth0', NO_VXLAN);
    expect([results.count(1, 0), results.count(1, 1), results.count(2, 0)]).toEqual([4, 0, 12]);
  });

  it('writes an inner alert as Suricata does', async () => {
    const inner = (await run('appliance-eth0')).alerts.find(({ signature, level }) => signature.sid === 3 && level === 1);
    expect(inner).toBeDefined();
    const eve = eveObject(inner!, STOCK_SETTINGS);
    expect(eve).toMatchObject({
      event_type: 'alert', src_ip: '172.31.9.144', dest_ip: '142.251.42.79', proto: 'ICMP', ip_v: 4, icmp_type: 8, icmp_code: 0, pkt_src: 'vxlan encapsulation',
      alert: { action: 'allowed', gid: 1, signature_id: 3, rev: 2, signature: 'a request', category: 'Generic ICMP event', severity: 3 },
      tunnel: { src_ip: '172.31.9.144', dest_ip: '172.31.4.131', dest_port: 4789, proto: 'UDP', depth: 1, pcap_cnt: 6, pkt_src: 'wire/pcap' },
    });
    expect(Object.keys(eve)).not.toContain('src_port');
    expect(fastLine(inner!, false)).toMatch(/^\d\d\/\d\d\/\d{4}-[\d:.]{15} {2}\[\*\*\] \[1:3:2\] a request \[\*\*\] \[Classification: Generic ICMP event\] \[Priority: 3\] \{ICMP\} 172\.31\.9\.144:8 -> 142\.251\.42\.79:0$/);
  });

  it('tells why the rule is silent on the envelope, and where', async () => {
    const { signatures } = parseRules(RULES);
    const matcher = new Matcher(signatures);
    const reader = await openCapture(memorySource(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap')));
    do { while (reader.next() && reader.number < 2); } while (reader.number < 2 && await reader.refill());
    matcher.packet(reader.bytes, reader.start, reader.end, 1, 2, 0, 0, () => {});
    const outer = explain(signatures[2]!, matcher.decoder.views[0]!, reader.start);
    expect(outer.fires).toBe(false);
    expect(outer.reasons[0]).toMatchObject({ keyword: 'protocol', verdict: 'not met', seen: 'UDP over IPv4', from: 23, to: 24 });
    expect(outer.reasons.slice(1).every(({ verdict }) => verdict === 'not reached')).toBe(true);
    const inner = explain(signatures[2]!, matcher.decoder.views[1]!, reader.start);
    expect(inner.reasons.find(({ keyword }) => keyword === 'itype')).toMatchObject({ verdict: 'met', seen: '8', from: 84, to: 85 });
    expect(inner.reasons.find(({ keyword }) => keyword === 'icmp_seq')).toMatchObject({ verdict: 'not met', seen: '1', from: 90, to: 92 });
  });
});
