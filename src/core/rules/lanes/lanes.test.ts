// Following flows side by side gives what one matcher gives, byte for byte: on captures and rule sets made at random, with everything that rules remember across flows, and on the lab captures.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../bytes/memory-source.ts';
import { openCapture } from '../../capture/capture-reader.ts';
import { concat, int } from '../../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT } from '../../testing/lab.ts';
import { pcapFile, type PcapPacket } from '../../testing/pcap-file.ts';
import { linesOfMany, linesOfOne, type RuleRun } from '../../testing/rule-lines.ts';
import { parseRules } from '../parse/parse-rules.ts';
import { type RuleSettings, STOCK_SETTINGS } from '../settings/settings.ts';
import { divide } from './division.ts';

const signaturesOf = (text: string) => {
  const { signatures, faults } = parseRules(text);
  expect([faults, signatures.filter(({ unevaluated }) => unevaluated !== '')]).toEqual([[], []]);
  return signatures;
};

const PROTOCOL = { icmp: 1, tcp: 6, udp: 17 } as const;
type Protocol = keyof typeof PROTOCOL;
const host = (number: number): Uint8Array => int(0x0a00_0001 + number, 4, false);

interface Ip { readonly from: number; readonly to: number; readonly protocol: Protocol; readonly id?: number; readonly fragment?: number }

const ip = ({ from, to, protocol, id = 0, fragment = 0 }: Ip, payload: Uint8Array): Uint8Array => concat([
  int(0x4500, 2, false), int(20 + payload.length, 2, false), int(id, 2, false), int(fragment, 2, false), int((64 << 8) | PROTOCOL[protocol], 2, false), int(0, 2, false), host(from), host(to), payload,
]);
const udp = (sport: number, dport: number, data: Uint8Array): Uint8Array => concat([int(sport, 2, false), int(dport, 2, false), int(8 + data.length, 2, false), int(0, 2, false), data]);
const tcp = (sport: number, dport: number, seq: number, ack: number, flags: number, data: Uint8Array): Uint8Array =>
  concat([int(sport, 2, false), int(dport, 2, false), int(seq, 4, false), int(ack, 4, false), int(0x5000 | flags, 2, false), int(0xffff, 2, false), int(0, 4, false), data]);
const echo = (type: number, number: number): Uint8Array => concat([int(type << 8, 2, false), int(0, 2, false), int(1, 2, false), int(number, 2, false)]);
const enveloped = (inner: Uint8Array, vni: number): Uint8Array =>
  ip({ from: 20, to: 21, protocol: 'udp' }, udp(50_000, 4789, concat([int(0x0800_0000, 4, false), int(vni, 3, false), int(0, 1, false), new Uint8Array(12).fill(2), int(0x0800, 2, false), inner])));

