import { describe, expect, it } from 'vitest';
import { faultText } from '../base/fault.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { fromHex } from '../testing/bytes.ts';
import { MICROSECONDS, MODIFIED, NANOSECONDS, pcapFile, type PcapFile } from '../testing/pcap-file.ts';
import { readRecords } from '../testing/read-records.ts';

const ping = fromHex('0a36d2fc942e 0ad393e427b2 0800 45');
const read = (file: PcapFile) => readRecords(memorySource(pcapFile(file)));

describe('a pcap', () => {
  it.each([
    ['little-endian, microseconds', true, MICROSECONDS, 0, 123_456_000],
    ['big-endian, microseconds', false, MICROSECONDS, 0, 123_456_000],
    ['little-endian, nanoseconds', true, NANOSECONDS, 0, 123_456],
    ['big-endian, nanoseconds', false, NANOSECONDS, 0, 123_456],
    ['little-endian, microseconds', true, MODIFIED, 8, 123_456_000],
    ['big-endian, microseconds', false, MODIFIED, 8, 123_456_000],
  ] as const)('is read: %s (%s, %i, %i)', async (words, littleEndian, magic, more, nanoseconds) => {
    const packet = { bytes: ping, seconds: 1_700_000_000, fraction: 123_456, origlen: 98 };
    const { records, reader } = await read({ packets: [packet, packet, packet], littleEndian, magic, more });
    expect(reader.fault).toBeNull();
    expect(reader.description).toBe(`${more ? 'modified pcap' : 'pcap'}, ${words}`);
    expect(records).toHaveLength(3);
    for (const [i, r] of records.entries()) {
      expect(r).toMatchObject({ number: i + 1, seconds: 1_700_000_000, nanoseconds, caplen: 15, origlen: 98, iface: 0, hasTime: true, bytes: ping });
      expect(r.fileOffset).toBe(24 + i * (16 + more + 15) + 16 + more);
    }
  });

  it('has the wire length first before version 2.3, and either way in 2.3', async () => {
    const packets = [{ bytes: ping, origlen: 98 }];
    for (const version of [[2, 2], [2, 1], [543, 0], [2, 3]] as const) {
      expect((await read({ packets, version, swapped: true })).records[0]).toMatchObject({ caplen: 15, origlen: 98 });
    }
    expect((await read({ packets, version: [2, 3] })).records[0]).toMatchObject({ caplen: 15, origlen: 98 });
  });

  it('finds out how long its record headers are, where the magic number does not say', async () => {
    const packets = Array.from({ length: 3 }, (_, i) => ({ bytes: ping, seconds: 1_700_000_000, fraction: i }));
    for (const [magic, more, words] of [[MODIFIED, 12, 'modified pcap'], [MICROSECONDS, 8, 'modified pcap'], [MICROSECONDS, 4, 'modified pcap'], [MICROSECONDS, 0, 'pcap']] as const) {
      for (const count of [2, 3]) {
        const { records, reader } = await read({ packets: packets.slice(0, count), magic, more });
        expect(reader.fault).toBeNull();
        expect(reader.description).toBe(`${words}, little-endian, microseconds`);
        expect(records.map((r) => [r.bytes.length, r.nanoseconds])).toEqual(packets.slice(0, count).map((p) => [15, p.fraction * 1000]));
      }
    }
  });

  it('reads AIX captures: nanoseconds, the wire length first, interface types for link types', async () => {
    const { records, reader } = await read({ packets: [{ bytes: ping, fraction: 123_456_789, origlen: 98 }], version: [2, 2], linkType: 6, swapped: true });
    expect(records[0]).toMatchObject({ nanoseconds: 123_456_789, caplen: 15, origlen: 98 });
    expect(reader.interfaces[0]!.linkType).toBe(1);
  });

  it('refuses a version before 2', async () => {
    await expect(read({ packets: [], version: [1, 0] })).rejects.toThrow('This is pcap of version 1.0, which is not known');
  });

  it('keeps a packet longer than the snaplen, or than it was on the wire', async () => {
    const { records, reader } = await read({ packets: [{ bytes: ping, origlen: 4 }], snaplen: 8 });
    expect(reader.fault).toBeNull();
    expect(records[0]).toMatchObject({ caplen: 15, origlen: 4 });
  });

  it('keeps a fraction of a second that is out of range, as the signed 32 bits Wireshark makes of it', async () => {
    const { records } = await read({ packets: [{ bytes: ping, seconds: 538_976_288, fraction: 538_976_288 }, { bytes: ping, seconds: 1, fraction: 0xffff_ffff }] });
    expect(records.map((r) => [r.seconds, r.nanoseconds])).toEqual([[538_976_288, 2_105_376_000], [1, -1000]]);
  });

  it('stops at a record that claims 4 GB, and says where', async () => {
    const { records, reader } = await read({ packets: [{ bytes: ping }, { bytes: ping, caplen: 0xffff_fff0 }] });
    expect(records).toHaveLength(1);
    expect(faultText(reader.fault!)).toBe('Packet 2 claims to have 4,294,967,280 captured bytes, more than the 262,144 that a packet may have, at byte 55. '
      + 'The packet before it was kept. The file is damaged from there on: copy or download it again, or go on with what is here.');
  });

  it('reads a link type with a frame check sequence in its upper bits', async () => {
    const { reader } = await read({ packets: [], linkType: 0x2400_0001 });
    expect(reader.interfaces[0]).toMatchObject({ linkType: 1, fcsLength: 4 });
  });

  it('keeps whole records and says where it breaks off, at every length of the file', async () => {
    const file = pcapFile({ packets: [{ bytes: ping }, { bytes: ping.subarray(0, 3) }, { bytes: new Uint8Array(0) }, { bytes: ping }] });
    const ends = [24, 55, 74, 90, 121];
    for (let length = 24; length <= file.length; length++) {
      const { records, reader } = await readRecords(memorySource(file.subarray(0, length)));
      expect(records).toHaveLength(ends.filter((end) => end <= length).length - 1);
      if (ends.includes(length)) expect(reader.fault).toBeNull();
      else expect(reader.fault).toMatchObject({ offset: length, code: length - ends[records.length]! < 16 ? 'cut-header' : 'cut-packet' });
    }
    for (let length = 1; length < 4; length++) await expect(readRecords(memorySource(file.subarray(0, length)))).rejects.toThrow('This is no capture');
    for (let length = 4; length < 24; length++) await expect(readRecords(memorySource(file.subarray(0, length)))).rejects.toThrow(`at byte ${length}`);
    await expect(readRecords(memorySource(new Uint8Array(0)))).rejects.toThrow('The file is empty');
  });
});
