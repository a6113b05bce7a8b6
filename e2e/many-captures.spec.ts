// More captures at once than are read at once.

import { pcap } from './support/files.ts';
import { expect, test } from './support/test.ts';

const AT_ONCE = 4;
test('twelve at once all end up open, each with its own packets', async ({ app, page }) => {
  await app.goto();
  const files = Array.from({ length: 12 }, (_, at) => pcap(`part-${at + 1}.pcap`, at + 1));
  await app.give('drop', ...files);
  await expect(app.captures.getByRole('listitem')).toHaveCount(12);
  await expect(app.captures.getByText('waiting')).toHaveCount(0);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  for (const at of [0, 5, 11]) {
    await app.capture(files[at]!.name).click();
    await app.hasRows(at + 1);
  }
  await page.keyboard.press(']');
  await expect(app.capture(files[0]!.name), 'round again, and the strip follows').toBeInViewport();
  await expect(app.alerts).toHaveCount(0);
});

test.describe('while four are read', () => {
  const NAMES = Array.from({ length: 12 }, (_, at) => `part-${at + 1}.pcap`);
  /** Lets the workers load, which are held back until then. */
  let letRead: () => void;

  test.beforeEach(async ({ app, page }) => {
    const held = new Promise<void>((resolve) => { letRead = resolve; });
    await page.route('**/capture.worker*.js', async (route) => { await held; await route.continue(); });
    await app.goto();
    await app.choose(...NAMES.map((name, at) => pcap(name, at + 1)));
    await expect(page.getByRole('progressbar')).toHaveCount(AT_ONCE);
    await expect(app.captures.getByText('waiting')).toHaveCount(NAMES.length - AT_ONCE);
  });
  test.afterEach(() => letRead());

  test('the others wait and say so; one that is not wanted goes at once', async ({ app, page }) => {
    await expect(page.getByText(/^Reading part-1\.pcap: 0 % of \d+ B, 8 more wait$/)).toBeVisible();
    await expect(app.capture('part-7.pcap')).toHaveAccessibleDescription('It waits until captures before it have been read; the one that is shown is read next.');
    await app.capture('part-7.pcap').click();
    await app.hasRows(0);
    await expect(page.getByText('part-7.pcap waits until captures before it have been read.')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel part-6.pcap' }).click();
    await expect(app.capture('part-6.pcap')).toHaveCount(0);
    letRead();
    await app.hasRows(7);
    await expect(app.captures.getByText('waiting')).toHaveCount(0);
    await expect(app.captures.getByRole('listitem')).toHaveCount(NAMES.length - 1);
    await app.capture('part-12.pcap').click();
    await app.hasRows(12);
  });

  test('the place of one that is closed goes to the next, and all can be closed', async ({ app, page }) => {
    const command = async (label: string): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('searchbox', { name: 'Search commands' }).fill(label);
      await page.getByRole('menuitem', { name: label }).click();
    };
    await app.capture('part-2.pcap').click();
    await command('Close this capture');
    await expect(app.capture('part-2.pcap')).toHaveCount(0);
    await expect(page.getByRole('progressbar', { name: 'Indexing part-5.pcap' })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(AT_ONCE);
    await expect(app.captures.getByText('waiting')).toHaveCount(NAMES.length - 1 - AT_ONCE);
    await command('Close all captures');
    await expect(app.captures.getByRole('listitem')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});
