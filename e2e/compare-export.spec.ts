import { exported } from './support/download.ts';
import { expect, test } from './support/test.ts';

const packetsIn = (pcap: Buffer): number => {
  let packets = 0;
  for (let at = 24; at < pcap.length; at += 16 + pcap.readUInt32LE(at + 8)) packets++;
  return packets;
};

test.beforeEach(async ({ app, page }) => {
  await app.goto('?sample=mirrored-ping');
  await app.hasRows(19);
  await app.tab('Compare').click();
  await expect(page.getByRole('grid', { name: 'Paired packets' })).toHaveAttribute('aria-rowcount', '21');
});

test('the table as CSV: a line a row, as on screen', async ({ page }) => {
  const { name, bytes } = await exported(page, 'CSV');
  const lines = bytes.toString().trimEnd().split('\r\n');
  expect(name).toBe('source-eth0-appliance-eth0.csv');
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe('No.,Source time,Appliance no.,Source,Destination,Protocol,Info,Length,Delay ms,Fate,Note');
  expect(lines[3]).toMatch(/^3,0\.000049,2,172\.31\.9\.144,142\.251\.42\.79,ICMP,"?Echo \(ping\) request.*,98,0\.844,Mirrored,/);
  expect(lines[2]).toMatch(/^2,0\.000039,,.*,Filtered,/);
});

test('the result as JSON, of the fate that is shown', async ({ page }) => {
  await page.getByRole('radio', { name: 'Direct' }).check();
  const { name, bytes } = await exported(page, 'JSON');
  expect(name).toBe('source-eth0-appliance-eth0-direct.json');
  expect(JSON.parse(bytes.toString())).toMatchObject({ pairs: [], direct: [[1, 1], [15, 14], [16, 15], [17, 16], [18, 17], [19, 18], [20, 19]], onlyInA: [] });
  expect(JSON.parse((await exported(page, 'JSON', 'All rows')).bytes.toString())).toMatchObject({ pairs: { length: 12 }, onlyInA: [2] });
});

test('packets as captures: of a fate, and of rows that were chosen', async ({ page }) => {
  await page.getByRole('radio', { name: 'Mirrored' }).check();
  const source = await exported(page, "Source's packets");
  expect(source.name).toBe('source-eth0-mirrored.pcap');
  expect(packetsIn(source.bytes)).toBe(12);
  const rows = page.getByRole('grid', { name: 'Paired packets' }).getByRole('row');
  await rows.nth(2).click();
  await rows.nth(4).click({ modifiers: ['Shift'] });
  await expect(rows.and(page.locator('[aria-selected=true]'))).toHaveCount(3);
  expect(packetsIn((await exported(page, "Appliance's packets", 'Rows chosen')).bytes)).toBe(3);
});
