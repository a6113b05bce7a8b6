import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { concat, fromHex, toHex } from '../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth, type LabComparison, type LabTruth } from '../testing/lab.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { haveTshark, TSHARK, tsharkFields, tsharkOccurrences } from '../testing/tshark.ts';
import { ipv4Bytes, ipv6Bytes } from './cidr.ts';
import { decapCapture } from './decap-capture.ts';
import { mirrorCapture, type MirrorCaptureOptions, type MirrorReport } from './mirror-capture.ts';
import { readMirrors } from './read-mirror.ts';
import { SegmentSizes } from './segment-sizes.ts';
import { SourceInterface } from './source-interface.ts';
import { WhatIf } from './what-if.ts';
import { planWhatIf } from './what-if-plan.ts';

interface Packet { readonly bytes: Uint8Array; readonly origlen: number; readonly time: string }

async function packets(file: Uint8Array): Promise<Packet[]> {
  const r = await openCapture(memorySource(file));
  const found: Packet[] = [];
  do { while (r.next()) found.push({ bytes: r.bytes.slice(r.start, r.end), origlen: r.origlen, time: `${r.seconds}.${r.nanoseconds}` }); } while (await r.refill());
  return found;
}

const readFrames = async (file: Uint8Array, skip = 0): Promise<string[]> => (await packets(file)).map(({ bytes }) => toHex(bytes.subarray(skip)));

async function mirror(file: Uint8Array, rules: readonly unknown[], options: MirrorCaptureOptions = {}): Promise<MirrorReport & { file: Uint8Array }> {
  const pieces: Uint8Array[] = [];
  const report = await mirrorCapture(memorySource(file), (piece) => { pieces.push(piece); }, readMirrors(rules.map((o, i) => ({ name: `${i}.json`, text: JSON.stringify(o) }))), options);
  return { ...report, file: concat(pieces) };
}

async function decap(file: Uint8Array, vni?: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await decapCapture(await openCapture(memorySource(file)), (piece) => { pieces.push(piece); }, { vni });
  return concat(pieces);
}

const ALL = ['0.0.0.0/0', '::/0'].map((any, i) => ({ RuleNumber: i + 1, RuleAction: 'accept', SourceCidrBlock: any, DestinationCidrBlock: any }));
const EVERYTHING = { TrafficMirrorFilterId: 'tmf-all', IngressFilterRules: ALL, EgressFilterRules: ALL };
const session = (more: object = {}) => ({ TrafficMirrorSessionId: 'tms-1', TrafficMirrorFilterId: 'tmf-all', TrafficMirrorTargetId: 'tmt-1', SessionNumber: 1, VirtualNetworkId: 333, ...more });
const target = (Type: string, more: object = {}) => ({ TrafficMirrorTargetId: 'tmt-1', Type, ...more });

const story = (name: string): Uint8Array => readFileSync(`public/samples/mirrored-ping/${name}`);
const web = (): Uint8Array => readFileSync('public/samples/web/source-eth0.pcap');
const STORY = JSON.parse(story('mirror.json').toString()) as unknown;

