import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** The file that the page gives when `act` is done. */
export async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Chooses a kind in the menu "Export", of a scope where there is a choice of them, and reads the file that the page gives. */
export async function exported(page: Page, kind: string, scope?: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const menu = page.getByRole('menu', { name: 'Export' });
  if (scope !== undefined) await menu.getByRole('menuitemradio', { name: scope }).click();
  return downloaded(page, () => menu.getByRole('menuitem', { name: kind, exact: true }).click());
}
