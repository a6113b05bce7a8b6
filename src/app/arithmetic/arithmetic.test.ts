// Against AWS's own figures, a capture of the laboratory, and the kernel's fragments.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reckon, type Sizes } from './arithmetic.ts';

const of = (change: Partial<Sizes>) => reckon({ frame: 9014, source: 9001, target: 9001, ip: 4, tags: 0, kind: 'VXLAN', options: 0, ...change });

test('the provider\'s figures: 54 and 74 less, 8947 of 9001, 8446 and 8426 of 8500; the headers take 50 and 70', () => {
  expect(of({})).toMatchObject({ overhead: 50, advised: 8947, fits: 8951, room: 8965 });
  expect(of({ ip: 6 })).toMatchObject({ overhead: 70, advised: 8927, fits: 8931 });
  expect(of({ target: 8500 }).advised).toBe(8446);
  expect(of({ target: 8500, ip: 6 }).advised).toBe(8426);
});

test('a source MTU that just fits cuts nothing, and one byte more cuts one', () => {
  for (const ip of [4, 6] as const) for (const target of [1500, 9001]) {
    const { fits } = of({ ip, target });
    expect(of({ ip, target, source: fits, frame: fits + 14 }).cut).toBe(0);
    expect(of({ ip, target, source: fits + 1, frame: fits + 15 }).cut).toBe(1);
  }
});

test('the laboratory\'s jumbo frames come as long as this says', () => {
  const longest = (name: string): number => {
    const file = readFileSync(new URL(`../../../public/samples/jumbo-truncated/${name}`, import.meta.url));
    let most = 0;
    for (let at = 24; at < file.length; at += 16 + file.readUInt32LE(at + 8)) most = Math.max(most, file.readUInt32LE(at + 12));
    return most;
  };
  const { wire, cut, room, parts } = of({ frame: longest('source-eth0.pcap'), target: 1500 });
  expect({ wire, room, cut }).toEqual({ wire: longest('appliance-eth0.pcap'), room: 1464, cut: 9010 - 1464 });
  expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(wire + cut);
});

test('tags lengthen the frame and not what fits; GENEVE takes its options, as 68 with a gateway\'s 32', () => {
  expect(of({ tags: 2, target: 1500 })).toMatchObject({ wire: 1522, room: 1464 });
  const { overhead } = of({ kind: 'GENEVE', options: 32 });
  expect(overhead - 14).toBe(68); // a gateway's GENEVE carries packets without Ethernet
});

test('where the sender fragments, all but the last hold a multiple of 8', () => {
  const linux = (frame: number, ip: 4 | 6 = 4) => of({ frame, target: 1500, ip }).fragments;
  expect([linux(1464), linux(1465), linux(1480 * 2 - 16), linux(1480 * 2 - 15)]).toEqual([1, 2, 2, 3]);
  expect([linux(1444, 6), linux(1445, 6), linux(1448 + 1452 - 16, 6), linux(1448 + 1452 - 15, 6)]).toEqual([1, 2, 2, 3]);
  const odd = (payload: number) => of({ frame: payload - 16, target: 1502 }).fragments;
  expect([odd(1480 + 1482), odd(1480 + 1483)]).toEqual([2, 3]);
});

test('what the source cannot send in one goes in several', () => {
  expect(of({ frame: 3014, source: 1500 })).toMatchObject({ packets: 2, frame: 1514 });
  expect(of({ frame: 1514, source: 1500 }).packets).toBe(1);
});