describe('the mirrored ping', () => {
  it('gives the twelve frames that the appliance got, with VNI 333', async () => {
    const { file, frames, packets: all, cut, leftOut } = await mirror(story('source-eth0.pcap'), [STORY]);
    expect([frames, all, cut]).toEqual([[12], 20, 0]);
    expect(leftOut).toEqual([['no IP packet, such as ARP: never mirrored', 4], ['outbound rule 50 leaves it out', 2], ['inbound rule 50 leaves it out', 2]]);
    expect(await readFrames(await decap(file, 333))).toEqual(await readFrames(story('appliance-vxlan100.pcap')));
    expect((await packets(file)).map(({ time }) => time)).toEqual((await packets(story('source-eth0.pcap'))).slice(2, 14).map(({ time }) => time));
  });

  it('has the envelope of RFC 7348, byte for byte', async () => {
    const ends = { sourceIp: ipv4Bytes('172.31.9.144')!, targetIp: ipv4Bytes('172.31.4.131')! };
    const [first, second] = await readFrames((await mirror(story('source-eth0.pcap'), [STORY], ends)).file);
    // total length 134 = 20 + 8 + 8 + 98; don't fragment; the header checksum was added up by hand
    expect(first!.slice(0, 68)).toBe('0a36d2fc942e0ad393e427b20800' + '4500008600004000' + '4011d415ac1f0990ac1f0483');
    expect(first!.slice(68 + 4, 100)).toBe('12b5007200000800000000014d00');
    expect(first!.slice(68, 72)).toBe(second!.slice(68, 72)); // both ways of a flow, one port
    expect(parseInt(first!.slice(68, 72), 16)).toBeGreaterThanOrEqual(49_152);
  });

  it('tells what it assumes, and nothing where it was told all', async () => {
    const { plan } = await mirror(story('source-eth0.pcap'), [STORY]);
    expect(plan.assumptions.map(({ of }) => of)).toEqual(['source-ip', 'source-mac', 'target-ip', 'target-mac', 'mtu']);
    expect(plan.assumptions[0]!.text).toBe('The source is 172.31.9.144, which the capture’s interface sends from most');
    expect(plan.assumptions[2]!.text).toBe('The target is 172.31.4.131, as its description says');
    const mac = Uint8Array.of(2, 0, 0, 0, 0, 7);
    const told = await mirror(story('source-eth0.pcap'), [STORY], { sourceIp: ipv4Bytes('172.31.9.144')!, sourceMac: fromHex('0ad393e427b2'), targetIp: ipv4Bytes('10.9.9.9')!, targetMac: mac, mtu: 1500 });
    expect(told.plan.assumptions).toEqual([]);
    expect((await readFrames(told.file))[0]!.startsWith('020000000007')).toBe(true);
  });
});

interface Scenario { readonly name: string; readonly source?: string; readonly appliance?: string; readonly options?: MirrorCaptureOptions; readonly target?: string; readonly session?: object; readonly skip?: number; readonly of?: (truth: LabTruth) => LabComparison }
const SCENARIOS: readonly Scenario[] = [
  { name: 'ping-mtu1500' }, { name: 'web' }, { name: 'loss' }, { name: 'reorder-dup' }, { name: 'filtered' }, { name: 'jumbo-truncated', options: { mtu: 1500 } },
  { name: 'jumbo-truncated', session: { PacketLength: 1464 } }, { name: 'offload' }, { name: 'multi-vni', source: 'source-a-eth0.pcap' },
  { name: 'multi-vni', source: 'source-b-eth0.pcap', session: { VirtualNetworkId: 1001 }, of: (truth) => truth.comparisons!.find(({ a, b }) => a === 'source-b-eth0.pcap' && b === 'appliance-eth0.pcap')! },
  { name: 'geneve-gwlb', appliance: 'appliance-mirror-eth0.pcap', target: 'gateway-load-balancer-endpoint', skip: 118, of: (truth) => truth.comparisons!.find(({ b }) => b === 'appliance-mirror-eth0.pcap')! },
];

