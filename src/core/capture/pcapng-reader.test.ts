import { describe, expect, it } from 'vitest';
import { faultText } from '../base/fault.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex, int, utf8 } from '../testing/bytes.ts';
import { pcapngBlocks } from '../testing/pcapng-file.ts';
import { readRecords } from '../testing/read-records.ts';
import { BLOCK } from './link-types.ts';

const little = pcapngBlocks(true);
const big = pcapngBlocks(false);
const ping = fromHex('0a36d2fc942e 0ad393e427b2 0800 45');
const read = (...blocks: Uint8Array[]) => readRecords(memorySource(concat(blocks)));
const YEAR_2023 = 1_700_000_000n;

describe.each([['little-endian', little, true], ['big-endian', big, false]] as const)('a pcapng, %s', (order, b, littleEndian) => {
  it('has enhanced, simple and obsolete packet blocks', async () => {
    const { records, reader } = await read(b.section(), b.face({ snaplen: 10 }), b.enhanced(ping, { units: YEAR_2023 * 1_000_000n + 7n, origlen: 98 }),
      b.simple(ping.subarray(0, 10), 98), b.obsolete(ping, { units: YEAR_2023 * 1_000_000n + 9n, origlen: 99 }));
    expect(reader.fault).toBeNull();
    expect(reader.description).toBe(`pcapng, ${order}`);
    expect(records).toMatchObject([
      { number: 1, hasTime: true, seconds: 1_700_000_000, nanoseconds: 7000, caplen: 15, origlen: 98, bytes: ping },
      { number: 2, hasTime: false, seconds: 0, nanoseconds: 0, caplen: 10, origlen: 98, bytes: ping.subarray(0, 10) },
      { number: 3, hasTime: true, seconds: 1_700_000_000, nanoseconds: 9000, caplen: 15, origlen: 99, bytes: ping },
    ]);
  });

  it('names its interfaces and counts their time', async () => {
    const option = (code: number, ...bytes: number[]) => ({ code, value: Uint8Array.from(bytes) });
    const faces = [
      { options: [{ code: 2, value: utf8('eth0') }, { code: 3, value: utf8('Mirror target') }, { code: 12, value: utf8('Linux 6.1') }, option(9, 9), { code: 11, value: utf8('\0udp port 4789') }] },
      { linkType: 113, snaplen: 96, options: [option(9, 0x80 | 20), option(13, 4)] },
      { options: [{ code: 14, value: concat(littleEndian ? [int(3600, 4, true), int(0, 4, true)] : [int(0, 4, false), int(3600, 4, false)]) }] },
      { options: [option(9, 0)] }, { options: [option(9, 12)] }, { options: [option(9, 20)] },
    ];
    const units = [YEAR_2023 * 1_000_000_000n + 123_456_789n, (YEAR_2023 << 20n) + 12_345n, YEAR_2023 * 1_000_000n, 0xffff_ffff_ffff_ffffn, 1_700_000n * 10n ** 12n + 123_456_789_012n, 0xffff_ffff_ffff_ffffn];
    const { records, reader } = await read(b.section(), ...faces.map(b.face), ...units.map((u, face) => b.enhanced(ping, { face, units: u })));
    expect(reader.interfaces[0]).toMatchObject({ id: 0, section: 1, number: 0, name: 'eth0', description: 'Mirror target', os: 'Linux 6.1', filter: 'udp port 4789', resolution: 1e9, linkType: 1, fcsLength: null });
    expect(reader.interfaces[1]).toMatchObject({ linkType: 113, snaplen: 96, resolution: 1_048_576, fcsLength: 4 });
    expect(records.map((r) => [r.seconds, r.nanoseconds])).toEqual([
      [1_700_000_000, 123_456_789], [1_700_000_000, 11_773_109], [1_700_003_600, 0], [Number(0xffff_ffff_ffff_ffffn), 0], [1_700_000, 123_456_789], [0, 184_467_440],
    ]);
  });

  it('keeps comments and flags', async () => {
    const text = (value: string) => ({ code: 1, value: utf8(value) });
    const { records, reader } = await read(b.section(), b.face(), b.enhanced(ping), b.enhanced(ping, { options: [text('erste'), { code: 2, value: b.i(0xffff_ffff, 4) }, text('größer\0xx')] }), b.obsolete(ping, { options: [text('third')] }));
    expect([...reader.comments]).toEqual([[2, ['erste', 'größer']], [3, ['third']]]);
    expect(records.map((r) => r.flags)).toEqual([-1, 0xffff_ffff, -1]);
  });

  it('keeps a packet whose options lie about their length', async () => {
    const lying = concat([ping, Uint8Array.of(0), b.i(1, 2), b.i(200, 2), utf8('abcd')]);
    const body = concat([b.i(0, 4), b.i(0, 8), b.i(15, 4), b.i(15, 4), lying]);
    const { records, reader } = await read(b.section(), b.face(), b.block(6, body), b.enhanced(ping));
    expect(records).toHaveLength(2);
    expect(reader.comments.size).toBe(0);
  });

  it('counts custom blocks and journal entries as Wireshark does, and passes over the rest', async () => {
    const journal = utf8('__REALTIME_TIMESTAMP=1700000000123456\nMESSAGE=hello\n');
    const { records, reader } = await read(b.section(), b.face(), b.block(0xbad, utf8('PEN!abcdefgh')), b.enhanced(ping), b.block(0x8077, new Uint8Array(5)), b.block(4, new Uint8Array(4)),
      b.block(9, journal), b.block(0x4000_0bad, utf8('PEN!')), b.enhanced(ping));
    expect(records.map((r) => [r.caplen, r.hasTime, r.seconds, r.nanoseconds, reader.interfaces[r.iface]!.linkType])).toEqual([
      [8, false, 0, 0, BLOCK], [15, true, 0, 0, 1], [52, true, 1_700_000_000, 123_456_000, BLOCK], [0, false, 0, 0, BLOCK], [15, true, 0, 0, 1],
    ]);
    expect(reader.interfaces.map((face) => face.number)).toEqual([0, null]);
  });

  const good = [b.section(), b.face(), b.enhanced(ping)];
  const at = concat(good).length;
  it.each([
    ['its two lengths differ', b.block(0x77, new Uint8Array(4), { last: 20 }), 'A block of type 0x77 says at its beginning that it is 16 bytes long and at its end 20', 12],
    ['its length is below 12', b.block(0x77, new Uint8Array(4), { first: 8 }), 'A block of type 0x77 claims to be 8 bytes long, less than the 12 that every block has', 0],
    ['its length is 4 GB', b.block(6, new Uint8Array(24), { first: 0xffff_fffc }), 'An enhanced packet block claims to be 4,294,967,292 bytes long, more than a block may have', 0],
    ['it is too short for what it is', b.block(6, new Uint8Array(8)), 'An enhanced packet block claims to be 20 bytes long, less than the 32 that it has at least', 0],
    ['its packet has no room', b.enhanced(ping, { caplen: 17 }), 'Packet 2 claims to have 17 captured bytes, more than the 16 that its block has room for', 0],
    ['its packet claims 4 GB', b.enhanced(ping, { caplen: 0xffff_ffff }), 'Packet 2 claims to have 4,294,967,295 captured bytes, more than the 262,144 that a packet may have', 0],
    ['its interface is not there', b.enhanced(ping, { face: 3 }), 'Packet 2 names interface 3, and its section has 1', 0],
    ['its simple packet has no room', b.simple(ping, 1000), 'Packet 2 claims to have 1,000 captured bytes, more than the 16 that its block has room for', 0],
    ['it is a section without byte order', b.block(0x0a0d0d0a, new Uint8Array(16)), 'A section header has 0x00000000 where its byte order should stand', 0],
    ['it is a section of another version', b.section([2, 0]), 'Section 2 is in version 2.0 of pcapng, which is not known', 0],
  ])('stops at a block when %s', async (_, bad, what, offset) => {
    const { records, reader } = await read(...good, bad, b.enhanced(ping));
    expect(records).toHaveLength(1);
    expect(reader.fault).toMatchObject({ what, offset: at + offset });
    expect(faultText(reader.fault!)).toContain('The packet before it was kept.');
  });

  it('keeps whole blocks and says where it breaks off, at every length of the file', async () => {
    const blocks = [b.section(), b.face(), b.enhanced(ping), b.block(0x77, new Uint8Array(5000)), b.simple(ping), b.block(4, new Uint8Array(8))];
    const file = concat(blocks);
    const ends = blocks.map((_, i) => concat(blocks.slice(0, i + 1)).length);
    for (let length = 0; length <= file.length; length += length > 200 && length < 5100 ? 97 : 1) {
      const reading = readRecords(memorySource(file.subarray(0, length)));
      if (length < ends[0]!) { await expect(reading).rejects.toThrow(length < 4 ? /capture|empty/ : `at byte ${length}`); continue; }
      const { records, reader } = await reading;
      expect(records).toHaveLength([2, 4].filter((packet) => ends[packet]! <= length).length);
      if (ends.includes(length)) expect(reader.fault).toBeNull();
      else expect(reader.fault).toMatchObject({ offset: length });
    }
  });
});

