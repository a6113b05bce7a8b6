import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex, int } from '../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth } from '../testing/lab.ts';
import { at, tcpFrame, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapngBlocks } from '../testing/pcapng-file.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { FateList } from './fate-list.ts';
import { resultJson } from './result-json.ts';
import { summary } from './summary.ts';

const SOURCE = 'ac1f0990', APPLIANCE = 'ac1f0483', OTHER = 'ac1f0901';
const sent = Array.from({ length: 20 }, (_, i) => udpFrame({ content: i }));
const came = sent.map((frame, i) => at(i, wrapped(frame)));

/** The evidence of what came beside twenty packets and their copies. */
async function evidence(...more: readonly Uint8Array[]): Promise<string[]> {
  const packets: PcapPacket[] = [...came, ...more.map((bytes, i) => at(5 + i / 10, bytes))];
  const list = new FateList(await compareCaptures(memorySource(pcapFile({ packets: sent.map((bytes, i) => at(i, bytes)) })), memorySource(pcapFile({ packets }))));
  return more.map((_, i) => list.why(null, came.length + 1 + i).evidence);
}

const ipv4 = (protocol: number, from: string, to: string, payload: Uint8Array, { offset = '4000', macs = '0a0000000009 0a0000000008' } = {}): Uint8Array =>
  concat([fromHex(`${macs} 0800 4500`), int(20 + payload.length, 2, false), fromHex(`0007 ${offset} 40`), int(protocol, 1, false), fromHex(`0000 ${from} ${to}`), payload]);
const ipv6 = (next: number, payload: Uint8Array): Uint8Array => concat([fromHex('333300000001 0a0000000008 86dd 60000000'), int(payload.length, 2, false), int(next, 1, false), fromHex('ff fe800000000000000000000000000001 ff020000000000000000000000000001'), payload]);
const udp = (to: number, payload = new Uint8Array(24)): Uint8Array => concat([int(50_000, 2, false), int(to, 2, false), int(8 + payload.length, 2, false), fromHex('0000'), payload]);

