// The built app in Chromium with the million packets: how soon rows are there, the longest task of the page, and scrolling to the last row.

import { chromium, type Page } from 'playwright';
import { preview } from 'vite';
import { launchOptions } from './browser.bench.ts';

interface Seen { firstRows: number; longest: number; tasks: number; frames: number; blank: number }

/** Runs in the page before anything of it: notes the time from the choice of files to the first row, tasks over 50 ms, and at each frame whether rows are there. */
function lookOut(): void {
  const seen: Seen = { firstRows: NaN, longest: 0, tasks: 0, frames: 0, blank: 0 };
  let from = 0;
  addEventListener('change', () => { from = performance.now(); }, true);
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) if (from > 0 && startTime >= from) { seen.tasks++; seen.longest = Math.max(seen.longest, duration); }
  }).observe({ type: 'longtask' });
  const frame = (): void => {
    const rows = document.querySelectorAll('[role=grid][aria-label=Packets] [role=row][data-index]');
    const filled = Array.from(rows).some((row) => row.textContent !== '');
    if (filled && Number.isNaN(seen.firstRows)) seen.firstRows = performance.now() - from;
    if (!Number.isNaN(seen.firstRows)) { seen.frames++; if (!filled) seen.blank++; }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  Object.assign(globalThis, { seen });
}

const seenOf = (page: Page): Promise<Seen> => page.evaluate('seen');

/** Lines to print. `packets` is what the file has. */
export async function inThePage(path: string, packets: number): Promise<string[]> {
  const server = await preview({ logLevel: 'error', preview: { port: 4199, strictPort: false, host: '127.0.0.1' } });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    await page.addInitScript(lookOut);
    await page.goto(server.resolvedUrls!.local[0]!);
    await page.waitForTimeout(1000); // as long as somebody takes to drop a file, at least
    const grid = page.getByRole('grid', { name: 'Packets' });
    await page.getByLabel('Capture files').setInputFiles(path);
    await page.locator(`[role=grid][aria-rowcount="${packets + 1}"]`).waitFor();
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    const read = await seenOf(page);
    const last = await scrollThrough(page, packets);
    const scrolled = await seenOf(page);
    return [
      `first rows on screen: ${read.firstRows.toFixed(0)} ms after the choice of the file; at most 150 is the target: ${read.firstRows <= 150 ? 'met' : 'MISSED'}`,
      `longest task of the page while ${packets.toLocaleString('en-US')} packets were indexed: ${tasks(read)}`,
      `scrolled by wheel, keys and scroll bar, last row ${last ? 'reached' : 'NOT REACHED'}; ${scrolled.blank} of ${scrolled.frames} frames blank; longest task: ${tasks(scrolled)}`,
    ];

    async function scrollThrough(at: Page, rows: number): Promise<boolean> {
      await grid.focus();
      const end = grid.locator(`[role=row][aria-rowindex="${rows + 1}"]`);
      await at.keyboard.press('End');
      await end.waitFor();
      for (let i = 0; i < 20; i++) await at.keyboard.press('PageUp');
      await at.keyboard.press('Home');
      await grid.hover();
      for (let i = 0; i < 60; i++) await at.mouse.wheel(0, 400);
      for (let i = 0; i <= 60; i++) await grid.evaluate((element, share) => { element.scrollTop = (element.scrollHeight - element.clientHeight) * share; }, i / 60);
      await end.waitFor();
      return end.isVisible();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

const tasks = ({ longest, tasks: over }: Seen): string => (over === 0 ? 'none over 50 ms: met' : `${longest.toFixed(0)} ms, ${over} over 50 ms; none is the target: MISSED`);
