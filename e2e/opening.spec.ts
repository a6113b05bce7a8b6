import { readFileSync } from 'node:fs';
import { cut, gzip, join, pcap, PING, sample } from './support/files.ts';
import { expect, test } from './support/test.ts';

const SOURCE = sample('mirrored-ping/source-eth0.pcap');

test.describe('a capture opens', () => {
  test.beforeEach(async ({ app }) => { await app.goto(); });
  test.afterEach(async ({ app }) => {
    await app.hasRows(19);
    await expect(app.capture('appliance-eth0.pcap')).toHaveAttribute('aria-pressed', 'true');
    await expect(app.role('appliance-eth0.pcap')).toHaveValue('Appliance');
  });

  test('by the button', async ({ app, page }) => {
    const chooser = page.waitForEvent('filechooser');
    await app.openCaptures.click();
    await (await chooser).setFiles({ name: PING.name, mimeType: '', buffer: Buffer.from(PING.bytes) });
  });
  test('by the labelled file input', async ({ app }) => { await app.choose(PING); });
  test('by a drop anywhere', async ({ app, page }) => {
    await app.give('dragenter', PING);
    await expect(page.getByText('Drop to open')).toBeVisible();
    await app.give('drop', PING);
    await expect(page.getByText('Drop to open')).toBeHidden();
  });
  test('by a paste', async ({ app }) => { await app.give('paste', PING); });
});

test('the first sample of the menu opens the mirrored ping at the appliance', async ({ app, page }) => {
  await app.goto();
  await app.openSample.click();
  const items = page.getByRole('menu').getByRole('menuitem');
  await expect(items.first()).toHaveAccessibleName('Mirrored ping');
  await items.first().click();
  await app.hasRows(19);
  await expect(app.captures.getByRole('listitem')).toHaveCount(3);
  await expect(app.capture('appliance-eth0.pcap')).toHaveAttribute('aria-pressed', 'true');
  for (const [name, role] of [['source-eth0.pcap', 'Source'], ['appliance-eth0.pcap', 'Appliance'], ['appliance-vxlan100.pcap', 'Decapsulated']] as const) {
    await expect(app.role(name)).toHaveValue(role);
  }
  await expect(page).toHaveURL(/\?sample=mirrored-ping#/);
});

test('the address opens a sample', async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.capture('source-eth0.pcap').click();
  await app.hasRows(20);
  await app.capture('appliance-vxlan100.pcap').click();
  await app.hasRows(12);
});

test('an address with a sample that is not there says which there are', async ({ app }) => {
  await app.goto('?sample=nonsense');
  await expect(app.alerts).toHaveText(/There is no sample "nonsense" here\. There are: mirrored-ping, /);
  await expect(app.openCaptures).toBeVisible();
});

test('several at once, also of one name, each with its own role and its own end', async ({ app, page }) => {
  await app.goto();
  await app.give('drop', SOURCE, PING, { ...SOURCE, name: PING.name });
  await expect(app.captures.getByRole('listitem')).toHaveCount(3);
  await expect(app.capture('source-eth0.pcap')).toHaveAttribute('aria-pressed', 'true');
  await app.hasRows(20);
  await app.capture('appliance-eth0.pcap').click();
  await app.hasRows(19);
  await app.role('appliance-eth0.pcap (2)').selectOption('Decapsulated');
  await expect(app.role('appliance-eth0.pcap (2)')).toHaveValue('Decapsulated');
  await page.getByRole('button', { name: 'Close appliance-eth0.pcap', exact: true }).click();
  await expect(app.captures.getByRole('listitem')).toHaveCount(2);
  await expect(app.capture('appliance-eth0.pcap (2)')).toHaveAttribute('aria-pressed', 'true');
  await app.hasRows(20);
  await page.getByRole('button', { name: 'Close appliance-eth0.pcap (2)' }).click();
  await page.getByRole('button', { name: 'Close source-eth0.pcap' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

/** What the usual tools wrote, under a name that does not tell. */
const packed = (name: string) => ({ name: 'packed.bin', bytes: new Uint8Array(readFileSync(`src/core/capture/fixtures/${name}`)) });

// what is told apart by content and not by the ending
for (const [what, file, rows] of [
  ['a pcap with big numbers first', pcap('big.bin', 3, { littleEndian: false }), 3],
  ['nanoseconds', pcap('nano.cap', 2, { magic: 0xa1b23c4d }), 2],
  ['a gzip', gzip(PING), 19],
  ['a gzip of several members', join('members.gz', gzip(cut(PING, 700)), gzip({ name: 'rest', bytes: PING.bytes.slice(700) })), 19],
  ['a zstd', packed('ping-frames.pcap.zst'), 19],
  ['an lz4', packed('ping-frames.pcap.lz4'), 19],
] as const) test(`${what} opens`, async ({ app }) => {
  await app.goto();
  await app.choose(file);
  await app.hasRows(rows);
  await expect(app.alerts).toHaveCount(0);
});
