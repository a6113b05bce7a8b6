import { existsSync } from 'node:fs';
import { expect, test } from './support/test.ts';

const SOURCE = 'public/samples/mirrored-ping/source-eth0.pcap';

test('captures that are swapped: told, and swapped back at a press', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
  const pairs = page.getByRole('grid', { name: 'Paired packets' });
  await expect(pairs).toHaveAttribute('aria-rowcount', '21');
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(page.getByText('otherwise the two are swapped')).toBeVisible();
  await page.getByRole('button', { name: 'Swap' }).click();
  await expect(page.getByRole('combobox', { name: 'Source capture' }).locator('option:checked')).toHaveText('source-eth0.pcap');
  await expect(page.getByText('otherwise the two are swapped')).toBeHidden();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12 of 20');
});

test('the interface beside its VXLAN device is what it should be', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
  await page.getByRole('combobox', { name: 'Source capture' }).selectOption('appliance-eth0.pcap');
  await page.getByRole('combobox', { name: 'Appliance capture' }).selectOption('appliance-vxlan100.pcap');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12 of 19');
  await expect(page.getByText('otherwise the two are swapped')).toBeHidden();
});

test('the same capture twice is told', async ({ app, page }) => {
  await app.goto('');
  for (let n = 0; n < 2; n++) await page.getByLabel('Capture files').setInputFiles(SOURCE);
  await app.tab('Compare').click();
  await expect(page.getByText('Both are the same capture')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Paired packets' })).toHaveAttribute('aria-rowcount', '21');
});

test('a third capture is a column of its own', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
  const pairs = page.getByRole('grid', { name: 'Paired packets' });
  await expect(pairs).toHaveAttribute('aria-rowcount', '21');
  await page.getByRole('button', { name: 'Also at' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'appliance-vxlan100.pcap' }).click();
  await page.keyboard.press('Escape');
  await expect(pairs.getByRole('columnheader', { name: 'appliance-vxlan100.pcap' })).toBeVisible();
  const cells = (row: number) => pairs.getByRole('row').nth(row).getByRole('gridcell');
  await expect(cells(4).nth(3)).toHaveText('2'); // packet 4 of the source, 3 at eth0, 2 behind the VXLAN interface
  await expect(cells(1).nth(3)).toHaveText('–');
});

const MERGED = '../shared/captures/lab/pcapng/merged.pcapng';
test('the interfaces of one capture are compared with each other', async ({ app, page }) => {
  test.skip(!existsSync(MERGED), `${MERGED} is not there`);
  await app.goto('');
  await page.getByLabel('Capture files').setInputFiles(MERGED);
  await app.tab('Compare').click();
  await expect(page.getByText('is of 2 interfaces, source-eth0, appliance-eth0')).toBeVisible();
  await page.getByRole('button', { name: 'Open each interface as a capture' }).click();
  await expect(page.getByRole('combobox', { name: 'Source capture' }).locator('option:checked')).toHaveText('merged-source-eth0.pcapng');
  await expect(page.getByRole('combobox', { name: 'Appliance capture' }).locator('option:checked')).toHaveText('merged-appliance-eth0.pcapng');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('were mirrored, all with VNI 333');
});
