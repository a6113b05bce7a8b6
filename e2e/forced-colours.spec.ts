// Rules and Compare where the system chooses the colours: what is on, pressed and chosen, and which part of a packet is meant, can be told without a tint.

import type { Locator } from '@playwright/test';
import { RulesPage } from './pages/rules.ts';
import { expect, test } from './support/test.ts';

const style = (locator: Locator, property: string): Promise<string> => locator.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
const styles = (locator: Locator, property: string): Promise<string[]> => locator.evaluateAll((all, name) => all.map((element) => getComputedStyle(element).getPropertyValue(name)), property);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: 'active', colorScheme }));

    test('Rules: what is on, pressed and chosen, and the line of each level', async ({ app, page }) => {
      await app.goto('?sample=mirrored-ping');
      await app.hasRows(19);
      for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
      await app.tab('Rules').click();
      await page.getByRole('button', { name: 'Run rules' }).click();
      const results = page.getByRole('grid', { name: 'Rule results' });
      await results.getByRole('button').nth(2).click();

      const [on, off] = ['VXLAN decoding', 'IPS'].map((name) => page.getByRole('switch', { name }).locator('i'));
      await expect(page.getByRole('switch', { name: 'VXLAN decoding' })).toHaveAttribute('aria-checked', 'true');
      expect(await style(on!, 'background-color')).not.toBe(await style(off!, 'background-color'));

      const forms = page.getByRole('group', { name: 'Form' }).getByRole('button');
      await expect(forms).toHaveText(['Table', 'fast.log', 'eve.json']);
      const [pressed, ...others] = await styles(forms, 'background-color');
      expect(others).not.toContain(pressed);

      expect(await styles(results.locator('thead .dot'), 'border-bottom-style'), 'source, outer, inner, decapsulated').toEqual(['solid', 'dotted', 'solid', 'solid']);
      for (const colour of await styles(results.locator('thead .dot'), 'background-color')) expect(colour, 'no block over the lines').toMatch(/, 0\)$/);

      const alerts = page.getByRole('grid', { name: 'Alerts' });
      const chosen = alerts.getByRole('row', { selected: true });
      await expect(chosen).toHaveCount(1);
      expect(await style(chosen, 'background-color')).not.toBe(await style(alerts.getByRole('row', { selected: false }).last(), 'background-color'));
      expect(new Set(await styles(chosen.getByRole('gridcell'), 'color')).size, 'all of a chosen row can be read').toBe(1);
    });

    test('Rules: the chosen rule of the list, the offered word, the condition that failed, the rule that is off', async ({ app, page }) => {
      await app.goto('?sample=mirrored-ping');
      await app.hasRows(19);
      for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
      await app.tab('Rules').click();
      const rules = new RulesPage(page);
      await rules.write('alert icmp any any -> any any (msg:"A"; sid:1;)\nalert tcp any any -> any any (msg:"Never"; sid:2;)\n# alert udp any any -> any any (sid:3;)\n');
      await rules.run();
      await page.getByRole('button', { name: 'Rule list' }).click();
      await rules.list.getByRole('button', { name: 'Never' }).click();
      const chosen = rules.list.getByRole('row', { selected: true });
      await expect(chosen).toHaveCount(1);
      const cells = chosen.getByRole('gridcell');
      expect(await style(cells.first(), 'background-color')).not.toBe(await style(rules.list.getByRole('row').nth(1).getByRole('gridcell').first(), 'background-color'));
      expect(new Set(await styles(cells, 'color')).size, 'all of a chosen row can be read').toBe(1);
      await expect(rules.why.locator('tr[data-state=failed] td').first()).toHaveCSS('border-top-style', 'solid');
      expect(await style(rules.why.locator('tr[data-state=failed] td').first(), 'border-top-width'), 'the line is heavier').toBe('2px');
      const [on, off] = [page.getByTitle('Press to switch this rule off').filter({ visible: true }).first(), page.getByTitle('This rule is off; press to switch it on')];
      expect(await style(on, 'background-color')).not.toBe(await style(off, 'background-color'));
      await rules.write('');
      await page.keyboard.type('alert icmp any any -> any any (ic');
      const offered = page.getByRole('listbox', { name: 'Completions' });
      const selected = offered.getByRole('option', { selected: true });
      await expect(selected).toHaveCount(1);
      expect(await style(selected, 'background-color')).not.toBe(await style(offered.getByRole('option', { selected: false }).first(), 'background-color'));
    });

    test('Compare: the fate that is shown, the row, and what differs', async ({ app, page }) => {
      await app.goto('?sample=mirrored-ping#v=1&tab=compare&fate=Mirrored');
      const pairs = page.getByRole('grid', { name: 'Paired packets' });
      await expect(pairs).toHaveAttribute('aria-rowcount', '13');
      const chosen = pairs.getByRole('row', { selected: true });
      await expect(chosen).toHaveCount(1);
      const label = (name: string): Locator => page.locator('label').filter({ has: page.getByRole('radio', { name, exact: true }) });
      expect(await style(label('Mirrored'), 'background-color')).not.toBe(await style(label('Lost'), 'background-color'));
      expect(await style(chosen, 'background-color')).not.toBe(await style(pairs.getByRole('row').last(), 'background-color'));
      expect(new Set(await styles(chosen.locator('[role=gridcell], .fate, .fate svg'), 'color')).size, 'all of a chosen row can be read').toBe(1);
      const lines = await styles(page.locator('.byte-line').first().locator('.byte'), 'border-bottom-style');
      expect([lines[0], lines.at(-1)], 'outer headers, then VXLAN').toEqual(['dotted', 'double']);
    });
  });
}
