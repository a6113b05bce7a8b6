import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { indexCapture } from '../index/index-capture.ts';
import { Summariser } from './summary.ts';

const TIMES = 7000; // more than two segments of rows

test('what is counted does not depend on where a segment ends', async () => {
  const once = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');
  const bytes = Buffer.concat([once, ...Array<Buffer>(TIMES - 1).fill(once.subarray(24))]);
  const summariser = new Summariser();
  await indexCapture(await openCapture(memorySource(bytes)), summariser.table);
  // tcpdump on the sample: 19 packets, 12 of them mirrored pings of 148 bytes, 4 direct pings, 3 ARP.
  expect(summariser.summary({ name: 'long.pcap', format: 'pcap' })).toMatchObject({
    packets: 19 * TIMES, truncated: 0, linkTypes: { Ethernet: 19 * TIMES }, protocols: { ICMP: 16 * TIMES, ARP: 3 * TIMES }, levels: { 0: 7 * TIMES, 1: 12 * TIMES },
    vnis: { 333: { packets: 12 * TIMES, bytes: 148 * 12 * TIMES } }, tunnelEndpoints: ['172.31.4.131', '172.31.9.144'],
  });
});
