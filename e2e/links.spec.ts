// The address holds the view: a link opens the same thing, "back" goes a step back, settings stay with the browser.

import { PING, sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

const STORY = 'v=1&packet=3&level=0&field=vxlan.vni&filter=vxlan.vni+==+333&sort=time-';

test('a link opens captures, filter, order, packet and field as they were', async ({ app, page }) => {
  await app.goto(`?sample=mirrored-ping#${STORY}&show=appliance-eth0.pcap`);
  await app.hasRows(12);
  await expect(app.filter).toHaveValue('vxlan.vni == 333');
  await expect(page.getByRole('region', { name: 'Bytes' }).getByRole('status')).toHaveText('bytes 46–48 · vxlan.vni · VXLAN Network Identifier (VNI)');
  await expect(app.packets.getByRole('columnheader', { name: 'Time' })).toHaveAttribute('aria-sort', 'descending');
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await app.hasRows(12);
  await expect(page.getByRole('region', { name: 'Bytes' }).getByRole('status')).toHaveText(/^bytes 46–48 · vxlan\.vni/);
  expect(page.url()).toBe(address);
});

test('a link to files that only the person has waits for them', async ({ app, page }) => {
  await app.goto(`#${STORY}&show=appliance-eth0.pcap&captures=d:source-eth0.pcap,a:appliance-eth0.pcap`);
  await expect(page.getByText('This link shows source-eth0.pcap, appliance-eth0.pcap')).toBeVisible();
  await app.give('drop', sample('mirrored-ping/source-eth0.pcap'));
  await app.give('drop', PING);
  await app.hasRows(12);
  await expect(app.capture('appliance-eth0.pcap')).toHaveAttribute('aria-pressed', 'true');
  await expect(app.role('source-eth0.pcap')).toHaveValue('Decapsulated');
  await expect(app.row(3)).toHaveAttribute('aria-selected', 'true');
});

test('further captures and a clock offset set by hand are in the link', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping#v=1&tab=compare&also=appliance-vxlan100.pcap&offset=-1.5');
  const pairs = page.getByRole('grid', { name: 'Paired packets' });
  const offset = page.getByRole('spinbutton', { name: 'Clock offset' });
  const delay = pairs.getByRole('row', { name: /Mirrored/ }).first().getByRole('gridcell').nth(9);
  await expect(pairs.getByRole('columnheader', { name: 'appliance-vxlan100.pcap' })).toBeVisible();
  await expect(offset).toHaveValue('-1.500');
  await expect(page.getByRole('button', { name: 'Estimate' })).toBeVisible();
  await expect(delay).toHaveText('2.344'); // 0.844 without
  await page.getByRole('button', { name: 'Estimate' }).click();
  await expect(delay).toHaveText('0.844');
  await expect(page).not.toHaveURL(/offset=/);
  await offset.fill('12.25');
  await expect(page).toHaveURL(/[#&]also=appliance-vxlan100\.pcap&offset=12\.25(&|$)/);
  await page.reload();
  await expect(offset).toHaveValue('12.250');
  await expect(pairs.getByRole('columnheader', { name: 'appliance-vxlan100.pcap' })).toBeVisible();
  await page.getByRole('button', { name: 'Swap' }).click(); // other captures, other clocks
  await expect(page.getByRole('button', { name: 'Estimate' })).toBeHidden();
  await expect(page).not.toHaveURL(/offset=/);
});

test('selecting changes the address in place, a tab or a filter is a step that "back" undoes', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.row(2).click();
  await expect(page).toHaveURL(/[#&]packet=2(&|$)/);
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await app.row(4).click();
  await expect(page).toHaveURL(/[#&]packet=4(&|$)/);
  expect(await entries()).toBe(before);
  await app.filter.fill('arp');
  await app.filter.press('Enter');
  await app.hasRows(3);
  await expect(page).toHaveURL(/[#&]filter=arp(&|$)/);
  expect(await entries()).toBe(before + 1);
  await app.tab('Rules').click();
  await expect(page).toHaveURL(/[#&]tab=rules(&|$)/);
  await page.goBack();
  await expect(app.tab('Packets')).toHaveAttribute('aria-selected', 'true');
  await app.hasRows(3);
  await page.goBack();
  await app.hasRows(19);
  await expect(app.filter).toHaveValue('');
});

test('what a link cannot carry is said once, and again when a link is copied', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.goto('?sample=mirrored-ping#v=1&tab=rules');
  const notice = page.getByRole('status', { name: 'Notice' });
  const rules = Array.from({ length: 2000 }, (_, at) => `alert tcp any any -> any ${at} (msg:"rule ${at} of many that are long"; sid:${at + 1};)`).join('\n');
  await page.getByLabel('Rule files').setInputFiles({ name: 'many.rules', mimeType: '', buffer: Buffer.from(rules) });
  await expect(notice).toHaveText('The rules are too long for a link: the address of this page opens the view without. Send them along as a file.');
  expect(page.url()).not.toContain('rules=');
  await page.getByRole('button', { name: 'Dismiss notice' }).click();
  await app.tab('Packets').click();
  await app.row(4).click();
  await expect(page).toHaveURL(/[#&]packet=4(&|$)/);
  await expect(notice).toHaveText('');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('copy link');
  await page.keyboard.press('Enter');
  await expect(notice).toHaveText('The link to this view is copied. The rules are too long for a link: the address of this page opens the view without. Send them along as a file.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('a copied link says which captures it does not hold', async ({ app, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.goto();
  await app.choose(PING);
  await app.hasRows(19);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('copy link');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Notice' })).toHaveText('The link to this view is copied. Captures are not in it: whoever opens it is asked for appliance-eth0.pcap.');
});

test('the theme goes round and is remembered', async ({ app, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.goto();
  const dark = await background();
  const theme = page.getByRole('button', { name: 'Theme' });
  await theme.click();
  await expect(theme).toHaveAccessibleDescription('light');
  const light = await background();
  expect(light).not.toBe(dark);
  await page.reload();
  await expect(theme).toHaveAccessibleDescription('light');
  expect(await background()).toBe(light);
  await theme.click();
  expect(await background()).toBe(dark);
  await theme.click();
  await expect(theme).toHaveAccessibleDescription('as the system');
});
