import { PING } from './support/files.ts';
import { serveFolder } from './support/server.ts';
import { expect, test } from './support/test.ts';

test.use({ serviceWorkers: 'allow', allowedErrors: /ERR_|Failed to (load|fetch)|net::/ });

test('once loaded, everything is there without a server: page, samples, editor', async ({ app, page }) => {
  const host = await serveFolder('dist', '/lens/');
  await page.goto(`${host.origin}/lens/`);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await host.close();
  await page.goto(`${host.origin}/lens/?sample=mirrored-ping#v=1&packet=3`);
  await app.hasRows(19);
  await app.tab('Rules').click();
  await expect(page.getByRole('textbox', { name: 'Rules' })).toBeVisible();
  await app.choose({ ...PING, name: 'mine.pcap' });
  await app.tab('Packets').click();
  await app.capture('mine.pcap').click();
  await app.hasRows(19);
});
