// Writing rules: what is offered, explained, printed, switched off, tried and made while somebody types.

import { RulesPage } from './pages/rules.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping#v=1&packet=3');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
});

test('keywords, variables and values are offered, and the keyword under the cursor is explained', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('');
  const offered = page.getByRole('listbox', { name: 'Completions' });
  await page.keyboard.type('alert icmp $HO');
  await expect(offered.getByRole('option', { name: /^\$HOME_NET ?\[192\.168\.0\.0\/16/ })).toBeVisible();
  await expect(offered.getByRole('option', { selected: true })).toHaveText(/^\$HOME_NET/);
  await page.waitForTimeout(100); // the list takes a key once it has been there for a moment
  await page.keyboard.press('Enter');
  await page.keyboard.type(' any -> any any (ity');
  await expect(offered.getByRole('option', { selected: true })).toHaveText(/^itypeThe ICMP/);
  await page.waitForTimeout(100);
  await page.keyboard.press('Enter');
  await page.keyboard.type('0; classtype:icm');
  await expect(offered.getByRole('option', { selected: true })).toHaveText(/^icmp-eventGeneric ICMP event, priority 3/);
  await page.waitForTimeout(100);
  await page.keyboard.press('Enter');
  await page.keyboard.type('; sid:7;)');
  await expect(rules.editor).toContainText('alert icmp $HOME_NET any -> any any (itype:0; classtype:icmp-event; sid:7;)');
  for (let i = 0; i < 34; i++) await page.keyboard.press('ArrowLeft');
  await expect(rules.underCursor).toContainText('itype:[!|<|>|<=|>=]N; or itype:A<>B; The ICMP or ICMPv6 type compares.');
});

test('VXLens’s own keywords are offered where they are switched on', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('');
  const offered = page.getByRole('listbox', { name: 'Completions' });
  await page.keyboard.type('alert icmp any any -> any any (v');
  await expect(offered.getByRole('option', { name: /^vlan\.id/ })).toBeVisible();
  await expect(offered.getByRole('option', { name: /^vxlan\.vni/ })).toHaveCount(0);
  await page.getByRole('switch', { name: 'VNI keywords' }).click();
  await rules.editor.focus();
  await page.keyboard.type('x');
  await expect(offered.getByRole('option', { name: /^vxlan\.vni.*VXLens’s own/ })).toBeVisible();
});

test('the list of completions can be walked from itself', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('');
  await page.keyboard.type('alert icmp any any -> any any (ic');
  const offered = page.getByRole('listbox', { name: 'Completions' });
  await expect(offered.getByRole('option', { selected: true })).toHaveText(/^icmp_id/);
  await page.waitForTimeout(100);
  await page.keyboard.press('Tab');
  await expect(offered).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(offered.getByRole('option', { selected: true })).toHaveText(/^icmp_seq/);
  await page.keyboard.press('Enter');
  await expect(rules.editor).toBeFocused();
  await expect(rules.editor).toContainText('(icmp_seq:');
});

test('a rule is tried on the selected packet as it is typed', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp any any -> any any (itype:8; sid:7;)');
  await expect(rules.underCursor.getByRole('status')).toHaveText('Packet 3 of appliance-eth0.pcap: On the outer packet it stays silent: it wants an ICMP or ICMPv6 packet, and the packet has UDP over IPv4. On the inner packet it stays silent: it wants the ICMP type is 8, and the packet has 0.');
  await rules.write('alert icmp any any -> any any (itype:0; sid:7;)');
  await expect(rules.underCursor.getByRole('status')).toContainText('It fires on the inner packet.');
  await rules.decoding.click();
  await expect(rules.underCursor.getByRole('status')).toContainText('VXLAN decoding is off');
});

test('a rule is made from the selected packet, and fires on it', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await page.getByRole('button', { name: 'Rule from packet 3' }).click();
  await expect(rules.editor).toContainText('alert icmp 142.251.42.79 any -> 172.31.9.144 any (msg:"ICMP type 0, from packet 3"; itype:0; icode:0; sid:1000004; rev:1;)');
  await expect(rules.underCursor.getByRole('status')).toContainText('It fires on the inner packet.');
  await rules.run();
  await expect.poll(() => rules.counts(/from packet 3/)).toEqual(['6', '0', '6', '6']);
  await app.tab('Packets').click();
  await app.row(1).click();
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.type('make a rule');
  await page.keyboard.press('Enter');
  await expect(rules.editor).toContainText('from packet 1"');
  await expect(rules.editor).toBeFocused();
});

test('a rule is switched off and on, by key and by its mark', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp any any -> any any (msg:"A"; sid:1;)\nalert udp any any -> any 4789 (msg:"B"; \\\n    sid:2;)');
  await page.keyboard.press('ControlOrMeta+/');
  await expect(rules.editor).toContainText('# alert udp any any -> any 4789 (msg:"B"; \\#     sid:2;)');
  await rules.run();
  await expect.poll(() => rules.counts('A')).toEqual(['16', '4', '12', '12']);
  await expect(rules.outcome).toContainText('1 of 1 rules ran');
  await page.getByTitle('This rule is off; press to switch it on').click();
  await expect(rules.editor).not.toContainText('#');
  await page.getByTitle('Press to switch this rule off').filter({ visible: true }).first().click();
  await rules.run();
  await expect.poll(() => rules.counts('B')).toEqual(['0', '12', '0', '0']);
});

test('rules are printed one way, and saved', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('# mine\nalert   icmp any any->any any (sid:1;)\nalert  icmp  any any -> [ 10.0.0.1, 10.0.0.2 ] any  (msg:"a  b" ;sid: 2 ; )');
  await page.getByRole('button', { name: 'Format' }).click();
  await expect(rules.editor).toContainText('alert   icmp any any->any any (sid:1;)alert icmp any any -> [10.0.0.1,10.0.0.2] any (msg:"a  b"; sid:2;)');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save rules' }).click();
  expect((await download).suggestedFilename()).toBe('vxlens.rules');
});

test('several files stand under their names, fold by them, and one that is loaded again replaces itself', async ({ page }) => {
  const rules = new RulesPage(page);
  const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  const give = (...files: ReturnType<typeof file>[]) => page.getByLabel('Rule files').setInputFiles(files);
  await give(file('a.rules', 'alert icmp any any -> any any (msg:"from a"; sid:1;)\n'), file('b.rules', 'alert udp any any -> any any (msg:"from b"; sid:2;)\n'));
  await expect(rules.editor).toContainText('# file: a.rulesalert icmp any any -> any any (msg:"from a"; sid:1;)# file: b.rulesalert udp');
  await give(file('a.rules', 'alert icmp any any -> any any (msg:"anew"; sid:3;)\n'));
  await expect(rules.editor).not.toContainText('from a');
  await expect(rules.editor).toContainText('from b');
  await page.getByTitle('Fold line').filter({ visible: true }).first().click();
  await expect(rules.editor).not.toContainText('anew');
  await expect(rules.editor).toContainText('from b');
  await give(file('c.rules', '# two lines before\n\nalert icmp any any -> any any (tll:5; sid:4;)\n'));
  await expect(rules.mistakes, 'a mistake is told with its file, and the line there').toContainText('c.rules:3:32 There is no keyword “tll”. Did you mean “ttl”?');
  await rules.run();
  await expect.poll(() => rules.counts('anew')).toEqual(['16', '4', '12', '12']);
});
