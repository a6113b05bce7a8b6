// Nothing leaves the page: no request after it has loaded, and no way to make one in the workers that hold captures.

import { WAYS_OUT } from '../src/worker/lockdown.ts';
import { PING } from './support/files.ts';
import { serveFolder, serveWith, type TestServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

let elsewhere: TestServer;
test.beforeAll(async () => { elsewhere = await serveWith((_request, response) => { response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x'); }); });
test.afterAll(() => elsewhere.close());

test('a capture is opened, looked at, filtered, compared and run rules on without a request to anywhere but the build', async ({ app, page, baseURL }) => {
  const asked: string[] = [];
  await page.context().route('**', (route) => { asked.push(route.request().url()); return route.continue(); });
  page.on('request', (request) => { asked.push(request.url()); });
  await app.goto();
  await expect(page.getByRole('button', { name: /^Mirrored ping/ })).toBeVisible();
  await app.choose(PING, { ...PING, name: 'source.pcap' });
  await app.hasRows(19);
  await app.row(3).click();
  await app.filter.fill('vxlan.vni == 333');
  await app.filter.press('Enter');
  await app.hasRows(12);
  for (const tab of await page.getByRole('tab').all()) await tab.click();
  // parts of the build, none of which depends on what the capture contains
  expect(asked.filter((url) => !url.startsWith(baseURL ?? '?'))).toEqual([]);
  expect(asked.filter((url) => !/\/$|\/assets\/[\w.-]+\.(js|css|woff2)$|\/favicon\.svg$|\/manifest\.webmanifest$|\/samples\/index\.json$/.test(url))).toEqual([]);
});

test('the workers that hold captures have no way out, and cannot get one back', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping#v=1&tab=compare');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12');
  const workers = page.workers().filter((worker) => !worker.url().includes('fetch.worker'));
  expect(workers.length).toBeGreaterThanOrEqual(3);
  for (const worker of workers) {
    const left = await worker.evaluate((names) => {
      const wayOut = (name: string): boolean => {
        if (Reflect.get(self, name) !== undefined) return true;
        try { Object.defineProperty(self, name, { value: 1 }); } catch { return Reflect.get(self, name) !== undefined; }
        return true;
      };
      return names.filter(wayOut);
    }, [...WAYS_OUT]);
    expect(left).toEqual([]);
    // the plain words, in case the table itself forgot one
    expect(await worker.evaluate(() => ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts', 'Worker', 'caches'].filter((name) => name in self && Reflect.get(self, name) !== undefined))).toEqual([]);
    expect(await worker.evaluate((address) => { try { void (self as { fetch(address: string): unknown }).fetch(address); return 'sent'; } catch { return 'refused'; } }, elsewhere.origin)).toBe('refused');
  }
  expect(elsewhere.asked).toEqual([]);
});

test.describe('the page', () => {
  test.use({ allowedErrors: /Content Security Policy|violates|Refused|fetch/i });
  test('has a policy that refuses every other origin and every foreign script', async ({ app, page }) => {
    await app.goto();
    const tried = await page.evaluate(async (origin) => {
      const results = [await fetch(origin).then(() => 'sent', () => 'refused')];
      const image = new Image();
      results.push(await new Promise<string>((resolve) => { image.onload = () => resolve('loaded'); image.onerror = () => resolve('refused'); image.src = `${origin}/x.png`; }));
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      results.push('ran' in window ? 'ran' : 'refused');
      return results;
    }, elsewhere.origin);
    expect(tried).toEqual(['refused', 'refused', 'refused']);
    expect(elsewhere.asked).toEqual([]);
  });
});

test('the build works from a folder of a plain file server', async ({ app, page }) => {
  const host = await serveFolder('dist', '/some/folder/');
  try {
    await page.goto(`${host.origin}/some/folder/?sample=mirrored-ping`);
    await app.hasRows(19);
    for (const name of ['Compare', 'Rules', 'Packets']) await app.tab(name).click();
    await app.hasRows(19);
    expect(host.asked.filter((path) => !path.startsWith('/some/folder/'))).toEqual([]);
  } finally {
    await host.close();
  }
});
