import { writeLargeCapture } from './support/large-capture.ts';
import { expect, test } from './support/packets-test.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

test.describe('the packet list', () => {
  test.beforeEach(async ({ at }) => {
    await at.openMirroredPing();
  });

  test('sorts by its titles: up, down, and as in the file again', async ({ at }) => {
    const title = at.header('Inner source');
    await at.row(3).click();
    await title.getByRole('button').click();
    await expect(title).toHaveAttribute('aria-sort', 'ascending');
    const sources = async (): Promise<string[]> => at.grid.locator('[role=gridcell][data-column=innerSource]').allInnerTexts();
    await expect.poll(async () => (await sources()).at(-1)).not.toBe('');
    expect((await sources()).filter(Boolean).slice(0, 1), 'empty cells first or last, addresses in order').toEqual(['142.251.42.79']);
    await title.getByRole('button').click();
    await expect(title).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(async () => (await sources()).filter(Boolean)[0]).toBe('172.31.9.144');
    await expect(at.grid.getByRole('row', { selected: true }).getByRole('gridcell').first(), 'the selected packet is still in view').toHaveText('3');
    await title.getByRole('button').click();
    await expect.poll(() => at.numbers()).toEqual(Array.from({ length: (await at.numbers()).length }, (_, i) => i + 1));
    await expect(at.header('Info')).not.toHaveAttribute('aria-sort', /.*/);
  });

  test('shows, hides and moves columns, and remembers them', async ({ at, page }) => {
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Time' }).click();
    await page.keyboard.press('Escape');
    await expect(at.header('Time')).toHaveCount(0);
    await at.header('VNI').getByRole('button').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    expect((await at.titles()).slice(3, 6)).toEqual(['Protocol', 'VNI', 'Length']);
    await expect(at.header('VNI').getByRole('button')).toBeFocused();
    const width = async (): Promise<number> => (await at.header('VNI').boundingBox())!.width;
    const before = await width();
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await expect.poll(width).toBe(before + 16);
    await page.reload();
    await expect(at.grid).toHaveAttribute('aria-rowcount', '20');
    expect((await at.titles()).slice(0, 5)).toEqual(['No.', 'Source', 'Destination', 'Protocol', 'VNI']);
    expect(await width()).toBe(before + 16);
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitem', { name: 'Reset columns' }).click();
    await expect(at.header('Time')).toHaveCount(1);
  });

  test('moves and resizes columns by the pointer, without sorting', async ({ at, page }) => {
    const box = async (title: string) => (await at.header(title).boundingBox())!;
    const [from, to] = [await box('Length'), await box('Source')];
    await page.mouse.move(from.x + 20, from.y + 12);
    await page.mouse.down();
    await page.mouse.move(from.x - 60, from.y + 12, { steps: 4 });
    await page.mouse.move(to.x + 10, to.y + 12, { steps: 4 });
    await page.mouse.up();
    expect((await at.titles()).slice(0, 4)).toEqual(['No.', 'Time', 'Length', 'Source']);
    await expect(at.header('Length')).toHaveAttribute('aria-sort', 'none');
    const source = await box('Source');
    await page.mouse.move(source.x + source.width - 1, source.y + 12);
    await page.mouse.down();
    await page.mouse.move(source.x + source.width + 49, source.y + 12, { steps: 3 });
    await page.mouse.up();
    await expect.poll(async () => (await box('Source')).width).toBe(source.width + 50);
    await page.getByRole('columnheader', { name: 'Length' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Move right' }).click();
    expect((await at.titles()).slice(2, 4)).toEqual(['Source', 'Length']);
  });

  test('copies marked rows', async ({ at, page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await at.row(2).click();
    await at.row(4).click({ modifiers: ['Shift'] });
    await expect(at.grid.getByRole('row', { selected: true })).toHaveCount(3);
    await at.grid.press('ControlOrMeta+c');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^No\.\tTime\tSource.*\n2\t.*\n3\t0\.000915\t172\.31\.9\.144\t.*\n4\t[^\n]*$/);
  });

  test('filters from a cell', async ({ at, page }) => {
    await (await at.cell(3, 'Inner source')).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Apply as filter' }).click();
    await expect(at.filter).toHaveValue('ip.src == 142.251.42.79');
    await expect(at.passing).toHaveText('6 of 19 packets');
    await at.innerField('Time to Live: 64').click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: '… and not' }).click();
    await expect(at.filter).toHaveValue('ip.src == 142.251.42.79 && !(ip.ttl == 64)');
  });

  test('says why it is empty and what to do', async ({ at, page }) => {
    await at.apply('ip.ttl == 1');
    await expect(page.getByText('None of the 19 packets of appliance-eth0.pcap passes the filter ip.ttl == 1')).toBeVisible();
    await page.getByRole('button', { name: 'show all packets' }).click();
    await expect(at.passing).toHaveText('19 of 19 packets');
  });

  test('goes on with another capture', async ({ at, page }) => {
    await page.getByRole('button', { name: 'source-eth0.pcap', exact: true }).click();
    await expect(at.grid).toHaveAttribute('aria-rowcount', '21');
    await expect(at.passing).toHaveText('20 of 20 packets');
    await at.row(2).click();
    await expect(at.inner).toContainText('This packet has no envelope');
  });
});

test('copies all the rows that are marked, also more than one answer has', async ({ at, page, context }, info) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const path = info.outputPath('large.pcap');
  writeLargeCapture(path, 2500);
  await at.open(path);
  await expect(at.grid).toHaveAttribute('aria-rowcount', '2501');
  await at.row(1).click();
  await at.grid.press('ControlOrMeta+a');
  await at.grid.press('ControlOrMeta+c');
  await expect.poll(() => page.evaluate(async () => (await navigator.clipboard.readText()).split('\n').length)).toBe(2501);
  expect(await page.evaluate(async () => (await navigator.clipboard.readText()).split('\n').at(-1)?.split('\t')[0])).toBe('2500');
});
