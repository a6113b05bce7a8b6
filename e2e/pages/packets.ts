// Packets as a person meets it, through the roles and names of the contract.

import { expect, type Locator, type Page } from '@playwright/test';

export class PacketsPage {
  readonly page: Page;
  readonly grid: Locator;
  readonly filter: Locator;
  readonly outer: Locator;
  readonly inner: Locator;
  readonly hex: Locator;
  readonly hexStatus: Locator;
  readonly diagram: Locator;
  readonly passing: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Packets' });
    this.filter = page.getByRole('combobox', { name: 'Display filter' });
    this.outer = page.getByRole('region', { name: 'Outer', exact: true });
    this.inner = page.getByRole('region', { name: 'Inner', exact: true });
    this.hex = page.getByRole('grid', { name: 'Hex' });
    this.hexStatus = page.getByRole('region', { name: 'Bytes' }).getByRole('status');
    this.diagram = page.getByRole('region', { name: 'Header diagram' });
    this.passing = page.getByRole('search').getByRole('status');
  }

  async openMirroredPing(): Promise<void> {
    await this.page.goto('./?sample=mirrored-ping');
    await expect(this.grid).toHaveAttribute('aria-rowcount', '20');
  }

  /** Opens files of its own through the file input. */
  async open(files: string | string[]): Promise<void> {
    await this.page.goto('./');
    await this.page.getByLabel('Capture files').setInputFiles(files);
  }

  /** The row of a place in the list, from 1. */
  row(place: number): Locator { return this.page.locator(`[role=grid][aria-label=Packets] [role=row][aria-rowindex="${place + 1}"]`); }
  /** A cell of the column with this title. */
  async cell(place: number, title: string): Promise<Locator> {
    const titles = await this.grid.getByRole('columnheader').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    return this.row(place).getByRole('gridcell').nth(titles.indexOf(title));
  }
  header(title: string): Locator { return this.grid.getByRole('columnheader', { name: title, exact: true }); }
  async titles(): Promise<string[]> { return this.grid.getByRole('columnheader').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? '')); }
  async numbers(): Promise<number[]> { return (await this.grid.getByRole('row').filter({ has: this.page.getByRole('gridcell') }).evaluateAll((rows) => rows.map((row) => Number(row.firstElementChild?.textContent)))); }

  outerField(name: string | RegExp): Locator { return this.outer.getByRole('treeitem', { name }); }
  innerField(name: string | RegExp): Locator { return this.inner.getByRole('treeitem', { name }); }
  byte(at: number): Locator { return this.hex.locator(`[role=gridcell][data-byte="${at}"]`); }
  /** The bytes that are chosen, as their offsets. */
  async chosenBytes(): Promise<number[]> { return this.hex.locator('[role=gridcell][aria-selected=true]').evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-byte')))); }
  async apply(filter: string): Promise<void> { await this.filter.fill(filter); await this.filter.press('Enter'); }
}
