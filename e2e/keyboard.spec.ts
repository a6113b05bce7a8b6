// Everything without a mouse.

import { expect, test } from './support/test.ts';

test('from the start page to a field of a packet by keys alone', async ({ app, page }) => {
  await app.goto();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await page.keyboard.type('mirrored');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await app.hasRows(19);
  await page.keyboard.press(']');
  await app.hasRows(12);
  await page.keyboard.press('[');
  await app.hasRows(19);
  await app.packets.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(app.packets.locator('[role=row][aria-selected=true]')).toHaveCount(1);
  const tree = page.getByRole('tree', { name: 'Outer layers' });
  await expect(tree).toBeVisible();
  const first = tree.getByRole('treeitem').first();
  for (let presses = 0; presses < 30 && !(await tree.evaluate((each) => each.contains(document.activeElement))); presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(tree.locator('[role=treeitem][aria-selected=true]')).toHaveCount(1);
  await expect(first).toBeVisible();
});

test('the story by keys alone: what arrived, where the rule fires, and why it is silent', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  const keys = async (...presses: string[]): Promise<void> => { for (const press of presses) await page.keyboard.press(press); };
  await keys('ArrowDown'); // nothing has the focus: it goes to the packets
  await expect(app.packets).toBeFocused();
  await keys('2');
  const pairs = page.getByRole('grid', { name: 'Paired packets' });
  await expect(pairs).toBeFocused();
  const pair = pairs.locator('[role=row][aria-selected=true]');
  await expect(pair).toContainText('Direct');
  await keys('j', 'j');
  await expect(pair).toContainText('Mirrored');
  await keys('3');
  await expect(page.getByRole('button', { name: 'Run rules' })).toBeFocused();
  await keys('e');
  await expect(page.getByRole('textbox', { name: 'Rules' })).toBeFocused();
  await keys('ControlOrMeta+End');
  await page.keyboard.type('alert icmp 142.251.42.79 any -> any any (msg:"Answers"; itype:0; sid:7;)');
  await keys('Escape', 'ControlOrMeta+Enter');
  const results = page.getByRole('grid', { name: 'Rule results' });
  await expect(results).toContainText('Answers');
  await keys('Escape', 'Tab', 'm'); // out of the editor, where a letter is a letter
  await expect.poll(() => results.evaluate((grid) => grid.contains(document.activeElement))).toBe(true);
  await keys('End', 'Enter');
  await expect(page.getByRole('region', { name: 'Why' })).toContainText('sid');
  await keys('a');
  await expect.poll(() => page.getByRole('grid', { name: 'Alerts' }).evaluate((grid) => grid.contains(document.activeElement))).toBe(true);
  await keys('w');
  await expect.poll(() => page.getByRole('region', { name: 'Why' }).evaluate((why) => why.contains(document.activeElement))).toBe(true);
});

test('tabs go by arrows and digits', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Packets').focus();
  await page.keyboard.press('ArrowRight');
  await expect(app.tab('Compare')).toHaveAttribute('aria-selected', 'true');
  await expect(app.tab('Compare')).toBeFocused();
  await page.keyboard.press('1');
  await expect(app.tab('Packets')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('3');
  await expect(page.getByRole('tabpanel', { name: 'Rules' })).toBeVisible();
});

test('the sheet lists what the keys do, keeps the focus and gives it back', async ({ app, page }) => {
  await app.goto();
  await app.openCaptures.focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Open captures')).toBeVisible();
  await expect(sheet.getByText('Next capture')).toBeVisible();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press('Tab');
  await expect.poll(() => sheet.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(app.openCaptures).toBeFocused();
});

test('palette and sheet list commands by view, under headings, what is in front first', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const headings = () => palette.getByRole('group').evaluateAll((groups) => groups.map((group) => group.querySelector('header')?.textContent));
  const before = await headings();
  expect(before.slice(0, 4)).toEqual(['Packets', 'Open', 'Captures', 'Views']);
  expect(before.at(-1)).toBe('Help');
  await expect(palette.getByRole('group', { name: 'Captures' }).getByRole('menuitem')).toHaveText([/^Next capture/, /^Previous capture/, /^Capture properties/, /^Close this capture/, /^Close all captures/]);
  await page.keyboard.type('captures next'); // a group's words count as well
  await expect(palette.getByRole('menuitem')).toHaveText([/^Next capture/]);
  expect(await headings()).toEqual(['Captures']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  const listed = await sheet.getByRole('heading', { level: 3 }).allTextContents();
  expect(listed.slice(0, 4)).toEqual(['Open', 'Captures', 'Views', 'Packets']);
  expect(listed.slice(listed.indexOf('Help'))).toEqual(['Help', 'In the packet list', 'In the column titles', 'In the layers', 'In the bytes', 'In the pairs', 'In the timeline', 'In the rules']);
  await expect(sheet.getByRole('region', { name: 'Packets', exact: true }).getByRole('term').first()).toHaveText('Filter packets');
});

test('keys are letters while something is typed', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.filter.click();
  await page.keyboard.type('icmp?2');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(app.tab('Packets')).toHaveAttribute('aria-selected', 'true');
});
