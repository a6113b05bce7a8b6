import { expect, type Locator, type Page } from '@playwright/test';

export interface TestFile { readonly name: string; readonly bytes: Uint8Array }

/** The frame of the page, through the roles and names that people have. */
export class App {
  readonly page: Page;
  readonly openCaptures: Locator;
  readonly openSample: Locator;
  readonly captures: Locator;
  readonly packets: Locator;
  readonly alerts: Locator;
  readonly filter: Locator;

  constructor(page: Page) {
    this.page = page;
    this.openCaptures = page.getByRole('button', { name: 'Open captures' });
    this.openSample = page.getByRole('button', { name: 'Open sample' });
    this.captures = page.getByRole('region', { name: 'Captures' });
    this.packets = page.getByRole('grid', { name: 'Packets' });
    this.alerts = page.getByRole('alert');
    this.filter = page.getByRole('combobox', { name: 'Display filter' });
  }

  async goto(address = ''): Promise<void> {
    await this.page.goto(address);
    await expect(this.page.getByRole('tablist', { name: 'Views' })).toBeVisible();
  }

  /** Through the labelled file input. */
  async choose(...files: readonly TestFile[]): Promise<void> {
    await this.page.getByLabel('Capture files').setInputFiles(files.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })));
  }

  /** The button of an open capture. */
  capture(name: string): Locator { return this.captures.getByRole('button', { name, exact: true }); }
  role(name: string): Locator { return this.captures.getByRole('combobox', { name: `Role of ${name}` }); }
  tab(name: string): Locator { return this.page.getByRole('tab', { name }); }

  /** The list shows so many packets, the header not counted. */
  async hasRows(count: number): Promise<void> {
    await expect(this.packets).toHaveAttribute('aria-rowcount', String(count + 1));
    if (count > 0) await expect(this.packets.getByRole('row')).not.toHaveCount(1);
  }

  /** A row of the list by its packet number. */
  row(number: number): Locator {
    return this.packets.getByRole('row').filter({ has: this.page.getByRole('gridcell', { name: String(number), exact: true }) }).first();
  }

  /** Files that come by drop or paste are made in the page. */
  async give(event: 'drop' | 'paste' | 'dragenter', ...files: readonly TestFile[]): Promise<void> {
    const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
    await this.page.evaluate(({ event, given }) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
      const target = document.querySelector('[role=tablist]') ?? document.body;
      const init = { bubbles: true, cancelable: true };
      if (event === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
      else target.dispatchEvent(new DragEvent(event, { ...init, dataTransfer: data }));
    }, { event, given });
  }
}
