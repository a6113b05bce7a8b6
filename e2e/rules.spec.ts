import AxeBuilder from '@axe-core/playwright';
import { RulesPage } from './pages/rules.ts';
import { PacketsPage } from './pages/packets.ts';
import { expect, test } from './support/test.ts';

const LESSON = `alert icmp any any -> any any (msg:"ICMP"; sid:1; rev:1;)
alert udp any any -> any 4789 (msg:"VXLAN envelope"; sid:2; rev:1;)
`;

test.beforeEach(async ({ app }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  for (const name of ['source-eth0.pcap', 'appliance-vxlan100.pcap']) await expect(app.role(name)).not.toHaveValue('Other');
  await app.tab('Rules').click();
});

test('the lesson of the mirrored ping: where the rule fires, and where it does not with VXLAN decoding off', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write(LESSON);
  await rules.run();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  expect(await rules.counts('VXLAN envelope')).toEqual(['0', '12', '0', '0']);
  await rules.decoding.click();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '0', '12']);
  expect(await rules.counts('VXLAN envelope')).toEqual(['0', '12', '0', '0']);
  await rules.decoding.click();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
});

test('Why tells which condition failed first, on the envelope and on the frame inside', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp 142.251.42.79 any -> $HOME_NET any (msg:"Reply from outside"; itype:0; sid:3;)');
  await rules.run();
  await expect.poll(() => rules.counts('Reply from outside')).toEqual(['6', '0', '6', '6']);
  await rules.results.getByRole('button').nth(1).click();
  await rules.why.getByRole('spinbutton', { name: 'packet' }).fill('3');
  const outer = rules.why.getByRole('region', { name: 'outer' });
  await expect(outer).toContainText('no alert');
  await expect(outer.getByRole('row', { name: /not met.*Protocol.*icmp.*UDP/ })).toContainText('failed first');
  const inner = rules.why.getByRole('region', { name: 'inner' });
  await expect(inner).toContainText('alert, priority 3');
  await expect(inner.getByRole('img', { name: 'not met' })).toHaveCount(0);
  await expect(inner.getByRole('row', { name: /met.*Source address.*142\.251\.42\.79/ })).toBeVisible();
  await rules.why.getByRole('button', { name: 'Show packet 3' }).click();
  await expect(app.packets.getByRole('row', { selected: true })).toContainText('142.251.42.79');
});

test('a mistake is marked in its line with the mend, and the other rules still run', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write(`${LESSON}alert icmp any any -> any any (msg:"Low TTL"; tll:<5; sid:4;)\n`);
  await expect(rules.mistakes).toContainText(/editor:3:47 .*tll.*ttl/);
  await rules.mistakes.getByRole('button', { name: 'editor:3:47' }).click();
  await page.keyboard.type('X');
  await expect(rules.editor).toContainText('(msg:"Low TTL"; Xtll:<5;');
  await rules.run();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  await expect(rules.outcome).toContainText('2 of 3 rules ran over 51 packets');
});

test('a keyword that is not evaluated is never ignored silently', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert tcp any any -> any any (msg:"needs Lua"; lua:script.lua; sid:5;)');
  await rules.run();
  await expect(rules.results.getByRole('row').filter({ hasText: 'needs Lua' })).toContainText('not evaluated here, because');
});

test('VXLens’s own keywords are a mistake until they are asked for, and fire by VNI then', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write('alert icmp any any -> any any (msg:"VNI 333"; vxlan.vni:333; sid:1; rev:1;)\nalert icmp any any -> any any (msg:"ICMP"; sid:2; rev:1;)\n');
  await expect(page.getByRole('list', { name: 'Mistakes in the rules' })).toContainText('“vxlan.vni” is a keyword of VXLens, which Suricata does not know.');
  await page.getByRole('switch', { name: 'VNI keywords' }).click();
  await expect(page.getByRole('list', { name: 'Mistakes in the rules' })).toHaveCount(0);
  await rules.run();
  await expect.poll(() => rules.counts('VNI 333')).toEqual(['0', '0', '12', '0']);
  expect(await rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  await expect(page).toHaveURL(/&keywords=vxlens/);
  await page.reload();
  await app.tab('Rules').click();
  await expect(page.getByRole('switch', { name: 'VNI keywords' })).toBeChecked();
});

test('alerts stand in a table, as fast.log and as EVE, and can be saved', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write(LESSON);
  await rules.run();
  await expect(rules.alerts).toHaveAttribute('aria-rowcount', '29');
  await expect(rules.alerts.getByRole('row').nth(1)).toContainText('VXLAN envelope');
  await page.getByRole('button', { name: 'fast.log', exact: true }).click();
  await expect(page.getByLabel('fast.log', { exact: true })).toContainText('[**] [1:1:1] ICMP [**] [Classification: (null)] [Priority: 3] {ICMP} 172.31.9.144:8 -> 142.251.42.79:0');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save eve.json' }).click();
  const saved = await (await download).createReadStream();
  let text = '';
  for await (const chunk of saved) text += String(chunk);
  const events = text.trim().split('\n').map((line) => JSON.parse(line) as { event_type: string; tunnel?: { dest_port: number } });
  expect(events).toHaveLength(28);
  expect(events.filter(({ tunnel }) => tunnel?.dest_port === 4789)).toHaveLength(12);
});

