import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';

const FILTERED = readFileSync('public/samples/filtered/mirror.json', 'utf8');

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Mirror rules' });
const radio = (page: Page, name: string): Locator => page.getByRole('radiogroup', { name: 'Show' }).getByRole('radio', { name, exact: true });
const table = (page: Page): Locator => dialog(page).getByRole('table', { name: 'Rules of the mirror' });
const open = (page: Page): Promise<void> => page.getByRole('button', { name: 'Mirror rules' }).click();
const fate = (page: Page, row: number): Locator => page.getByRole('grid', { name: 'Paired packets' }).getByRole('row').nth(row).getByRole('gridcell').last();

test('a sample comes with its mirror’s rules, and each packet says which one decided', async ({ app, page }) => {
  await app.goto('?sample=filtered');
  await app.tab('Compare').click();
  await expect(radio(page, 'Filtered')).toHaveAccessibleDescription('400'); // of 634; the kernel mirrored 234, as the appliance's VXLAN interface has them
  await expect(radio(page, 'Lost')).toHaveAccessibleDescription('0');
  await expect(fate(page, 3)).toContainText('outbound rule 40 takes it');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('inbound rule 100 leaves it out (46)');
  await radio(page, 'Filtered').check();
  await expect(fate(page, 3)).toContainText('no inbound rule matches');
});

