// fast.log and eve.json: filtered by jq as in a terminal, in a worker that has no way out, and saved.

import { readFileSync } from 'node:fs';
import { RulesPage } from './pages/rules.ts';
import { expect, test } from './support/test.ts';

const RULES = `alert icmp any any -> any any (msg:"ICMP"; sid:1; rev:1;)
alert udp any any -> any 4789 (msg:"VXLAN envelope"; sid:2; rev:1;)
`;

test.beforeEach(async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
  const rules = new RulesPage(page);
  await rules.write(RULES);
  await rules.run();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  await page.getByRole('button', { name: 'eve.json', exact: true }).click();
});

test('jq filters eve.json as in a terminal, and what it makes is saved', async ({ page }) => {
  const log = page.getByLabel('eve.json', { exact: true });
  const jq = page.getByRole('textbox', { name: 'jq' });
  const made = page.getByRole('region', { name: 'Alert log' }).getByRole('status');
  await expect(log).toContainText('"in_iface":"Appliance"');
  await jq.fill('select(.event_type=="alert")');
  await expect(made).toHaveText('28 lines');
  await expect(log).toContainText('"signature":"VXLAN envelope"');
  await jq.fill('select(.tunnel) | .alert.signature_id');
  await expect(made).toHaveText('12 lines');
  await expect(log).toHaveText(/^(1\s*){12}$/);
  await jq.fill("jq -r '[.src_ip, .dest_ip] | join(\" > \")' eve.json");
  await expect(log).toContainText('142.251.42.79 > 172.31.9.144');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save these lines' }).click();
  expect(readFileSync(await (await download).path(), 'utf8').split('\n')).toHaveLength(29);
  await jq.fill('select(.alert.signature_id == ');
  await expect(page.getByRole('note').filter({ hasText: 'jq: error: syntax error' })).toBeVisible();
  await jq.fill('');
  await expect(log).toContainText('"timestamp"');
});

test('a program without an end is stopped, and the next one runs', async ({ page }) => {
  const jq = page.getByRole('textbox', { name: 'jq' });
  await jq.fill('def f: f; f');
  await expect(page.getByRole('button', { name: 'Stop jq' })).toBeVisible();
  await page.getByRole('button', { name: 'Stop jq' }).click();
  await expect(page.getByRole('button', { name: 'Stop jq' })).toBeHidden();
  await expect(page.getByRole('note').filter({ hasText: 'jq was stopped' })).toBeVisible();
  await jq.fill('.proto');
  await expect(page.getByLabel('eve.json', { exact: true })).toContainText('"UDP"');
});

test('jq comes from the build when it is asked for, and its worker has no way out', async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on('request', (request) => { asked.push(request.url()); });
  expect(page.workers().filter((worker) => worker.url().includes('jq.worker'))).toHaveLength(0);
  await page.getByRole('textbox', { name: 'jq' }).fill('.proto');
  await expect(page.getByLabel('eve.json', { exact: true })).toContainText('"UDP"');
  expect(asked.filter((url) => !url.startsWith(baseURL ?? '?'))).toEqual([]);
  const worker = page.workers().find((each) => each.url().includes('jq.worker'))!;
  expect(await worker.evaluate(() => ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts', 'Worker'].filter((name) => Reflect.get(self, name) !== undefined))).toEqual([]);
});
