import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex, int } from '../testing/bytes.ts';
import { at, tcpFrame, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile, type PcapPacket } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { resultJson, type ResultJson } from './result-json.ts';

const compared = async (a: readonly PcapPacket[], b: readonly PcapPacket[]): Promise<ResultJson> =>
  resultJson(await compareCaptures(memorySource(pcapFile({ packets: a })), memorySource(pcapFile({ packets: b }))));

/** An arrival: milliseconds, and the place of its source packet. */
interface Arrival { readonly time: number; readonly place: number; readonly frame: Uint8Array }
const inOrder = (arrivals: readonly Arrival[]): Arrival[] => [...arrivals].sort((p, q) => p.time - q.time);
const own = Array.from({ length: 60 }, (_, i) => i); // packets of their own before them, that tell how the clocks run

describe('identical packets in numbered envelopes', () => {
  /** Each identical packet: how many copies come, how long it is held up, and how much later a further copy comes. */
  const fates = fc.array(fc.record({ copies: fc.constantFrom(1, 1, 1, 2, 3), held: fc.constantFrom(0, 0, 0, 3, 9), gap: fc.constantFrom(0.1, 4) }), { minLength: 2, maxLength: 25 });

  it('are told apart though they overtake each other and come several times', () => fc.assert(fc.asyncProperty(fates, async (packets) => {
    const sent = [...own.map((i) => at(10 * i, udpFrame({ content: i }))), ...packets.map((_, i) => at(1_000 + i, udpFrame({ content: 77 })))];
    const arrived = inOrder([
      ...own.map((place) => ({ time: 10 * place + 0.3, place, frame: wrapped(udpFrame({ content: place }), { ident: place + 1 }) })),
      ...packets.flatMap(({ copies, held, gap }, i) => Array.from({ length: copies }, (_, copy) => ({ time: 1_000.3 + i + held + copy * gap, place: 60 + i, frame: wrapped(udpFrame({ content: 77 }), { ident: 61 + i }) }))),
    ]);
    const result = await compared(sent, arrived.map(({ time, frame }) => at(time, frame)));
    const placesOf = (place: number): number[] => arrived.flatMap((arrival, i) => (arrival.place === place ? [i + 1] : []));
    expect(result.pairs).toEqual(sent.map((_, place) => [place + 1, placesOf(place)[0]]));
    expect(result.duplicates).toEqual(sent.flatMap((_, place) => (placesOf(place).length > 1 ? [[place + 1, placesOf(place).slice(1)]] : [])));
    expect([result.onlyInA, result.onlyInB, result.ambiguous]).toEqual([[], [], []]);
  }), { numRuns: 60 }));

  it('are not taken for one that came again where all envelopes have the same number', async () => {
    const beats = Array.from({ length: 20 }, (_, i) => at(20 * i, udpFrame({ content: 77 })));
    const arrived = beats.map((_, i) => at(20 * i + 0.3, wrapped(udpFrame({ content: 77 }), { ident: 9 })));
    expect(await compared(beats, arrived)).toMatchObject({ pairs: beats.map((_, i) => [i + 1, i + 1]), duplicates: [], onlyInA: [] });
  });
});

describe('the same content in somebody else’s network', () => {
  const mine = (content: number): Uint8Array => udpFrame({ content });
  const theirs = (content: number): Uint8Array => concat([fromHex('0a0000000099 0a0000000098'), mine(content).subarray(12)]);

  it('is no copy, also where the source’s own got lost', async () => {
    const sent = own.map((i) => at(10 * i, mine(i % 50)));
    const arrived = own.flatMap((i) => [...i === 7 || i === 55 ? [] : [{ place: i + 1, packet: at(10 * i + 0.3, wrapped(mine(i % 50))) }], { place: 0, packet: at(10 * i + 0.5, wrapped(theirs(i % 50), { vni: 5 })) }]);
    const result = await compared(sent, arrived.map(({ packet }) => packet));
    expect(result.pairs).toEqual(arrived.flatMap(({ place }, i) => (place > 0 ? [[place, i + 1]] : [])));
    expect(result.onlyInA).toEqual([8, 56]);
    expect(result.onlyInB).toEqual(arrived.flatMap(({ place }, i) => (place > 0 ? [] : [i + 1])));
    expect(result.duplicates).toEqual([]);
  });
});

