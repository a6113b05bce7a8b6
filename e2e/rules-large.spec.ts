// Rule files of a size or kind that nobody expects: one sentence each, the page goes on answering, and what can run runs.

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RulesPage } from './pages/rules.ts';
import { PING } from './support/files.ts';
import { writeLargeCapture } from './support/large-capture.ts';
import { expect, test } from './support/test.ts';

const MB = 2 ** 20;

/** 50 MB of rules, of 500 bytes each: every fourth looks for one echo request, every hundredth has a mistake, the others are about TCP, UDP and HTTP. */
function manyRules(): { readonly text: string; readonly count: number } {
  const filler = `reference:url,example.org/${'x'.repeat(300)}; `;
  const kinds = ['icmp any any -> any any (itype:8; icmp_seq:NO; ', 'tcp $HOME_NET any -> $EXTERNAL_NET 443 (content:"needle NO"; ', 'udp any any -> any NO (content:"|00|NO"; ', 'http any any -> any any (http.uri; content:"/NO"; '];
  const lines: string[] = [];
  let size = 0;
  while (size < 50 * MB) {
    const number = lines.length;
    const rule = `alert ${kinds[number % 4]!.replaceAll('NO', String(number % 65_536))}${number % 100 === 50 ? 'tll:5; ' : ''}${filler}msg:"Rule ${number}"; classtype:misc-activity; sid:${number + 1}; rev:1;)`;
    lines.push(rule);
    size += rule.length + 1;
  }
  return { text: lines.join('\n'), count: lines.length };
}

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
});

test('50 MB of rules run without being typed into the editor, and the page answers meanwhile', async ({ app, page }, info) => {
  const rules = new RulesPage(page);
  const file = info.outputPath('many.rules');
  mkdirSync(dirname(file), { recursive: true });
  const { text, count } = manyRules();
  writeFileSync(file, text);
  await rules.load(file);
  await expect(rules.files.getByRole('listitem')).toContainText(['many.rules 52']);
  await expect(rules.editor).toContainText('Echo request');
  await rules.run();
  await expect(page.getByRole('status').filter({ hasText: 'Running' })).toBeVisible();
  await app.tab('Packets').click();
  await app.row(5).click();
  await expect(page.getByRole('tree', { name: 'Inner layers' })).toContainText('ICMP');
  await app.tab('Rules').click();
  await expect(rules.outcome).toContainText(new RegExp(`of ${(count + 3).toLocaleString('en-US')} rules ran over 51 packets`), { timeout: 90_000 });
  await expect.poll(() => rules.counts('ICMP seen'), 'the rules of the editor run as well').toEqual(['16', '4', '12', '12']);
  await expect.poll(() => rules.counts(/Rule 4$/), 'the fourth echo request').toEqual(['1', '0', '1', '1']);
  await expect(rules.onlyMatched).toBeChecked();
  await expect(page.getByRole('region', { name: 'Results' })).toContainText(/^.*\b\d+ of 1\d\d,\d\d\d rules/);
  await expect(rules.mistakes).toContainText('many.rules:51:');
  await expect(rules.mistakes).toContainText(/and [\d,]+ more/);
  await rules.why.getByRole('textbox', { name: 'sid' }).fill('1001');
  await rules.why.getByRole('textbox', { name: 'sid' }).press('Enter');
  await expect(rules.why).toContainText('the packet has');
  await rules.onlyMatched.uncheck();
  await expect(rules.results).toHaveAttribute('aria-rowcount', /^1\d{5}$/);
  await rules.find.fill('sid:1001;');
  await expect.poll(() => rules.counts(/Rule 1000$/)).toEqual(['0', '0', '0', '0']);
  await rules.find.fill('');
  await page.getByRole('button', { name: 'Rule list' }).click();
  await rules.list.getByRole('button', { name: 'sid' }).click();
  await expect(rules.list.getByRole('button', { name: 'Rule 0', exact: true })).toBeVisible();
  await rules.list.getByRole('row').nth(3).hover();
  await page.mouse.wheel(0, 1e9);
  await expect(rules.list.getByRole('row').last(), 'the list does not end before its last row').toContainText('VXLAN envelope');
  await rules.files.getByRole('button', { name: 'Remove many.rules' }).click();
  await rules.run();
  await expect(rules.outcome).toContainText('3 of 3 rules ran over 51 packets');
});

