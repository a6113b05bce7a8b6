// What a person calls VNIs and interfaces stands beside the numbers, is kept in the browser, and goes along in a link.

import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const COMPARE = '?sample=mirrored-ping#v=1&tab=compare&fate=Mirrored';
const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });

test('names stand beside VNIs and interfaces, and are found again', async ({ app, page }) => {
  await app.goto(COMPARE);
  await expect(summary(page)).toContainText('all with VNI 333, and');
  await page.getByRole('button', { name: 'Names' }).click();
  const dialog = page.getByRole('dialog', { name: 'Names' });
  await dialog.getByRole('textbox', { name: 'Names, one a line' }).fill('333 = web mirror\nsource-eth0 = tap\n7');
  await expect(dialog.getByRole('status')).toHaveText(/^Line 3 is left out/);
  await dialog.getByRole('button', { name: 'Use names' }).click();
  await expect(dialog).toBeHidden();

  const named = async (): Promise<void> => {
    await expect(summary(page)).toContainText('all with VNI 333 “web mirror”, and');
    await expect(page.getByRole('combobox', { name: 'Source capture' }).locator('option:checked')).toHaveText('source-eth0.pcap “tap”');
    await expect(page.getByRole('region', { name: 'Why this fate' })).toContainText('with VNI 333 “web mirror” from');
    await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText('“tap” · packet 3 · 98 bytes');
    await expect(page.getByRole('region', { name: 'Envelope' }).getByRole('treeitem', { name: 'VXLAN: VNI 333 “web mirror”' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Envelope' }).getByRole('treeitem', { name: 'VXLAN Network Identifier (VNI): 333 “web mirror”' })).toBeVisible();
  };
  await named();
  await expect(page).toHaveURL(/[#&]names=333\+=\+web\+mirror%0Asource-eth0\+=\+tap%0A7(&|$)/);
  await app.goto(COMPARE);
  await named();
  await app.tab('Packets').click();
  await app.hasRows(19);
  await expect(app.row(3).locator('[data-column=vni] .chip')).toHaveAttribute('title', '333 “web mirror”');
});

test('a link brings its own names, and leaves the person’s as they are', async ({ app, page }) => {
  await app.goto(COMPARE);
  const open = (): Promise<void> => page.getByRole('button', { name: 'Names' }).click();
  const list = page.getByRole('textbox', { name: 'Names, one a line' });
  await open();
  await list.fill('333 = mine');
  await page.getByRole('button', { name: 'Use names' }).click();
  await page.goto('about:blank');
  await app.goto(`${COMPARE}&names=333+=+yours`);
  await expect(summary(page)).toContainText('VNI 333 “yours”');
  await open();
  await expect(list).toHaveValue('333 = yours');
  await expect(page.getByText('These came with the link')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('about:blank');
  await app.goto(COMPARE);
  await expect(summary(page)).toContainText('VNI 333 “mine”');
});
