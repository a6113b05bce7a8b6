import type { PacketsPage } from './pages/packets.ts';
import { expect, test } from './support/packets-test.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

/** Everything that must show the VNI of packet 3 as selected, and nothing else. */
async function expectVni(at: PacketsPage): Promise<void> {
  await expect(at.outerField('VXLAN Network Identifier (VNI): 333')).toHaveAttribute('aria-selected', 'true');
  await expect(at.page.getByRole('treeitem', { selected: true })).toHaveCount(1);
  await expect(at.hexStatus).toHaveText('bytes 46–48 · vxlan.vni · VXLAN Network Identifier (VNI)');
  expect(await at.chosenBytes()).toEqual([46, 47, 48]);
  await expect(at.diagram.getByRole('button', { name: 'VXLAN Network Identifier (VNI): 333' })).toHaveAttribute('aria-pressed', 'true');
  await expect((await at.cell(3, 'VNI')).locator('.selected-mark')).toHaveText('333');
}

test.describe('one selection runs through list, trees, bytes and diagram', () => {
  test.beforeEach(async ({ at }) => {
    await at.openMirroredPing();
    await at.row(3).click();
    await expect(at.outerField(/^VXLAN: /)).toBeVisible();
  });

  test('from the cell of the list', async ({ at }) => {
    await (await at.cell(3, 'VNI')).click();
    await expectVni(at);
  });
  test('from the tree', async ({ at }) => {
    await at.outerField('VXLAN Network Identifier (VNI): 333').click();
    await expectVni(at);
  });
  test('from a byte, and from its character', async ({ at }) => {
    await at.byte(47).click();
    await expectVni(at);
    await at.byte(72).click();
    await expect(at.innerField('Time to Live: 64')).toHaveAttribute('aria-selected', 'true');
    await at.hex.locator('.hex-char[data-byte="48"]').click();
    await expectVni(at);
  });
  test('from the diagram', async ({ at }) => {
    await at.diagram.getByRole('button', { name: /^VXLAN \d/ }).click();
    await at.diagram.getByRole('button', { name: 'VXLAN Network Identifier (VNI): 333' }).click();
    await expectVni(at);
  });
  test('opens the layer that hides the field', async ({ at }) => {
    await expect(at.outerField(/^Source Port: /)).toHaveCount(0);
    await at.byte(34).click();
    await expect(at.outerField('Source Port: 65511')).toHaveAttribute('aria-selected', 'true');
    await expect(at.outerField(/^UDP: /)).toHaveAttribute('aria-expanded', 'true');
  });
  test('goes along to the next packet that has the field, and waits in one that has not', async ({ at }) => {
    await (await at.cell(3, 'VNI')).click();
    await at.grid.press('ArrowDown');
    await expect(at.hexStatus).toHaveText('bytes 46–48 · vxlan.vni · VXLAN Network Identifier (VNI)');
    await expect(at.row(4)).toHaveAttribute('aria-selected', 'true');
    await at.grid.press('Home');
    await expect(at.page.getByRole('treeitem', { selected: true })).toHaveCount(0);
    await expect(at.inner).toContainText('This packet has no envelope');
    await at.grid.press('ArrowDown');
    await expect(at.outerField('VXLAN Network Identifier (VNI): 333')).toHaveAttribute('aria-selected', 'true');
  });
  test('pointing at a byte shows its field without choosing it', async ({ at }) => {
    await (await at.cell(3, 'VNI')).click();
    await at.byte(72).hover();
    await expect(at.hexStatus).toHaveText('byte 72 · ip.ttl · Time to Live');
    await expect(at.innerField('Time to Live: 64')).toHaveAttribute('data-pointed', 'true');
    await at.grid.hover();
    await expectVni(at);
  });
});

test('packet 3 of the mirrored ping has the values of the wire', async ({ at }) => {
  await at.openMirroredPing();
  await expect(at.passing).toHaveText('19 of 19 packets');
  expect(await at.titles()).toEqual(['No.', 'Time', 'Source', 'Destination', 'Protocol', 'Length', 'VNI', 'Inner source', 'Inner destination', 'Inner protocol', 'Info', 'Alerts']);
  await at.row(3).click();
  const row = await at.row(3).getByRole('gridcell').allInnerTexts();
  expect(row.slice(0, 10)).toEqual(['3', '0.000915', '172.31.9.144', '172.31.4.131', 'VXLAN', '148', '333', '142.251.42.79', '172.31.9.144', 'ICMP']);
  expect(row[10]).toContain('Echo (ping) reply');
  for (const name of ['IPv4: 172.31.9.144 → 172.31.4.131', 'Time to Live: 64', 'VXLAN: VNI 333', 'Header Checksum: 0xeb2f']) await expect(at.outerField(name), name).toBeVisible();
  for (const name of ['IPv4: 142.251.42.79 → 172.31.9.144', 'Header Checksum: 0x5ff7', /^Type: .*Echo \(ping\) reply/]) await expect(at.innerField(name)).toBeVisible();
  const y = async (of: PacketsPage['outer'], name: string): Promise<number> => (await of.getByRole('treeitem', { name }).boundingBox())!.y;
  expect(await y(at.outer, 'IPv4: 172.31.9.144 → 172.31.4.131')).toBe(await y(at.inner, 'IPv4: 142.251.42.79 → 172.31.9.144'));
  await at.outer.getByRole('treeitem', { name: /^IPv4: / }).press('ArrowLeft');
  expect(await y(at.outer, 'UDP: 65511 → 4789'), 'folded on one side, still opposite').toBe(await y(at.inner, 'ICMP: Echo (ping) reply'));
});

test('each panel is steered by keys', async ({ at, page }) => {
  await at.openMirroredPing();
  await at.grid.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(at.row(3)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(at.row(19)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await page.keyboard.press('n');
  await page.keyboard.press('ArrowDown');
  await expect(at.row(3)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('o');
  await expect(at.outerField(/^Ethernet: /)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(at.outerField(/^IPv4: /)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(at.outerField('Version: 4')).toBeFocused();
  await page.keyboard.press('Shift+T');
  await expect(at.outerField('Total Length: 134')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('i');
  await expect(at.innerField('Total Length: 84')).toBeFocused();
  await page.keyboard.press('b');
  await expect(at.hex).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(at.hexStatus).toContainText('bytes 68–69 · ip.id');
  await page.keyboard.press('d');
  await expect(at.diagram.getByRole('button', { name: /^Identification: / })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(at.hexStatus).toContainText('bytes 66–67 · ip.len');
  await page.keyboard.press('p');
  await expect(at.row(2)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: /Number of the packet/ }).fill('12');
  await page.keyboard.press('Enter');
  await expect(at.row(12)).toHaveAttribute('aria-selected', 'true');
});