test('50 MB in one line, 50 MB of binary data and a text that is no rules give one sentence each', async ({ app, page }, info) => {
  const rules = new RulesPage(page);
  const write = (name: string, content: string | Uint8Array): string => {
    const path = info.outputPath(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  await rules.load(write('garbage.rules', randomBytes(50 * MB)));
  await expect(app.alerts).toHaveText(/^garbage\.rules: This is binary data and no text: there is a NUL byte, at byte [\d,]+\. Nothing of it was read\. Choose a file of plain text, in UTF-8\.$/);
  await expect(rules.files).toHaveCount(0);
  await app.alerts.getByRole('button', { name: 'Dismiss' }).click();
  await rules.load(
    write('line.rules', `alert icmp any any -> any any (msg:"${'x'.repeat(50 * MB)}"; sid:1;)`), write('late.rules', `# text for a while\n${'#'.repeat(2 * MB)}\0`), write('words.txt', 'Lorem ipsum dolor sit amet\n'.repeat(2 * MB)));
  await expect(rules.files.getByRole('listitem')).toHaveCount(3);
  await rules.run();
  await expect(rules.mistakes.getByRole('listitem')).toHaveText([
    /^late\.rules:1:1 This is binary data and no text: there is a NUL byte, at byte 2,097,171\./,
    /^line\.rules:1:8193 The rule has 52,428,846 characters\. A rule may have 8,192\.$/,
    /^words\.txt:1:27 This is hardly a text of rules: 1,000 of its first 1,000 entries cannot be read, .* nothing of it was kept\. Check that it is a file of Suricata rules\.$/,
  ]);
  await expect.poll(() => rules.counts('ICMP seen'), 'the rules of the editor run all the same').toEqual(['16', '4', '12', '12']);
});

test('files of rules that are dropped replace the rules, beside captures that open', async ({ app, page }) => {
  const rules = new RulesPage(page);
  const text = (name: string, words: string) => ({ name, bytes: new TextEncoder().encode(words) });
  await app.give('drop', text('mine.txt', '# mine\nalert icmp any any -> any any (msg:"Dropped"; sid:9;)\n'));
  await expect(rules.editor).toContainText('Dropped');
  await rules.run();
  await expect.poll(() => rules.counts('Dropped')).toEqual(['16', '4', '12', '12']);
  await page.evaluate((size) => {
    const data = new DataTransfer();
    data.items.add(new File(['alert icmp any any -> any any (msg:"Large"; sid:10;)\n', '#'.repeat(size)], 'large.rules'));
    document.querySelector('.cm-content')!.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
  }, 50 * MB);
  await expect(rules.files.getByRole('listitem')).toContainText(['large.rules 52']);
  await expect(rules.editor).toContainText('Dropped');
  await rules.run();
  await expect.poll(() => rules.counts('Large')).toEqual(['16', '4', '12', '12']);
  await expect(app.alerts).toHaveCount(0);
  await expect(app.captures.getByRole('listitem')).toHaveCount(3);
});

test('rules that are dropped before any capture wait for one', async ({ app }) => {
  await app.goto();
  await app.give('drop', { name: 'mine.rules', bytes: new TextEncoder().encode('alert icmp any any -> any any (msg:"Waiting"; sid:9;)\n') });
  await expect(app.alerts).toHaveText('mine.rules: the rules are loaded. Open a capture to run them over.');
  await app.choose(PING);
  await app.tab('Rules').click();
  const rules = new RulesPage(app.page);
  await rules.run();
  await expect.poll(() => rules.counts('Waiting')).toEqual(['4', '12']);
});

test('more alerts than are kept: the numbers count all, and the table says where it ends', async ({ app, page }, info) => {
  const capture = info.outputPath('many.pcap');
  mkdirSync(dirname(capture), { recursive: true });
  writeLargeCapture(capture, 60_000);
  await page.getByLabel('Capture files').setInputFiles(capture);
  await app.capture('many.pcap').click();
  await expect(app.role('many.pcap')).toHaveValue('Appliance');
  const rules = new RulesPage(page);
  await rules.run();
  await expect.poll(async () => (await rules.counts('ICMP seen')).slice(-2)).toEqual(['0', '60,000']);
  await rules.results.getByRole('button', { name: '60,000' }).first().click();
  const log = page.getByRole('region', { name: 'Alert log' });
  await expect(log).toContainText('180,000 at many.pcap');
  await expect(log.getByRole('note').filter({ hasText: 'saved logs' })).toContainText('The table and the saved logs have the first 100,000 of 180,000 alerts of this capture');
  await expect(rules.alerts).toHaveAttribute('aria-rowcount', '100001');
  await log.getByRole('checkbox', { name: 'chosen rule only' }).check();
  await expect(log).toContainText('60,000 at many.pcap');
  await expect(rules.alerts).toHaveAttribute('aria-rowcount', /^3\d{4}$/);
});
