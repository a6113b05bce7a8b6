import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { openCapture } from '../capture/capture-reader.ts';
import { concat } from '../testing/bytes.ts';
import { LAB_NOTE, LAB_PRESENT, labFile } from '../testing/lab.ts';
import { readRecords } from '../testing/read-records.ts';
import { haveTshark, TSHARK, tsharkFields } from '../testing/tshark.ts';
import { readFileSync } from 'node:fs';
import { writePicked } from './picked-packets.ts';

async function picked(file: Uint8Array, wanted: (number: number) => boolean, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  await writePicked(await openCapture(memorySource(file)), wanted, (piece) => pieces.push(piece), { signal });
  return concat(pieces);
}

const PING = readFileSync('public/samples/mirrored-ping/appliance-eth0.pcap');

describe('packets picked from a capture', () => {
  it('are the same packets, in their order, with their times', async () => {
    const { records } = await readRecords(memorySource(await picked(PING, (number) => number % 5 === 0)));
    const all = (await readRecords(memorySource(PING))).records.filter(({ number }) => number % 5 === 0);
    expect(records.map(({ seconds, nanoseconds, origlen, bytes }) => ({ seconds, nanoseconds, origlen, bytes }))).toEqual(all.map(({ seconds, nanoseconds, origlen, bytes }) => ({ seconds, nanoseconds, origlen, bytes })));
  });

  it('are the whole capture where all are wanted', async () => { expect(Buffer.compare(await picked(PING, () => true), PING)).toBe(0); });

  it('are none, in a capture that can be opened, where none is', async () => { expect((await readRecords(memorySource(await picked(PING, () => false)))).records).toEqual([]); });

  it('stop when nobody wants them any more', async () => { await expect(picked(PING, () => true, AbortSignal.abort())).rejects.toThrow(/cancelled/); });

  it.skipIf(!LAB_PRESENT || !haveTshark)(`keep interface and comment, and ${TSHARK} reads them without a word${LAB_NOTE}`, async () => {
    const merged = labFile('pcapng', 'merged.pcapng');
    const fields = ['frame.time_epoch', 'frame.len', 'frame.interface_name', 'frame.comment'];
    const wanted = (number: number): boolean => number % 3 === 0;
    const { rows, complaints } = tsharkFields(await picked(merged, wanted), fields);
    expect(complaints).toBe('');
    expect(rows).toEqual(tsharkFields(merged, fields).rows.filter((_, i) => wanted(i + 1)));
  });
});