describe.skipIf(!LAB_PRESENT)(`what the lab’s appliances received, made from what its sources sent${LAB_NOTE}`, () => {
  for (const { name, source = 'source-eth0.pcap', appliance = 'appliance-eth0.pcap', options = {}, target: type = 'network-interface', session: more = {}, skip = 50, of = (truth: LabTruth): LabComparison => truth } of SCENARIOS) {
    it(`${name}: ${source} ${JSON.stringify({ ...options, ...more })}`, async () => {
      const truth = labTruth(name);
      const { pairs, truncated = [], fragments = [] } = of(truth);
      const rules = [truth.filter ? { ...truth.filter, TrafficMirrorFilterId: 'tmf-all' } : EVERYTHING, session(more), target(type)];
      const made = await mirror(labFile(name, source), rules, options);
      const sent = await packets(labFile(name, source)), got = await packets(labFile(name, appliance));
      const cuts = new Map(truncated.map(([a, , kept]) => [a, kept]));
      const segments = new Map(name === 'offload' ? fragments : []);
      const expected = [...pairs].sort(([p], [q]) => p - q).flatMap(([a, b]) => (b === null ? [toHex(sent[a - 1]!.bytes.subarray(0, cuts.get(a) ?? Infinity))] : (segments.get(a) ?? [b]).map((part) => toHex(got[part - 1]!.bytes.subarray(skip)))));
      expect(await readFrames(made.file, skip)).toEqual(expected);
      expect([made.frames, made.cut, made.inPart, made.split]).toEqual([[expected.length], truncated.length, 0, segments.size]);
    });
  }

  for (const [address, skip] of [['192.0.2.1', 50], ['2001:db8::1', 70]] as const) {
    it(`ipv6: every IP packet, tagged ones too, in an envelope to ${address}`, async () => {
      const { pairs } = labTruth('ipv6');
      const sent = await packets(labFile('ipv6', 'source-eth0.pcap'));
      const ip = pairs.map(([a]) => toHex(sent[a - 1]!.bytes)).filter((frame) => /^.{24}((8100|88a8)....)*(0800|86dd)/.test(frame));
      const { file } = await mirror(labFile('ipv6', 'source-eth0.pcap'), [EVERYTHING, session()], { targetIp: ipv4Bytes(address) ?? ipv6Bytes(address)! });
      expect(ip.length).toBeGreaterThan(250);
      expect(await readFrames(file, skip)).toEqual(ip);
      expect(await readFrames(await decap(file, 333))).toEqual(ip);
    });
  }
});

/** Ethernet, IPv4 172.31.9.144 to 10.0.0.1, UDP 1000 to 2000, and so many bytes. */
const udpFrame = (payload: number): Uint8Array => {
  const length = (n: number): string => n.toString(16).padStart(4, '0');
  return fromHex(`0a0000000001 0ad393e427b2 0800 4500${length(28 + payload)} 0001 0000 4011 0000 ac1f0990 0a000001 03e8 07d0 ${length(8 + payload)} 0000 ${'ab'.repeat(payload)}`);
};
const capture = (...frames: readonly { bytes: Uint8Array; origlen?: number }[]): Uint8Array => pcapFile({ packets: frames });

describe('how much comes through', () => {
  it.each([
    ['an instance, MTU 1500', target('network-interface'), {}, { mtu: 1500 }, 4, 1464],
    ['an instance, MTU 1500, over IPv6', target('network-interface'), {}, { mtu: 1500, targetIp: ipv6Bytes('2001:db8::2')! }, 6, 1444],
    ['an instance of which nothing is known', target('network-interface'), {}, {}, 4, 8965],
    ['the packet length, where it is less', target('network-interface'), { PacketLength: 100 }, { mtu: 1500 }, 4, 100],
    ['the MTU, where that is less', target('network-interface'), { PacketLength: 2000 }, { mtu: 1500 }, 4, 1464],
    ['a Network Load Balancer: 8500 whatever the MTU', target('network-load-balancer'), {}, { mtu: 1500 }, 4, 8500],
    ['a Network Load Balancer with a packet length', target('network-load-balancer'), { PacketLength: 64 }, {}, 4, 64],
    ['a Gateway Load Balancer: its 8500 hold the envelope', target('gateway-load-balancer-endpoint'), {}, {}, 4, 8464],
  ] as const)('%s', async (_, to, more, options, version, most) => {
    const sizes = [60, most, most + 1, 9015];
    const { file, cut } = await mirror(capture(...sizes.map((size) => ({ bytes: udpFrame(size - 42) }))), [EVERYTHING, session(more), to], options);
    const skip = (version === 4 ? 50 : 70) + (to.Type.startsWith('gateway') ? 68 : 0);
    expect((await packets(file)).map(({ bytes, origlen }) => [bytes.length - skip, origlen - skip])).toEqual(sizes.map((size) => [Math.min(size, most), Math.min(size, most)]));
    expect(cut).toBe(sizes.filter((size) => size > most).length);
  });

  it('of a packet that was captured in part, so much as there is, in an envelope of the whole', async () => {
    const { file, inPart, cut } = await mirror(capture({ bytes: udpFrame(900).subarray(0, 100), origlen: 942 }), [EVERYTHING, session()]);
    expect((await packets(file)).map(({ bytes, origlen }) => [bytes.length, origlen, toHex(bytes.subarray(16, 18)), toHex(bytes.subarray(38, 40))])).toEqual([[150, 992, '03d2', '03be']]);
    expect([inPart, cut]).toEqual([1, 0]);
    const over6 = await mirror(capture({ bytes: udpFrame(900).subarray(0, 100), origlen: 942 }), [EVERYTHING, session()], { targetIp: ipv6Bytes('::1')! });
    expect(await readFrames(await decap(over6.file))).toEqual([toHex(udpFrame(900).subarray(0, 100)).replace('40110000', '4011b79c')]); // the header's checksum was left to the network card; it was added up by hand
  });
});

