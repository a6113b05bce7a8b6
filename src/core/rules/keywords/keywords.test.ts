// What each keyword of the packet level says on the packet outside and on the one inside. The counts are what tshark's fields say of the same packets (`-T fields -e ip.ttl -e icmp.seq …`).

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { Matcher } from '../match/matcher.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { RuleResults } from '../results.ts';
import { runRules } from '../run.ts';
import { STOCK_SETTINGS } from '../settings/settings.ts';

async function run(file: string, rules: string, ips = false): Promise<RuleResults> {
  const { signatures, faults } = parseRules(rules);
  expect(faults).toEqual([]);
  expect(signatures.map(({ unevaluated }) => unevaluated).filter((why) => why !== '')).toEqual([]);
  const results = new RuleResults();
  await runRules(await openCapture(memorySource(readFileSync(file))), new Matcher(signatures, { ...STOCK_SETTINGS, ips }), results.add);
  return results;
}

const ping = (name: string): string => `public/samples/mirrored-ping/${name}.pcap`;

/** Alerts of sid 1 on the mirrored ping: at the source, on the appliance's outer packets, on its inner ones, at its VXLAN interface. */
async function onPing(rules: string): Promise<number[]> {
  const [source, appliance, inside] = await Promise.all(['source-eth0', 'appliance-eth0', 'appliance-vxlan100'].map((name) => run(ping(name), rules)));
  expect([source!.count(1, 1), inside!.count(1, 1)]).toEqual([0, 0]);
  return [source!.count(1, 0), appliance!.count(1, 0), appliance!.count(1, 1), inside!.count(1, 0)];
}

const ALL = [16, 4, 12, 12]; //      every ping
const REQUESTS = [8, 2, 6, 6]; //    as many replies
const OUTWARD = [6, 0, 6, 6]; //     requests to the internet
const ENVELOPES = [0, 12, 0, 0];
const ALL_IP = [16, 16, 12, 12]; //  every IP packet: pings and envelopes
const NONE = [0, 0, 0, 0];

