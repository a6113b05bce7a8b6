import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { at, udpFrame, wrapped, type Envelope } from '../testing/mirror-frames.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { compareCaptures, type CompareResult } from './compare.ts';
import { resultJson, type ResultJson } from './result-json.ts';
import { summary } from './summary.ts';

/** A copy: milliseconds, and the place of its source packet. */
interface Copy { readonly time: number; readonly place: number; readonly envelope?: Envelope | null; readonly hops?: number }

const OWN = 400; // packets of their own before the identical ones, in one flow, two every millisecond: by them the path is known
const own = Array.from({ length: OWN }, (_, place) => ({ place, time: Math.floor(place / 2) + place % 2 * 0.05 }));
const sentAt = (times: readonly number[]): number[] => [...own.map(({ time }) => time), ...times.map((time) => 1_000 + time)];
const frameOf = (place: number): Uint8Array => udpFrame({ content: place < OWN ? place : 77_777 });
const withHops = (frame: Uint8Array, hops: number): Uint8Array => frame.map((byte, i) => (i === 22 ? hops : byte));

/** Sent: packets of their own, then identical ones at these times (ms after a second). */
async function compared(times: readonly number[], copies: readonly Copy[]): Promise<{ result: CompareResult; json: ResultJson; right: ResultJson['pairs']; again: ResultJson['duplicates'] }> {
  const arrived = [...copies].sort((p, q) => p.time - q.time);
  const result = await compareCaptures(
    memorySource(pcapFile({ packets: sentAt(times).map((time, place) => at(time, frameOf(place))) })),
    memorySource(pcapFile({ packets: arrived.map(({ time, place, envelope = {}, hops = 64 }) => { const frame = withHops(frameOf(place), hops); return at(time, envelope === null ? frame : wrapped(frame, envelope)); }) })));
  const placesOf = sentAt(times).map((_, place) => arrived.flatMap((copy, i) => (copy.place === place ? [i + 1] : [])));
  return { result, json: resultJson(result), right: placesOf.flatMap(([first], i) => (first === undefined ? [] : [[i + 1, first]])), again: placesOf.flatMap(([, ...more], i) => (more.length === 0 ? [] : [[i + 1, more]])) };
}

describe('identical packets whose envelopes have no numbers', () => {
  const held = (place: number): number => (place % 10 === 0 ? 3 : 0.3);

  it('are in doubt where the path lets packets overtake each other so close', async () => {
    const { json, result } = await compared([1, 2, 500], [...own.map(({ time, place }) => ({ time: time + held(place), place })), { time: 1_004, place: OWN }, { time: 1_002.3, place: OWN + 1 }, { time: 1_500.3, place: OWN + 2 }]);
    expect(json.ambiguous.map(([a]) => a)).toEqual([[OWN + 1, OWN + 2]]); // not the one half a second later
    expect(json).toMatchObject({ onlyInA: [], onlyInB: [], duplicates: [] });
    expect(summary(result).map(({ text }) => text)).toContain('2 identical packets came too close together to be told apart for certain: their copies may be each other’s.');
  });

  it('are in no doubt where the path keeps the order', async () => {
    const { json, right } = await compared([1, 1.02, 1.04], [...own.map(({ time, place }) => ({ time: time + 0.3 + Math.floor(place / 2) % 7 / 10, place })), ...[0, 1, 2].map((i) => ({ time: 1_001.4 + i / 100, place: OWN + i }))]);
    expect(json.ambiguous).toEqual([]);
    expect(json.pairs).toEqual(right);
  });

  it('are in doubt where one may have got lost as the one beside it came twice', async () => {
    const often = own.flatMap(({ time, place }) => (place % 10 === 3 ? [] : [0.3, ...place % 10 === 7 ? [0.31] : []].map((late) => ({ time: time + late, place, envelope: null }))));
    const { json } = await compared([1, 1.01], [...often, { time: 1_001.3, place: OWN, envelope: null }, { time: 1_001.31, place: OWN, envelope: null }]);
    expect(json.ambiguous.map(([a]) => a)).toEqual([[OWN + 1, OWN + 2]]);
  });

  it('are told apart by time where they lie apart, though one got lost and one came twice', async () => {
    const { json, right, again } = await compared([1, 100, 200], [...own.map(({ time, place }) => ({ time: time + 0.3, place })), { time: 1_001.3, place: OWN }, { time: 1_200.3, place: OWN + 2 }, { time: 1_200.4, place: OWN + 2 }]);
    expect([json.pairs, json.duplicates]).toEqual([right, again]);
  });

  it('are in doubt where nothing says how the clocks run and more came than were sent', async () => {
    const beats = Array.from({ length: 3 }, (_, i) => at(20 * i, udpFrame({ content: 1 })));
    const result = resultJson(await compareCaptures(memorySource(pcapFile({ packets: beats })), memorySource(pcapFile({ packets: [0, 0.1, 20, 40].map((time) => at(time, wrapped(udpFrame({ content: 1 })))) }))));
    expect(result.ambiguous.map(([a]) => a)).toEqual([[1, 2, 3]]);
  });
});

describe('identical packets that are seen again', () => {
  it('by another way, each later than the next one’s first copy, belong to their own', async () => {
    const close = [0, 0.05, 0.1, 0.15, 0.2];
    const thereAndBack = (place: number, time: number): Copy[] => [{ time: time + 0.3, place }, { time: time + 0.37, place, envelope: { vni: 334 } }];
    const { json, right, again } = await compared(close, [...own.flatMap(({ time, place }) => thereAndBack(place, time)), ...close.flatMap((time, i) => thereAndBack(OWN + i, 1_000 + time))]);
    expect([json.pairs, json.duplicates, json.ambiguous]).toEqual([right, again, []]);
  });

  it('a hop further on belong to their own', async () => {
    const times = [0, 20, 40];
    const twice = (place: number, time: number): Copy[] => [{ time: time + 0.3, place }, { time: time + 0.6, place, hops: 63 }];
    const { json, right, again } = await compared(times, [...own.flatMap(({ time, place }) => twice(place, time)), ...times.flatMap((time, i) => twice(OWN + i, 1_000 + time))]);
    expect([json.pairs, json.duplicates]).toEqual([right, again]);
  });
});
