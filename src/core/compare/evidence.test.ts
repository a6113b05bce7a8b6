import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex } from '../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth } from '../testing/lab.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures, type CompareOptions } from './compare.ts';
import { FateList } from './fate-list.ts';
import { summary } from './summary.ts';

const compared = (a: readonly PcapPacket[], b: readonly PcapPacket[], options: CompareOptions = {}) => compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b })), options);
const told = async (...args: Parameters<typeof compared>) => summary(await compared(...args)).map(({ text }) => text);
const fitting = ({ causes }: ReturnType<FateList['why']>) => causes.filter(({ fits }) => fits).map(({ text }) => text.split(':')[0]);
const many = Array.from({ length: 400 }, (_, i) => i);

describe('why a packet has its fate', () => {
  const ping = async () => new FateList(await compareCaptures(memorySource(readFileSync('public/samples/mirrored-ping/source-eth0.pcap')), memorySource(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap'))));

  it('is told for what came, what was seen direct and what is never mirrored', async () => {
    const list = await ping();
    expect(list.why(3, 2)).toEqual({ evidence: 'Packet 2 of the appliance came with VNI 333 from 172.31.9.144 to 172.31.4.131 with the same 98 bytes, from the link header to the last.', causes: [] });
    expect(list.why(1, 1).evidence).toContain('is this packet itself, without an envelope');
    const arp = list.why(2, null);
    expect(arp.evidence).toMatch(/^None of the appliance’s 19 packets has the content of this one/);
    expect(fitting(arp)).toEqual(['Never mirrored']);
    expect(arp.causes).toHaveLength(5);
  });

  it.skipIf(!LAB_PRESENT)(`tells cuts, copies, order and loss by their evidence${LAB_NOTE}`, async () => {
    const lab = async (scenario: string) => new FateList(await compareCaptures(memorySource(labFile(scenario, 'source-eth0.pcap')), memorySource(labFile(scenario, 'appliance-eth0.pcap'))));
    const jumbo = await lab('jumbo-truncated');
    const [cut] = labTruth('jumbo-truncated').truncated!;
    expect(jumbo.why(cut![0], null).evidence).toContain(`The envelope carries 1,464 of ${cut![1].toLocaleString('en-US')} bytes, and its own lengths say so too`);
    const copies = await lab('reorder-dup');
    const [[copied, further]] = labTruth('reorder-dup').duplicates as [[number, number[]]];
    expect(copies.why(copied, null).evidence).toContain(`It came again as ${further[0]!}`);
    const loss = await lab('loss');
    const missed = loss.why(labTruth('loss').lost[0]!, null);
    expect(fitting(missed)).toEqual(['Production priority', 'Lost on the way, or dropped by the appliance’s own capture']);
  });

  it('tells what only the appliance has by the way that it came', async () => {
    const list = new FateList(await compared(many.slice(0, 20).map((i) => at(i, udpFrame({ content: i }))), [
      ...many.slice(0, 20).map((i) => at(i, wrapped(udpFrame({ content: i })))), at(900, wrapped(udpFrame({ content: 99 }))), at(901, wrapped(udpFrame({ content: 98 }), { vni: 7 })), at(902, udpFrame({ content: 97 }))]));
    expect(list.why(null, 21).evidence).toContain('after the source’s capture ended');
    expect(list.why(null, 22).evidence).toContain('with VNI 7');
    expect(list.why(null, 23).evidence).toContain('without an envelope');
  });
});

describe('what lost packets have in common', () => {
  const without = (lost: (i: number) => boolean, frame: (i: number) => Uint8Array, time = (i: number) => i) =>
    told(many.map((i) => at(time(i), frame(i))), many.filter((i) => !lost(i)).map((i) => at(time(i) + 0.2, wrapped(frame(i)))));
  const plain = (content: number): Uint8Array => udpFrame({ content });

  it('is nothing, where chance chose them', async () => {
    expect((await without((i) => (i * 7919) % 31 === 0, (i) => udpFrame({ content: i, size: 20 + i % 300 }))).join(' ')).not.toMatch(/got lost|bursts|of one flow/);
  });

  it('may be their size', async () => {
    expect(await without((i) => i % 20 === 0, (i) => udpFrame({ content: i, size: i % 20 === 0 ? 1_600 : 100 }))).toContain('Every packet of 1,642 bytes or more got lost, and no shorter one: with its envelope it does not fit somewhere on the way (MTU).');
  });

  it('may be their flow', async () => {
    expect((await without((i) => i % 10 === 3 && i > 30, (i) => udpFrame({ content: i, from: i % 10 === 3 ? 50_000 : 40_000 + i % 4 }))).join(' ')).toMatch(/37 of the 37 lost are of one flow, that of packet 4: 92\.5 % of it, beside 0\.0 % of the others\./);
  });

  it('may be bursts, and load', async () => {
    const text = (await without((i) => i >= 200 && i < 240, plain, (i) => (i < 200 ? i * 10 : i < 300 ? 2_000 + (i - 200) / 100 : 2_001 + (i - 300) * 10))).join(' ');
    expect(text).toContain('They come in bursts: 40 of the 40 in 1 run of three or more, the longest 40 in');
    expect(text).toContain('Loss goes with load');
  });
});

describe('where nothing came', () => {
  const sent = many.slice(0, 20).map((i) => at(i, udpFrame({ content: i })));

  it('the checklist starts at the security group', async () => {
    const text = (await told(sent, [at(5, udpFrame({ content: 500 }))])).join(' ');
    expect(text).toContain('None of the 20 source packets came through the mirror.');
    expect(text).toMatch(/security group and network ACL, which must let UDP 4789 in.*listener for UDP 4789.*each direction needs its own/);
  });

  it('envelopes of another VNI, or to another port, are told of', async () => {
    expect((await told(sent, [at(5, wrapped(udpFrame({ content: 500 }), { vni: 7 }))])).join(' ')).toContain('received envelopes with VNI 7 (1), but none holds a packet of this source');
    expect((await told(sent, sent.map(({ bytes }, i) => at(i + 0.3, wrapped(bytes))), { vni: 12 })).join(' ')).toContain('No envelope has VNI 12; those that came have VNI 333 (20).');
    expect((await told(sent, sent.map(({ bytes }, i) => at(i + 0.3, wrapped(bytes, { port: 8472 }))))).join(' ')).toContain('20 UDP packets to port 8472 look like VXLAN');
  });

  it('of one direction, that direction is named', async () => {
    const both = many.map((i) => at(i, udpFrame({ content: i, back: i % 2 === 1 })));
    expect(await told(both, both.filter((_, i) => i % 2 === 0).map(({ bytes }, i) => at(2 * i + 0.2, wrapped(bytes))))).toContain('Only outbound packets came, not one that was inbound: the mirror’s filter may have no rules for inbound traffic.');
  });

  it('what is never mirrored is no loss', async () => {
    const ntp = at(3.5, udpFrame({ content: 1, from: 123, to: 123 })), metadata = at(4.5, concat([udpFrame({ content: 2 }).subarray(0, 30), fromHex('a9fea9fe'), udpFrame({ content: 2 }).subarray(34)]));
    const a = [...sent.slice(0, 4), ntp, metadata, ...sent.slice(5)];
    const text = (await told(a, sent.map(({ bytes }, i) => at(i + 0.3, wrapped(bytes))))).join(' ');
    expect(text).toContain('2 have no counterpart: 1 NTP and 1 instance metadata. NTP and instance metadata are never mirrored by AWS.');
    expect(text).not.toContain('never arrived');
  });
});
