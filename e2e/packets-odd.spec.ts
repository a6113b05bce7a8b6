// Packets that are cut, malformed or huge: what is said of them, and that they take no more room than they may.

import { frame, patched, PING } from './support/files.ts';
import { expect, test } from './support/packets-test.ts';
import { pcapFile } from '../src/core/testing/pcap-file.ts';

const MIRRORED = PING.bytes.slice(24 + 16 + 42 + 16, 24 + 16 + 42 + 16 + 148); // packet 2 of the mirrored ping
const INNER_IHL = 50 + 14;

test('a packet that the capture cut and one whose header lies are told apart, in the list and under the layer', async ({ app, at }) => {
  const lies = patched({ name: '', bytes: MIRRORED }, INNER_IHL, [0x41]).bytes;
  await app.goto();
  await app.choose({ name: 'odd.pcap', bytes: pcapFile({ packets: [{ bytes: MIRRORED.slice(0, 70), origlen: 148 }, { bytes: lies }, { bytes: MIRRORED.slice(0, 9), origlen: 148 }] }) });
  await app.hasRows(3);
  await expect(await at.cell(1, 'Info')).toHaveText('[Packet size limited during capture]'); // as tshark 4.0.17
  await expect(await at.cell(1, 'Length')).toHaveText('cut148');
  await at.row(1).click();
  await expect(at.innerField(/^IPv4/)).toContainText('IPv4 needs 20 bytes here and has 6: the capture kept only 70 of 148 bytes.');
  await at.row(2).click();
  await expect(at.innerField(/^IPv4/)).toContainText('IPv4 needs 20 bytes here and has 4: its own length field leaves no room for more.');
  const top = async (field: typeof at.innerField): Promise<number> => (await field(/^Total Length/).boundingBox())!.y;
  expect(await top((name) => at.outerField(name)), 'counterparts stay opposite').toBe(await top((name) => at.innerField(name)));
  await at.row(3).click();
  await expect(at.outer).toContainText('what was kept of the packet · 9 bytes');
  await expect(at.inner).toContainText('The capture kept 9 bytes of 148, and there is no envelope in them');
});

test('of a packet of 262,144 bytes only the rows in view are made, down to the last, and the diagram keeps its room', async ({ app, at, page }) => {
  await app.goto();
  await app.choose({ name: 'huge.pcap', bytes: pcapFile({ snaplen: 262_144, packets: [{ bytes: frame(262_144) }] }) });
  await app.hasRows(1);
  await expect(at.hex).toHaveAttribute('aria-rowcount', '16384');
  await expect(at.diagram.getByRole('button', { name: /^Source: / })).toBeInViewport();
  await at.hex.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await expect(at.byte(262_143)).toBeInViewport();
  expect(await at.hex.getByRole('row').count()).toBeLessThan(60);
});

test('a mistake in the filter moves nothing', async ({ at }) => {
  await at.openMirroredPing();
  const y = async (): Promise<number> => (await at.row(3).boundingBox())!.y;
  const before = await y();
  await at.apply('ip.tll == 64');
  await expect(at.page.getByRole('search').getByRole('alert')).toContainText('ip.tll');
  expect(await y()).toBe(before);
});
