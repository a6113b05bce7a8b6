// What a pcapng says beside its packets, and comments that a person changes and saves.

import AxeBuilder from '@axe-core/playwright';
import { memorySource } from '../src/core/bytes/memory-source.ts';
import { pcapngWithExtras } from '../src/core/testing/pcapng-extras.ts';
import { readRecords } from '../src/core/testing/read-records.ts';
import { downloaded } from './support/download.ts';
import { PING } from './support/files.ts';
import { expect, test } from './support/test.ts';

const EXTRAS = { name: 'extras.pcapng', bytes: pcapngWithExtras(true).file };

test('a packet shows its comments, flags, hash and drop count', async ({ app, page }) => {
  await app.goto();
  await app.choose(EXTRAS);
  await app.row(1).click();
  const outer = page.getByRole('region', { name: 'Outer', exact: true });
  for (const said of ['Comment first', 'Comment second', 'Flags inbound', 'Hash CRC32 ec1d8797', 'Dropped 7 packets of the interface since the one before']) await expect(outer.getByText(said)).toBeVisible();
});

test('the properties of a capture: interfaces and their counts, names, and which keys it brings', async ({ app, page }) => {
  await app.goto();
  await app.choose(EXTRAS);
  await page.getByRole('button', { name: 'Capture properties' }).click();
  const dialog = page.getByRole('dialog', { name: 'Properties of extras.pcapng' });
  await expect(dialog.getByRole('row', { name: /^eth0/ })).toContainText('1,000 received, 12 dropped by the interface');
  await expect(dialog.getByRole('row', { name: '172.31.4.131 ids.example, also.example' })).toBeVisible();
  await expect(dialog.getByText('TLS key log: 1 line')).toBeVisible();
  await expect(dialog).not.toContainText('CLIENT_RANDOM');
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('a comment is written, changed, and saved with the whole capture', async ({ app, page }) => {
  await app.goto();
  await app.choose(PING);
  await app.hasRows(19);
  await app.row(3).click();
  await page.keyboard.press('ControlOrMeta+Alt+c');
  const dialog = page.getByRole('dialog', { name: 'Comments on packet 3' });
  await dialog.getByRole('textbox', { name: 'Comment' }).fill('the first mirrored <b>reply</b>');
  await dialog.getByRole('button', { name: 'Add a comment' }).click();
  await dialog.getByRole('textbox', { name: 'Comment 2' }).fill('second');
  await dialog.getByRole('button', { name: 'Use comments' }).click();
  const outer = page.getByRole('region', { name: 'Outer', exact: true });
  await expect(outer.getByText('the first mirrored <b>reply</b>')).toBeVisible();
  await app.row(4).click();
  await expect(outer.getByText('second')).toBeHidden();
  await app.row(3).click();
  await outer.getByRole('button', { name: 'Edit comments' }).click();
  await dialog.getByRole('textbox', { name: 'Comment 2' }).fill('');
  const { name, bytes } = await downloaded(page, () => dialog.getByRole('button', { name: 'Use and save the capture' }).click());
  expect(name).toBe('appliance-eth0-commented.pcapng');
  const { reader, records } = await readRecords(memorySource(bytes));
  expect(records).toHaveLength(19);
  expect([...reader.comments]).toEqual([[3, ['the first mirrored <b>reply</b>']]]);
});
