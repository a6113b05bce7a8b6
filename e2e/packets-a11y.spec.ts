import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/packets-test.ts';

/** What axe objects to, in the part of the page that a selector finds. */
async function violations(page: Page, part = 'body'): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} (${failureSummary})`).slice(0, 3).join('; ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`Packets has nothing that axe objects to, ${colorScheme}`, async ({ at, page }) => {
    test.slow(); // axe looks at every byte and every bit
    await page.emulateMedia({ colorScheme });
      await at.openMirroredPing();
    await (await at.cell(3, 'VNI')).click();
    await expect(at.hexStatus).toContainText('vxlan.vni');
    expect(await violations(page)).toEqual([]);
    await at.apply('ip.tll');
    await expect(at.filter).toHaveAttribute('aria-invalid', 'true');
    expect(await violations(page, '.filter-bar')).toEqual([]);
    await at.filter.fill('vx');
    const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option'); // a select has options, too
    await expect(options.first()).toBeVisible();
    await at.filter.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    expect(await violations(page, '.filter-bar')).toEqual([]);
  });
}

test('in forced colours each part of the packet has a line of its own, and the chosen tab and row can be told', async ({ app, at, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await at.openMirroredPing();
  await at.row(3).click();
  const style = (locator: Locator, property: string): Promise<string> => locator.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  const lines = await Promise.all([0, 42, 50].map((byte) => style(at.byte(byte), 'border-bottom-style')));
  expect(lines, 'outer, envelope, inner').toEqual(['dotted', 'double', 'solid']);
  const legend = page.getByRole('region', { name: 'Bytes' }).locator('.hex-legend .dot');
  expect(await legend.evaluateAll((dots) => dots.map((dot) => getComputedStyle(dot).borderBottomStyle))).toEqual(lines);
  expect(await style(app.tab('Packets'), 'border-bottom-color')).not.toBe(await style(app.tab('Rules'), 'border-bottom-color'));
  expect(await style(at.row(3), 'background-color')).not.toBe(await style(at.row(4), 'background-color'));
  expect(await style(await at.cell(3, 'Time'), 'color'), 'all of a chosen row can be read').toBe(await style(await at.cell(3, 'Source'), 'color'));
});

test('nothing is lost at 200 % of 1280 × 800', async ({ at, page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await at.openMirroredPing();
  await at.row(3).click();
  for (const part of [at.grid, at.outer, at.inner, at.hex, at.diagram]) { await part.scrollIntoViewIfNeeded(); await expect(part).toBeVisible(); }
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no scrolling sideways of the page').toBeLessThanOrEqual(640);
});

test('below 1280 px the bytes stand under the trees, above beside them', async ({ at, page }) => {
  for (const [width, beside] of [[1279, false], [1280, true]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await at.openMirroredPing();
    await at.row(3).click();
    await expect(at.hex).toBeVisible();
    const [tree, hex] = [(await at.outer.boundingBox())!, (await at.hex.boundingBox())!];
    expect(hex.y > tree.y + 40, `${width}`).toBe(!beside);
  }
});

test('sizes of the panels are remembered', async ({ at, page }) => {
  await at.openMirroredPing();
  const height = async (): Promise<number> => (await at.grid.boundingBox())!.height;
  const before = await height();
  await page.getByRole('separator', { name: 'Resize packet' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(height).toBeGreaterThan(before);
  const after = await height();
  await page.reload();
  await expect(at.grid).toHaveAttribute('aria-rowcount', '20');
  await expect.poll(height).toBe(after);
});
