// Why a rule is silent over a capture, the packets behind a number, and what an IPS lets through.

import AxeBuilder from '@axe-core/playwright';
import { RulesPage } from './pages/rules.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
});

test('the question of the story: the rule is silent at the IDS, since it sees envelopes', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp 142.251.42.79 any -> any any (msg:"Reply"; itype:0; sid:1;)');
  await rules.decoding.click();
  await rules.run();
  await expect.poll(() => rules.counts('Reply')).toEqual(['6', '0', '0', '6']);
  await rules.results.getByRole('button', { description: /appliance-eth0\.pcap, outer/ }).click();
  const silence = page.getByRole('region', { name: 'Silent rule' });
  await expect(silence).toContainText('It fires at source-eth0.pcap, frame (6); appliance-vxlan100.pcap, frame (6).');
  await expect(silence.getByRole('list', { name: 'Usual suspects' }).getByRole('listitem').first()).toContainText('With VXLAN decoding on it fires 6 times, first on packet 3 inside its envelope: this IDS sees the addresses of the envelope only.');
  await expect(silence.getByRole('table').getByRole('row')).toContainText(['Of 19 packets', 'Protocolicmp15', 'Source address142.251.42.794']);
  await expect(silence).toContainText('Closest: packet 14 met 1 condition, then fell out at Source address: it has 172.31.9.144.');
  await silence.getByRole('button', { name: 'Look at packet 14' }).click();
  await expect(rules.why.getByRole('spinbutton', { name: 'packet' })).toHaveValue('14');
  await expect(rules.why.getByRole('region', { name: 'Bytes' })).toContainText('bytes 26–29 of packet 14');
});

test('a condition’s bytes are marked, and the packet is shown at its field', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp any any -> any any (msg:"Reply"; itype:0; sid:1;)');
  await rules.run();
  await expect.poll(() => rules.counts('Reply')).toEqual(['8', '2', '6', '6']);
  await rules.results.getByRole('button', { description: /appliance-eth0\.pcap, inner/ }).click();
  await expect(rules.why).toContainText('6 alerts on the inner packets of appliance-eth0.pcap, first at 0.000915 s, last at 2.5');
  const bytes = rules.why.getByRole('region', { name: 'Bytes' });
  await expect(bytes).toContainText('byte 84 of packet 3');
  await rules.why.getByRole('region', { name: 'inner' }).getByRole('button', { name: '142.251.42.79' }).click();
  await expect(bytes).toContainText('bytes 76–79 of packet 3');
  await expect(bytes.getByRole('gridcell', { selected: true })).toHaveText(['8e', 'fb', '2a', '4f']);
  await rules.why.getByRole('button', { name: 'Show packet 3' }).click();
  await expect(page.getByRole('tree', { name: 'Inner layers' }).getByRole('treeitem', { selected: true })).toContainText('142.251.42.79');
  await app.tab('Rules').click();
  await rules.why.getByRole('button', { name: 'Show these packets' }).click();
  await app.hasRows(6);
  await expect(app.filter).toHaveValue('frame.number in {3, 5, 7, 9, 11, 13}');
});

test('with IPS on, what would have got through is shown, and what not', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write('drop icmp any any -> any any (msg:"No requests"; itype:8; sid:1;)');
  await page.getByRole('switch', { name: 'IPS' }).click();
  await rules.run();
  const through = page.getByRole('list', { name: 'What the IPS lets through' });
  await expect(through.getByRole('listitem')).toContainText(['source-eth0 12 of 20 get through', 'appliance-eth0 11 of 19 get through', 'appliance-vxlan100 6 of 12 get through']);
  await expect(through.getByRole('listitem').last()).toContainText('6 of 12 get through Show6 stopped');
  await through.getByRole('button', { name: 'Show what gets through at source-eth0.pcap' }).click();
  await app.hasRows(12);
  for (const number of await app.packets.getByRole('row').filter({ hasText: 'Echo (ping) request' }).allTextContents()) expect(number, 'no request among them').toBe('');
  await app.tab('Rules').click();
  await through.getByRole('button', { name: 'Show what is stopped at appliance-eth0.pcap' }).click();
  await app.hasRows(8);
});

test('the rule list sorts by hits, state and cost, and leads to Why; a packet that matched twice counts once', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp any any -> any any (msg:"Few"; itype:8; icmp_seq:3; sid:3;)\nalert icmp any any -> any any (msg:"Many"; sid:2;)\nalert tcp any any -> any any (msg:"Never"; sid:1;)\nalert udp any any -> any 4789 (msg:"Envelope"; sid:4;)');
  await rules.run();
  await expect.poll(() => rules.counts('Many')).toEqual(['16', '4', '12', '12']);
  await expect(page.getByRole('region', { name: 'Alert log' })).toContainText('29 at appliance-eth0.pcap on 16 packets');
  await expect(page.getByRole('region', { name: 'Alert log' }).getByRole('note')).toHaveText('12 of the 16 packets matched both outside and inside their envelope: each counts as one packet.');
  await page.getByRole('button', { name: 'Rule list' }).click();
  const list = page.getByRole('grid', { name: 'Rule list' });
  const order = (): Promise<string[]> => list.getByRole('row').locator('.rule-choose').allTextContents();
  expect(await order()).toEqual(['Many', 'Envelope', 'Few', 'Never']);
  await expect(list.getByRole('row', { name: /^2 Many fires 44 / })).toBeVisible();
  await list.getByRole('button', { name: 'sid' }).click();
  expect(await order()).toEqual(['Never', 'Many', 'Few', 'Envelope']);
  await list.getByRole('button', { name: 'Never' }).click();
  await expect(page.getByRole('region', { name: 'Silent rule' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rules.why).toContainText('4 alerts on the outer packets of appliance-eth0.pcap');
});

for (const scheme of ['light', 'dark'] as const) test(`no barriers, ${scheme}`, async ({ page }) => {
  await page.emulateMedia({ colorScheme: scheme });
  const rules = new RulesPage(page);
  await rules.write('alert icmp 142.251.42.79 any -> any any (msg:"Reply"; itype:0; sid:1;)\nalert udp any any -> any 4789 (sid:3;)\n# alert icmp any any -> any any (sid:2;)\n');
  await rules.decoding.click();
  await page.getByRole('switch', { name: 'IPS' }).click();
  await rules.run();
  await rules.results.getByRole('button', { description: /Reply, appliance-eth0\.pcap, outer/ }).click();
  await expect(page.getByRole('list', { name: 'Usual suspects' })).toBeVisible();
  await page.getByRole('button', { name: 'eve.json', exact: true }).click();
  await page.getByRole('textbox', { name: 'jq' }).fill('.a.(');
  await expect(page.getByRole('note').filter({ hasText: 'jq: error' })).toBeVisible();
  await page.getByRole('button', { name: 'Rule list' }).click();
  await rules.editor.click();
  await page.keyboard.type('alert icmp any any -> any any (it');
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
});
