import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { resultJson, type ResultJson } from './result-json.ts';

const frame = (content: number): Uint8Array => udpFrame({ content });

const compared = async (a: readonly PcapPacket[], b: readonly PcapPacket[]): Promise<ResultJson> =>
  resultJson(await compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b }))));

/** What the path does to packet i: loses it, or brings it so many times, each so much later than sent. */
const paths = fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 3 }), { minLength: 1, maxLength: 40 });

describe('whatever a path does to packets that differ', () => {
  it('is found again: lost, further copies, any order', () => fc.assert(fc.asyncProperty(paths, async (fates) => {
    const sent = fates.map((_, i) => at(i, frame(i)));
    const arrived = fates.flatMap((delays, i) => delays.map((delay, copy) => ({ i, time: i + 0.5 + delay + copy / 10 }))).sort((p, q) => p.time - q.time);
    const result = await compared(sent, arrived.map(({ i, time }) => at(time, wrapped(frame(i)))));
    const copies = fates.map((_, i) => arrived.flatMap((packet, place) => (packet.i === i ? [place + 1] : [])));
    expect(result.pairs).toEqual(copies.flatMap(([first], i) => (first === undefined ? [] : [[i + 1, first]])));
    expect(result.duplicates).toEqual(copies.flatMap(([, ...further], i) => (further.length === 0 ? [] : [[i + 1, further]])));
    expect(result.onlyInA).toEqual(copies.flatMap(({ length }, i) => (length === 0 ? [i + 1] : [])));
    expect(result.onlyInB).toEqual([]);
    expect(result.changed).toEqual([]);
  }), { numRuns: 60 }));

  it('is found again when every copy is cut, as long as the difference is left', () => fc.assert(fc.asyncProperty(paths, fc.integer({ min: 46, max: 61 }), async (fates, kept) => {
    const arrived = fates.flatMap((delays, i) => (delays.length === 0 ? [] : [i]));
    const result = await compared(fates.map((_, i) => at(i, frame(i))), arrived.map((i) => at(i + 0.5, wrapped(frame(i).slice(0, kept)))));
    expect(result.pairs).toEqual(arrived.map((i, place) => [i + 1, place + 1]));
    expect(result.truncated).toEqual(arrived.map((i) => [i + 1, 62, kept]));
  }), { numRuns: 40 }));
});

describe('packets that are the same', () => {
  it('are right in number, and in person where time tells', () => fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean()), { minLength: 2, maxLength: 30 }), async (packets) => {
    // 100 packets of their own before them tell how the clocks run: 7 seconds apart, 0.5 ms on the way.
    const own = Array.from({ length: 100 }, (_, i) => i);
    const sent = [...own.map((i) => at(i, frame(1_000 + i))), ...packets.map(([content], i) => at(100 + 20 * i, frame(content)))];
    const arrived = [...own.map((i) => ({ number: i + 1, packet: at(7_000.5 + i, wrapped(frame(1_000 + i))) })),
      ...packets.flatMap(([content, comes], i) => (comes ? [{ number: 101 + i, packet: at(7_100.5 + 20 * i, wrapped(frame(content))) }] : []))];
    const result = await compared(sent, arrived.map(({ packet }) => packet));
    expect(result.pairs).toEqual(arrived.map(({ number }, place) => [number, place + 1]));
    expect(result.onlyInA).toEqual(packets.flatMap(([, comes], i) => (comes ? [] : [101 + i])));
    const short = new Set(packets.filter(([content, comes]) => !comes && packets.filter(([other]) => other === content).length > 1 && packets.some(([other, came]) => other === content && came)).map(([content]) => content));
    expect(result.ambiguous.length).toBe(short.size);
    expect(result.clockOffsetSeconds).toBeCloseTo(7.0005, 4);
  }), { numRuns: 60 }));
});

describe('input that makes no sense', () => {
  it('never throws, whatever the packets hold', () => fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 20 }), fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 20 }), async (a, b) => {
    const dressed = b.map((bytes, i) => at(i, i % 2 === 0 ? bytes : wrapped(bytes)));
    const result = await compared(a.map((bytes, i) => at(i, bytes)), dressed);
    expect(result.pairs.length + result.onlyInA.length + new Set(result.direct.map(([source]) => source)).size).toBeGreaterThanOrEqual(a.length);
  }), { numRuns: 60 }));

  it('the same capture twice is the same, and captures with nothing in common have no pairs', async () => {
    const some = Array.from({ length: 20 }, (_, i) => at(i, frame(i))), others = Array.from({ length: 20 }, (_, i) => at(i, frame(i + 100)));
    expect((await compared(some, some)).pairs).toEqual(some.map((_, i) => [i + 1, i + 1]));
    expect(await compared(some, others)).toMatchObject({ pairs: [], direct: [], clockOffsetSeconds: null, driftPpm: null, onlyInA: { length: 20 }, onlyInB: { length: 20 } });
    expect(await compared([], [])).toMatchObject({ pairs: [], onlyInA: [], onlyInB: [] });
  });
});