const WORDS = ['alpha ', 'beta', 'GET /a HTTP/1.1\r\nHost: a\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 'gamma', 'bet'].map((word) => new TextEncoder().encode(word));
const [FIN, SYN, PSH, ACK] = [1, 2, 8, 16];

/** One packet: what is sent in which of some conversations among few hosts. */
interface Step { readonly conversation: number; readonly kind: 'tcp' | 'close' | 'udp' | 'ping' | 'fragments'; readonly back: boolean; readonly word: number; readonly vni: number; readonly wait: number }

/** The packets of the steps: a conversation over TCP begins with its handshake. */
function packetsOf(steps: readonly Step[]): PcapPacket[] {
  const places = new Map<number, [number, number]>();
  const packets: PcapPacket[] = [];
  let seconds = 1000;
  for (const [number, { conversation, kind, back, word, vni, wait }] of steps.entries()) {
    seconds += wait;
    const put = (inner: Uint8Array): void => { packets.push({ bytes: vni === 0 ? inner : enveloped(inner, vni), seconds, fraction: number }); };
    const [client, server] = [conversation % 3, 3 + (conversation % 2)];
    const [from, to] = back ? [server, client] : [client, server];
    const data = WORDS[word]!;
    const ports: [number, number] = back ? [80, 4000 + conversation] : [4000 + conversation, 80];
    if (kind === 'udp') put(ip({ from, to, protocol: 'udp' }, udp(...ports, data)));
    if (kind === 'ping') put(ip({ from, to, protocol: 'icmp' }, echo(back ? 0 : 8, number)));
    if (kind === 'fragments') {
      const whole = udp(...ports, concat([data, new Uint8Array(40)]));
      put(ip({ from, to, protocol: 'udp', id: number, fragment: 0x2000 }, whole.subarray(0, 24)));
      put(ip({ from, to, protocol: 'udp', id: number, fragment: 3 }, whole.subarray(24)));
    }
    if (kind !== 'tcp' && kind !== 'close') continue;
    const segment = (isBack: boolean, flags: number, bytes: Uint8Array): void => {
      const place = places.get(conversation)!;
      const [own, other] = isBack ? [1, 0] : [0, 1];
      put(ip({ from: isBack ? server : client, to: isBack ? client : server, protocol: 'tcp' }, tcp(isBack ? 80 : 4000 + conversation, isBack ? 4000 + conversation : 80, place[own]!, flags === SYN ? 0 : place[other]!, flags, bytes)));
      place[own]! += bytes.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
    };
    if (!places.has(conversation)) {
      places.set(conversation, [100, 900]);
      segment(false, SYN, new Uint8Array(0));
      segment(true, SYN | ACK, new Uint8Array(0));
      segment(false, ACK, new Uint8Array(0));
    }
    segment(back, kind === 'close' ? FIN | ACK : PSH | ACK, kind === 'close' ? new Uint8Array(0) : data);
    if (word % 2 === 0) segment(!back, ACK, new Uint8Array(0));
  }
  return packets;
}

const step: fc.Arbitrary<Step> = fc.record({
  conversation: fc.integer({ min: 0, max: 9 }), kind: fc.constantFrom('tcp', 'tcp', 'tcp', 'close', 'udp', 'ping', 'fragments'), back: fc.boolean(), word: fc.integer({ min: 0, max: WORDS.length - 1 }),
  vni: fc.constantFrom(0, 0, 5, 6), wait: fc.constantFrom(0, 0, 0, 1, 40),
});

/** Rules with what they remember, each under a sid of its own. */
const RULES = [
  'alert ip any any -> any any (sid:1;)',
  'alert tcp any any -> any any (content:"alpha"; sid:2;)',
  'alert tcp any any -> any any (content:"beta"; flowbits:set,b; sid:3;)',
  'alert tcp any any -> any any (flowbits:isset,b; content:"gamma"; sid:4;)',
  'alert udp any any -> any any (threshold:type limit, track by_src, count 2, seconds 30; sid:5;)',
  'alert ip any any -> any any (threshold:type threshold, track by_dst, count 3, seconds 30; sid:6;)',
  'alert icmp any any -> any any (threshold:type both, track by_rule, count 2, seconds 30; sid:7;)',
  'alert tcp any any -> any any (flags:S; detection_filter:track by_src, count 1, seconds 60; sid:8;)',
  'alert ip any any -> any any (detection_filter:track by_both, count 2, seconds 60, unique_on dst_port; sid:9;)',
  'alert udp any any -> any any (threshold:type limit, track by_flow, count 1, seconds 30; flowint:n,+,1; sid:10;)',
  'alert udp any any -> any any (flowint:n,>,1; sid:11;)',
  'alert tcp any any -> any any (content:"alpha"; xbits:set,x,track ip_src,expire 60; sid:12;)',
  'alert udp any any -> any any (xbits:isset,x,track ip_src; sid:13;)',
  'alert ip any any -> any any (hostbits:isset,x,dst; flowbits:set,c; threshold:type limit, track by_src, count 3, seconds 60; sid:14;)',
  'alert tcp any any -> any any (flowbits:isset,c; sid:15;)',
  'alert icmp any any -> any any (itype:8; tag:host,5,packets,src; sid:16;)',
  'alert tcp any any -> any any (content:"gamma"; tag:session,3,packets; threshold:type limit, track by_dst, count 2, seconds 60; sid:17;)',
  'alert http any any -> any any (http.uri; content:"/a"; xbits:set,h,track ip_pair; sid:18;)',
  'alert http any any -> any any (http.stat_code; content:"200"; threshold:type limit, track by_dst, count 1, seconds 60; sid:19;)',
  'alert tcp any any -> any any (flow:established,to_client; xbits:isset,h,track ip_pair; priority:1; sid:20;)',
  'drop tcp any any -> any 80 (content:"beta"; sid:21;)',
  'pass udp any any -> any any (content:"gamma"; sid:22;)',
  'reject icmp any any -> any any (itype:0; sid:23;)',
  'pass http any any -> any any (http.method; content:"GET"; flowbits:isset,b; sid:24;)',
  'drop udp any any -> any any (content:"alpha"; threshold:type limit, track by_src, count 1, seconds 60; sid:25;)',
  'alert tcp any any -> any any (stream_size:client,>,10; xbits:toggle,x,track ip_dst,expire 30; noalert; sid:26;)',
];
const COUPLED_ACTION = 25; // it passes or drops by what other flows did: rules with it are not divided

describe('flows followed side by side', () => {
  it('give the alerts of one, in the same order', async () => {
    let [apart, across, alerts] = [0, 0, 0];
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 80 }), fc.shuffledSubarray(RULES, { minLength: 3 }), fc.boolean(), fc.constantFrom(2, 4, 15), async (steps, rules, ips, maxAlerts) => {
      const file = pcapFile({ packets: packetsOf(steps), linkType: 101 });
      const settings: RuleSettings = { ...STOCK_SETTINGS, ips, maxAlerts, stream: { ...STOCK_SETTINGS.stream, checksums: false } };
      const run: RuleRun = { reader: () => openCapture(memorySource(file)), signatures: () => signaturesOf(rules.join('\n')), settings };
      const alone = await linesOfOne(run);
      for (const many of [1, 4]) {
        const found = await linesOfMany(run, many);
        if (found === null) continue;
        expect(found).toEqual(alone);
        apart++;
        alerts += alone.lines.length;
        if (divide(run.signatures(), true)!.across.size > 0) across++;
      }
    }), { numRuns: 120 });
    expect(apart).toBeGreaterThan(40);
    expect(across).toBeGreaterThan(20);
    expect(alerts).toBeGreaterThan(1000);
  });

  it('are not followed side by side where what is dropped or passed depends on other flows', () => {
    const signatures = signaturesOf(RULES.join('\n'));
    expect(divide(signatures, false)).toBeNull();
    const sids = (rules: Iterable<{ readonly sid: number }>): number[] => [...rules].map(({ sid }) => sid).sort((a, b) => a - b);
    const division = divide(signatures.filter(({ sid }) => sid < 21), true)!;
    expect(sids(division.across)).toEqual([12, 13, 14, 15, 16, 17, 18, 20]);
    expect(sids(division.needed)).toEqual([]);
    expect(divide(signatures.filter(({ sid }) => sid === COUPLED_ACTION || sid < 3), false)).toBeNull();
    const withPass = divide(signatures.filter(({ sid }) => [3, 12, 13, 24].includes(sid)), true)!;
    expect([sids(withPass.across), sids(withPass.needed)], 'a pass rule and what sets its bit are evaluated there as well').toEqual([[12, 13], [3, 24]]);
  });
});

describe.skipIf(!LAB_PRESENT)(`the lab captures, side by side${LAB_NOTE}`, () => {
  const LAB = '../shared/captures/lab';
  const files = LAB_PRESENT ? readdirSync(LAB).flatMap((folder) => (existsSync(`${LAB}/${folder}/truth.json`) ? readdirSync(`${LAB}/${folder}`).filter((name) => /\.pcap(?:ng)?$/.test(name)).map((name) => `${folder}/${name}`) : [])) : [];
  const most = RULES.filter((_, i) => i + 1 !== COUPLED_ACTION).join('\n');
  it.each(files)('%s', async (name) => {
    const bytes = readFileSync(`${LAB}/${name}`);
    const run: RuleRun = { reader: () => openCapture(memorySource(bytes)), signatures: () => signaturesOf(most.replaceAll(/^(?:drop|pass|reject)/gm, 'alert')), settings: STOCK_SETTINGS };
    const alone = await linesOfOne(run);
    expect(alone.lines.length).toBeGreaterThan(0);
    expect(await linesOfMany(run, 4)).toEqual(alone);
  });
});
