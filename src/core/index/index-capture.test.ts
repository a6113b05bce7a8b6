import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { PacketTable } from '../table/packet-table.ts';
import { PacketView } from '../table/packet-view.ts';
import { rowWindow } from '../table/row-window.ts';
import { indexBytes } from '../testing/index-bytes.ts';
import { indexCapture } from './index-capture.ts';

const sample = (name: string): Uint8Array => readFileSync(`public/samples/mirrored-ping/${name}`);
const cells = async (name: string) => { const table = await indexBytes(sample(name)); return rowWindow(table, new PacketView(table), 0, table.count); };

test('the mirrored ping as the appliance sees it: the envelope in the outer columns, the ping in the inner ones', async () => {
  const rows = await cells('appliance-eth0.pcap');
  expect(rows).toHaveLength(19);
  expect(rows[2]).toEqual({
    number: 3, time: '0.000915', source: '172.31.9.144', destination: '172.31.4.131', protocol: 'VXLAN', length: '148', vni: '333',
    innerSource: '142.251.42.79', innerDestination: '172.31.9.144', innerProtocol: 'ICMP', depth: 1, cut: false, malformed: false,
  });
  expect(rows[0]).toEqual({
    number: 1, time: '0.000000', source: '0a:d3:93:e4:27:b2', destination: 'ff:ff:ff:ff:ff:ff', protocol: 'ARP', length: '42', vni: '',
    innerSource: '', innerDestination: '', innerProtocol: '', depth: 0, cut: false, malformed: false,
  });
  // The four pings to the appliance itself travel without an envelope (screens.md).
  expect(rows.filter((row) => row.protocol === 'ICMP').map((row) => row.number)).toEqual([14, 15, 18, 19]);
  expect(rows.filter((row) => row.vni === '333')).toHaveLength(12);
});

test('at the source and at the decapsulated interface there is no envelope', async () => {
  expect((await cells('source-eth0.pcap')).map((row) => row.depth)).toEqual(Array<number>(20).fill(0));
  expect((await cells('appliance-vxlan100.pcap')).filter((row) => row.protocol === 'ICMP')).toHaveLength(12);
});

test('the two directions of a ping are one flow, inside the envelope and out of it', async () => {
  const table = await indexBytes(sample('appliance-eth0.pcap'));
  const flows = Array.from({ length: 19 }, (_, row) => table.at('flow', row));
  expect(new Set(flows.slice(1, 13))).toEqual(new Set([0]));
  expect(flows[13]).toBe(flows[18]);
  expect(table.flows.count).toBe(2);
});

test('rows are there after each window, while the rest is still to be read', async () => {
  const reader = await openCapture(memorySource(sample('source-eth0.pcap')), 512);
  const table = new PacketTable();
  const counts: number[] = [];
  await indexCapture(reader, table, { onWindow: (packets, bytesRead) => { counts.push(packets); expect(bytesRead).toBeLessThanOrEqual(2080); } });
  expect(counts.length).toBeGreaterThan(3);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(20);
  expect(counts[0]).toBeLessThan(20);
});

test('a signal stops the reading and the rows stay', async () => {
  const reader = await openCapture(memorySource(sample('source-eth0.pcap')), 512);
  const table = new PacketTable();
  const stop = new AbortController();
  const done = indexCapture(reader, table, { signal: stop.signal, onWindow: () => stop.abort() });
  await expect(done).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  expect(table.count).toBeGreaterThan(0);
  expect(table.count).toBeLessThan(20);
});
