// UDP that a network card splits (GSO) or puts together (GRO). The frames are those of the kernel's tools/testing/selftests/net/udpgso.c in kind: pieces of one length, the last one shorter.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { concat, fromHex, int } from '../testing/bytes.ts';
import { at, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import { NONE } from './matching.ts';
import { summary } from './summary.ts';

/** Ethernet, IPv4 and UDP of one flow. */
const udp = (payload: Uint8Array, ident = 0): Uint8Array => concat([
  fromHex('0a0000000001 0ad393e427b2 0800 4500'), int(28 + payload.length, 2, false), int(ident, 2, false), fromHex('4000 4011 0000 ac1f0990 08080808 a000 01bb'), int(8 + payload.length, 2, false), fromHex('0000'), payload,
]);
/** Bytes that look like those of QUIC: no two stretches are the same. */
const secret = (seed: number, length: number): Uint8Array => { let state = seed * 2_654_435_761 + 1; return Uint8Array.from({ length }, () => (state = Math.imul(state, 1_103_515_245) + 12_345) >>> 16 & 0xff); };
const pieces = (whole: Uint8Array, unit: number): Uint8Array[] => Array.from({ length: Math.ceil(whole.length / unit) }, (_, i) => whole.subarray(i * unit, (i + 1) * unit));

const PLAIN = Array.from({ length: 40 }, (_, i) => secret(1_000 + i, 200 + i));
const capture = (frames: readonly Uint8Array[], later = 0): Uint8Array => pcapFile({ packets: frames.map((frame, i) => at(i + later, frame)) });
const owners = async (source: readonly Uint8Array[], appliance: readonly Uint8Array[]) => {
  const { matching, differences } = await compareCaptures(memorySource(capture(source)), memorySource(capture(appliance, 0.3)));
  return { matching, owner: Array.from(matching.ownerOf, (row) => (row === NONE ? -1 : row)), pair: Array.from(matching.pairOf, (row) => (row === NONE ? -1 : row)), differences: [...differences] };
};

describe('UDP super-frames', () => {
  it('of the source belong to all the datagrams that their card made of them, lost ones aside', async () => {
    const wholes = [secret(1, 10 * 1_200 + 300), secret(2, 3 * 1_200)];
    const source = [...PLAIN.map((payload) => udp(payload)), ...wholes.map((payload) => udp(payload))];
    const [first, second] = wholes.map((whole) => pieces(whole, 1_200));
    const appliance = [...PLAIN.map((payload) => wrapped(udp(payload))), ...[...first!.filter((_, i) => i !== 0 && i !== 4), ...second!].map((payload, i) => wrapped(udp(payload, i)))];
    const { owner, pair, differences, matching } = await owners(source, appliance);
    expect(owner).toEqual([...PLAIN.keys(), ...Array<number>(9).fill(40), ...Array<number>(3).fill(41)]);
    expect(pair.slice(40)).toEqual([40, 49]);
    expect(differences.every((marks) => marks === 0)).toBe(true);
    expect([...matching.split]).toEqual([40, 41]);
  });

  it('of the appliance carry all the datagrams of the source that were put together', async () => {
    const whole = secret(3, 5 * 1_000 + 77);
    const source = [...PLAIN, ...pieces(whole, 1_000)].map((payload) => udp(payload));
    const { pair, owner, matching } = await owners(source, [...PLAIN, whole].map((payload) => wrapped(udp(payload))));
    expect(owner.at(-1)).toBe(40);
    expect(pair.slice(40)).toEqual(Array<number>(6).fill(40));
    expect(matching.merged.size).toBe(6);
  });

  it('are told in the summary', async () => {
    const whole = secret(4, 4_000);
    const a = memorySource(capture([...PLAIN, whole].map((payload) => udp(payload)))), b = memorySource(capture([...PLAIN, ...pieces(whole, 1_000)].map((payload) => wrapped(udp(payload))), 0.3));
    expect(summary(await compareCaptures(a, b)).map(({ text }) => text).join(' ')).toMatch(/1 packet of the source came as 4 segments: the source’s network card splits them \(UDP GSO\)/);
  });

  it('take no datagram whose bytes are others, whatever its length', () => fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 33, max: 1_400 }), fc.integer({ min: 1, max: 32 }), fc.integer(), async (count, unit, rest, seed) => {
    const whole = secret(seed, count * unit + Math.min(rest, unit - 1));
    const parts = pieces(whole, unit), spoilt = parts.map((part, i) => (i % 2 === 0 ? part : Uint8Array.from(part, (byte, k) => (k === 20 ? byte ^ 1 : byte))));
    const { owner } = await owners([...PLAIN, whole].map((payload) => udp(payload)), [...PLAIN, ...spoilt].map((payload) => wrapped(udp(payload))));
    expect(owner.slice(40)).toEqual(parts.map((part, i) => (i % 2 === 0 || part.length <= 20 ? 40 : -1)));
  }), { numRuns: 40 }));
});
