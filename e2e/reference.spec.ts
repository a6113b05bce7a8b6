// The reference of every protocol and field, and the ways to it.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test.ts';

test('opens from the start page, finds a field by a value and copies a filter for it', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.goto();
  await page.getByRole('button', { name: 'Protocol reference' }).click();
  const reference = page.getByRole('dialog', { name: 'Protocol reference' });
  await expect(reference.getByRole('article', { name: 'Virtual eXtensible Local Area Network' })).toBeVisible();
  await expect(reference.getByRole('link', { name: /^RFC 7348 section 5/ })).toHaveAttribute('href', 'https://www.rfc-editor.org/rfc/rfc7348#section-5');
  await expect(reference.getByRole('img', { name: /^Header diagram of Virtual eXtensible Local Area Network: .*VXLAN Network Identifier \(VNI\), 24 bits/ })).toBeVisible();
  await reference.getByRole('searchbox').fill('port unreach');
  await expect(reference.getByText('No protocol or field has these words')).toBeVisible();
  await reference.getByRole('searchbox').fill('destination unreach');
  await reference.getByRole('option', { name: /^icmp\.type/ }).click();
  const row = reference.getByRole('table', { name: 'Fields of icmp' }).getByRole('row', { name: /^icmp\.type/ });
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(row).toContainText('8 Echo (ping) request');
  await row.getByRole('button', { name: 'Copy filter icmp.type == 0' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('icmp.type == 0');
  await expect(reference.getByRole('button', { name: /^Apply/ })).toHaveCount(0); // there is nothing to filter
});

test('is in the address: a link opens it, "back" closes it', async ({ app, page }) => {
  await app.goto('#v=1&reference=tcp.flags.syn');
  const reference = page.getByRole('dialog', { name: 'Protocol reference' });
  await expect(reference.getByRole('row', { name: /^tcp\.flags\.syn/ })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(reference).toBeHidden();
  await expect(page).not.toHaveURL(/reference/);
  await page.keyboard.press('r');
  await expect(reference).toBeVisible();
  await expect(page).toHaveURL(/[#&]reference=vxlan(&|$)/);
  await page.goBack();
  await expect(reference).toBeHidden();
  await page.goForward();
  await expect(reference).toBeVisible();
});

test('says so where a link names a field that is none', async ({ app, page }) => {
  await app.goto('#v=1&reference=no.such');
  await expect(page.getByRole('dialog', { name: 'Protocol reference' })).toContainText('Nothing here is called no.such');
});

test('a field of the packet leads to its row, and from there to a filter', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping#v=1&packet=3');
  await page.getByRole('tree', { name: 'Outer layers' }).getByRole('treeitem', { name: /^VXLAN Network Identifier/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'What is this field?' }).click();
  const reference = page.getByRole('dialog', { name: 'Protocol reference' });
  await expect(reference.getByRole('row', { name: /^vxlan\.vni/ })).toHaveAttribute('aria-current', 'true');
  await reference.getByRole('searchbox').fill('icmp');
  await reference.getByRole('option', { name: /^icmp Internet/ }).click();
  await reference.getByRole('button', { name: 'Apply filter icmp', exact: true }).click();
  await expect(reference).toBeHidden();
  await expect(app.filter).toHaveValue('icmp');
  await app.hasRows(16);
});

test('works by keys alone: search, list, page', async ({ app, page }) => {
  await app.goto();
  await page.keyboard.press('r');
  const reference = page.getByRole('dialog', { name: 'Protocol reference' });
  await expect(reference.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('geneve');
  await page.keyboard.press('ArrowDown');
  await expect(reference.getByRole('article', { name: /Generic Network Virtualization/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(reference.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '2');
  await page.keyboard.press('Enter');
  await expect(reference.getByRole('article')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(reference.getByRole('button', { name: 'Copy filter geneve', exact: true })).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`has nothing that axe finds in ${scheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await app.goto('?sample=mirrored-ping#v=1&packet=3&reference=icmp.type');
    await expect(page.getByRole('row', { name: /^icmp\.type/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(' | ')}`)).toEqual([]);
  });
}