describe('on the mirrored ping', () => {
  it.each<[string, number[]]>([
    ['icmp any any -> any any', ALL], ['udp any any -> any any', ENVELOPES], ['ip any any -> any any', ALL_IP], ['tcp any any -> any any', NONE], ['1 any any -> any any', ALL], ['17 any any -> any 4789', ENVELOPES], ['47 any any -> any any', NONE],
    ['icmp 172.31.9.144 any -> any any', REQUESTS], ['icmp 172.31.0.0/16 any -> !172.31.0.0/16 any', OUTWARD], ['icmp $HOME_NET any -> $EXTERNAL_NET any', OUTWARD],
    ['icmp [142.251.42.79,172.31.4.131] any -> $HOME_NET any', REQUESTS], ['icmp [172.31.0.0/16,!172.31.9.144] any -> any any', [2, 2, 0, 0]], ['icmp 172.31.4.100-172.31.4.200 any -> any any', [2, 2, 0, 0]],
    ['icmp 142.251.42.79 any -> 172.31.9.144 any', OUTWARD], ['icmp 142.251.42.79 any <> 172.31.9.144 any', [12, 0, 12, 12]], ['ip 172.31.9.144 any <> 172.31.4.131 any', [4, 16, 0, 0]],
    ['udp any any -> any 4789', ENVELOPES], ['udp any 65511 -> any any', ENVELOPES], ['udp any 60000: -> any [4000:5000,!4788]', ENVELOPES], ['udp any any -> any !4789', NONE], ['udp any any -> any :4788', NONE],
    ['udp any 4789 -> any any', NONE], ['udp any 4789 <> any any', ENVELOPES], ['udp any any -> any [53,4789]', ENVELOPES],
  ])('alert %s', async (header, counts) => { expect(await onPing(`alert ${header} (sid:1;)`)).toEqual(counts); });

  it.each<[string, string, number[]]>([
    ['icmp', 'itype:8', REQUESTS], ['icmp', 'itype:0', REQUESTS], ['icmp', 'itype:<8', REQUESTS], ['icmp', 'itype:>7', REQUESTS], ['icmp', 'itype:5<>9', REQUESTS], ['icmp', 'icode:0', ALL], ['icmp', 'icode:>0', NONE],
    ['icmp', 'icmp_id:27887', [12, 0, 12, 12]], ['icmp', 'icmp_id:27900', [4, 4, 0, 0]], ['icmp', 'icmp_seq:2', [4, 2, 2, 2]], ['icmp', 'icmp_seq:6', [2, 0, 2, 2]],
    ['ip', 'ttl:64', ALL_IP], ['ip', 'ttl:<64', NONE], ['ip', 'ttl:63-65', ALL_IP], ['ip', 'tos:0', ALL_IP], ['ip', 'tos:!0', NONE], ['ip', 'tos:x0', ALL_IP], ['ip', 'tos:!x1F', ALL_IP], ['ip', 'id:22621', [1, 0, 1, 1]], ['ip', 'id:10469', [0, 1, 0, 0]],
    ['ip', 'ip_proto:1', ALL], ['ip', 'ip_proto:ICMP', ALL], ['ip', 'ip_proto:17', ENVELOPES], ['ip', 'ip_proto:!1', ENVELOPES],
    ['ip', 'fragbits:D', REQUESTS], ['ip', 'fragbits:!D', [8, 14, 6, 6]], ['ip', 'fragbits:M', NONE], ['ip', 'fragoffset:0', ALL_IP], ['ip', 'fragoffset:>0', NONE], ['ip', 'sameip', NONE],
    ['icmp', 'dsize:56', ALL], ['icmp', 'dsize:>56', NONE], ['icmp', 'dsize:50<>60', ALL], ['icmp', 'dsize:!56', NONE], ['udp', 'dsize:106', ENVELOPES],
    // The 56 bytes of a ping's payload: a time of 16 bytes, then 0x10, 0x11, … 0x37, the last eight of them "01234567".
    ['icmp', 'content:"01234567"', ALL], ['icmp', 'content:"|10 11 12|"', ALL], ['icmp', 'content:"01|32 33|4"', ALL], ['icmp', 'content:"abc"', NONE], ['icmp', 'content:!"abc"', ALL], ['icmp', 'content:!"4567"', NONE],
    ['icmp', 'content:"|10 11|"; offset:16', ALL], ['icmp', 'content:"|10 11|"; offset:17', NONE], ['icmp', 'content:"|10 11|"; depth:18', ALL], ['icmp', 'content:"|10 11|"; depth:17', NONE],
    ['icmp', 'content:"|10|"; offset:16; depth:1; content:"|13|"; distance:2; within:1', ALL], ['icmp', 'content:"|10|"; offset:16; depth:1; content:"|13|"; distance:3', NONE],
    ['icmp', 'content:"|10|"; offset:16; depth:1; content:"|13|"; within:2', NONE], ['icmp', 'content:"4567"; endswith', ALL], ['icmp', 'content:"3456"; endswith', NONE], ['icmp', 'content:"|10|"; startswith', NONE],
    ['icmp', 'pcre:"/0123.567$/"', ALL], ['icmp', 'pcre:"/^.{16}\\x10\\x11/s"', ALL], ['icmp', 'pcre:"/^0123/"', NONE], ['icmp', 'content:"0123"; pcre:"/^4567/R"', ALL], ['icmp', 'pcre:!"/0123/"', NONE],
    ['icmp', 'itype:8; icmp_seq:3; ttl:64; content:"|10|"', [1, 0, 1, 1]],
    ['icmp', 'noalert', NONE],
  ])('alert %s with %s', async (protocol, options, counts) => { expect(await onPing(`alert ${protocol} any any -> any any (${options}; sid:1;)`)).toEqual(counts); });

  // The envelope's payload is the packet inside, which is looked at for itself (PKT_NOPAYLOAD_INSPECTION in Suricata's decode.c).
  it('looks for contents inside the envelope once, in the inner packet', async () => {
    expect(await onPing('alert ip any any -> any any (content:"01234567"; sid:1;)')).toEqual(ALL);
    expect(await onPing('alert udp any any -> any 4789 (content:"01234567"; sid:1;)')).toEqual(NONE);
  });

  it.each<[string, number[]]>([['alert', ALL], ['drop', ALL], ['reject', ALL], ['pass', NONE]])('%s writes its alerts', async (action, counts) => {
    expect(await onPing(`${action} icmp any any -> any any (sid:1;)`)).toEqual(counts);
  });

  it('pass comes before alert, packet by packet and level by level', async () => {
    expect(await onPing('alert ip any any -> any any (sid:1;)\npass icmp any any -> any any (itype:8; sid:2;)')).toEqual([8, 14, 6, 6]);
  });

  it('keeps what an alert is told with', async () => {
    const { alerts } = await run(ping('source-eth0'), 'alert icmp any any -> any any (msg:"a \\"ping\\""; itype:8; classtype:attempted-admin; reference:cve,2021-44228; reference:url,example.org; metadata:a b, c d; sid:7; gid:3; rev:4;)\n'
      + 'alert icmp any any -> any any (itype:0; classtype:attempted-admin; priority:4; sid:8;)');
    expect(alerts[0]!.signature).toMatchObject({
      msg: 'a "ping"', sid: 7, gid: 3, rev: 4, classtype: 'attempted-admin', category: 'Attempted Administrator Privilege Gain', priority: 1,
      references: [{ system: 'cve', id: '2021-44228' }, { system: 'url', id: 'example.org' }], metadata: [{ key: 'a', value: 'b' }, { key: 'c', value: 'd' }],
    });
    expect(alerts[1]!.signature).toMatchObject({ sid: 8, priority: 4 });
  });
});

