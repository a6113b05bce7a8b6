import { expect, test } from './support/packets-test.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

test.describe('the display filter', () => {
  test.beforeEach(async ({ at }) => {
    await at.openMirroredPing();
  });

  test('applies on Enter, and Escape goes back', async ({ at }) => {
    await at.filter.fill('vxlan.vni == 333 && icmp.type == 8');
    await expect(at.passing).toHaveText('19 of 19 packets');
    await at.filter.press('Enter');
    await expect(at.passing).toHaveText('6 of 19 packets');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '7');
    await at.filter.fill('arp');
    await at.filter.press('Escape');
    await at.filter.press('Escape');
    await expect(at.filter).toHaveValue('vxlan.vni == 333 && icmp.type == 8');
    await at.filter.press('Escape');
    await expect(at.filter).toHaveValue('');
    await expect(at.passing).toHaveText('19 of 19 packets');
  });

  test('keeps the selected packet selected and in view', async ({ at }) => {
    await at.row(12).click();
    await at.apply('icmp');
    await expect(at.passing).toHaveText('16 of 19 packets');
    await expect(at.grid.getByRole('row', { selected: true }).getByRole('gridcell').first()).toHaveText('12');
    await at.apply('arp');
    await expect(at.grid.getByRole('row', { selected: true })).toHaveCount(0);
    await expect(at.outer, 'the packet is still shown').toContainText('172.31.9.144');
    await at.apply('');
    await expect(at.grid.getByRole('row', { selected: true }).getByRole('gridcell').first()).toHaveText('12');
  });

  test('marks the characters at fault and keeps the list', async ({ at, page }) => {
    await at.apply('icmp');
    await expect(at.passing).toHaveText('16 of 19 packets');
    await at.apply('icmp && ip.tll == 64');
    await expect(page.locator('.filter-text mark')).toHaveText('ip.tll');
    await expect(at.filter).toHaveAttribute('aria-invalid', 'true');
    const described = await at.filter.getAttribute('aria-describedby');
    await expect(page.locator(`[id="${described}"]`)).toContainText('ip.tll');
    await expect(page.locator(`[id="${described}"]`)).toContainText('The list still shows what passes icmp');
    await expect(at.passing).toHaveText('16 of 19 packets');
    await at.filter.fill('icmp && ip.ttl == 64');
    await expect(at.filter).not.toHaveAttribute('aria-invalid', 'true');
  });

  test('offers field names, steered from the box', async ({ at, page }) => {
    await at.filter.pressSequentially('vxlan.v');
    const list = page.getByRole('listbox', { name: 'Completions' });
    await expect(list.getByRole('option', { name: /^vxlan\.vni/ })).toBeVisible();
    await at.filter.press('ArrowDown');
    const active = await at.filter.getAttribute('aria-activedescendant');
    await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-selected', 'true');
    await at.filter.press('Tab');
    await expect(at.filter).toHaveValue('vxlan.vni');
    await expect(at.filter).toBeFocused();
    await at.filter.pressSequentially(' == 333');
    await at.filter.press('Enter');
    await expect(at.passing).toHaveText('12 of 19 packets');
  });

  test('offers functions, operators and value names by keyboard, each with what it is', async ({ at, page }) => {
    const list = page.getByRole('listbox', { name: 'Completions' });
    await at.filter.pressSequentially('coun');
    await expect(list.getByRole('option', { name: /^count\(.*function$/ })).toBeVisible();
    await at.filter.fill('icmp.type ');
    await at.filter.press('ArrowDown');
    await expect(list.getByRole('option', { name: /^== any value equals.*operator$/ })).toBeVisible();
    await at.filter.fill('icmp.type == ');
    await at.filter.press('End');
    await at.filter.pressSequentially('repl');
    const reply = list.getByRole('option', { name: /^0.*Echo \(ping\) reply.*value$/ });
    await expect(reply).toBeVisible();
    await at.filter.press('ArrowDown');
    await expect(reply).toHaveAttribute('aria-selected', 'true');
    await at.filter.press('Enter');
    await expect(at.filter).toHaveValue('icmp.type == 0');
    await at.filter.press('Enter');
    await expect(at.passing).toHaveText('8 of 19 packets');
  });

  test('is cleared by its button', async ({ at, page }) => {
    await at.apply('arp');
    await expect(at.passing).toHaveText('3 of 19 packets');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await expect(at.passing).toHaveText('19 of 19 packets');
    await expect(at.filter).toBeFocused();
  });
});
