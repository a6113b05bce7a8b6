import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { memorySpool } from '../bytes/spool.ts';
import { xxh32, Xxh32 } from '../bytes/xxh32.ts';
import { concat, fromHex, utf8 } from '../testing/bytes.ts';
import { readRecords } from '../testing/read-records.ts';
import { peel } from './inflate.ts';
import { unpackBlock } from './lz4-block.ts';

const ping = Uint8Array.from(readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap'));
const sixty = concat([ping.subarray(0, 24), ...Array.from({ length: 60 }, () => ping.subarray(24))]);
const packed = (name: string) => Uint8Array.from(readFileSync(`src/core/capture/fixtures/${name}`));

async function readAll(source: ByteSource): Promise<Uint8Array> {
  const reader = source.open();
  const parts: Uint8Array[] = [];
  for (let view = await reader.read(new Uint8Array(777)); view.length > 0; view = await reader.read(new Uint8Array(777))) parts.push(view);
  return concat(parts);
}

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['ping.pcap.zst', sixty], ['ping-frames.pcap.zst', ping], ['ping.pcap.lz4', ping], ['ping-linked.pcap.lz4', sixty], ['ping-frames.pcap.lz4', ping],
];

describe.each(FILES)('%s, which the usual tool wrote', (name, whole) => {
  const file = packed(name);

  it('unpacks to the bytes that went in, with a spool and without', async () => {
    expect(Buffer.compare(await readAll(await peel(memorySource(file))), whole)).toBe(0);
    const spooled = await peel(memorySource(file), memorySpool());
    expect(Buffer.compare(await readAll(spooled), whole)).toBe(0);
    expect(Buffer.compare(await spooled.slice(1000, 1100), whole.subarray(1000, 1100))).toBe(0);
  });

  it('that breaks off anywhere keeps what came before, and says so', async () => {
    const { records } = await readRecords(memorySource(whole));
    for (let length = 100; length < file.length - 8; length += 97) {
      const source = await peel(memorySource(file.slice(0, length)));
      await expect(readAll(source)).rejects.toThrow(/breaks off after/);
      const cut = await readRecords(await peel(memorySource(concat([file, file.subarray(0, length)])))).catch(() => null);
      expect(cut?.records.slice(0, records.length), 'a whole one before it').toHaveLength(records.length);
    }
  });

  it('with any byte changed never hangs and never gives more than its blocks may hold', async () => {
    for (let at = 4; at < file.length; at += 5) {
      const changed = file.slice();
      changed[at] = changed[at]! ^ 0x55;
      const source = await peel(memorySource(changed));
      const got = await readAll(source).catch((e: unknown) => String(e));
      if (typeof got === 'string') expect(got).toMatch(/^FaultError: The (zstd|lz4) (breaks off|is damaged)/);
    }
  });
});

it('LZ4: a changed byte that only a checksum shows is told', async () => {
  const file = packed('ping.pcap.lz4');
  file[40] = file[40]! ^ 1; // a literal
  await expect(readAll(await peel(memorySource(file)))).rejects.toThrow(/The lz4 is damaged near its byte .* \(its checksum does not agree with what it unpacks to\)/);
});

describe('an LZ4 block', () => {
  const unpack = (hex: string, room = 64) => {
    const dst = new Uint8Array(room);
    const src = fromHex(hex);
    return Buffer.from(dst.subarray(0, unpackBlock(src, 0, src.length, dst, 0, room))).toString('latin1');
  };
  it('is literals and matches, which may overlap themselves', () => {
    expect(unpack('30 616263')).toBe('abc');
    expect(unpack('14 61 0100 10 62')).toBe('aaaaaaaaab');
  });
  it.each([
    ['40 61', 'literals reach beyond the block'], ['10 61 05', 'the block ends inside a match'], ['10 61 0000', 'a match points before the beginning'],
    ['10 61 0200', 'a match points before the beginning'], ['1f 61 0100 ffffffff00', 'a length runs on beyond the block'], ['1f 61 0100 3f', 'a match reaches beyond the block'], ['ff 61 0100', 'literals reach beyond the block'],
  ])('%s is refused: %s', (hex, why) => { expect(() => unpack(hex)).toThrow(why); });
});

it('XXH32 of bytes in any pieces is the published one', () => {
  expect(xxh32(new Uint8Array(0))).toBe(0x02cc_5d05); // the reference's own sanity check for an empty input, seed 0
  expect(xxh32(utf8('a'))).toBe(0x550d_7456);
  const text = utf8('Nobody inspects the spammish repetition');
  expect(xxh32(text)).toBe(0xe229_3b2f);
  for (let cut = 0; cut <= text.length; cut++) expect(new Xxh32().update(text.subarray(0, cut)).update(text.subarray(cut)).digest()).toBe(0xe229_3b2f);
});
