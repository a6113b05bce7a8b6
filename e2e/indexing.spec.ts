// While a capture is being read: how far it is, rows that can be used, Cancel where Close will be, and what stays when it stops.

import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { writeLargeCapture } from './support/large-capture.ts';
import { cut, PING } from './support/files.ts';
import { expect, test } from './support/test.ts';

const PACKETS = 4_000_000; // some seconds of reading

const NAME = 'appliance-eth0.large.pcap';
const progress = (page: Page) => page.getByRole('progressbar', { name: `Indexing ${NAME}` });

test.describe('a capture that takes a while', () => {
  test.beforeEach(async ({ app, page }, info) => {
    test.setTimeout(180_000);
    const path = info.outputPath(NAME);
    writeLargeCapture(path, PACKETS);
    await app.goto();
    await app.choose(PING);
    await app.hasRows(19);
    await page.getByLabel('Capture files').setInputFiles(path);
    await expect(progress(page)).toBeVisible();
  });

  test('says how far it is, and its rows can be used meanwhile', async ({ app, page }) => {
    await app.capture(NAME).click();
    await app.row(3).click();
    await expect(page.getByRole('tree', { name: 'Inner layers' })).toBeVisible();
    await expect(page.getByText(/^Reading appliance-eth0\.large\.pcap: \d+ % of 432 MB$/)).toBeVisible();
    await expect(progress(page)).toHaveAttribute('aria-valuetext', /^\d+ % of 432 MB$/);
    await expect(app.role(NAME)).toHaveValue('Appliance'); // told by its first packets
    await page.getByRole('button', { name: `Cancel ${NAME}` }).click();
  });

  test('Cancel keeps what was read, says that it is a part, and stands where Close is afterwards', async ({ app, page }) => {
    const cancel = page.getByRole('button', { name: `Cancel ${NAME}` });
    const close = page.getByRole('button', { name: `Close ${NAME}` });
    await app.capture(NAME).click();
    await expect(app.row(3)).toBeVisible();
    const [place, role] = [await cancel.boundingBox(), await app.role(NAME).boundingBox()];
    expect(place!.x, 'beside the role, not over it').toBeGreaterThanOrEqual(role!.x + role!.width);
    await cancel.click();
    await expect(progress(page)).toHaveCount(0);
    expect((await close.boundingBox())!.width).toBe(place!.width);
    await expect(app.capture(NAME)).toHaveAccessibleDescription(/^Only a part of it was read: [\d,]+ packets, \d+ % of 432 MB\. Open it again to read all of it\.$/);
    await expect(app.capture(NAME)).toContainText('part');
    const rows = Number(await app.packets.getAttribute('aria-rowcount')) - 1;
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(PACKETS);
    await app.packets.focus();
    await page.keyboard.press('End');
    await expect(app.packets.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', String(rows + 1));
    // A press that follows Cancel within half a second is taken for its second click, and does nothing.
    await expect(async () => {
      await close.click({ timeout: 1000 });
      await expect(app.capture(NAME)).toHaveCount(0, { timeout: 1000 });
    }).toPass();
    await app.hasRows(19);
  });
});

test('a capture that breaks off is marked as a part, with the reason', async ({ app }) => {
  await app.goto();
  await app.choose(cut(PING, 1000));
  await expect(app.capture('appliance-eth0.pcap')).toHaveAccessibleDescription(/^Only a part of it could be read: \d+ packets\. The capture breaks off inside packet \d+, at byte 1,000\. /);
  await expect(app.capture('appliance-eth0.pcap')).toContainText('part');
});

test('a gzip says about how much comes out of it while it is inflated', async ({ app, page }, info) => {
  const path = info.outputPath(NAME);
  writeLargeCapture(path, 1_500_000);
  const file = `${path}.gz`;
  writeFileSync(file, gzipSync(readFileSync(path), { level: 1 }));
  await app.goto();
  await page.getByLabel('Capture files').setInputFiles(file);
  await expect(page.getByText(/^Reading appliance-eth0\.large\.pcap\.gz: \d+ % of [\d.]+ MB, which inflates to about 162 MB$/)).toBeVisible();
  await page.getByRole('button', { name: `Cancel ${NAME}.gz` }).click();
  await expect(app.capture(`${NAME}.gz`)).toHaveAccessibleDescription(/^Only a part of it was read: .* of [\d.]+ MB, which inflates to about 162 MB\. /);
});
