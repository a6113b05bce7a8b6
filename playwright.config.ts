import { defineConfig } from '@playwright/test';

/** E2E_PORT keeps runs apart that share a machine. */
const port = Number(process.env.E2E_PORT ?? 4179);
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'];
const { CHROMIUM: executablePath, CI } = process.env;

export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: true,
  timeout: 120_000, // a machine that does other things as well is slow, not wrong
  expect: { timeout: 20_000 },
  forbidOnly: CI !== undefined,
  retries: CI === undefined ? 0 : 2, // a shared machine may be slow for a while; a fault of ours fails three times
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    serviceWorkers: 'block', // they would hide what the page itself requests; offline.spec.ts lets them in
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args },
  },
  webServer: { command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`, url: `http://127.0.0.1:${port}/`, reuseExistingServer: false },
});
