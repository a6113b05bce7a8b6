import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name });
const MIRROR = 'Make the appliance’s capture', UNWRAP = 'Take the envelope off';

async function choose(page: Page, item: string): Promise<Locator> {
  await page.getByRole('button', { name: 'What if' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return dialog(page, item);
}

/** The file that a press of Save gives. */
async function saved(page: Page, of: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), of.getByRole('button', { name: 'Save' }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test.beforeEach(async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12 of 20');
});

test('the appliance’s capture is made of the source’s, the arithmetic shown, and opens as what the mirror sent', async ({ app, page }) => {
  const made = await choose(page, MIRROR);
  await made.getByRole('textbox', { name: 'Target’s MTU' }).fill('100');
  await expect(made.getByRole('status', { name: 'What will happen' })).toContainText('frames are cut to 64 bytes, the target’s MTU of 100 less 36 for IPv4, UDP and VXLAN');
  await made.getByRole('textbox', { name: 'Target’s MTU' }).fill('1500');
  await made.getByRole('textbox', { name: 'Target’s address' }).fill('172.31.4.131');
  await made.getByRole('button', { name: 'Make' }).click();
  await expect(made.getByRole('status', { name: 'What was made' })).toContainText('12 frames of 20 packets.');
  const { name, bytes } = await saved(page, made);
  expect(name).toBe('source-eth0-mirrored.pcap');
  expect(bytes.subarray(0, 4).toString('hex')).toBe('d4c3b2a1');
  expect(bytes.length).toBe(24 + 12 * (16 + 148));
  await made.getByRole('button', { name: 'Open here' }).click();
  await page.getByRole('combobox', { name: 'Appliance capture' }).selectOption('source-eth0-mirrored.pcap');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12 of 20 source packets were mirrored, all with VNI 333, and arrived byte for byte the same.');
  await app.tab('Packets').click();
});

test('the envelopes are taken off as the VXLAN interface takes them off', async ({ page }) => {
  const made = await choose(page, UNWRAP);
  await expect(made.getByRole('combobox', { name: 'Capture' }).locator('option:checked')).toHaveText('appliance-eth0.pcap');
  await made.getByRole('textbox', { name: 'VNI' }).fill('333');
  await made.getByRole('button', { name: 'Take off' }).click();
  await expect(made.getByRole('status', { name: 'What was made' })).toContainText('12 frames of 19 packets. The others:7: no UDP to the VXLAN port');
  const { bytes } = await saved(page, made);
  const device = readFileSync('public/samples/mirrored-ping/appliance-vxlan100.pcap');
  const frames = (file: Buffer): string[] => Array.from({ length: 12 }, (_, i) => file.subarray(40 + i * 114, 138 + i * 114).toString('hex'));
  expect(frames(bytes)).toEqual(frames(device));
});

test('what is wrong is said in the dialog, and pcapng is written where it is asked for', async ({ page }) => {
  const made = await choose(page, MIRROR);
  await made.getByRole('textbox', { name: 'Target’s address' }).fill('172.31.4');
  await expect(made).toContainText('The target’s address, 172.31.4, is no IPv4 or IPv6 address.');
  await expect(made.getByRole('button', { name: 'Make' })).toBeDisabled();
  await made.getByRole('textbox', { name: 'Target’s address' }).fill('2001:db8::5');
  await made.getByRole('combobox', { name: 'Format' }).selectOption('pcapng');
  await made.getByRole('button', { name: 'Make' }).click();
  const { name, bytes } = await saved(page, made);
  expect([name, bytes.subarray(0, 4).toString('hex')]).toEqual(['source-eth0-mirrored.pcapng', '0a0d0d0a']);
});

test('without rules every IP packet is taken, to whatever target', async ({ page }) => {
  await page.getByRole('button', { name: 'Mirror rules' }).click();
  await dialog(page, 'Mirror rules').getByRole('button', { name: 'Remove rules' }).click();
  const made = await choose(page, MIRROR);
  await made.getByRole('combobox', { name: 'Target' }).selectOption('A Gateway Load Balancer endpoint');
  await made.getByRole('textbox', { name: 'Packet length' }).fill('60');
  await expect(made.getByRole('status', { name: 'What will happen' })).toContainText('frames are cut to 60 bytes, the session’s packet length of 60');
  await made.getByRole('button', { name: 'Make' }).click();
  await expect(made.getByRole('status', { name: 'What was made' })).toContainText('16 frames of 20 packets, 16 of them cut.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no barriers, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const made = await choose(page, MIRROR);
    await made.getByRole('button', { name: 'Make' }).click();
    await expect(made.getByRole('button', { name: 'Save' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
