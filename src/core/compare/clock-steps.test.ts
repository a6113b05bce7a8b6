import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { at, tcpFrame, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures, type CompareResult } from './compare.ts';
import { delaysOf } from './delays.ts';
import { resultJson } from './result-json.ts';
import { summary } from './summary.ts';

const compared = (a: readonly PcapPacket[], b: readonly PcapPacket[]): Promise<CompareResult> =>
  compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b })));

const START = 5_000_000; // milliseconds: room to step back
/** Packet i is sent at i × 20 ms; every third is a heartbeat like all others. `set` answers how far a clock has been set, in milliseconds. */
const run = (ofSource: (i: number) => number, ofAppliance: (i: number) => number): Promise<CompareResult> => {
  const packets = Array.from({ length: 120 }, (_, i) => udpFrame({ content: i % 3 === 0 ? 77 : 1_000 + i }));
  return compared(packets.map((frame, i) => at(START + 20 * i + ofSource(i), frame)), packets.map((frame, i) => at(START + 20 * i + 9_000.4 + ofAppliance(i), wrapped(frame))));
};
const after = (place: number, by: number) => (i: number): number => (i >= place ? by : 0);
const never = (): number => 0;

describe('a clock that is set while both captures run', () => {
  it.each([
    ['the appliance’s, back', never, after(60, -3_600_000), -3_600],
    ['the appliance’s, back a little', never, after(61, -300), -0.3],
    ['the appliance’s, ahead', never, after(62, 5_000), 5],
    ['the source’s, back', after(60, -1_000), never, 1],
    ['the source’s, ahead', after(61, 60_000), never, -60],
  ])('%s: pairs, offset and delays are those of before', async (_, ofSource, ofAppliance, by) => {
    const result = await run(ofSource, ofAppliance);
    const json = resultJson(result);
    expect(json).toMatchObject({ pairs: Array.from({ length: 120 }, (__, i) => [i + 1, i + 1]), duplicates: [], onlyInA: [], onlyInB: [] });
    expect(json.clockOffsetSeconds).toBeCloseTo(9.0004, 4);
    expect(result.clock!.steps.map((step) => step.by)).toEqual([expect.closeTo(by, 3)]);
    expect(delaysOf(result, null)!.most).toBeLessThan(1e-3);
    expect(summary(result).map(({ text }) => text).join(' ')).toMatch(/One of them was set once meanwhile: by [−+][\d.]+ s at packet 6[123] of the source/);
  });

  it('is not taken from packets that wait in a queue for a while', async () => {
    const { clock } = await run(never, (i) => (i > 40 && i < 80 ? 400 : 0));
    expect(clock!.steps).toEqual([]);
    expect(clock!.offset).toBeCloseTo(9.0004, 4);
  });
});

it('the offset does not follow a few pairs that are wrong', async () => {
  const packets = Array.from({ length: 200 }, (_, i) => udpFrame({ content: i }));
  const result = await compared(packets.map((frame, i) => at(START + 20 * i, frame)), packets.map((frame, i) => at(START + 20 * i + 7_000.5 - (i % 50 === 49 ? 1_200 : 0), wrapped(frame))));
  expect(result.clock!.offset).toBeCloseTo(7.0005, 4);
});

it('a packet that was cut within its TCP header is a truncated one, no segment', async () => {
  const frames = Array.from({ length: 10 }, (_, i) => tcpFrame({ sequence: 100 * i, payload: new Uint8Array(100).fill(i), ident: i + 1 }));
  const { truncated } = resultJson(await compared(frames.map((frame, i) => at(i, frame)), frames.map((frame, i) => at(i, wrapped(frame.subarray(0, 44))))));
  expect(truncated).toEqual(frames.map((_, i) => [i + 1, 154, 44]));
});
