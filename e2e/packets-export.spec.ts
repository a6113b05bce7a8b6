// What the list shows, as files: the table, and the packets.

import { haveTshark, TSHARK, tsharkFields } from '../src/core/testing/tshark.ts';
import { downloaded, exported } from './support/download.ts';
import { PING } from './support/files.ts';
import { writeLargeCapture } from './support/large-capture.ts';
import { expect, test } from './support/packets-test.ts';

test.describe('the mirrored ping', () => {
  test.beforeEach(async ({ at }) => {
    await at.openMirroredPing();
    await at.apply('icmp.type == 0 && vxlan');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '7');
  });

  test('as CSV: the rows that pass, in their order, with the columns that are shown', async ({ at, page }) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    for (const title of ['Time', 'Source', 'Destination', 'Alerts']) await page.getByRole('menuitemcheckbox', { name: title, exact: true }).click();
    await page.keyboard.press('Escape');
    await at.header('No.').getByRole('button').click();
    await at.header('No.').getByRole('button').click();
    await expect(at.header('No.')).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(() => at.numbers()).toEqual([13, 11, 9, 7, 5, 3]);
    const { name, bytes } = await exported(page, 'CSV');
    expect(name).toBe('appliance-eth0-filtered.csv');
    const lines = bytes.toString().trimEnd().split('\r\n');
    expect(lines[0]).toBe('No.,Protocol,Length,VNI,Inner source,Inner destination,Inner protocol,Info');
    expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual([13, 11, 9, 7, 5, 3]);
    expect(lines.at(-1)).toBe('3,VXLAN,148,333,142.251.42.79,172.31.9.144,ICMP,"Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64 (request in 2)"');
  });

  test('as JSON', async ({ page }) => {
    const { name, bytes } = await exported(page, 'JSON');
    expect(name).toBe('appliance-eth0-filtered.json');
    const rows = JSON.parse(bytes.toString()) as unknown[];
    expect(rows).toHaveLength(6);
    expect(rows[0]).toEqual({
      number: 3, time: 0.000915, source: '172.31.9.144', destination: '172.31.4.131', protocol: 'VXLAN', length: 148, vni: 333,
      innerSource: '142.251.42.79', innerDestination: '172.31.9.144', innerProtocol: 'ICMP', info: 'Echo (ping) reply    id=0x6cef, seq=1/256, ttl=64 (request in 2)', alerts: [],
    });
  });

  test(`as a capture, by the palette: exactly the packets that pass, as ${TSHARK} reads them`, async ({ page }) => {
    test.skip(!haveTshark, 'tshark is not installed');
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('searchbox', { name: 'Search commands' }).fill('export displayed capture');
    const { name, bytes } = await downloaded(page, () => page.getByRole('menuitem', { name: 'Export the displayed packets as a capture' }).click());
    expect(name).toBe('appliance-eth0-filtered.pcap');
    const fields = ['frame.time_epoch', 'frame.len', 'ip.id', 'icmp.seq'];
    const all = tsharkFields(PING.bytes, fields).rows;
    expect(tsharkFields(bytes, fields)).toEqual({ complaints: '', rows: [3, 5, 7, 9, 11, 13].map((number) => all[number - 1]) });
  });

  test('is not to be had where nothing passes', async ({ at, page }) => {
    await at.apply('vxlan.vni == 1');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '1');
    await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  });
});

test('a long one says how far it is, and is given up by Cancel export', async ({ at, page }, info) => {
  const path = info.outputPath('large.pcap');
  writeLargeCapture(path, 1_000_000);
  await at.open(path);
  await expect(at.grid).toHaveAttribute('aria-rowcount', '1000001');
  let downloads = 0;
  page.on('download', () => { downloads++; });
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menu', { name: 'Export' }).getByRole('menuitem', { name: 'CSV', exact: true }).click();
  await expect(page.getByText(/^Writing the table, \d+ %…$/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel export' }).click();
  await expect(page.getByText(/^Writing the table/)).toHaveCount(0);
  await at.row(3).click();
  await expect(at.inner.getByRole('tree')).toBeVisible();
  expect(downloads).toBe(0);
});