describe('segments of super-frames', () => {
  const bytes = (length: number): Uint8Array => concat(Array.from({ length: length / 4 }, (_, i) => int(i * 2_654_435_761 >>> 0, 4, false)));
  const stream = bytes(12_000);
  const part = (from: number, to: number, ident = 0): Uint8Array => tcpFrame({ sequence: 0xffff_f000 + from, payload: stream.subarray(from, to), ident }); // over the end of the sequence numbers

  it('go to the transmission that they were sent in, whatever its borders and whoever put them together', () => fc.assert(fc.asyncProperty(
    fc.array(fc.record({ from: fc.integer({ min: 0, max: 8 }), length: fc.integer({ min: 1, max: 4 }), lost: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }), joined: fc.boolean() }), { minLength: 1, maxLength: 8 }),
    async (transmissions) => {
      const others = Array.from({ length: 40 }, (_, i) => udpFrame({ content: i })); // by which the clocks are known
      const sent = transmissions.map(({ from, length }, i) => at(100 + 20 * i, part(1_000 * from, 1_000 * (from + length), 100 * i + 1)));
      const arrived = transmissions.flatMap(({ from, length, lost, joined }, i) => {
        const segments = Array.from({ length }, (_, k) => k).filter((k) => !lost.includes(k));
        const runs = joined ? segments.reduce<number[][]>((all, k) => (all.at(-1)?.at(-1) === k - 1 ? [...all.slice(0, -1), [...all.at(-1)!, k]] : [...all, [k]]), []) : segments.map((k) => [k]);
        return runs.map((run, k) => ({ owner: 41 + i, time: 100.3 + 20 * i + k / 100, frame: part(1_000 * (from + run[0]!), 1_000 * (from + run.at(-1)! + 1), 100 * i + 1 + run[0]!) }));
      });
      const result = await compared([...others.map((frame, i) => at(2 * i, frame)), ...sent], [...others.map((frame, i) => at(2 * i + 0.3, wrapped(frame))), ...arrived.map(({ time, frame }) => at(time, wrapped(frame)))]);
      const placesOf = (owner: number): number[] => arrived.flatMap((frame, i) => (frame.owner === owner ? [41 + i] : []));
      expect(result.pairs.slice(40)).toEqual(sent.flatMap((_, i) => placesOf(41 + i).slice(0, 1).map((place) => [41 + i, place])));
      expect([...result.pairs.slice(40), ...result.fragments].flatMap(([owner, places]) => [places].flat().map((place) => `${owner} ${place}`)).sort().filter((place, i, all) => place !== all[i - 1])).toEqual(arrived.map(({ owner }, i) => `${owner} ${41 + i}`));
      expect([result.onlyInB, result.duplicates, result.ambiguous]).toEqual([[], [], []]);
    }), { numRuns: 60 }));

  it('are told from a packet that was sent again and is the same, though they come before it', async () => {
    const others = Array.from({ length: 40 }, (_, i) => udpFrame({ content: i }));
    const result = await compared([...others.map((frame, i) => at(2 * i, frame)), at(100, part(0, 3_000)), at(140, part(1_000, 2_000))],
      [...others.map((frame, i) => at(2 * i + 0.3, wrapped(frame))), ...[0, 1_000, 2_000].map((from) => at(100.3, wrapped(part(from, from + 1_000)))), at(140.3, wrapped(part(1_000, 2_000)))]);
    expect(result).toMatchObject({ fragments: [[41, [41, 42, 43]]], duplicates: [], onlyInA: [], onlyInB: [] });
    expect(result.pairs.slice(40)).toEqual([[41, 41], [42, 44]]);
  });

  it('that come again, of a super-frame that came whole, are further copies of it', async () => {
    const result = await compared([at(0, part(0, 3_000)), at(1, part(3_000, 4_000))], [part(0, 3_000), part(1_000, 2_000, 1), part(3_000, 4_000)].map((frame, i) => at(i, wrapped(frame))));
    expect(result).toMatchObject({ pairs: [[1, 1], [2, 3]], duplicates: [[1, [2]]], onlyInA: [], onlyInB: [] });
  });

  it('of which nothing tells the transmission are in doubt', async () => {
    const others = Array.from({ length: 40 }, (_, i) => udpFrame({ content: i }));
    const result = await compared([...others.map((frame, i) => at(2 * i, frame)), at(100, part(0, 2_000, 1)), at(101, part(0, 2_000, 3))],
      [...others.map((frame, i) => at(2 * i + 0.3 + i % 8, wrapped(frame))), ...[0, 1_000].map((from) => at(104, wrapped(part(from, from + 1_000, 9))))]);
    expect(result.ambiguous.map(([a]) => a)).toEqual([[41, 42]]);
  });

  it('that come twice are further copies', async () => {
    const result = await compared([at(0, part(0, 4_000)), at(1, part(4_000, 6_000))], [part(0, 1_000, 1), part(1_000, 2_000, 2), part(1_000, 2_000, 2), part(2_000, 4_000, 3), part(4_000, 5_000, 4), part(5_000, 6_000, 5)].map((frame, i) => at(i, wrapped(frame))));
    expect(result).toMatchObject({ pairs: [[1, 1], [2, 5]], fragments: [[1, [1, 2, 4]], [2, [5, 6]]], duplicates: [[1, [3]]], onlyInA: [], onlyInB: [] });
  });

  it('of a super-frame that was sent again belong to the transmission before them', async () => {
    const others = Array.from({ length: 20 }, (_, i) => udpFrame({ content: i })); // by which the clocks are known
    const cuts = [0, 1_000, 2_000, 3_000, 4_000];
    const segments = (ident: number, ...lost: readonly number[]): Uint8Array[] => cuts.slice(0, -1).flatMap((from, i) => (lost.includes(i) ? [] : [wrapped(part(from, from + 1_000, ident + i))]));
    const result = await compared([...others.map((frame, i) => at(i, frame)), at(30, part(0, 4_000, 7)), at(240, part(0, 4_000, 90)), at(700, part(0, 4_000, 120))],
      [...others.map((frame, i) => at(i + 0.2, wrapped(frame))), ...[...segments(7, 0, 2), segments(7)[3]!].map((frame) => at(30.3, frame)), ...segments(90, 1).map((frame) => at(240.3, frame)), ...segments(120).map((frame) => at(700.3, frame))]);
    expect(result).toMatchObject({ fragments: [[21, [21, 22]], [22, [24, 25, 26]], [23, [27, 28, 29, 30]]], duplicates: [[21, [23]]], onlyInA: [], onlyInB: [] });
  });

  it('may be put together across the borders of super-frames', async () => {
    const sent = [part(0, 4_000), part(4_000, 8_000), part(8_000, 9_000)];
    const result = await compared(sent.map((frame, i) => at(i, frame)), [part(0, 3_000), part(3_000, 7_000), part(7_000, 9_000)].map((frame, i) => at(i, wrapped(frame))));
    expect(result).toMatchObject({ pairs: [[1, 1], [2, 2], [3, 3]], onlyInA: [], onlyInB: [] });
  });

  it('are parted again where the bytes are others', async () => {
    const other = part(3_000, 7_000).map((byte, i) => (i > 2_000 ? byte ^ 1 : byte)); // the second super-frame's share
    const result = await compared([at(0, part(0, 4_000)), at(1, part(4_000, 8_000))], [part(0, 3_000), other].map((frame, i) => at(i, wrapped(frame))));
    expect(result).toMatchObject({ pairs: [[1, 1]], onlyInA: [2] });
  });
});