it('changes byte order and interfaces from section to section', async () => {
  const { records, reader } = await read(little.section(), little.face(), little.face({ linkType: 113 }), little.enhanced(ping, { face: 1 }),
    big.section(), big.face({ linkType: 101 }), big.enhanced(ping, { units: 5n }), little.section(), little.face({ linkType: 228 }), little.enhanced(ping));
  expect(reader.fault).toBeNull();
  expect(reader.description).toBe('pcapng, both byte orders, 3 sections');
  expect(records.map((r) => reader.interfaces[r.iface]!.linkType)).toEqual([113, 101, 228]);
  expect(reader.interfaces.map((face) => [face.id, face.section, face.number])).toEqual([[0, 1, 0], [1, 1, 1], [2, 2, 0], [3, 3, 0]]);
});

it('passes over a block larger than its window without holding it', async () => {
  const large = little.block(10, new Uint8Array(9 << 20));
  const { records, reader } = await read(little.section(), little.face(), large, little.enhanced(ping));
  expect(records).toHaveLength(1);
  expect(records[0]!.bytes).toEqual(ping);
  expect(reader.bytes.length).toBe(1 << 20);
  const cut = await read(little.section(), little.face(), large.subarray(0, 2 << 20));
  expect(cut.reader.fault).toMatchObject({ what: 'The capture breaks off inside a decryption secrets block', offset: 48 + (2 << 20) });
});
