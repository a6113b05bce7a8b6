import { test as base, expect } from '@playwright/test';
import { App } from '../pages/app.ts';

/** Every test has the app, and fails when the page logs an error, breaks its own policy or throws. */
export const test = base.extend<{ app: App; allowedErrors: RegExp | null }>({
  allowedErrors: [null, { option: true }],
  app: async ({ page, allowedErrors }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
    page.on('pageerror', (error) => { errors.push(String(error)); });
    await use(new App(page));
    expect(errors.filter((text) => !allowedErrors?.test(text))).toEqual([]);
  },
});

export { expect };
