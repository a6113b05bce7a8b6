// `?capture=ADDRESS`: this origin's at once, another's after a yes.

import { PING } from './support/files.ts';
import { serveWith, type TestServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

let other: TestServer;
test.beforeAll(async () => {
  other = await serveWith(({ url }, response) => {
    const open = { 'access-control-allow-origin': '*' };
    if (url === '/deep/ping.pcap') response.writeHead(200, open).end(Buffer.from(PING.bytes));
    else if (url === '/closed.pcap') response.writeHead(200).end(Buffer.from(PING.bytes));
    else if (url === '/page') response.writeHead(200, { ...open, 'content-type': 'text/html; charset=utf-8' }).end('<p>Log in</p>');
    else response.writeHead(404, open).end();
  });
});
test.afterAll(() => other.close());

// a refused answer is logged by the browser itself
test.use({ allowedErrors: /Failed to load resource|CORS|ERR_/ });

test('an address beside the page opens at once, several of them too', async ({ app, page }) => {
  await app.goto('?capture=samples/mirrored-ping/source-eth0.pcap&capture=samples/mirrored-ping/appliance-eth0.pcap#v=1&show=appliance-eth0.pcap&packet=3');
  await app.hasRows(19);
  await expect(app.captures.getByRole('listitem')).toHaveCount(2);
  await expect(app.row(3)).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/\?capture=samples\/mirrored-ping\/source-eth0\.pcap&capture=samples\/mirrored-ping\/appliance-eth0\.pcap#/);
});

test('another origin is asked only after the person confirmed it', async ({ app, page }) => {
  await app.goto(`?capture=${other.origin}/deep/ping.pcap`);
  const dialog = page.getByRole('alertdialog', { name: `Fetch a capture from ${new URL(other.origin).host}?` });
  await expect(dialog).toContainText(`${other.origin}/deep/ping.pcap`);
  expect(other.asked).not.toContain('/deep/ping.pcap');
  await dialog.getByRole('button', { name: 'Don’t fetch' }).click();
  await expect(dialog).toBeHidden();
  expect(other.asked).not.toContain('/deep/ping.pcap');
  await page.reload();
  await dialog.getByRole('button', { name: /^Fetch from/ }).click();
  await app.hasRows(19);
  await expect(app.capture('ping.pcap')).toBeVisible();
});

for (const [what, path, said] of [
  ['404', '/nothing.pcap', /^nothing\.pcap: 127\.0\.0\.1:\d+ answered 404 \(Not Found\) for http.*\. Check the address, or download the file and drop it here\.$/],
  ['a web page', '/page', /^page: 127\.0\.0\.1:\d+ answered with a web page \(HTML\) instead of a capture\. Use the address of the file itself, or download the file and drop it here\.$/],
  ['a server that does not allow it', '/closed.pcap', /^closed\.pcap: 127\.0\.0\.1:\d+ cannot be reached, or does not allow this page to read the file \(CORS\)\. Check the address/],
] as const) {
  test(`${what} is told, and the app goes on`, async ({ app, page }) => {
    await app.goto(`?capture=${other.origin}${path}`);
    await page.getByRole('button', { name: /^Fetch from/ }).click();
    await expect(app.alerts).toHaveText(said);
    await app.choose(PING);
    await app.hasRows(19);
  });
}

test('no answer at all is told, and so is an address that is none', async ({ app, page }) => {
  const gone = await serveWith((_request, response) => { response.end(); });
  await gone.close();
  await app.goto(`?capture=${gone.origin}/a.pcap&capture=javascript:alert(1)&capture=samples/none.pcap`);
  await page.getByRole('button', { name: /^Fetch from/ }).click();
  await expect(app.alerts).toHaveCount(3);
  await expect(app.alerts.filter({ hasText: 'cannot be reached' })).toHaveCount(1);
  await expect(app.alerts.filter({ hasText: '"javascript:alert(1)" is no address of a capture' })).toHaveCount(1);
  await expect(app.alerts.filter({ hasText: 'answered 404' })).toHaveCount(1);
});