describe('any bytes', () => {
  it('never throw, at any length, and a copy is never longer than its lengths say', async () => {
    const frames = (await packets(web())).slice(0, 60);
    const face = new SourceInterface();
    const device = new WhatIf(planWhatIf(readMirrors([{ name: 'x', text: JSON.stringify([EVERYTHING, session()]) }]), face, { mtu: 1400, targetIp: ipv6Bytes('::1')!, sourceMac: fromHex('0ad393e427b2') }), new SegmentSizes());
    for (const { bytes } of frames) {
      for (let length = 0; length <= bytes.length; length += 7) {
        device.take(bytes, 0, length, bytes.length, 1);
        while (device.next()) expect([device.end <= device.wire, (device.bytes[18]! << 8 | device.bytes[19]!) + 54]).toEqual([true, device.wire]);
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(300), fc.constantFrom(1, 12, 113), (bytes, more, link) => { device.take(bytes, 0, bytes.length, bytes.length + more, link); while (device.next()); }));
  });
});

describe('what is written', () => {
  it('has a snaplen that holds packet and envelope: readers cut what is longer', async () => {
    const { file } = await mirror(pcapFile({ packets: [{ bytes: udpFrame(100) }], snaplen: 142 }), [EVERYTHING, session()]);
    expect(new DataView(file.buffer).getUint32(16, true)).toBe(142 + 50);
  });

  it.skipIf(!LAB_PRESENT)(`is of one interface of a pcapng${LAB_NOTE}`, async () => {
    const merged = labFile('pcapng', 'merged.pcapng');
    const { pairs } = labTruth('pcapng');
    const sent = await packets(merged);
    const made = await mirror(merged, [EVERYTHING, session()], { interface: 'source-eth0' });
    expect(await readFrames(made.file, 50)).toEqual(pairs.map(([a]) => toHex(sent[a - 1]!.bytes)));
    expect((await mirror(merged, [EVERYTHING, session()], { interface: '0' })).frames).toEqual(made.frames);
    await expect(mirror(merged, [EVERYTHING, session()], { interface: 'eth7' })).rejects.toThrow(/^The capture has no interface "eth7"\. It has: source-eth0, appliance-eth0\./);
  });
});

