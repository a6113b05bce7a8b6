import { framesOf, inTwo } from '../src/core/testing/fragments.ts';
import { pcapFile } from '../src/core/testing/pcap-file.ts';
import { PING } from './support/files.ts';
import { expect, test } from './support/packets-test.ts';

test.use({ viewport: { width: 1440, height: 1000 } });

// The second packet of the mirrored ping, with its envelope in two fragments around another packet.
const frames = framesOf(PING.bytes);
const [first, second] = inTwo(frames[1]!, 48);
const inPieces = { name: 'pieces.pcap', mimeType: 'application/octet-stream', buffer: Buffer.from(pcapFile({ packets: [first, frames[0]!, second].map((bytes, i) => ({ bytes, seconds: 1_700_000_000 + i })) })) };

test.describe('an envelope in fragments', () => {
  test.beforeEach(async ({ at }) => {
    await at.page.goto('./');
    await at.page.getByLabel('Capture files').setInputFiles(inPieces);
    await expect(at.grid).toHaveAttribute('aria-rowcount', '4');
  });

  test('is put together where it is complete: both stacks, the pieces with links, and bytes of its own', async ({ at }) => {
    await at.row(3).click();
    await expect(at.innerField(/^ICMP: /)).toBeVisible();
    await expect(at.outerField(/^VXLAN: VNI 333/)).toBeVisible();
    const pieces = at.outerField(/^IPv4 Fragments: 2 fragments, \d+ bytes: #1 \(48\), #3/);
    await pieces.click();
    await expect(at.page.getByRole('tab', { name: /^Reassembled IPv4/ })).toHaveAttribute('aria-selected', 'true');
    await expect(at.hexStatus).toContainText('of Reassembled IPv4 · ip.fragments');
    await at.page.getByRole('tab', { name: 'Packet (' }).click();
    await expect(at.hex).toHaveAttribute('aria-rowcount', String(Math.ceil(second.length / 16)));
    await at.innerField(/^ICMP: /).click();
    await expect(at.page.getByRole('tab', { name: /^Reassembled IPv4/ })).toHaveAttribute('aria-selected', 'true');
    await pieces.press('ArrowRight');
    await at.page.getByRole('button', { name: 'Go to packet 1' }).click();
    await expect(at.row(1)).toHaveAttribute('aria-selected', 'true');
    const completes = at.outerField('Reassembled IPv4 in frame: #3');
    await expect(completes).toHaveAccessibleDescription(/follows from other packets, Enter goes to it/);
    await completes.press('Enter');
    await expect(at.row(3)).toHaveAttribute('aria-selected', 'true');
  });

  test('stays in pieces when reassembly is off, and filters follow', async ({ at }) => {
    await at.apply('icmp');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '2');
    await at.page.keyboard.press('ControlOrMeta+k');
    await at.page.keyboard.type('reassembly');
    await at.page.getByRole('dialog', { name: 'Commands' }).getByRole('menuitem', { name: /^Reassembly on or off/ }).click();
    await expect(at.page.getByRole('status', { name: 'Notice' })).toContainText('Reassembly is off');
    await expect(at.grid).toHaveAttribute('aria-rowcount', '1');
    await at.apply('');
    await at.row(3).click();
    await expect(at.outerField(/^IPv4: /)).toBeVisible();
    await expect(at.page.getByRole('tab', { name: /^Reassembled/ })).toHaveCount(0);
  });
});
