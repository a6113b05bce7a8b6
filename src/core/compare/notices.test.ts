import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { at, tcpFrame, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { notices } from './notices.ts';
import { resultJson } from './result-json.ts';
import { summary } from './summary.ts';

const compared = (a: readonly PcapPacket[], b: readonly PcapPacket[]) => compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b })));
const told = async (a: readonly PcapPacket[], b: readonly PcapPacket[]) => notices(await compared(a, b));
const some = Array.from({ length: 20 }, (_, i) => at(10 * i, udpFrame({ content: i })));
const came = some.map(({ bytes }, i) => at(10 * i + 0.3, wrapped(bytes)));

describe('what is odd about two captures', () => {
  it('is nothing, as a rule', async () => {
    expect(await told(some, came)).toEqual([]);
    const ping = (name: string) => memorySource(readFileSync(`public/samples/mirrored-ping/${name}.pcap`));
    expect(notices(await compareCaptures(ping('source-eth0'), ping('appliance-eth0')))).toEqual([]);
  });

  it('may be that they are the same', async () => { expect(await told(some, some)).toEqual([{ kind: 'same', text: expect.stringContaining('Both are the same capture') as string }]); });

  it('may be that they are swapped; they are compared all the same', async () => {
    expect((await told(came, some))[0]).toMatchObject({ kind: 'swapped', text: expect.stringContaining('otherwise the two are swapped') as string });
    expect(resultJson(await compared(came, some)).pairs).toHaveLength(20);
  });

  it('may be that they have nothing in common, and were taken at different times', async () => {
    const others = Array.from({ length: 5 }, (_, i) => at(7_200_000 + i, wrapped(udpFrame({ content: 900 + i }))));
    expect((await told(some, others))[0]).toMatchObject({ kind: 'nothing', text: expect.stringMatching(/nothing in common.*2 hours lie between them/) as string });
    expect((await told(some, others.map(({ bytes }, i) => at(i, bytes))))[0]!.text).not.toContain('different times');
  });

  it('may be that a snaplen left too little, which is told with the one that is needed', async () => {
    const cut = (packets: readonly PcapPacket[], snaplen: number): PcapPacket[] => packets.map((packet) => ({ ...packet, bytes: packet.bytes.subarray(0, snaplen), origlen: packet.bytes.length }));
    for (const snaplen of [40, 58, 70, 83]) {
      const [notice, ...more] = await told(some, cut(came, snaplen));
      expect(notice).toEqual({ kind: 'cut', text: expect.stringContaining(`The appliance’s capture kept ${snaplen} bytes of a packet at most (snaplen): 20 of 20 packets end before the inner IP header does`) as string });
      expect(notice!.text).toContain('A snaplen of 84 reaches the end of that header');
      expect(more.map(({ kind }) => kind)).not.toContain('nothing');
    }
    expect((await told(cut(some, 30), came))[0]).toEqual({ kind: 'cut', text: expect.stringContaining('The source’s capture kept 30 bytes') as string });
    expect((await told(some, [...came.slice(0, 15), ...cut(came.slice(15), 60)]))[0]).toEqual({ kind: 'cut', text: expect.stringContaining('5 of 20 packets end') as string });
    expect(await told(some, cut(came, 96))).toEqual([]);
  });

  it('may be that one is decapsulated already', async () => { expect((await told(some, some.map(({ bytes }, i) => at(10 * i + 0.3, bytes))))[0]).toMatchObject({ kind: 'decapsulated' }); });

  it('may be that time goes backwards; pairs do not mind', async () => {
    const back = came.map(({ bytes }, i) => at(i < 10 ? 10 * i : 10 * i - 70, bytes));
    expect((await told(some, back))[0]).toEqual({ kind: 'backwards', text: expect.stringMatching(/^In the appliance’s capture time goes backwards once, at packet 11 by 0\.060 s\./) as string });
    expect(resultJson(await compared(some, back)).pairs).toEqual(some.map((_, i) => [i + 1, i + 1]));
  });

  it('may be that they share a broadcast and nothing else: that is no mirrored packet', async () => {
    const arp = Uint8Array.from([...new Uint8Array(6).fill(255), ...udpFrame({ content: 0 }).subarray(6, 12), 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, ...new Uint8Array(20).fill(3)]);
    const others = Array.from({ length: 5 }, (_, i) => at(10 * i, wrapped(udpFrame({ content: 900 + i }))));
    const result = await compared([at(0, arp), ...some], [at(0, arp), ...others]);
    expect(resultJson(result)).toMatchObject({ pairs: [], direct: [[1, 1]], onlyInA: { length: 20 }, onlyInB: { length: 5 } });
    expect(summary(result).map(({ text }) => text).join(' ')).toContain('envelopes with VNI 333 (5), but none holds a packet of this source');
  });

  it('may be a snaplen, of the side that has one', async () => {
    const cut = some.map(({ bytes }, i) => ({ ...at(10 * i + 0.3, wrapped(bytes).subarray(0, 100)), origlen: 50 + bytes.length }));
    expect(summary(await compared(some, cut)).map(({ text }) => text)).toContain('20 could be compared in part only: the appliance’s capture kept at most 100 bytes of a packet (snaplen).');
  });

  it('is no loss where a whole protocol is missing, and one where a single flow of a protocol is', async () => {
    const tcp = Array.from({ length: 4 }, (_, i) => at(300 + i, tcpFrame({ sequence: i * 10, payload: new Uint8Array(10), ident: i + 1 })));
    const flows = Array.from({ length: 40 }, (_, i) => udpFrame({ content: i, from: 1_000 + i, to: 2_000 + i }));
    const sent = [...flows.map((bytes, i) => at(10 * i, bytes)), ...tcp];
    const { lost, onlyInA } = resultJson(await compared(sent, flows.slice(1).map((bytes, i) => at(10 * i + 10.3, wrapped(bytes)))));
    expect({ lost, onlyInA }).toEqual({ lost: [1], onlyInA: [1, 41, 42, 43, 44] });
  });

  it('may be that one is empty', async () => { expect(await told(some, [])).toEqual([{ kind: 'empty', text: 'The appliance’s capture has no packets to compare.' }]); });
});