const WEB = '../shared/captures/lab/web';
const FRAGMENTS = '../shared/captures/lab/outer-fragmented';

describe.skipIf(!existsSync(WEB))('on mirrored web traffic (needs ../shared)', () => {
  // Every packet was mirrored whole: the source, the inner packets and the VXLAN interface count the same.
  // A content at a fixed place is looked for in the packet and again in the stream, as in Suricata.
  it.each<[string, number]>([
    ['sid:1', 361], ['flags:S; sid:1', 12], ['flags:SA; sid:1', 12], ['flags:+S; sid:1', 24], ['flags:*SF; sid:1', 48], ['flags:!S; sid:1', 337], ['tcp.flags:S,CE; sid:1', 12], ['flags:AF; sid:1', 24],
    ['window:64240; sid:1', 11], ['seq:1995983516; sid:1', 2], ['ack:206062923; sid:1', 2], ['dsize:0; sid:1', 148], ['dsize:>1000; sid:1', 177],
    ['content:"GET "; sid:1', 8], ['content:"get "; sid:1', 0], ['content:"get "; nocase; sid:1', 8], ['content:"GET "; startswith; sid:1', 16], ['content:"nginx"; sid:1', 9], ['content:"HTTP/1.1"; sid:1', 18],
    ['pcre:"/^GET \\S+ HTTP/"; sid:1', 8], ['flags:S; content:!"GET"; sid:1', 0],
  ])('alert tcp with %s', async (options, count) => {
    const rule = `alert tcp any any -> any any (${options};)`;
    const [source, appliance, inside] = await Promise.all(['source-eth0', 'appliance-eth0', 'appliance-vxlan100'].map((name) => run(`${WEB}/${name}.pcap`, rule)));
    // A rule about nothing but addresses is evaluated once in each direction of a TCP flow; see the README.
    const expected = options === 'sid:1' ? 24 : count;
    expect([source!.count(1, 0), appliance!.count(1, 0), appliance!.count(1, 1), inside!.count(1, 0)]).toEqual([expected, 0, expected, expected]);
  });

  it('fragbits and fragoffset on fragmented envelopes', async () => {
    const outer = async (options: string): Promise<number> => (await run(`${FRAGMENTS}/appliance-eth0.pcap`, `alert ip any any -> any any (${options}; sid:1;)`)).count(1, 0);
    expect([await outer('fragbits:M'), await outer('fragoffset:>0'), await outer('fragbits:M; fragoffset:>0')]).toEqual([94, 94, 0]);
  });
});