describe('a filter without rules', () => {
  const none = { TrafficMirrorFilterId: 'tmf-all', IngressFilterRules: [], EgressFilterRules: [] };
  it('mirrors nothing', async () => { expect((await mirror(web(), [none, session()])).frames).toEqual([0]); });

  it('and with amazon-dns what goes to the VPC’s name server and comes from it, both ways, whatever rules say', async () => {
    const reject = ALL.map((rule) => ({ ...rule, RuleAction: 'reject' }));
    const kept = async (filter: object): Promise<string[]> => readFrames(await decap((await mirror(web(), [filter, session()])).file));
    const frames = await kept({ ...none, NetworkServices: ['amazon-dns'] });
    const SERVER = 'ac1f0002'; // 172.31.0.2, the second address of the VPC
    expect(frames.length).toBeGreaterThan(0);
    expect(frames.filter((frame) => frame.slice(52, 60) === SERVER).length).toBeGreaterThan(0);
    expect(frames.filter((frame) => frame.slice(60, 68) === SERVER).length).toBeGreaterThan(0);
    expect(frames.every((frame) => [frame.slice(68, 72), frame.slice(72, 76)].includes('0035'))).toBe(true);
    expect(frames).toEqual((await readFrames(web())).filter((frame) => frame.slice(24, 28) === '0800' && (frame.slice(52, 60) === SERVER || frame.slice(60, 68) === SERVER) && /^(....)?0035/.test(frame.slice(68))));
    expect(await kept({ ...none, IngressFilterRules: reject, EgressFilterRules: reject, NetworkServices: ['amazon-dns'] })).toEqual(frames);
  });
});

describe('sessions', () => {
  const only = (id: string, protocol: number) => ({ TrafficMirrorFilterId: id, IngressFilterRules: [], EgressFilterRules: [{ ...ALL[0], Protocol: protocol }] });
  const story3 = [session({ TrafficMirrorSessionId: 'tms-b', SessionNumber: 20, VirtualNetworkId: 20 }), session({ TrafficMirrorSessionId: 'tms-a', SessionNumber: 3, VirtualNetworkId: 3, TrafficMirrorFilterId: 'tmf-udp' }), only('tmf-udp', 17), EVERYTHING];

  it('are tried in the order of their numbers, and each packet is mirrored once', async () => {
    const { file, frames, plan } = await mirror(web(), story3);
    expect(plan.mirrorings.map(({ vni }) => vni)).toEqual([3, 20]);
    const udp = await mirror(web(), [session({ VirtualNetworkId: 3, TrafficMirrorFilterId: 'tmf-udp' }), only('tmf-udp', 17)]);
    const all = await mirror(web(), [session({ VirtualNetworkId: 20 }), EVERYTHING]);
    expect(frames).toEqual([udp.frames[0], all.frames[0]! - udp.frames[0]!]);
    expect(await readFrames(await decap(file, 3))).toEqual(await readFrames(await decap(udp.file)));
    expect(await readFrames(await decap(file))).toEqual(await readFrames(await decap(all.file)));
  });

  it('of the VNI that was asked for only; and the VNI that was asked for, where no session has it', async () => {
    const both = await mirror(web(), story3), one = await mirror(web(), story3, { vni: 20 });
    expect(one.frames).toEqual([0, both.frames[1]]); // what the other session takes first is not this one’s
    expect(one.leftOut).toContainEqual(['another session takes it first', both.frames[0]]);
    expect(await readFrames(await decap(one.file))).toEqual(await readFrames(await decap(both.file, 20)));
    const { plan } = await mirror(web(), [session({ VirtualNetworkId: undefined }), EVERYTHING], { vni: 77 });
    expect([plan.mirrorings[0]!.vni, plan.assumptions.some(({ of }) => of === 'vni')]).toEqual([77, false]);
    expect((await mirror(web(), [session({ VirtualNetworkId: undefined }), EVERYTHING])).plan.assumptions.find(({ of }) => of === 'vni')?.text).toBe('tms-1 names no VNI, where AWS takes one at random; 1 stands in');
  });

  it('of one network interface: the first’s, unless the VNI names another', async () => {
    const two = [session({ NetworkInterfaceId: 'eni-a', SessionNumber: 1 }), session({ TrafficMirrorSessionId: 'tms-2', NetworkInterfaceId: 'eni-b', SessionNumber: 2, VirtualNetworkId: 5 }), EVERYTHING];
    const { plan } = await mirror(web(), two);
    expect(plan.mirrorings).toHaveLength(1);
    expect(plan.said[0]).toMatch(/^The sessions are of 2 network interfaces; the capture is taken to be of eni-a\./);
    expect((await mirror(web(), two, { vni: 5 })).plan.mirrorings.map((one) => one.session.source)).toEqual(['eni-b']);
  });

  it('a filter alone is played as a session; nothing to play is told', async () => {
    expect((await mirror(web(), [EVERYTHING])).plan.said[0]).toBe('No session is told; one with the only filter is played.');
    await expect(mirror(web(), [session()])).rejects.toThrow(/^None of the files holds a mirror filter/);
    expect((await mirror(web(), [session(), only('tmf-9', 6)])).plan.said[0]).toBe('tms-1 names another filter than the only one that is there, tmf-9; that one is played.');
    await expect(mirror(web(), [session(), only('tmf-9', 6), only('tmf-8', 17)])).rejects.toThrow(/^The files hold 1 session, and of none the filter \(tmf-all\)/);
    await expect(mirror(web(), [EVERYTHING], { sourceIp: ipv4Bytes('10.0.0.1')!, targetIp: ipv6Bytes('::1')! })).rejects.toThrow(/^10\.0\.0\.1 and ::1 are of different IP versions/);
    await expect(mirror(web(), [EVERYTHING], { mtu: 1000, targetIp: ipv6Bytes('::1')! })).rejects.toThrow(/^An MTU of 1000 is less than IPv6 allows/);
  });
});