test.describe('the rules of the mirrored ping', () => {
  test.beforeEach(async ({ app, page }) => {
    await app.goto('?sample=mirrored-ping');
    await app.tab('Compare').click();
    await expect(radio(page, 'Filtered')).toHaveAccessibleDescription('8');
    await open(page);
    await expect(table(page).getByRole('row')).toHaveCount(5);
  });

  test('are judged by as soon as they are other ones', async ({ page }) => {
    await expect(dialog(page).getByRole('status', { name: 'About these rules' })).toContainText('Session 1, tms-0c0ffee5eed5e5510, mirrors with VNI 333');
    await dialog(page).getByRole('combobox', { name: 'Action, rule 4' }).selectOption('Reject');
    await dialog(page).getByRole('button', { name: 'Use rules' }).click();
    await expect(radio(page, 'Filtered')).toHaveAccessibleDescription('8');
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('6 came although the mirror’s filter leaves them out');
    await expect(page.getByRole('table', { name: 'Expected against observed' }).getByRole('row')).toHaveText(['CameDid not come', 'Expected60', 'Not expected68']);
    await page.getByRole('button', { name: '6, show Unexpected' }).click();
    await expect(radio(page, 'Unexpected')).toBeChecked();
    await expect(fate(page, 1)).toContainText('Unexpected');
    await radio(page, 'All').check();
    await expect(page).toHaveURL(/#.*mirror=/);
    await page.goto('about:blank');
    await page.goBack(); // the address alone
    await expect(radio(page, 'Unexpected')).toHaveAccessibleDescription('6');
    await expect(fate(page, 3)).toContainText('outbound rule 100 leaves it out');
  });

  test('taken away, nothing is filtered any more', async ({ page }) => {
    await dialog(page).getByRole('button', { name: 'Remove rules' }).click();
    await expect(radio(page, 'Only at source')).toHaveAccessibleDescription('1');
    await expect(radio(page, 'Filtered')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Mirror rules' })).toHaveAccessibleDescription('none');
    await expect(page).toHaveURL(/&mirror=(&|$)/);
  });

  test('what is odd is said while it is typed, and the rest works', async ({ page }) => {
    const about = dialog(page).getByRole('status', { name: 'About these rules' });
    await dialog(page).getByRole('textbox', { name: 'Source, rule 1' }).fill('172.31.4.131/33');
    await expect(about).toContainText('Inbound rule 50 of tmf-0c0ffee5eed1c3b0a has the SourceCidrBlock "172.31.4.131/33", which is no address range');
    await dialog(page).getByRole('textbox', { name: 'Source, rule 1' }).fill('172.31.4.131/32');
    await dialog(page).getByRole('textbox', { name: 'Number, rule 2' }).fill('50');
    await expect(about).toContainText('two inbound rules 50; the one that stands first counts first.');
    await dialog(page).getByRole('button', { name: 'Delete rule 2' }).click();
    await dialog(page).getByRole('button', { name: 'Add inbound rule' }).click();
    await dialog(page).getByRole('textbox', { name: 'Protocol, rule 4' }).fill('icmp');
    await dialog(page).getByRole('button', { name: 'Use rules' }).click();
    await expect(radio(page, 'Filtered')).toHaveAccessibleDescription('8');
  });

  test('a session can be typed, and the what-if plays it', async ({ page }) => {
    const sessions = dialog(page).getByRole('table', { name: 'Sessions of the mirror' });
    await expect(sessions.getByRole('textbox', { name: 'VNI, session 1' })).toHaveValue('333');
    await sessions.getByRole('button', { name: 'Delete session 1' }).click();
    await expect(sessions).toBeHidden();
    await dialog(page).getByRole('button', { name: 'Add session' }).click();
    await sessions.getByRole('textbox', { name: 'VNI, session 1' }).fill('77');
    await sessions.getByRole('textbox', { name: 'Packet length, session 1' }).fill('60');
    await sessions.getByRole('combobox', { name: 'Target, session 1' }).selectOption('A Network Load Balancer');
    await expect(dialog(page).getByRole('status', { name: 'About these rules' })).toContainText('Session 1, session-1, mirrors with VNI 77');
    await dialog(page).getByRole('button', { name: 'Use rules' }).click();
    await page.getByRole('button', { name: 'What if' }).click();
    await page.getByRole('menuitem', { name: 'Make the appliance’s capture' }).click();
    await expect(page.getByRole('status', { name: 'What will happen' })).toContainText('session-1 mirrors with VNI 77 what tmf-0c0ffee5eed1c3b0a lets through. The target is a Network Load Balancer: frames are cut to 60 bytes');
  });

  test('are replaced by a file, by a paste, and by JSON that is typed', async ({ page }) => {
    await dialog(page).getByLabel('Mirror rule files').setInputFiles({ name: 'filters.json', mimeType: 'application/json', buffer: Buffer.from(FILTERED) });
    await expect(table(page).getByRole('row')).toHaveCount(FILTERED.split('"RuleNumber"').length);
    await dialog(page).getByText('As JSON').click();
    const json = dialog(page).getByRole('textbox', { name: 'Mirror rules as JSON' });
    await json.fill('{"TrafficMirrorFilterId": "tmf-1", "IngressFilterRules": [');
    await expect(dialog(page).getByRole('status', { name: 'About these rules' })).toContainText('The JSON is not JSON: line 1, column 59: the text ends where a value or “]” should be.');
    await expect(dialog(page).getByRole('button', { name: 'Use rules' })).toBeDisabled();
    await json.fill('{"TrafficMirrorFilterId": "tmf-1", "IngressFilterRules": [{"RuleNumber": 7, "RuleAction": "accept", "SourceCidrBlock": "::/0", "DestinationCidrBlock": "::/0"}]}');
    await expect(table(page).getByRole('textbox', { name: 'Number, rule 1' })).toHaveValue('7');
    await dialog(page).getByRole('button', { name: 'Use rules' }).click();
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('12 came although');
  });

  test('of several filters each has amazon-dns of its own', async ({ page }) => {
    await dialog(page).getByText('As JSON').click();
    const json = dialog(page).getByRole('textbox', { name: 'Mirror rules as JSON' });
    const filter = (id: string): object => ({ TrafficMirrorFilterId: id, IngressFilterRules: [{ RuleNumber: 1, RuleAction: 'accept', SourceCidrBlock: '::/0', DestinationCidrBlock: '::/0' }], NetworkServices: [] });
    await json.fill(JSON.stringify({ TrafficMirrorFilters: [filter('tmf-1'), filter('tmf-2')], TrafficMirrorSessions: [1, 2].map((n) => ({ TrafficMirrorSessionId: `tms-${n}`, TrafficMirrorFilterId: `tmf-${n}`, SessionNumber: n, VirtualNetworkId: n })) }));
    await dialog(page).getByRole('checkbox', { name: 'amazon-dns tmf-2' }).check();
    await expect(dialog(page).getByRole('checkbox', { name: 'amazon-dns tmf-1' })).not.toBeChecked();
    const { TrafficMirrorFilters: typed } = JSON.parse(await json.inputValue()) as { TrafficMirrorFilters: { NetworkServices: string[] }[] };
    expect(typed.map(({ NetworkServices }) => NetworkServices)).toEqual([[], ['amazon-dns']]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no barriers, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });
  }
});

test('a file of a mirror’s rules that is dropped or chosen with captures comes into the dialog', async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await page.getByLabel('Capture files').setInputFiles({ name: 'mirror.json', mimeType: 'application/json', buffer: Buffer.from(FILTERED) });
  await expect(table(page).getByRole('textbox', { name: 'Source, rule 1' })).toHaveValue('198.51.100.0/24');
});

test('captures and the rules of the mirror can be opened together', async ({ app, page }) => {
  await app.goto();
  const file = (name: string) => ({ name, mimeType: '', buffer: readFileSync(`public/samples/mirrored-ping/${name}`) });
  await page.getByLabel('Capture files').setInputFiles([file('mirror.json'), file('appliance-eth0.pcap'), file('source-eth0.pcap')]);
  await expect(dialog(page)).toContainText('What the mirror of source-eth0.pcap takes.');
  await dialog(page).getByRole('button', { name: 'Use rules' }).click();
  await expect(radio(page, 'Filtered')).toHaveAccessibleDescription('8');
});

test('rules without a capture say what to do', async ({ app, page }) => {
  await app.goto();
  await page.getByLabel('Capture files').setInputFiles({ name: 'mirror.json', mimeType: '', buffer: Buffer.from(FILTERED) });
  await expect(page.getByRole('alert')).toContainText('Mirror rules belong to a source: open its capture, then the rules again.');
});
