import { expect, test } from './support/test.ts';

test.beforeEach(async ({ app, page }) => {
  await app.goto(''); // the files alone, without the sample's rules: what has no counterpart is trouble then
  await page.getByLabel('Capture files').setInputFiles(['source-eth0', 'appliance-eth0'].map((name) => `public/samples/mirrored-ping/${name}.pcap`));
  await app.tab('Compare').click();
  await expect(page.getByRole('grid', { name: 'Paired packets' })).toHaveAttribute('aria-rowcount', '21');
});

test('the timeline says in words what it draws', async ({ page }) => {
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('0.00 s to 3.08 s on the source’s clock');
  await expect(timeline).toContainText('Only at source: 1 at 0.00 s.');
});

test('a stretch of time chooses its rows', async ({ page }) => {
  const time = page.getByRole('slider', { name: 'Time' });
  const box = (await time.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.75, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + 20);
  await page.mouse.up();
  const chosen = page.getByRole('grid', { name: 'Paired packets' }).locator('[aria-selected=true]');
  await expect(chosen).toHaveCount(8); // packets 13 to 20 of the source: from 2.56 s on
  await expect(chosen.first().getByRole('gridcell').first()).toHaveText('13');
  await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText('packet 13');
});

test('by keyboard, to the trouble and back', async ({ page }) => {
  const time = page.getByRole('slider', { name: 'Time' });
  await time.focus();
  await page.keyboard.press('End');
  await expect(time).toHaveAttribute('aria-valuetext', /: \d+ direct/);
  await page.keyboard.press('PageUp');
  await expect(time).toHaveAttribute('aria-valuetext', /1 only at source/);
  await page.keyboard.press('Home');
  await expect(page.getByRole('region', { name: 'Source', exact: true })).toContainText('packet 1 ');
});

test('the delays, with what two clocks cannot tell; they follow an offset that is set by hand', async ({ page }) => {
  const third = page.getByRole('grid', { name: 'Paired packets' }).getByRole('row').nth(3).getByRole('gridcell');
  const delay = page.getByRole('region', { name: 'Delay' });
  await expect(delay).toContainText('Of 12 pairs half took');
  await expect(delay).toContainText('two clocks alone cannot tell');
  await expect(third.nth(8)).toHaveText('0.844');
  await page.getByRole('spinbutton', { name: 'Clock offset' }).fill('0.8');
  await expect(third.nth(8)).toHaveText('0.044');
  await expect(delay).toContainText('set by hand');
  await page.getByRole('spinbutton', { name: 'Drift' }).fill('1000');
  await expect(page.getByRole('grid', { name: 'Paired packets' }).getByRole('row').nth(5).getByRole('gridcell').nth(8)).toHaveText('-1.199'); // 0.120 less 0.8 less a thousandth of 0.519 s
  await expect(page).toHaveURL(/&offset=0\.8&drift=1000(&|$)/);
  await page.getByRole('button', { name: 'Estimate' }).click();
  await expect(third.nth(8)).toHaveText('0.844');
});