describe('what only the appliance has', () => {
  it('is control traffic, named', async () => {
    const quoted = ipv4(17, SOURCE, APPLIANCE, udp(4789)).subarray(14, 14 + 28);
    const said = await evidence(
      concat([fromHex('ffffffffffff 0a0000000008 0806 0001 0800 06 04 0001 0a0000000008 ac1f0901 000000000000 ac1f0902')]), concat([fromHex('0180c200000e 0a0000000008 88cc 0207040a0000000008')]),
      concat([fromHex('0180c2000000 0a0000000008 0026 424203'), new Uint8Array(43)]), ipv4(2, OTHER, 'e0000016', fromHex('2200 0000 0000 0001 04000000 e00000fb')), ipv6(58, fromHex('8f00 0000 0000 0000')), ipv6(58, fromHex('8700 0000 00000000 fe80000000000000 0000000000000002')),
      ipv4(17, OTHER, APPLIANCE, udp(3784)), ipv4(17, '00000000', 'ffffffff', udp(67)), ipv4(1, APPLIANCE, SOURCE, concat([fromHex('0303 0000 00000000'), quoted])), ipv4(89, OTHER, 'e0000005', new Uint8Array(24)));
    const names = ['ARP', 'LLDP', 'a BPDU', 'IGMP', 'MLD', 'IPv6 neighbour discovery', 'BFD', 'DHCP', 'an ICMP answer that the mirror’s UDP port could not be reached', 'a routing protocol'];
    names.forEach((name, i) => expect(said[i], name).toContain(`Control traffic, nobody’s data: it is ${name}`));
  });

  it('is a health check where it says so, or where a connection carries nothing', async () => {
    const tcp = (from: string, to: string, flags: string, payload = ''): Uint8Array => ipv4(6, from, to, concat([fromHex(from === OTHER ? '9000 1f90' : '1f90 9000'), fromHex(`00000001 00000000 50${flags} ffff 0000 0000`), new TextEncoder().encode(payload)]));
    const [syn, back] = await evidence(tcp(OTHER, APPLIANCE, '02'), tcp(APPLIANCE, OTHER, '12'));
    expect(syn).toContain('not one byte of data');
    expect(back).toContain('not one byte of data');
    const [opened, named, plain] = await evidence(tcp(OTHER, APPLIANCE, '02'), tcp(OTHER, APPLIANCE, '18', 'GET / HTTP/1.1\r\nUser-Agent: ELB-HealthChecker/2.0\r\n'), tcp(OTHER, APPLIANCE, '18', 'GET / HTTP/1.1\r\nUser-Agent: curl\r\n'));
    expect(opened).toContain('the appliance’s own traffic');
    expect(named).toContain('health check, by the name that it gives itself');
    expect(plain).toContain('the appliance’s own traffic');
  });

  it('is the appliance’s own, the source’s, or of others, by its addresses', async () => {
    const [own, source, others] = await evidence(ipv4(17, APPLIANCE, OTHER, udp(53)), ipv4(17, SOURCE, OTHER, udp(514)), ipv4(17, OTHER, 'ac1f0902', udp(514)));
    expect(own).toContain('the appliance’s own address: the appliance’s own traffic.');
    expect(source).toContain('has the source’s address, while the source was captured: the source’s capture missed it');
    expect(others).toContain('direct traffic of others');
  });

  it('is a source packet with other addresses, which is said and not paired', async () => {
    const natted = sent[3]!.slice();
    natted.set(fromHex(APPLIANCE), 26);
    natted[22]! -= 1;
    expect(await evidence(natted)).toEqual(['No copy, but it has the payload of the source’s packet 4: ip.src and ip.ttl changed, as an address translation (NAT) changes them.']);
  });

  it('and the source’s packet says so too, where no copy of it came', async () => {
    const lone = udpFrame({ content: 777 }), natted = lone.slice();
    natted.set(fromHex('01bb'), 36);
    const list = new FateList(await compareCaptures(memorySource(pcapFile({ packets: [...sent.map((bytes, i) => at(i, bytes)), at(30, lone)] })), memorySource(pcapFile({ packets: [...came, at(30.2, wrapped(natted))] }))));
    expect(list.why(21, null).evidence).toContain('The appliance’s packet 21 has its payload, but udp.dstport changed');
    expect(list.why(null, 21).evidence).toContain('the payload of the source’s packet 21: udp.dstport changed');
  });

  it('is a fragment of an envelope whose beginning did not arrive, and of another datagram where nothing says so', async () => {
    const [tail, strange] = await evidence(ipv4(17, SOURCE, APPLIANCE, new Uint8Array(400), { offset: '00b9' }), ipv4(17, OTHER, APPLIANCE, new Uint8Array(400), { offset: '00b9' }));
    expect(tail).toContain('a fragment of an envelope whose beginning did not arrive');
    expect(strange).toContain('nothing says whether it is of an envelope');
  });
});

describe('what only a decapsulated capture has', () => {
  const bare = async (...more: readonly Uint8Array[]): Promise<string[]> => {
    const list = new FateList(await compareCaptures(memorySource(pcapFile({ packets: sent.map((bytes, i) => at(i * 10, bytes)) })), memorySource(pcapFile({ packets: [...sent.map((bytes, i) => at(i * 10 + 0.2, bytes)), ...more.map((bytes, i) => at(100.5 + i, bytes))].sort((p, q) => p.fraction! - q.fraction!) }))));
    return list.rows('Only at appliance', 0, more.length).map(({ appliance }) => list.why(null, appliance).evidence);
  };

  it('is told by its conversation, else by its addresses and the way that it went', async () => {
    const macs = '0ad393e427b2 0a0000000008', fromOther = udpFrame({ content: 99 });
    fromOther.set(fromHex('0a0000000001 0a00000000aa'));
    const [conversation, otherHost, from, to, foreign, control] = await bare(udpFrame({ content: 99 }), fromOther, ipv4(17, SOURCE, OTHER, udp(514), { macs }), ipv4(17, OTHER, SOURCE, udp(514), { macs }), ipv4(17, OTHER, 'ac1f0902', udp(514)), ipv4(89, OTHER, 'e0000005', new Uint8Array(24)));
    expect(conversation).toContain('though it has others of the same addresses and ports, while the source was captured: the source’s capture missed this one, or another source uses the same addresses.');
    expect(otherHost).toContain('neither of its MAC addresses is the source’s: another source’s that uses the same addresses.');
    expect(from).toContain('nor has it another of this conversation, though the source’s address sent it');
    expect(to).toContain('though it went to the source’s address, while the source was captured: it did not get as far as the source');
    expect(foreign).toContain('neither of its addresses is the source’s');
    expect(control).toContain('Control traffic');
  });

  it('is told by its interface, where the source’s packets came at another', async () => {
    const { section, face, enhanced } = pcapngBlocks(true), name = (text: string) => face({ options: [{ code: 2, value: new TextEncoder().encode(text) }] });
    const both = concat([section(), name('vxlan333'), name('vxlan1001'), ...sent.map((bytes, i) => enhanced(bytes, { units: BigInt(1e9 + i * 1e4 + 200) })), enhanced(udpFrame({ content: 99 }), { face: 1, units: BigInt(1.2e9) })]);
    const list = new FateList(await compareCaptures(memorySource(pcapFile({ packets: sent.map((bytes, i) => at(i * 10, bytes)) })), memorySource(both)));
    expect(list.why(null, 21).evidence).toBe('No source packet has this content. It came at vxlan1001, and this source’s packets at vxlan333: another VNI’s, or another source’s.');
  });
});

