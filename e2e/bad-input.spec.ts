// Each way in which a file can be wrong gives one plain sentence (what, at which byte, what was kept, what to do next), and the app goes on.

import { expect, test } from './support/test.ts';
import { cut, frame, gzip, patched, pcap, PING, text } from './support/files.ts';
import { pcapFile } from '../src/core/testing/pcap-file.ts';
import { pcapngBlocks } from '../src/core/testing/pcapng-file.ts';
import { concat } from '../src/core/testing/bytes.ts';
import type { TestFile } from './pages/app.ts';

const { section, face, enhanced, block } = pcapngBlocks(true);
const pcapng = (name: string, ...blocks: readonly Uint8Array[]): TestFile => ({ name, bytes: concat([section(), face(), ...blocks]) });
const RECORD = 16 + 60; // bytes of a record of `pcap`

/** file, what is said, packets that stay (0: nothing is opened). */
const CASES: readonly (readonly [TestFile, RegExp, number])[] = [
  [text('notes.txt', 'These are notes about a capture.'), /^notes\.txt: .*not a (packet )?capture.*\. \S.*\.$/, 0],
  [{ name: 'empty.pcap', bytes: new Uint8Array(0) }, /^empty\.pcap: .*empty.*\. \S.*\.$/, 0],
  [cut(PING, 10), /^appliance-eth0\.pcap: .*pcap header.*, at byte 10\. \S.*\.$/, 0],
  [cut(pcap('header.pcap', 3), 24 + 2 * RECORD + 7), /^header\.pcap: The capture breaks off inside the header of packet 3, at byte \d+\. The 2 packets before it were kept\. \S.*\.$/, 2],
  [cut(pcap('packet.pcap', 3), 24 + 3 * RECORD - 5), /^packet\.pcap: The capture breaks off inside packet 3, at byte \d+\. The 2 packets before it were kept\. \S.*\.$/, 2],
  [patched(pcap('huge.pcap', 3), 24 + RECORD + 8, [0xff, 0xff, 0xff, 0xff]), /^huge\.pcap: .*4,294,967,295.*, at byte 1\d\d\. The packet before it was kept\. \S.*\.$/, 1],
  [pcapng('length.pcapng', enhanced(frame()), block(6, new Uint8Array(40), { first: 13 }), enhanced(frame())), /^length\.pcapng: .*block.*, at byte \d+\. The packet before it was kept\. \S.*\.$/, 1],
  [cut(gzip(pcap('cut.pcap', 200)), 300), /^cut\.pcap\.gz: .*gzip.*\. The \d+ packets before it were kept\. \S.*\.$/, -1],
];

test('a broken file is told in one sentence, keeps what can be kept, and the next one opens', async ({ app, page }) => {
  await app.goto();
  for (const [file, said, kept] of CASES) {
    await test.step(file.name, async () => {
      await app.choose(file);
      await expect(app.alerts).toHaveCount(1);
      await expect(app.alerts).toHaveText(said);
      if (kept !== 0) {
        await expect(app.capture(file.name)).toBeVisible();
        if (kept > 0) await app.hasRows(kept);
        await page.getByRole('button', { name: `Close ${file.name}` }).click();
      }
      await expect(app.captures.getByRole('listitem')).toHaveCount(0);
      await app.alerts.getByRole('button', { name: 'Dismiss' }).click();
      await expect(app.alerts).toHaveCount(0);
    });
  }
  await app.choose(PING);
  await app.hasRows(19);
});

test('what is odd but can be read is shown without a fuss', async ({ app, page }) => {
  await app.goto();
  const odd: readonly (readonly [TestFile, string])[] = [
    [{ name: 'snaplen.pcap', bytes: pcapFile({ snaplen: 40, packets: [{ bytes: frame(60) }] }) }, 'a caplen beyond snaplen'],
    [{ name: 'times.pcap', bytes: pcapFile({ packets: [{ bytes: frame(), seconds: 0xffffffff, fraction: 0xffffffff }] }) }, 'times out of range'],
    [pcap('link.pcap', 1, { linkType: 9999 }), 'a link type that nobody knows'],
  ];
  for (const [file, what] of odd) {
    await test.step(what, async () => {
      await app.choose(file);
      await app.hasRows(1);
      await expect(app.alerts).toHaveCount(0);
      await page.getByRole('button', { name: `Close ${file.name}` }).click();
    });
  }
});

test('a folder that is dropped is told, and the files beside it open', async ({ app, page }) => {
  await app.goto();
  await page.evaluate(() => { // a page cannot make an item that is a folder
    Object.defineProperty(DataTransferItem.prototype, 'webkitGetAsEntry', { value(this: DataTransferItem) { const name = this.getAsFile()?.name; return { isDirectory: name === 'captures', name }; } });
  });
  await app.give('drop', text('captures', ''), PING);
  await expect(app.alerts).toHaveText('captures is a folder. Drop the captures that are in it.');
  await app.hasRows(19);
  await expect(app.captures.getByRole('listitem')).toHaveCount(1);
});

test('what was read stays beside a file that cannot be, and selecting still works', async ({ app, page }) => {
  await app.goto();
  await app.choose(PING, text('notes.txt', 'No capture.'));
  await expect(app.alerts).toContainText('notes.txt');
  await app.hasRows(19);
  await app.row(3).click();
  await expect(page.getByRole('region', { name: 'Inner', exact: true }).getByRole('tree')).toBeVisible();
});

for (const [how, crash] of [
  ['throws', () => { setTimeout(() => { throw new Error('crash of a test'); }); }],
  ['ends without a word, as one that ran out of memory', () => { self.close(); }],
] as const) {
  test(`a worker that ${how} is told and started again`, async ({ app, page }) => {
    await app.goto();
    await app.choose(PING);
    await app.hasRows(19);
    const worker = page.workers().find((each) => each.url().includes('capture.worker'));
    await worker?.evaluate(crash);
    await expect(app.alerts).toHaveText(/^appliance-eth0\.pcap: The part of this page that reads the capture stopped\. It is started again with the same file\.$/);
    await app.hasRows(19);
    await app.row(3).click();
    await expect(page.getByRole('region', { name: 'Bytes' }).getByRole('grid', { name: 'Hex' })).toBeVisible();
  });
}

test.describe('in a browser without module workers', () => {
  test.use({ allowedErrors: /./ });
  test('one sentence says what is missing', async ({ app, page }) => {
    await page.addInitScript(() => { Reflect.deleteProperty(window, 'Worker'); });
    await app.goto();
    await expect(app.alerts).toHaveText(/^This browser lacks module workers, which VXLens reads captures in\. Use .*\.$/);
  });
});

test('a browser that gives a page no room on disk inflates in memory', async ({ app, page }) => {
  await page.addInitScript(() => { Object.defineProperty(FileSystemFileHandle.prototype, 'createSyncAccessHandle', { value: undefined }); });
  await app.goto();
  await app.choose(gzip(PING));
  await app.hasRows(19);
});
