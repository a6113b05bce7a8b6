import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile } from '../testing/lab.ts';
import { beside, PacketShelf } from './beside.ts';
import { compareCaptures } from './compare.ts';
import { FateList } from './fate-list.ts';
import { summary } from './summary.ts';

const ping = (name: string) => memorySource(readFileSync(`public/samples/mirrored-ping/${name}.pcap`));
const source = ping('source-eth0'), appliance = ping('appliance-eth0');

describe('the list of the mirrored ping', () => {
  it('has a row for each source packet, with what its frame says', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    expect(list.counts()).toEqual({ all: 20, mirrored: 12, direct: 7, onlyAtSource: 1, truncated: 0, duplicated: 0, reordered: 0, changed: 0, lost: 0, onlyAtAppliance: 0, filtered: 0 });
    const rows = await list.window('all', 1, 3, source, appliance);
    expect(rows.map(({ source: a, appliance: b, fate, delay, vni }) => [a, b, fate, delay, vni])).toEqual([
      [2, null, 'Only at source', '', ''], [3, 2, 'Mirrored', '0.844', '333'], [4, 3, 'Mirrored', '0.202', '333'],
    ]);
    expect(rows[1]).toMatchObject({ time: '0.000049', sourceAddress: '172.31.9.144', destinationAddress: '142.251.42.79', protocol: 'ICMP', length: '98', fates: ['mirrored'], note: '' });
    expect(rows[0]).toMatchObject({ sourceAddress: '0a:00:00:00:00:01', destinationAddress: '0a:d3:93:e4:27:b2', protocol: 'ARP' });
  });

  it('narrows to a fate, and knows where a packet stands in it', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    expect((await list.window('direct', 0, 99, source, appliance)).map((row) => row.source)).toEqual([1, 15, 16, 17, 18, 19, 20]);
    expect(list.placeOfSource('direct', 16)).toBe(2);
    expect(list.placeOfSource('direct', 3)).toBe(-1);
    expect(list.placeOfAppliance('all', 13)).toBe(13);
  });

  it('takes a clock that is set by hand', async () => {
    const list = new FateList(await compareCaptures(source, appliance));
    const [row] = await list.window('mirrored', 0, 1, source, appliance, { offset: 0.0008, drift: 0 });
    expect(row!.delay).toBe('0.044');
  });

  it('shows the appliance’s own packets where they belong by time', async () => {
    const list = new FateList(await compareCaptures(source, appliance, { vni: 334 }));
    const rows = await list.window('all', 0, 6, source, appliance);
    expect(rows.map(({ source: a, appliance: b }) => [a, b])).toEqual([[1, 1], [2, null], [3, null], [4, null], [null, 2], [null, 3]]);
    expect(rows[5]).toMatchObject({ sourceAddress: '142.251.42.79', protocol: 'ICMP', vni: '333', fate: 'Only at appliance' });
  });
});

describe('the sentences', () => {
  it('say what the mirrored ping came to', async () => {
    expect(summary(await compareCaptures(source, appliance)).map(({ text }) => text)).toEqual([
      '12 of 20 source packets were mirrored, all with VNI 333, and arrived byte for byte the same.',
      '1 has no counterpart: 1 ARP. ARP is never mirrored by AWS.',
      '7 reached the appliance directly, without an envelope.',
      'None was cut, lost, duplicated, reordered or changed.',
      'The envelope adds 50 bytes.',
      'The clocks agree, as far as the delays can tell.',
      'Delay: median 0.189 ms, at most 0.844 ms.',
    ]);
  });

  it.skipIf(!LAB_PRESENT)(`say what a cut, a super-frame and a drift point to${LAB_NOTE}`, async () => {
    const told = async (scenario: string) => summary(await compareCaptures(memorySource(labFile(scenario, 'source-eth0.pcap')), memorySource(labFile(scenario, 'appliance-eth0.pcap')))).map(({ text }) => text);
    expect(await told('jumbo-truncated')).toContain('64 packets were cut to the first 1,464 bytes of their frame. That points to an MTU of 1,500 at the mirror’s target: 1,464 bytes and 36 of envelope.');
    expect(await told('offload')).toContain('8 packets of the source came as 110 segments: the source’s network card splits them (TSO).');
    expect((await told('clock-skew')).find((text) => text.includes('clock is'))).toMatch(/^The appliance’s clock is 3\.271\d+ s ahead and gains 4\d\.\d ± /);
    expect(await told('clock-skew')).toContain('185 could be compared in part only: the appliance’s capture kept at most 128 bytes of a packet (snaplen).');
  });
});

describe('two packets beside each other', () => {
  it('stand layer opposite layer, the envelope apart', async () => {
    const { matching } = await compareCaptures(source, appliance);
    const shelf = new PacketShelf();
    const view = beside(await shelf.packet(source, matching.a, 4), await shelf.packet(appliance, matching.b, 3));
    expect(view).toMatchObject({ compared: 98, differing: 0, differences: [] });
    expect(view.appliance!.frame).toBe(50);
    expect(view.layers.map(({ source: a, appliance: b }) => [view.source!.layers[a]?.name, view.appliance!.layers[b]?.protocol])).toEqual([['Ethernet', 'eth'], ['IPv4', 'ip'], ['ICMP', 'icmp'], ['Data', 'data']]);
    expect(view.layers.every(({ differs }) => !differs)).toBe(true);
  });

  it('say which fields and which bytes differ', async () => {
    const { matching } = await compareCaptures(source, appliance);
    const shelf = new PacketShelf();
    const view = beside(await shelf.packet(source, matching.a, 3), await shelf.packet(appliance, matching.b, 4)); // the next echo of the same ping
    const names = view.layers.flatMap(({ fields }) => fields.filter(({ differs }) => differs).map(({ source: a }) => view.source!.fields[a]?.name));
    expect(names).toEqual(expect.arrayContaining(['ip.id', 'ip.checksum', 'icmp.checksum', 'icmp.seq']));
    expect(names).not.toContain('ip.src');
    expect(view.differences[0]).toEqual({ sourceFrom: 19, sourceTo: 20, applianceFrom: 69, applianceTo: 70 });
  });

  it.skipIf(!LAB_PRESENT)(`are put together from fragments, and shown whole${LAB_NOTE}`, async () => {
    const a = memorySource(labFile('outer-fragmented', 'source-eth0.pcap')), b = memorySource(labFile('outer-fragmented', 'appliance-eth0.pcap'));
    const { matching } = await compareCaptures(a, b);
    const shelf = new PacketShelf();
    const view = beside(await shelf.packet(a, matching.a, 19), await shelf.packet(b, matching.b, 19));
    expect(view.appliance!.fragments).toEqual([18, 19]);
    expect(view.differing).toBe(0);
    expect(view.compared).toBe(view.source!.bytes.length);
  });
});
