import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile } from '../testing/lab.ts';
import { compareCaptures } from './compare.ts';
import { FateList } from './fate-list.ts';
import type { RowRange, Side } from './report.ts';
import { resultJson } from './result-json.ts';
import { summary } from './summary.ts';

const ping = (name: string) => memorySource(readFileSync(`public/samples/mirrored-ping/${name}.pcap`));
const source = ping('source-eth0'), appliance = ping('appliance-eth0');
const numbers = (list: FateList, ...window: Parameters<FateList['rows']>) => list.rows(...window).map(({ source: a, appliance: b }) => [a, b]);

describe('the list of the mirrored ping', () => {
  it('has a row for each source packet', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    const none = { Truncated: 0, Lost: 0, Duplicated: 0, Reordered: 0, Changed: 0, 'Only at appliance': 0 };
    expect(list.report()).toMatchObject({ rows: 20, identical: 12, clock: { offset: 0, drift: 0, agree: true }, counts: { Mirrored: 12, Direct: 7, 'Only at source': 1, ...none } });
    expect(list.rows(null, 1, 3)).toEqual([
      { source: 2, appliance: null, fate: 'Only at source', note: '', sourceTime: '0.000039', delay: '', points: [] },
      { source: 3, appliance: 2, fate: 'Mirrored', note: '', sourceTime: '0.000049', delay: '0.844', points: [] },
      { source: 4, appliance: 3, fate: 'Mirrored', note: '', sourceTime: '0.000737', delay: '0.202', points: [] },
    ]);
  });

  it('narrows to a fate, and knows where a packet stands in it', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    expect(list.rows('Direct', 0, 99).map((row) => row.source)).toEqual([1, 15, 16, 17, 18, 19, 20]);
    expect(list.placeOfSource('Direct', 16)).toBe(2);
    expect(list.placeOfSource('Direct', 3)).toBe(-1);
    expect(list.placeOfAppliance(null, 13)).toBe(13);
  });

  it('takes a clock that is set by hand', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    const { drift } = list.report().clock!;
    expect(list.setClock({ offset: 0.0008, drift })).toMatchObject({ most: expect.closeTo(0.000044, 6) as unknown, caution: 'The offset was set by hand; delays count from there.' });
    expect(list.rows('Mirrored', 0, 1)[0]!.delay).toBe('0.044');
    expect(list.setClock({ offset: 0, drift: 0.001 })!.caution).toBe('The drift was set by hand; delays count from there.');
    expect(list.rows('Mirrored', 2, 1)[0]!.delay).toBe('-0.399'); // 0.120 less a thousandth of the 0.519 s since the first packet
    list.setClock(null);
    expect(list.rows('Mirrored', 0, 1)[0]!.delay).toBe('0.844');
  });

  it('shows the appliance’s own packets where they belong by time', async () => {
    const list = new FateList(await compareCaptures(source, appliance, { vni: 334 }));
    expect(numbers(list, null, 0, 6)).toEqual([[1, 1], [2, null], [3, null], [4, null], [null, 2], [null, 3]]);
    expect(list.rows(null, 5, 1)[0]).toMatchObject({ fate: 'Only at appliance', sourceTime: '0.000939', delay: '' });
  });

  it.skipIf(!LAB_PRESENT)(`says in a note what else became of a packet${LAB_NOTE}`, async () => {
    const lab = async (scenario: string) => new FateList(await compareCaptures(memorySource(labFile(scenario, 'source-eth0.pcap')), memorySource(labFile(scenario, 'appliance-eth0.pcap'))));
    expect((await lab('jumbo-truncated')).rows('Truncated', 0, 1)[0]).toMatchObject({ source: 3, fate: 'Truncated', note: '1,464 of 8,942 bytes' });
    expect((await lab('outer-fragmented')).rows(null, 18, 1)[0]).toMatchObject({ source: 19, note: 'envelope in 2 fragments' });
    expect((await lab('geneve-gwlb')).rows('Mirrored', 0, 1)[0]).toMatchObject({ source: 3, fate: 'Duplicated', note: '1 further copy' });
    expect((await lab('offload')).rows('Mirrored', 0, 4).map(({ note }) => note)).toEqual(['tcp.checksum', '', 'tcp.checksum', 'came in segments']);
    expect((await lab('nat-and-ttl')).rows('Lost', 13, 1)[0]).toMatchObject({ source: 388, appliance: 388, note: 'only seen direct, as 388' });
  });
});

