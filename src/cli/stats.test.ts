import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Summary } from '../core/stats/summary.ts';
import { vxlens } from './run-main.ts';

const SAMPLE = 'public/samples/mirrored-ping/appliance-eth0.pcap';

test('the mirrored ping in numbers', async () => {
  const { status, out, err } = await vxlens('stats', '-r', SAMPLE, '--json');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  // Counts, sizes and times as capinfos and tshark give them.
  expect(JSON.parse(out)).toEqual({
    file: 'appliance-eth0.pcap', format: 'pcap', packets: 19, bytes: 2294, first: 1795495525.106288, last: 1795495528.181897, truncated: 0,
    linkTypes: { Ethernet: 19 }, protocols: { ICMP: 16, ARP: 3 }, levels: { 0: 7, 1: 12 }, vnis: { 333: { packets: 12, bytes: 1776 } },
    tunnelEndpoints: ['172.31.4.131', '172.31.9.144'], conversations: 2,
  });
});

test('in words', async () => {
  const { out } = await vxlens('stats', '-r', SAMPLE);
  expect(out).toContain('19 packets, 2,294 bytes on the wire');
  expect(out).toMatch(/VNIs\n {2}333 {2}12 packets, 1,776 bytes/);
});

test('a capture that breaks off: what was read is printed, then one sentence and 2', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'vxlens-stats-')), 'cut.pcap');
  writeFileSync(path, readFileSync(SAMPLE).subarray(0, -10));
  const { status, out, err } = await vxlens('stats', '-r', path, '--json');
  expect((JSON.parse(out) as Summary).packets).toBe(18);
  expect(status).toBe(2);
  expect(err).toMatch(/^The capture breaks off inside packet 19, at byte [\d,]+\. The 18 packets before it were kept\..*\n$/);
});

test('a capture without packets has no times', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'vxlens-stats-')), 'none.pcap');
  writeFileSync(path, readFileSync(SAMPLE).subarray(0, 24));
  const { status, out } = await vxlens('stats', '-r', path, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ packets: 0, bytes: 0, first: null, last: null, levels: {}, vnis: {}, tunnelEndpoints: [], conversations: 0 });
});

test.each([[['stats']], [['stats', '-r', SAMPLE, 'more']], [['stats', '-r', 'is-not-there.pcap']], [['stats', '--frobnicate']]])('%j: 2 and one sentence', async (args) => {
  const { status, out, err } = await vxlens(...args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err.trim().split('\n')).toHaveLength(1);
});