describe('a packet that was seen direct', () => {
  it('was not missed: only what explains that it has no mirrored copy is listed', async () => {
    const arp = fromHex('ffffffffffff 0ad393e427b2 0806 0001 0800 06 04 0001 0ad393e427b2 ac1f0990 000000000000 ac1f0483'), lone = tcpFrame({ sequence: 5, payload: new Uint8Array(9) });
    const more = [arp, lone].map((bytes, i) => at(30 + i, bytes));
    const list = new FateList(await compareCaptures(memorySource(pcapFile({ packets: [...sent.map((bytes, i) => at(i, bytes)), ...more] })), memorySource(pcapFile({ packets: [...came, ...more] }))));
    expect(list.why(21, 21).causes).toEqual([{ text: 'No mirrored copy: ARP is never mirrored, whatever the filter says.', fits: true }]);
    expect(list.why(22, 22).causes).toEqual([{ text: 'No mirrored copy: nothing of this flow or service was mirrored, so no rule of the filter may accept it.', fits: true }]);
  });
});

describe.skipIf(!LAB_PRESENT)(`in the lab${LAB_NOTE}`, () => {
  const lab = async (scenario: string, source = 'source-eth0.pcap') => compareCaptures(memorySource(labFile(scenario, source)), memorySource(labFile(scenario, 'appliance-eth0.pcap')));

  it('multi-vni: another source’s mirror is told by its outer source and its VNI', async () => {
    const result = await lab('multi-vni', 'source-a-eth0.pcap');
    const list = new FateList(result);
    const { onlyInB } = resultJson(result);
    for (const b of onlyInB) expect(list.why(null, b).evidence).toMatch(/It came with VNI (1001|16777215) from .* this source’s copies come .*: another source’s mirror/);
    expect(summary(result).map(({ text }) => text).join(' ')).toContain('285 of another source’s mirror (VNI 16777215) and 283 of another source’s mirror (VNI 1001)');
  });

  it('nat-and-ttl: each packet that the NAT rewrote is told with its source packet, and stays unpaired', async () => {
    const truth = labTruth('nat-and-ttl'), result = await lab('nat-and-ttl');
    const list = new FateList(result);
    for (const [a, b] of truth.natted!) expect(list.why(null, b).evidence).toContain(`the payload of the source’s packet ${a}: ip.`);
    expect(resultJson(result).onlyInB).toEqual([...truth.onlyInB, ...truth.optionalB!].sort((p, q) => p - q));
    expect(list.why(null, truth.onlyInB[0]!).evidence).toContain('it is ARP');
  });

  it('rogue: what is no envelope, though it went to the port of one', async () => {
    const list = new FateList(await lab('rogue'));
    const said = (category: string): string[] => labTruth('rogue').frames!.filter((frame) => frame.category === category).map(({ frame }) => list.why(null, frame).evidence);
    for (const category of ['i-flag-clear', 'truncated-vxlan-header']) for (const text of said(category)) expect(text).toContain('holds no whole envelope');
    for (const text of said('port-8472')) expect(text).toContain('another port than 4789');
  });
});
