import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, int, utf8 } from '../testing/bytes.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';

/** The packets of the mirrored ping at the appliance. */
const ping = await readRecords(memorySource(Uint8Array.from(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap'))));

/** Word by word as RFC 1761 has it. */
const snoop = (datalink = 4) => concat([utf8('snoop\0\0\0'), int(2, 4, false), int(datalink, 4, false), ...ping.records.flatMap(({ bytes, origlen, seconds, nanoseconds }) => {
  const padding = -bytes.length & 3;
  return [int(origlen, 4, false), int(bytes.length, 4, false), int(24 + bytes.length + padding, 4, false), int(0, 4, false), int(seconds, 4, false), int(nanoseconds / 1000, 4, false), bytes, new Uint8Array(padding)];
})]);

/** An ERF record of Ethernet: with extension headers in the second, cut in the third, padding behind the fourth; interfaces A and B in turns. */
const erf = () => concat(ping.records.slice(0, 6).flatMap(({ bytes, seconds, nanoseconds }, i) => {
  const extensions = i === 1 ? concat([int(0x83, 1, false), new Uint8Array(7), int(4, 1, false), new Uint8Array(7)]) : new Uint8Array(0);
  const frame = concat([extensions, new Uint8Array(2), i === 2 ? bytes.subarray(0, 61) : concat([bytes, int(0xdead_beef, 4, false)])]);
  const fill = -frame.length & 7;
  const record = concat([int(Math.floor((nanoseconds / 1e9) * 2 ** 32), 4, true), int(seconds, 4, true), int(i === 1 ? 0x82 : 2, 1, false), int(4 | (i & 1), 1, false),
    int(16 + frame.length + fill, 2, false), int(0, 2, false), int(bytes.length + 4, 2, false), frame, new Uint8Array(fill)]);
  return i === 3 ? [record, new Uint8Array(8), int(48, 1, false), int(4, 1, false), int(24, 2, false), new Uint8Array(12)] : [record];
}));

describe.each([['snoop', snoop()], ['ERF', erf()]])('%s', (_, file) => {
  it.skipIf(!haveTshark)(`is read as ${TSHARK} reads it`, async () => {
    const { records, reader } = await readRecords(memorySource(file));
    const { rows } = tsharkFields(file, ['frame.number', 'frame.time_epoch', 'frame.len', 'frame.cap_len', 'frame.interface_name', 'eth.src']);
    const mine = records.map(({ number, seconds, nanoseconds, origlen, bytes, iface }) => [
      String(number), `${seconds}.${String(Math.round(nanoseconds / 1000) * 1000).padStart(9, '0')}`, String(origlen), String(bytes.length), reader.interfaces[iface]!.name]);
    expect(mine).toEqual(rows.map((row) => row.slice(0, 5).map((value, i) => (i === 1 ? `${value.slice(0, -9)}${String(Math.round(Number(value.slice(-9)) / 1000) * 1000).padStart(9, '0')}` : value))));
    expect(reader.fault).toBeNull();
  });

  it('at every length keeps the packets that are whole, and says where it breaks off', async () => {
    const whole = (await readRecords(memorySource(file))).records;
    for (let length = 40; length < file.length; length++) {
      const { records, reader } = await readRecords(memorySource(file.slice(0, length)));
      expect(whole.slice(0, records.length).map(({ number }) => number)).toEqual(records.map(({ number }) => number));
      if (reader.fault !== null) expect(reader.fault.what).toMatch(/^The capture breaks off inside (the header of )?packet \d+$/);
    }
  });
});

it('snoop has the packets of the pcap that it was made from, and shows link types that are not known as data', async () => {
  const { records, reader } = await readRecords(memorySource(snoop()));
  expect(records.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(ping.records.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
  expect(reader.interfaces[0]!.linkType).toBe(1);
  expect((await readRecords(memorySource(snoop(9)))).reader.interfaces[0]!.linkType).toBe(0xffff);
});

it.each([
  ['a record of 4 GB', (b: Uint8Array) => b.set(int(0xffff_ffff, 4, false), 16 + 8), /claims a record of 4,294,967,295 bytes, more than any packet takes/],
  ['a packet of 4 GB', (b: Uint8Array) => b.set(int(0xffff_fff0, 4, false), 16 + 4), /claims to have 4,294,967,280 captured bytes, more than the 262,144/],
  ['a packet that its record has no room for', (b: Uint8Array) => b.set(int(30, 4, false), 16 + 8), /claims a record of 30 bytes, and its 42 captured bytes do not fit/],
] as const)('snoop with %s ends there', async (_, change, words) => {
  const file = snoop();
  change(file);
  const { reader } = await readRecords(memorySource(file));
  expect(reader.fault?.what).toMatch(words);
});
