// The Rules view as a person meets it, through the roles and names of the contract.

import type { Locator, Page } from '@playwright/test';

export class RulesPage {
  readonly page: Page;
  readonly editor: Locator;
  readonly results: Locator;
  readonly list: Locator;
  readonly find: Locator;
  readonly onlyMatched: Locator;
  readonly limits: Locator;
  readonly alerts: Locator;
  readonly why: Locator;
  readonly decoding: Locator;
  readonly mistakes: Locator;
  /** What stands below the editor: the keyword under the cursor, and what the rule does with the selected packet. */
  readonly underCursor: Locator;
  readonly files: Locator;
  /** What came of the run: "2 of 3 rules ran over 51 packets". */
  readonly outcome: Locator;

  constructor(page: Page) {
    this.page = page;
    this.editor = page.getByRole('textbox', { name: 'Rules' });
    this.results = page.getByRole('grid', { name: 'Rule results' });
    this.list = page.getByRole('grid', { name: 'Rule list' });
    this.find = page.getByRole('searchbox', { name: 'Find rules' });
    this.onlyMatched = page.getByRole('checkbox', { name: 'only those that matched' });
    this.limits = page.getByRole('list', { name: 'Limits of these results' });
    this.alerts = page.getByRole('grid', { name: 'Alerts' });
    this.why = page.getByRole('region', { name: 'Why' });
    this.decoding = page.getByRole('switch', { name: 'VXLAN decoding' });
    this.underCursor = page.getByRole('region', { name: 'Under the cursor' });
    this.mistakes = page.getByRole('list', { name: 'Mistakes in the rules' });
    this.files = page.getByRole('list', { name: 'Loaded rule files' });
    this.outcome = page.getByRole('status').filter({ hasText: 'ran over' });
  }

  async write(text: string): Promise<void> {
    await this.editor.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(text);
  }

  /** Through the dialog of "Load rules". */
  async load(...paths: string[]): Promise<void> {
    const dialog = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Load rules' }).click();
    await (await dialog).setFiles(paths);
  }

  run = (): Promise<void> => this.page.getByRole('button', { name: 'Run rules' }).click();

  /** The numbers of a rule's row; of the mirrored ping: source, appliance outer, appliance inner, vxlan100. */
  async counts(msg: string | RegExp): Promise<string[]> {
    const row = this.results.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: msg }) });
    return row.getByRole('button').allTextContents();
  }
}
