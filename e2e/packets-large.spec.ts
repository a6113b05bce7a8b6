import type { Page } from '@playwright/test';
import type { PacketsPage } from './pages/packets.ts';
import { writeLargeCapture } from './support/large-capture.ts';
import { expect, test } from './support/packets-test.ts';

// More rows than an element can be high in any browser at 24 px each would need 700,000 and more; from 333,334 on a pixel of the scroll bar is
// more than a pixel of rows, which is where plain lists begin to fail.
const PACKETS = 400_000;

const lastOf = (at: PacketsPage) => async (): Promise<number> => (await at.numbers()).at(-1)!;
const firstOf = (at: PacketsPage) => async (): Promise<number> => (await at.numbers())[0]!;

interface Watch { frames: number; fewest: number; most: number; uncovered: number }

/** Counts the rows at every frame, and whether they cover the list from its head to its foot. */
async function watch(page: Page): Promise<() => Promise<Watch>> {
  await page.evaluate(() => {
    const seen = { frames: 0, fewest: Infinity, most: 0, uncovered: 0 };
    const grid = document.querySelector('[role=grid][aria-label=Packets]')!;
    const look = (): void => {
      const rows = [...grid.querySelectorAll('[role=row][data-index]')].filter((row) => row.textContent !== '');
      const [box, head] = [grid.getBoundingClientRect(), grid.querySelector('.packet-head')!.getBoundingClientRect()];
      const bottom = box.top + grid.clientHeight;
      const covered = rows.length > 0 && rows[0]!.getBoundingClientRect().top <= head.bottom + 1 && rows.at(-1)!.getBoundingClientRect().bottom >= bottom - 24;
      seen.frames++;
      seen.fewest = Math.min(seen.fewest, rows.length);
      seen.most = Math.max(seen.most, rows.length);
      if (!covered) seen.uncovered++;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    Object.assign(window, { seenRows: seen });
  });
  return () => page.evaluate(() => (window as typeof window & { seenRows: Watch }).seenRows);
}

test.describe('a capture of 400,000 packets', () => {
  test.beforeEach(async ({ at }, info) => {
    test.setTimeout(180_000);
    const path = info.outputPath('large.pcap');
    writeLargeCapture(path, PACKETS);
    await at.open(path);
    await expect(at.grid).toHaveAttribute('aria-rowcount', String(PACKETS + 1), { timeout: 60_000 });
    await expect(at.row(1)).toBeVisible();
  });

  test('reaches the very last row by keys, and never blanks on the way', async ({ at, page }) => {
    const seen = await watch(page);
    await at.grid.focus();
    await page.keyboard.press('End');
    await expect(at.row(PACKETS)).toBeVisible();
    await expect(at.row(PACKETS)).toHaveAttribute('aria-selected', 'true');
    await expect((await at.cell(PACKETS, 'VNI'))).toHaveText('0');
    for (let i = 0; i < 5; i++) await page.keyboard.press('PageUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(firstOf(at)).toBeGreaterThan(PACKETS - 200);
    await page.keyboard.press('Home');
    await expect(at.row(1)).toBeVisible();
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowDown');
    await expect(at.row(41)).toHaveAttribute('aria-selected', 'true');
    const { frames, fewest, most, uncovered } = await seen();
    expect(frames).toBeGreaterThan(5);
    expect(fewest, 'rows in the emptiest frame').toBeGreaterThan(5);
    expect(most, 'rows in the page').toBeLessThan(100);
    expect(uncovered, 'frames in which rows did not cover the list').toBe(0);
  });

  test('moves by the wheel as far as the wheel says, at the end as well', async ({ at, page }) => {
    const seen = await watch(page);
    await at.grid.hover();
    await page.mouse.wheel(0, 240);
    await expect.poll(firstOf(at)).toBe(11);
    await at.grid.evaluate((grid) => { grid.scrollTop = grid.scrollHeight / 2; });
    await expect.poll(firstOf(at)).toBeGreaterThan(100_000);
    const middle = await firstOf(at)();
    await page.mouse.wheel(0, 240);
    await expect.poll(firstOf(at)).toBe(middle + 10);
    await at.grid.evaluate((grid) => { grid.scrollTop = grid.scrollHeight; });
    await expect.poll(lastOf(at)).toBe(PACKETS);
    await page.mouse.wheel(0, -2400);
    await expect.poll(lastOf(at)).toBe(PACKETS - 100);
    for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 240);
    await expect.poll(lastOf(at)).toBe(PACKETS);
    const { fewest, uncovered } = await seen();
    expect(fewest).toBeGreaterThan(5);
    expect(uncovered).toBe(0);
  });

  test('follows the thumb of the scroll bar, in proportion and to both ends', async ({ at, page }) => {
    const seen = await watch(page);
    const drag = (share: number): Promise<void> => at.grid.evaluate((grid, part) => { grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * part; }, share);
    for (const share of [0.25, 0.5, 0.75]) {
      await drag(share);
      await expect.poll(async () => Math.abs((await firstOf(at)()) / PACKETS - share)).toBeLessThan(0.001);
    }
    for (let i = 0; i <= 50; i++) await drag(i / 50);
    await expect.poll(lastOf(at)).toBe(PACKETS);
    await drag(0);
    await expect.poll(firstOf(at)).toBe(1);
    const { fewest, most, uncovered } = await seen();
    expect(fewest).toBeGreaterThan(5);
    expect(most).toBeLessThan(100);
    expect(uncovered).toBe(0);
  });

  test('keeps the selected packet through another order and a filter', async ({ at, page }) => {
    await page.keyboard.press('g');
    await page.getByRole('textbox', { name: /Number of the packet/ }).fill('200 500');
    await page.keyboard.press('Enter');
    await expect(at.row(200_500)).toHaveAttribute('aria-selected', 'true');
    const selected = at.grid.getByRole('row', { selected: true });
    const y = async (): Promise<number> => (await selected.boundingBox())!.y;
    const before = await y();
    await at.header('Time').getByRole('button').click();
    await at.header('Time').getByRole('button').click();
    await expect(selected).toHaveAttribute('aria-rowindex', String(PACKETS - 200_500 + 2));
    expect(Math.abs((await y()) - before), 'it stays at its height').toBeLessThanOrEqual(1);
    await at.apply('vxlan.vni == 500');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '401');
    await expect(selected.getByRole('gridcell').first()).toHaveText('200500');
    await expect(selected).toBeInViewport();
  });
});