describe('an excerpt', () => {
  it('is the whole result where it is of all rows', async () => {
    const result = await compareCaptures(source, appliance);
    expect(resultJson(result, new FateList(result).excerpt({ fate: null, from: 0, count: Infinity }))).toEqual(resultJson(result));
  });

  it('has the lists of its rows only, and the packets of either side', async () => {
    const result = await compareCaptures(source, appliance);
    const list = new FateList(result);
    expect(resultJson(result, list.excerpt({ fate: 'Direct', from: 1, count: 2 }))).toMatchObject({ pairs: [], direct: [[15, 14], [16, 15]], onlyInA: [], onlyInB: [], clockOffsetSeconds: 0 });
    const packets = (side: Side, range: RowRange): number[] => [...list.packetsOf(side, range).entries()].flatMap(([row, wanted]) => (wanted === 1 ? [row + 1] : []));
    expect(packets('source', { fate: 'Only at source', from: 0, count: 9 })).toEqual([2]);
    expect(packets('appliance', { fate: 'Only at source', from: 0, count: 9 })).toEqual([]);
    expect(packets('appliance', { fate: 'Mirrored', from: 10, count: 9 })).toEqual([12, 13]);
    expect(packets('appliance', { fate: null, from: 0, count: 99 })).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
  });

  it.skipIf(!LAB_PRESENT)(`has all that came of a packet${LAB_NOTE}`, async () => {
    const result = await compareCaptures(memorySource(labFile('outer-fragmented', 'source-eth0.pcap')), memorySource(labFile('outer-fragmented', 'appliance-eth0.pcap')));
    const json = resultJson(result);
    const [[owner, fragments]] = json.fragments as [[number, number[]]];
    const list = new FateList(result);
    const wanted = list.packetsOf('appliance', { fate: 'Mirrored', from: list.placeOfSource('Mirrored', owner), count: 1 });
    expect([...wanted.entries()].flatMap(([row, mark]) => (mark === 1 ? [row + 1] : []))).toEqual(fragments);
  });
});

describe('the sentences', () => {
  it('say what the mirrored ping came to', async () => {
    expect(summary(await compareCaptures(source, appliance)).map(({ text }) => text)).toEqual([
      '12 of 20 source packets were mirrored, all with VNI 333, and arrived byte for byte the same.',
      '1 has no counterpart: ARP, which AWS never mirrors.',
      '7 reached the appliance directly, without an envelope.',
      'None was cut, lost, duplicated, reordered or changed.',
      'The envelope adds 50 bytes.',
      'The clocks agree, as far as the delays can tell.',
      'Delay: median 0.164 ms, 95 % 0.844 ms, at most 0.844 ms.',
    ]);
  });

  it.skipIf(!LAB_PRESENT)(`say what a cut, a super-frame and a drift point to${LAB_NOTE}`, async () => {
    const told = async (scenario: string) => summary(await compareCaptures(memorySource(labFile(scenario, 'source-eth0.pcap')), memorySource(labFile(scenario, 'appliance-eth0.pcap')))).map(({ text }) => text);
    expect(await told('jumbo-truncated')).toContain('64 packets were cut to the first 1,464 bytes of their frame. That points to an MTU of 1,500 at the mirror’s target: 1,464 bytes and 36 of envelope. A source MTU of 1,446 would have left room.');
    expect(await told('offload')).toContain('8 packets of the source came as 110 segments: the source’s network card splits them (TSO).');
    expect((await told('clock-skew')).find((text) => text.includes('clock is'))).toMatch(/^The appliance’s clock is 3\.271\d+ s ahead \(± 0\.\d+ ms\) and gains (39|40)\.\d ± /);
    expect(await told('clock-skew')).toContain('185 could be compared in part only: the appliance’s capture kept at most 128 bytes of a packet (snaplen).');
  });
});
