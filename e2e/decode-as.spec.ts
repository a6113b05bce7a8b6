import { framesOf } from '../src/core/testing/fragments.ts';
import { pcapFile } from '../src/core/testing/pcap-file.ts';
import { PING } from './support/files.ts';
import { expect, test } from './support/packets-test.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

// The mirrored ping with its envelopes on Linux's older port.
const frames = framesOf(PING.bytes);
for (const bytes of frames) if (bytes[23] === 17 && bytes[36] === 0x12 && bytes[37] === 0xb5) { bytes[36] = 8472 >> 8; bytes[37] = 8472 & 0xff; }
const moved = { name: 'moved.pcap', mimeType: 'application/octet-stream', buffer: Buffer.from(pcapFile({ packets: frames.map((bytes, i) => ({ bytes, seconds: 1_700_000_000 + i })) })) };

test.describe('VXLAN on port 8472', () => {
  test.beforeEach(async ({ at }) => {
    await at.page.goto('./');
    await at.page.getByLabel('Capture files').setInputFiles(moved);
    await expect(at.grid).toHaveAttribute('aria-rowcount', '20');
  });

  test('is offered, decoded when that is wanted, and stands in the link', async ({ at }) => {
    const offer = at.page.getByRole('region', { name: 'Offer' });
    await expect(offer.getByRole('status')).toHaveText('The payload of UDP 8472 looks like VXLAN (12 packets, VNI 333). It is shown as data until you say so.');
    await at.row(3).click();
    await expect(at.outerField(/^Data: /)).toBeVisible();
    await offer.getByRole('button', { name: 'Decode as VXLAN' }).click();
    await expect(await at.cell(3, 'VNI')).toHaveText('333');
    await expect(at.outerField(/^VXLAN: VNI 333/)).toBeVisible();
    await expect(at.innerField(/^ICMP: /)).toBeVisible();
    await expect(offer).toHaveCount(0);
    await at.apply('vxlan.vni == 333');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '13');
    await expect(at.page).toHaveURL(/decode=udp\.port==8472,vxlan/);
  });

  test('can be said in a dialog that lists what was said, and taken back', async ({ at }) => {
    await at.row(3).click();
    await at.outerField(/^Data: /).click({ button: 'right' });
    await at.page.getByRole('menuitem', { name: /^Decode as … *UDP 8472/ }).click();
    const dialog = at.page.getByRole('dialog', { name: 'Decode as' });
    await expect(dialog.getByLabel('Value')).toHaveValue('8472');
    await dialog.getByLabel('Value').fill('84720');
    await expect(dialog.getByRole('alert')).toContainText('from 0 to 65535');
    await dialog.getByLabel('Value').fill('8472');
    await dialog.getByLabel('Decode as').selectOption({ label: 'Virtual eXtensible Local Area Network' });
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(dialog.getByRole('table').getByRole('row')).toHaveText([/Where/, /UDP port8472vxlanRemove/]);
    await expect(at.page.locator('[role=grid][aria-label=Packets] [role=row][aria-rowindex="4"]')).toContainText('333');
    await dialog.getByRole('button', { name: 'Remove UDP port 8472' }).click();
    await expect(dialog).toContainText('Every port is decoded as usual');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(at.outerField(/^Data: /)).toBeVisible();
    await at.page.getByRole('button', { name: 'Leave it' }).click();
    await expect(at.page.getByRole('region', { name: 'Offer' })).toHaveCount(0);
  });
});
