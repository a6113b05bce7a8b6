// Large sets of rules as lists: none ends before its last row, each sorts, what is looked for is found, and single rules of a file that is too large to be edited are switched off.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { RulesPage } from './pages/rules.ts';
import { expect, test } from './support/test.ts';

const COUNT = 3000;

/** More than the editor takes: every rule with an even number fires on ICMP with an odd message, every hundredth on envelopes, the others never. */
async function loadMany(page: Page, info: TestInfo): Promise<void> {
  const file = info.outputPath('set.rules');
  mkdirSync(dirname(file), { recursive: true });
  const rule = (n: number): string => {
    const header = n % 100 === 50 ? 'udp any any -> any 4789' : n <= 4 ? 'icmp any any -> any any' : `tcp any any -> any ${n}`;
    return `alert ${header} (msg:"Rule ${n}"; ${n <= 4 ? 'itype:8; ' : ''}reference:url,example.org/${'x'.repeat(360)}; sid:${n}; rev:1;)`;
  };
  writeFileSync(file, Array.from({ length: COUNT }, (_, n) => rule(n + 1)).join('\n'));
  const rules = new RulesPage(page);
  await rules.load(file);
  await expect(rules.files.getByRole('listitem')).toContainText(['set.rules']);
}

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
});

test('of a large set those that matched are shown, or all, or those that are looked for', async ({ page }, info) => {
  const rules = new RulesPage(page);
  await loadMany(page, info);
  await rules.run();
  const results = page.getByRole('region', { name: 'Results' });
  await expect(rules.onlyMatched).toBeChecked();
  await expect(results).toContainText('37 of 3,003 rules'); // 3 of the editor, 4 on pings, 30 on envelopes
  await rules.onlyMatched.uncheck();
  await expect(rules.results).toHaveAttribute('aria-rowcount', '3005');
  await expect(results).toContainText('3,003 rules');
  await rules.results.getByRole('row').nth(4).hover();
  await page.mouse.wheel(0, 1e6);
  await expect(rules.results.getByRole('rowheader', { name: 'Rule 3000' })).toBeVisible();
  expect(await rules.counts('Rule 3000')).toEqual(['0', '0', '0', '0']);
  await rules.find.fill('sid:1234; tcp');
  await expect.poll(() => rules.counts('Rule 1234')).toEqual(['0', '0', '0', '0']);
  await expect(results).toContainText('1 of 3,003 rules');
  await rules.find.fill('nothing like it');
  await expect(results).toContainText('No rule has “nothing like it” in it.');
});

test('the rule list sorts by every column to its end', async ({ page }, info) => {
  const rules = new RulesPage(page);
  await loadMany(page, info);
  await rules.run();
  await rules.onlyMatched.uncheck();
  await page.getByRole('button', { name: 'Rule list' }).click();
  await expect(rules.list).toHaveAttribute('aria-rowcount', '3004');
  const first = rules.list.getByRole('row').nth(1);
  await expect(first, 'by hits').toContainText('ICMP seen');
  const sort = (name: string) => rules.list.getByRole('columnheader', { name }).getByRole('button').click();
  await sort('sid');
  await expect(first).toContainText('Rule 1');
  await sort('sid');
  await expect(first).toContainText('1000003');
  await sort('Rule');
  await expect(first).toContainText('Echo request');
  await sort('Hits');
  await sort('Hits');
  await expect(first).toContainText('silent');
  await first.hover();
  await page.mouse.wheel(0, 1e6);
  await expect(rules.list.getByRole('row').last()).toContainText('ICMP seen');
  await sort('State');
  await expect(rules.list.getByRole('columnheader', { name: 'State' })).toHaveAttribute('aria-sort', 'ascending');
});

test('a rule of a file that is too large to be edited is switched off alone, in the address too', async ({ app, page }, info) => {
  const rules = new RulesPage(page);
  await loadMany(page, info);
  await rules.run();
  await page.getByRole('button', { name: 'Rule list' }).click();
  await rules.find.fill('sid:2;');
  const on = rules.list.getByRole('checkbox', { name: 'Rule 2 is on' });
  await on.uncheck();
  await expect(page.getByRole('region', { name: 'Results' })).toContainText('The rules have changed since they were run.');
  await expect(page).toHaveURL(/[#&]off=2(&|$)/);
  await rules.run();
  await expect(rules.outcome).toContainText('3,002 of 3,003 rules ran');
  await rules.onlyMatched.uncheck();
  await expect(rules.list.getByRole('row', { name: /Rule 2 off/ })).toBeVisible();
  await page.getByRole('button', { name: 'Matrix' }).click();
  await expect(rules.results.getByRole('row').filter({ hasText: 'Rule 2' })).toContainText('not evaluated here, because it is switched off');
  await page.reload();
  for (const name of ['source-eth0.pcap', 'appliance-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await loadMany(page, info);
  await rules.run();
  await expect(rules.outcome, 'the address remembers it').toContainText('3,002 of 3,003 rules ran');
  await page.getByRole('button', { name: 'Rule list' }).click();
  await rules.onlyMatched.uncheck();
  await rules.find.fill('sid:2;');
  await on.check();
  await rules.run();
  await expect(rules.outcome).toContainText('3,003 of 3,003 rules ran');
});

test('the alerts sort by every column, and go back to the order in which they were raised', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.run();
  await expect(rules.alerts).toHaveAttribute('aria-rowcount', '37');
  const column = (name: string) => rules.alerts.getByRole('columnheader', { name });
  const first = async (name: string) => { await column(name).getByRole('button').click(); await expect(column(name)).toHaveAttribute('aria-sort', /^(a|de)scending$/); return rules.alerts.getByRole('row').nth(1); };
  const raised = await rules.alerts.getByRole('row').nth(1).textContent();
  await expect(await first('Packet')).toContainText('VXLAN envelope');
  await expect(await first('Packet'), 'turned round').toContainText(/19.*outer/);
  await column('Packet').getByRole('button').click();
  await expect(column('Packet')).toHaveAttribute('aria-sort', 'none');
  await expect(rules.alerts.getByRole('row').nth(1)).toHaveText(raised!);
  await expect(await first('Level')).toContainText('outer');
  await expect(await first('Level')).toContainText('inner');
  await expect(await first('sid')).toContainText('1000001');
  await expect(await first('Message')).toContainText('Echo request');
  await expect(await first('Protocol')).toContainText('ICMP');
  await expect(await first('Protocol')).toContainText('UDP');
  await expect(await first('Source')).toContainText('142.251.42.79');
  await expect(await first('Destination')).toContainText('142.251.42.79');
  await expect(await first('Time')).toContainText('VXLAN envelope');
  await expect(await first('Action')).toContainText('alert');
  await rules.alerts.getByRole('row').nth(1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rules.alerts.getByRole('row').nth(2), 'the arrows go from row to row').toHaveAttribute('aria-selected', 'true');
});
