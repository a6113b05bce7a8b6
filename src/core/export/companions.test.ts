import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { packetOptionsAt } from '../capture/packet-options.ts';
import { compileFilter } from '../filter/compile.ts';
import { scan } from '../filter/scan.ts';
import { concat, fromHex, toHex, utf8 } from '../testing/bytes.ts';
import { pcapngBlocks } from '../testing/pcapng-file.ts';
import { EXTRAS_PACKET, KEY_LOG, pcapngWithExtras } from '../testing/pcapng-extras.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';
import { derivedCapture } from './derived-capture.ts';
import { writePicked } from './picked-packets.ts';

const { file, later } = pcapngWithExtras(true);
type Edits = ReadonlyMap<number, readonly string[]>;

async function copied(source: Uint8Array, { wanted = () => true, edits = new Map() }: { wanted?: (number: number) => boolean; edits?: Edits } = {}): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  const reader = await openCapture(memorySource(source));
  reader.editComments(edits);
  await writePicked(reader, wanted, (piece) => pieces.push(piece));
  return concat(pieces);
}
/** What stands behind the section header, whose length its second word says. */
const behindSection = (pcapng: Uint8Array): Uint8Array => pcapng.subarray(new DataView(pcapng.buffer).getUint32(4, true));
/** The interface comes with the first packet of it, behind names and secrets: blocks in any order are the same blocks. */
const blocksOf = (bytes: Uint8Array): string[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const blocks: string[] = [];
  for (let at = 0; at < bytes.length; at += view.getUint32(at + 4, true)) blocks.push(toHex(bytes.subarray(at, at + view.getUint32(at + 4, true))));
  return blocks;
};

describe.each([['little-endian', true], ['big-endian', false]] as const)('a %s pcapng', (_, littleEndian) => {
  it('is copied with all that stands beside its packets, every number in the order of bytes that is written', async () => {
    expect(blocksOf(behindSection(await copied(pcapngWithExtras(littleEndian).file))).toSorted()).toEqual(blocksOf(later).toSorted());
  });

  it('tells what it has beside its packets', async () => {
    const { reader, records } = await readRecords(memorySource(pcapngWithExtras(littleEndian).file));
    expect(records).toHaveLength(3); // a custom block counts as a packet, as in Wireshark
    expect(reader.extras).toMatchObject([
      { kind: 'names', records: [{ type: 1, value: concat([fromHex('ac1f0483'), utf8('ids.example\0also.example\0')]) }], options: [{ code: 2, value: utf8('dns.example') }] },
      { kind: 'secrets', type: 0x544c534b, data: utf8(KEY_LOG) },
      { kind: 'statistics', iface: 0, time: 1_700_000_000_123_456_789n, start: 1_699_999_991_123_456_789n, end: 1_700_000_000_123_456_789n, options: [{ code: 4 }, { code: 5, value: fromHex('0c00000000000000') }] },
    ]);
  });

  it('gives the options of one packet again, out of order', async () => {
    const source = memorySource(pcapngWithExtras(littleEndian).file);
    const { records } = await readRecords(source);
    const [first, custom, last] = records.map(({ fileOffset, caplen }) => packetOptionsAt(source, fileOffset, caplen));
    expect((await first!).map(({ code, value }) => [code, toHex(value)])).toEqual([
      [1, toHex(utf8('first'))], [1, toHex(utf8('second'))], [2, '01020000'], [3, '02ec1d8797'], [4, '0700000000000000'], [5, '2a00000000000000'], [6, '03000000'], [7, '010500000000000000'], [2988, `d97e0000${toHex(utf8('custom'))}`],
    ]);
    expect([await custom!, await last!]).toEqual([[], []]);
  });
});

it('leaves out the custom block that must not be copied, and that whose number is not wanted', async () => {
  const b = pcapngBlocks(true);
  const custom = (type: number) => b.block(type, concat([b.i(32473, 4), fromHex('01020304')]));
  const section = concat([b.section(), b.face(), custom(0xbad), custom(0x4000_0bad), b.enhanced(EXTRAS_PACKET)]);
  const types = async (wanted?: (number: number) => boolean) => blocksOf(behindSection(await copied(section, wanted ? { wanted } : {}))).map((block) => block.slice(0, 8));
  expect(await types()).toEqual(['ad0b0000', '01000000', '06000000']);
  expect(await types((number) => number > 1)).toEqual(['01000000', '06000000']);
});

it('has its options in filters', async () => {
  const rows = async (text: string): Promise<boolean[]> => {
    const compiled = compileFilter(text);
    if (!compiled.ok) throw new Error(compiled.error.message);
    const passed = await scan(await openCapture(memorySource(file)), compiled.filter, 3);
    return [0, 1, 2].map((row) => passed.has(row));
  };
  expect(await rows('frame.drop_count == 7 and frame.packet_id == 42 and frame.interface_queue in {2..3} and frame.packet_flags_direction == 1')).toEqual([true, false, false]);
  expect(await rows('not frame.drop_count')).toEqual([false, true, true]);
});

