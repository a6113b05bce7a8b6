// Rules over a large capture: alerts are on screen while the rest still runs, Stop keeps them, and several workers write what one writes.

import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { App } from './pages/app.ts';
import { RulesPage } from './pages/rules.ts';
import { writeLargeCapture } from './support/large-capture.ts';
import { expect, test } from './support/test.ts';

const PACKETS = 250_000; // 31 MB
/** Several alerts on each level of each packet, so that a run takes a while. */
const BUSY = Array.from({ length: 12 }, (_, i) => `alert ip any any -> any any (msg:"Busy ${i + 1}"; sid:${i + 1}; rev:1;)`).join('\n');
/** What depends on the order of all packets as well. */
const ORDERED = `alert icmp any any -> any any (msg:"Ping"; icmp_seq:7; sid:1;)
alert udp any any -> any 4789 (msg:"Some envelopes"; threshold:type threshold, track by_src, count 100, seconds 60; xbits:set,seen,track ip_src; sid:2;)
alert udp any any -> any any (msg:"After that"; xbits:isset,seen,track ip_src; threshold:type limit, track by_dst, count 5, seconds 60; sid:3;)
${Array.from({ length: 150 }, (_, i) => `alert ip any any -> any any (ttl:64; dsize:<1000; noalert; sid:${i + 10};)`).join('\n')}
`; // those that alert nothing make it worth that others help

async function open(app: App, page: Page, cores: number, path: string, rules: string): Promise<RulesPage> {
  await page.addInitScript((count) => { Object.defineProperty(navigator, 'hardwareConcurrency', { value: count }); }, cores);
  mkdirSync(dirname(path), { recursive: true });
  writeLargeCapture(path, PACKETS);
  await app.goto();
  await page.getByLabel('Capture files').setInputFiles(path);
  await expect(app.role('many.pcap')).toHaveValue('Appliance');
  await app.hasRows(PACKETS);
  await app.tab('Rules').click();
  const view = new RulesPage(page);
  await view.write(rules);
  return view;
}

const running = (page: Page) => page.getByRole('status').filter({ hasText: 'Running' });

for (const cores of [1, 4]) {
  test(`fast.log grows while the rest runs, and what was found stays when it is stopped (${cores} cores)`, async ({ app, page }, info) => {
    const rules = await open(app, page, cores, info.outputPath('many.pcap'), BUSY);
    await rules.run();
    await page.getByRole('button', { name: 'fast.log', exact: true }).click();
    const log = page.getByLabel('fast.log', { exact: true });
    await expect(log).toContainText(/\[1:\d+:1\] Busy \d+ \[\*\*\]/);
    await expect(running(page), 'the rest still runs').toContainText(/alerts on [\d,]+ of 250,000 packets so far/);
    await expect(rules.results, 'the matrix has numbers as well').toContainText('Busy 1');
    if (cores > 1) await expect(running(page)).toContainText('Running on 2 workers…');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(rules.outcome).toContainText(/12 of 12 rules ran over [\d,]+ packets, then the run was stopped/);
    await expect(rules.limits).toContainText(/The run was stopped after [\d,]+ of 250,000 packets of many\.pcap\. What was found until then stays/);
    await expect(log).toContainText('Busy 12');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0);
    await expect(app.alerts, 'stopping is no trouble').toHaveCount(0);
    expect(page.workers().filter((worker) => worker.url().includes('lane.worker'))).toHaveLength(0);
  });
}

test('several workers match, and write the same files as one', async ({ app, page, context }, info) => {
  test.slow();
  const files = async (on: App, own: Page, cores: number, helpers: number): Promise<string[]> => {
    const rules = await open(on, own, cores, info.outputPath('many.pcap'), ORDERED);
    let seen = 0;
    own.on('worker', (worker) => { if (worker.url().includes('lane.worker')) seen++; });
    await rules.run();
    if (helpers > 0) await expect(running(own)).toContainText(`Running on ${helpers} workers…`);
    await expect(rules.outcome).toContainText('153 of 153 rules ran over 250,000 packets', { timeout: 120_000 });
    expect(seen).toBe(helpers);
    await expect.poll(() => own.workers().filter((worker) => worker.url().includes('lane.worker')).length, 'they end with the run').toBe(0);
    const saved: string[] = [];
    for (const name of ['fast.log', 'eve.json']) {
      const download = own.waitForEvent('download');
      await own.getByRole('button', { name: `Save ${name}` }).click();
      saved.push(readFileSync(await (await download).path(), 'utf8'));
    }
    return saved;
  };
  const one = await files(app, page, 1, 0);
  expect(one[0]!.split('\n').length).toBeGreaterThan(2000);
  const other = await context.newPage();
  const several = await files(new App(other), other, 4, 2);
  expect(several[0]).toBe(one[0]);
  expect(several[1]).toBe(one[1]);
});
