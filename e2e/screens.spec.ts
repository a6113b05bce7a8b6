// Every screen against axe's rules, in light and dark.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const SCREENS: readonly (readonly [name: string, address: string, ready: (page: Page) => Promise<void>])[] = [
  ['the start page', '', (page) => expect(page.getByRole('button', { name: /^Mirrored ping/ })).toBeVisible()],
  ['Packets', '?sample=mirrored-ping#v=1&packet=3&field=vxlan.vni', (page) => expect(page.getByRole('grid', { name: 'Hex' })).toBeVisible()],
  ['Compare', '?sample=mirrored-ping#v=1&tab=compare', (page) => expect(page.getByRole('region', { name: 'Summary' })).toContainText('12')],
  ['Rules', '?sample=mirrored-ping#v=1&tab=rules', (page) => expect(page.getByRole('button', { name: 'Run rules' })).toBeVisible()],
  ['Learn', '#v=1&tab=learn&step=ping-compare', (page) => expect(page.getByRole('region', { name: 'Summary' })).toContainText('12')],
];

const wrong = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(' | ')}`);
};

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });
    for (const [name, address, ready] of SCREENS) {
      test(`${name} has nothing that axe finds`, async ({ app, page }) => {
        await app.goto(address);
        await ready(page);
        expect(await wrong(page)).toEqual([]);
      });
    }

    test('menus and dialogs have nothing that axe finds', async ({ app, page }) => {
      await app.goto();
      await app.openSample.click();
      await expect(page.getByRole('menu')).toBeVisible();
      expect(await wrong(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      expect(await wrong(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+k');
      await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
      expect(await wrong(page)).toEqual([]);
    });
  });
}
