import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth } from '../testing/lab.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { delaysOf } from './delays.ts';

/** Packet i is sent at i × 10 ms and takes so many microseconds; the appliance's clock is an hour ahead. */
async function compared(delays: readonly number[]) {
  const packet = (i: number, micros: number) => ({ bytes: Uint8Array.from({ length: 40 }, (_, at) => at * 7 + i), seconds: 1000 + Math.floor((i * 10_000 + micros) / 1e6), fraction: (i * 10_000 + micros) % 1_000_000 });
  const a = pcapFile({ packets: delays.map((_, i) => packet(i, 0)) });
  return compareCaptures(memorySource(a), memorySource(pcapFile({ packets: delays.map((delay, i) => packet(i, delay)).map((p) => ({ ...p, seconds: p.seconds + 3600 })) })));
}

describe('how long packets were on their way', () => {
  it('is told from the fastest, in quantiles', async () => {
    const result = await compared(Array.from({ length: 101 }, (_, i) => 500 + ((i * 37) % 101) * 10));
    const delays = delaysOf(result, null)!;
    expect(result.clock!.offset).toBeCloseTo(3600.0005, 4);
    expect(delays.median).toBeCloseTo(0.0005, 4);
    expect(delays.most95 - delays.median).toBeCloseTo(0.00045, 5);
    expect(delays.perBin.reduce((sum, n) => sum + n, 0) + delays.beyond).toBe(101);
    expect(delays.caution).toContain('two clocks alone cannot tell apart');
  });

  it('counts from an offset that somebody knows', async () => {
    const result = await compared(Array.from({ length: 20 }, () => 700));
    expect(delaysOf(result, { offset: 3600, drift: result.clock!.drift })).toMatchObject({ median: expect.closeTo(0.0007, 6) as unknown, least: expect.closeTo(0.0007, 6) as unknown, caution: 'The offset was set by hand; delays count from there.' });
  });

  it.skipIf(!LAB_PRESENT)(`comes with how sure the offset is${LAB_NOTE}`, async () => {
    const truth = labTruth('clock-skew');
    const { clock } = await compareCaptures(memorySource(labFile('clock-skew', 'source-eth0.pcap')), memorySource(labFile('clock-skew', 'appliance-eth0.pcap')));
    expect(clock!.offsetError).toBeGreaterThan(0);
    expect(clock!.offsetError).toBeLessThan(1e-3);
    expect(Math.abs(clock!.offset - truth.clockOffsetSeconds)).toBeLessThan(1e-3);
  });
});