describe.skipIf(!haveTshark)(`read by ${TSHARK}`, () => {
  const ways = [
    ['IPv4', target('network-interface'), {}, false], ['IPv6 in a pcapng', target('network-interface'), { targetIp: ipv6Bytes('2001:db8::2')! }, true], ['cut', target('network-interface'), { mtu: 400 }, false],
    ['GENEVE', target('gateway-load-balancer-endpoint', { GatewayLoadBalancerEndpointId: 'vpce-0123456789abcdef0' }), {}, false], ['GENEVE around IPv6', target('gateway-load-balancer-endpoint'), { targetIp: ipv6Bytes('2001:db8::2')! }, false],
  ] as const;
  it.each(ways)('%s: no complaint, and every outer checksum is right', async (_, to, options, pcapng) => {
    const { file, frames } = await mirror(web(), [EVERYTHING, session(), to], { ...options, pcapng });
    expect(toHex(file.subarray(0, 4))).toBe(pcapng ? '0a0d0d0a' : 'd4c3b2a1');
    expect(tsharkFields(file, ['frame.number'])).toEqual({ rows: Array.from({ length: frames[0]! }, (__, i) => [String(i + 1)]), complaints: '' });
    const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
    writeFileSync(join(folder, 'made'), file);
    const seen = tsharkOccurrences(join(folder, 'made'), ['frame.protocols', 'ip.checksum.status', 'udp.checksum.status', 'vxlan.vni', '_ws.malformed'], ['-o', 'ip.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE']);
    rmSync(folder, { recursive: true });
    const geneve = to.Type.startsWith('gateway'), wide = 'targetIp' in options;
    for (const packet of seen) {
      expect(packet['frame.protocols']![0]).toMatch(geneve ? /^eth:ethertype:ip:udp:geneve:ip(v6)?:udp:vxlan:eth:/ : wide ? /^eth:ethertype:ipv6:udp:vxlan:eth:/ : /^eth:ethertype:ip:udp:vxlan:eth:/);
      expect(packet['vxlan.vni']).toEqual(['333']);
      expect([...new Set(packet['ip.checksum.status'])]).toEqual(['1']); // the source’s own ones are right, too
      expect(packet['udp.checksum.status']!.slice(0, geneve ? 2 : 1)).toEqual(geneve ? ['3', wide ? '1' : '3'] : [wide ? '1' : '3']); // 1 right, 3 none
    }
  });
});