it('drops the statistics of an interface of which no packet is written', async () => {
  const types = blocksOf(behindSection(await copied(file, { wanted: () => false }))).map((block) => block.slice(0, 8));
  expect(types).toEqual(['04000000', '0a000000']);
});

it('stays where it is true of packets that were made from others: names, keys and custom blocks, no hash and no counts of the interface', async () => {
  const pieces: Uint8Array[] = [];
  const reader = await openCapture(memorySource(file));
  const out = derivedCapture(reader, (piece) => pieces.push(piece), { linkType: 1 });
  do { while (reader.next()) if (reader.interfaces[reader.iface]!.linkType === 1) out.write(EXTRAS_PACKET.subarray(2), 22); else out.block(); } while (await reader.refill());
  out.end();
  const copy = concat(pieces);
  expect(blocksOf(behindSection(copy)).map((block) => block.slice(0, 8))).toEqual(['01000000', '04000000', '0a000000', '06000000', 'ad0b0000', '06000000']);
  const { records } = await readRecords(memorySource(copy));
  expect((await packetOptionsAt(memorySource(copy), records[0]!.fileOffset, records[0]!.caplen)).map(({ code }) => code)).toEqual([1, 1, 4, 5, 6, 2988]);
});

it('puts a person’s comments in place of the file’s, also into what was a pcap', async () => {
  const edits: Edits = new Map([[1, ['changed']], [3, ['new', 'and more']]]);
  const { reader } = await readRecords(memorySource(await copied(file, { edits })));
  expect([...reader.comments]).toEqual([[1, ['changed']], [3, ['new', 'and more']]]);
  const none = await readRecords(memorySource(await copied(file, { edits: new Map([[1, []]]) })));
  expect(none.reader.comments.size).toBe(0);
  const pcap = concat([fromHex('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000 00000000 00000000 12000000 12000000'), EXTRAS_PACKET]);
  const noted = await readRecords(memorySource(await copied(pcap, { edits: new Map([[1, ['of a pcap']]]) })));
  expect(noted.reader.format).toBe('pcapng');
  expect(noted.reader.comments.get(1)).toEqual(['of a pcap']);
});

it('keeps what comes before a length that lies, and reads on behind the block', async () => {
  const b = pcapngBlocks(true);
  const { reader, records } = await readRecords(memorySource(concat([
    b.section(), b.face(), b.block(4, concat([b.i(1, 2), b.i(6, 2), fromHex('7f0000016100 0000'), b.i(1, 2), b.i(500, 2)])), b.block(10, concat([b.i(1, 4), b.i(0xffff_fff0, 4), fromHex('01020304')])),
    b.block(5, concat([b.i(9, 4), b.i(0, 4), b.i(0, 4)])), b.enhanced(EXTRAS_PACKET),
  ])));
  expect(reader.fault).toBeNull();
  expect(records).toHaveLength(1);
  expect(reader.extras).toMatchObject([{ kind: 'names', records: [{ type: 1, value: fromHex('7f0000016100') }] }, { kind: 'secrets', data: fromHex('01020304') }]);
  expect(reader.extras).toHaveLength(2);
});

describe.skipIf(!haveTshark)(`as ${TSHARK} reads it`, () => {
  const FIELDS = ['frame.comment', 'frame.packet_flags', 'frame.packet_id', 'frame.drop_count', 'frame.interface_queue', 'frame.verdict.ebpf_tc', 'frame.interface_name', 'frame.time_epoch', 'frame.cb_pen'];

  it.each([['little-endian', true], ['big-endian', false]] as const)('a copy of a %s one says the same of every packet, without a complaint', async (_, littleEndian) => {
    const before = pcapngWithExtras(littleEndian).file;
    const { rows, complaints } = tsharkFields(await copied(before), FIELDS);
    expect(complaints).toBe('');
    expect(rows).toEqual(tsharkFields(before, FIELDS).rows);
    expect(rows[0]!.slice(0, 5)).toEqual(['first,second', '0x00000201', '42', '7', '3']);
  });

  it('has a comment that was changed, and capinfos finds names and keys', async () => {
    const copy = await copied(file, { edits: new Map([[1, ['mine']]]) });
    expect(tsharkFields(copy, ['frame.comment']).rows.map(([comment]) => comment)).toEqual(['mine', '', '']);
    const folder = mkdtempSync(join(tmpdir(), 'vxlens-'));
    try {
      writeFileSync(join(folder, 'copy.pcapng'), copy);
      const { stdout } = spawnSync('capinfos', ['-M', join(folder, 'copy.pcapng')], { encoding: 'utf8' });
      expect(stdout).toMatch(/Number of packets:\s+2/);
      expect(stdout).toMatch(/Number of decryption secrets in file:\s*1/);
      expect(stdout).toMatch(/Number of resolved IPv4 addresses in file:\s*2/);
      expect(stdout).toMatch(/Number of stat entries = 1/);
    } finally { rmSync(folder, { recursive: true, force: true }); }
  });
});
