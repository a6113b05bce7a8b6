import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex, toHex } from '../testing/bytes.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';
import type { CaptureWriter, Sink, WrittenPacket } from './capture-writer.ts';
import { pcapWriter } from './pcap-writer.ts';
import { pcapngWriter, type PcapngWriter } from './pcapng-writer.ts';

function written<W extends CaptureWriter>(make: (sink: Sink) => W, write: (writer: W) => void): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const writer = make((piece) => pieces.push(piece));
  write(writer);
  writer.end();
  return concat(pieces);
}
const packet: WrittenPacket = { seconds: 0x65536d80, nanoseconds: 123_456_789, bytes: fromHex('0102030405'), origlen: 98 };

describe('pcap, against bytes written by hand from draft-ietf-opsawg-pcap', () => {
  it('has microseconds', () => {
    const file = written((sink) => pcapWriter(sink, { linkType: 1, snaplen: 96 }), (w) => w.packet(packet));
    expect(toHex(file)).toBe('d4c3b2a1 0200 0400 00000000 00000000 60000000 01000000 806d5365 40e20100 05000000 62000000 0102030405'.replaceAll(' ', ''));
  });
  it('has nanoseconds, a frame check sequence and no snaplen', () => {
    const file = written((sink) => pcapWriter(sink, { linkType: 1, fcsLength: 4 }, true), (w) => w.packet({ ...packet, seconds: -1 }));
    expect(toHex(file)).toBe('4d3cb2a1 0200 0400 00000000 00000000 00000400 01000024 00000000 15cd5b07 05000000 62000000 0102030405'.replaceAll(' ', ''));
  });
});

it('pcapng, against bytes written by hand from draft-ietf-opsawg-pcapng', () => {
  const file = written((sink) => pcapngWriter(sink, 'me'), (w) => {
    w.interface({ linkType: 113, snaplen: 96, name: 'eth0' });
    w.packet({ ...packet, comments: ['hey'], flags: 0x1a1 });
    w.packet({ seconds: 1, nanoseconds: 0, bytes: fromHex('01020304') });
  });
  expect(toHex(file)).toBe([
    '0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0400 0200 6d650000 00000000 28000000',
    '01000000 28000000 7100 0000 60000000 0200 0400 65746830 0900 0100 09000000 00000000 28000000',
    // 0x65536d80 s and 123,456,789 ns are 0x17977e603ac2cd15 ns: the upper half first
    '06000000 3c000000 00000000 607e9717 15cdc23a 05000000 62000000 0102030405000000 0100 0300 68657900 0200 0400 a1010000 00000000 3c000000',
    '06000000 24000000 00000000 00000000 00ca9a3b 04000000 04000000 01020304 24000000',
  ].join('').replaceAll(' ', ''));
});

const packets = fc.array(fc.record({
  seconds: fc.integer({ min: 0, max: 0xffff_ffff }), nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
  bytes: fc.oneof(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 0, max: 262_144 }).map((length) => new Uint8Array(length))), more: fc.nat(70_000),
}), { minLength: 1, maxLength: 12 });

it('what is written is read again', async () => {
  await fc.assert(fc.asyncProperty(packets, fc.boolean(), fc.boolean(), async (list, ng, nano) => {
    const write = (w: CaptureWriter): void => { for (const { bytes, more, ...rest } of list) w.packet({ ...rest, bytes, origlen: bytes.length + more }); };
    const file = ng ? written((sink) => pcapngWriter(sink), (w: PcapngWriter) => { w.interface({ linkType: 1 }); write(w); }) : written((sink) => pcapWriter(sink, { linkType: 1 }, nano), write);
    const { records, reader } = await readRecords(memorySource(file));
    expect(reader.fault).toBeNull();
    expect(records.map((r) => [r.seconds, r.nanoseconds, r.caplen, r.origlen])).toEqual(
      list.map((p) => [p.seconds, ng || nano ? p.nanoseconds : p.nanoseconds - (p.nanoseconds % 1000), p.bytes.length, p.bytes.length + p.more]));
    expect(records.every((r, i) => Buffer.compare(r.bytes, list[i]!.bytes) === 0)).toBe(true);
  }), { numRuns: 15 });
});

describe.skipIf(!haveTshark)(`written captures, read by ${TSHARK}`, () => {
  const list: WrittenPacket[] = Array.from({ length: 50 }, (_, i) => ({ seconds: 1_700_000_000 + i, nanoseconds: i * 1_000_001, bytes: new Uint8Array(40 + i).fill(i), origlen: 40 + i + (i % 3) * 100 }));
  const fields = ['frame.time_epoch', 'frame.cap_len', 'frame.len'];
  const expected = (nano: boolean) => list.map((p) => [`${p.seconds}.${String(nano ? p.nanoseconds : p.nanoseconds - (p.nanoseconds % 1000)).padStart(9, '0')}`, String(p.bytes.length), String(p.origlen)]);

  it.each([[false], [true]])('pcap, nanoseconds %s', (nano) => {
    const file = written((sink) => pcapWriter(sink, { linkType: 147 }, nano), (w) => list.forEach((p) => w.packet(p)));
    expect(tsharkFields(file, fields)).toEqual({ complaints: '', rows: expected(nano) });
  });

  it('pcapng with interfaces, comments and flags', () => {
    const file = written((sink) => pcapngWriter(sink), (w) => {
      w.interface({ linkType: 147, name: 'eth0', description: 'the source', filter: 'icmp', os: 'Linux', snaplen: 200, fcsLength: 4 });
      list.forEach((p, i) => {
        if (i === 20) w.interface({ linkType: 148, name: 'größer' });
        w.packet({ ...p, iface: i < 20 ? 0 : 1, ...i % 5 === 0 ? { comments: ['one', 'zwei ✓'], flags: 0x1a2 } : {} });
      });
    });
    const { rows, complaints } = tsharkFields(file, [...fields, 'frame.interface_id', 'frame.interface_name', 'frame.interface_description', 'frame.comment', 'frame.packet_flags']);
    expect(complaints).toBe('');
    expect(rows).toEqual(expected(true).map((row, i) => [...row, ...i < 20 ? ['0', 'eth0', 'the source'] : ['1', 'größer', ''], ...i % 5 === 0 ? ['one,zwei ✓', '0x000001a2'] : ['', '']]));
  });
});