test('flagged rows are marked in the list, level by level', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write(LESSON);
  await rules.run();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  await app.tab('Packets').click();
  await expect(app.row(3).getByRole('gridcell').last()).not.toBeEmpty();
  await expect(app.row(1).getByRole('gridcell').last()).toBeEmpty();
});

test('the list sorts by the number of alerts, and again when the rules run anew', async ({ app, page }) => {
  const rules = new RulesPage(page);
  await rules.write(`${LESSON}alert icmp any any -> any any (msg:"Third request"; itype:8; icmp_seq:3; sid:3;)\n`);
  await rules.run();
  await expect.poll(() => rules.counts('Third request')).toEqual(['1', '0', '1', '1']);
  await app.tab('Packets').click();
  const packets = new PacketsPage(page);
  const title = packets.header('Alerts');
  const first = async (count: number): Promise<number[]> => {
    await packets.grid.hover();
    await page.mouse.wheel(0, -2000); // the selected packet stays in view, wherever the order has it
    return (await packets.numbers()).slice(0, count);
  };
  await title.getByRole('button').click();
  await expect(title).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(() => first(3), 'the ARP and DNS of the capture have none').toEqual([1, 16, 17]);
  await title.getByRole('button').click();
  await expect(title).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => first(4), 'the third request has three: envelope, ping, request').toEqual([6, 2, 3, 4]);
  await app.tab('Rules').click();
  await rules.decoding.click();
  await expect.poll(() => rules.counts('Third request')).toEqual(['1', '0', '0', '1']);
  await app.tab('Packets').click();
  await expect.poll(() => first(4), 'without decoding each envelope has one').toEqual([2, 3, 4, 5]);
});

test('what the numbers do not cover is said beside them, never as “no match”', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.write(LESSON);
  await rules.run();
  await expect.poll(() => rules.counts('ICMP')).toEqual(['16', '4', '12', '12']);
  await expect(rules.limits).toHaveCount(0);
  await rules.write(`alert icmp any any -> any any (msg:"Costly"; pcre:"/.*.*.*.*(?=never)/s"; sid:5;)\n`);
  await rules.run();
  await expect.poll(() => rules.counts('Costly')).toEqual(['0 ?', '0 ?', '0 ?', '0 ?']);
  await expect(rules.results.getByRole('button', { name: '0 ?', description: /appliance-eth0\.pcap, inner, not known on 12 packets/ })).toHaveCount(1);
  await expect(rules.limits).toContainText('sid 5 is not known (?) on 16 packets of source-eth0.pcap, 16 packets of appliance-eth0.pcap, 12 packets of appliance-vxlan100.pcap: its regular expression was stopped');
  await rules.results.getByRole('button', { description: /Costly, appliance-eth0\.pcap, inner/ }).click();
  await rules.why.getByRole('spinbutton', { name: 'packet' }).fill('2');
  await expect(rules.why).toContainText('On the inner packet nobody knows: its regular expression was stopped');
  await expect(rules.why.getByRole('region', { name: 'inner' }).getByRole('row', { name: /^not known pcre/ })).toBeVisible();
  await rules.write(Array.from({ length: 17 }, (_, i) => `alert icmp any any -> any any (msg:"Same ${i}!"; itype:8; sid:${i + 1};)`).join('\n'));
  await rules.run();
  await expect.poll(() => rules.counts('Same 14!')).toEqual(['8', '2', '6', '6']);
  expect(await rules.counts('Same 15!')).toEqual(['0 +8', '0 +2', '0 +6', '0 +6']);
  await expect(rules.limits).toContainText('44 more matches with no alert, marked +: of one packet 15 alerts are written at most, as in Suricata (packet-alert-max).');
});

test('by keyboard: run, walk the matrix, read why', async ({ page }) => {
  const rules = new RulesPage(page);
  await rules.editor.focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect.poll(() => rules.counts('ICMP seen')).toEqual(['16', '4', '12', '12']);
  await rules.results.getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(rules.why.getByRole('region', { name: 'inner' })).toContainText('alert');
});

for (const scheme of ['light', 'dark'] as const) test(`no barriers, ${scheme}`, async ({ page }) => {
  await page.emulateMedia({ colorScheme: scheme });
  const rules = new RulesPage(page);
  await page.getByLabel('Rule files').setInputFiles({ name: 'large.rules', mimeType: 'text/plain', buffer: Buffer.from('# a comment\n'.repeat(200_000)) });
  await expect(rules.files).toBeVisible();
  await rules.write(`${LESSON}alert icmp any any -> any any (msg:"Low TTL"; tll:<5; sid:4;)\nalert ip any any -> any any (msg:"Costly"; pcre:"/.*.*.*.*(?=never)/s"; sid:5;)\n`);
  await rules.run();
  await expect(rules.limits).toBeVisible();
  await expect(rules.why.getByRole('table').first()).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
});
