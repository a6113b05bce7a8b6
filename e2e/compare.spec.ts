import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

class Compare {
  readonly page: Page;
  readonly pairs: Locator;
  readonly summary: Locator;
  readonly source: Locator;
  readonly appliance: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pairs = page.getByRole('grid', { name: 'Paired packets' });
    this.summary = page.getByRole('region', { name: 'Summary' });
    this.source = page.getByRole('combobox', { name: 'Source capture' });
    this.appliance = page.getByRole('combobox', { name: 'Appliance capture' });
  }

  radio = (name: string): Locator => this.page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name, exact: true });

  async show(name: string, count: number): Promise<void> {
    await expect(this.radio(name)).toHaveAccessibleDescription(String(count));
    await this.radio(name).check();
    await expect(this.pairs).toHaveAttribute('aria-rowcount', String(count + 1));
  }

  /** Source and appliance number of each row that is shown. */
  async numbers(): Promise<string[]> {
    await expect(this.pairs.getByRole('row').nth(1).getByRole('gridcell').first()).not.toBeEmpty();
    const rows = await this.pairs.getByRole('row').all();
    return Promise.all(rows.slice(1).map(async (row) => {
      const cells = await row.getByRole('gridcell').allTextContents();
      return `${cells[0]},${cells[2]}`;
    }));
  }
}

const run = (from: number, to: number, by: number): string[] => Array.from({ length: to - from + 1 }, (_, at) => `${from + at},${from + at - by}`);

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
});

test('the mirrored ping: twelve pairs, seven direct, one at the source only', async ({ page }) => {
  const compare = new Compare(page);
  await expect(compare.source.locator('option:checked')).toHaveText('source-eth0.pcap');
  await expect(compare.appliance.locator('option:checked')).toHaveText('appliance-eth0.pcap');
  await compare.show('All', 20);
  await compare.show('Mirrored', 12);
  expect(await compare.numbers()).toEqual(run(3, 14, 1));
  await compare.show('Direct', 7);
  expect(await compare.numbers()).toEqual(['1,1', ...run(15, 20, 1)]);
  await compare.show('Only at source', 1);
  expect(await compare.numbers()).toEqual(['2,–']);
  await compare.show('Only at appliance', 0);
  await expect(page.getByText('No packet of this fate.')).toBeVisible();
  await expect(compare.summary).toContainText('12 of 20');
});

test('against the VXLAN interface: the same pairs without an envelope', async ({ page }) => {
  const compare = new Compare(page);
  await compare.show('All', 20);
  await compare.appliance.selectOption('appliance-vxlan100.pcap');
  await compare.show('Mirrored', 12);
  expect(await compare.numbers()).toEqual(run(3, 14, 2));
  await compare.show('Only at source', 8);
  expect(await compare.numbers()).toEqual(['1,–', '2,–', ...Array.from({ length: 6 }, (_, at) => `${15 + at},–`)]);
});

test('a pair stands side by side, with the envelope apart and every byte equal', async ({ page }) => {
  const compare = new Compare(page);
  await compare.show('Mirrored', 12);
  await compare.pairs.getByRole('row').nth(2).click();
  await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText('packet 4');
  const appliance = page.getByRole('region', { name: 'Appliance, inner' });
  await expect(appliance).toContainText('packet 3');
  await expect(appliance).toContainText('all 98 bytes equal');
  await expect(appliance.getByRole('treeitem', { name: /IPv4: 142\.251\.42\.79 → 172\.31\.9\.144/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Envelope' }).getByRole('treeitem', { name: 'VXLAN: VNI 333' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Bytes of both' })).toContainText('Envelope of 3');
});

test('by keyboard, down the pairs', async ({ page }) => {
  const compare = new Compare(page);
  await compare.show('All', 20);
  await compare.numbers();
  await compare.pairs.focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText('packet 4');
});

test('by keyboard, in the layers of both: source and appliance fold together', async ({ page }) => {
  const compare = new Compare(page);
  await compare.show('Mirrored', 12);
  await compare.pairs.getByRole('row').nth(2).click();
  const ethernet = (tree: string): Locator => page.getByRole('tree', { name: tree }).getByRole('treeitem', { name: /^Ethernet: / }).first();
  await expect(ethernet('Source layers')).toHaveAttribute('aria-expanded', 'false');
  await ethernet('Source layers').focus();
  await page.keyboard.press('ArrowRight');
  await expect(ethernet('Source layers')).toHaveAttribute('aria-expanded', 'true');
  await expect(ethernet('Appliance, inner layers')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  const field = page.getByRole('tree', { name: 'Source layers' }).getByRole('treeitem', { name: /^Destination: / }).first();
  await expect(field).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(ethernet('Source layers')).toHaveAttribute('aria-expanded', 'false');
});

test('chosen rows are copied as a table', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const compare = new Compare(page);
  await compare.show('Mirrored', 12);
  await compare.numbers();
  await compare.pairs.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('12 rows were copied.')).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'));
  expect(lines.map(([number, , copy]) => `${number},${copy}`)).toEqual(['No.,Appliance no.', ...run(3, 14, 1)]);
});

test('one capture alone says what is missing', async ({ app, page }) => {
  for (const name of ['appliance-eth0.pcap', 'appliance-vxlan100.pcap']) await page.getByRole('button', { name: `Close ${name}` }).click();
  await expect(app.page.getByText('Two captures are needed')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) test(`no barriers, ${scheme}`, async ({ page }) => {
  await page.emulateMedia({ colorScheme: scheme });
  const compare = new Compare(page);
  await compare.show('All', 20);
  await expect(page.getByRole('region', { name: 'Bytes of both' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
});

test('why a packet has its fate, with the causes that fit a miss and those that do not', async ({ page }) => {
  const compare = new Compare(page);
  const why = page.getByRole('region', { name: 'Why this fate' });
  await compare.show('Mirrored', 12);
  await compare.pairs.getByRole('row').nth(1).click();
  await expect(why).toContainText('with the same 98 bytes');
  await compare.show('Only at source', 1);
  await compare.pairs.getByRole('row').nth(1).click();
  await expect(why.getByRole('listitem').first()).toHaveText(/^Fits.*Never mirrored: ARP/);
  await expect(why.getByRole('listitem').filter({ hasText: 'Does not fit' })).toHaveCount(4);
});
