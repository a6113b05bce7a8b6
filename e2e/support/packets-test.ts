import { PacketsPage } from '../pages/packets.ts';
import { expect, test as base } from './test.ts';

/** Tests of the Packets view: `at` is its page object. */
export const test = base.extend<{ at: PacketsPage }>({
  at: async ({ app }, use) => { await use(new PacketsPage(app.page)); },
});

export { expect };
