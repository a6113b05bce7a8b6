import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labScenarios, labTruth } from '../testing/lab.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { Beside } from './beside.ts';
import { compareCaptures } from './compare.ts';
import { NONE } from './matching.ts';
import { scan } from './scan.ts';
import type { SightingColumns } from './sightings.ts';
import { verify } from './verify.ts';
import { Watch } from './watch.ts';

const frame = (content: number): Uint8Array => udpFrame({ content, size: 400 });
const source = (contents: readonly number[]): Uint8Array => pcapFile({ packets: contents.map((content, i) => at(i, frame(content))) });
const appliance = (contents: readonly number[]): Uint8Array => pcapFile({ packets: contents.map((content, i) => at(i + 0.5, wrapped(frame(content)))) });
const inARow = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

/** A source that counts the bytes that are read of it. */
function counted(bytes: Uint8Array): { readonly source: ByteSource; read: number } {
  const inner = memorySource(bytes);
  const counting = {
    read: 0,
    source: {
      size: inner.size,
      open: (from?: number, to?: number) => {
        const reader = inner.open(from, to);
        return { read: async (into: Uint8Array<ArrayBuffer>) => { const got = await reader.read(into); counting.read += got.length; return got; }, close: () => reader.close() };
      },
      slice: (from: number, to: number) => { counting.read += to - from; return inner.slice(from, to); },
    },
  };
  return counting;
}

/** Everything that was taken over from the other capture is what the packets themselves say, and a comparison of all bytes afterwards finds the same. */
async function agrees(aBytes: Uint8Array, bBytes: Uint8Array, options: { vni?: number; interfaceA?: string; interfaceB?: string } = {}): Promise<number> {
  const a = memorySource(aBytes), b = memorySource(bBytes);
  const { matching, differences } = await compareCaptures(a, b, options);
  const alone = await scan(b, { interface: options.interfaceB });
  for (const name of Object.keys(alone.columns) as (keyof SightingColumns)[]) expect(matching.b.columns[name].subarray(0, alone.count), name).toEqual(alone.columns[name].subarray(0, alone.count));
  const owners = matching.ownerOf.slice();
  expect(await verify(matching, a, b, new Beside(a, matching.a), new Watch())).toEqual(differences);
  expect(matching.ownerOf).toEqual(owners);
  return alone.count;
}

describe('a capture that is read beside the other', () => {
  it('is read once, as the other is, when its packets come in order or nearly', async () => {
    const sent = inARow(0, 8_000);
    const arrived = sent.filter((i) => i % 100 !== 7).flatMap((i) => (i % 400 === 9 ? [i, i] : [i]));
    for (let i = 50; i < arrived.length; i += 50) [arrived[i - 1], arrived[i]] = [arrived[i]!, arrived[i - 1]!];
    const left = counted(source(sent)), right = counted(appliance(arrived));
    const { matching } = await compareCaptures(left.source, right.source);
    expect(matching.pairOf.filter((row) => row < arrived.length)).toHaveLength(8_000 - 80);
    expect(right.read / right.source.size).toBeLessThan(1.02); // a few at the borders of windows are compared afterwards
    expect(left.read / left.source.size).toBeLessThan(1.05); // the lost ones are looked at once more
  });

  it('finds its place when it starts later, ends earlier and has traffic of others in it', async () => {
    const arrived = [...inARow(100_000, 200), ...inARow(3_000, 1_000), ...inARow(200_000, 100), ...inARow(5_500, 1_000)];
    expect(await agrees(source(inARow(0, 8_000)), appliance(arrived))).toBe(2_300);
    const left = memorySource(source(inARow(0, 8_000)));
    const beside = new Beside(left, await scan(left, {}));
    await scan(memorySource(appliance(arrived)), { beside });
    const found = Array.from(beside.owner.subarray(0, arrived.length));
    for (const [i, row] of found.entries()) expect([NONE, arrived[i]]).toContain(row);
    expect(found.filter((row) => row !== NONE).length).toBeGreaterThan(1_600); // all but those before a landmark
  });

  it('takes over nothing but what is so, whatever the order', () => fc.assert(fc.asyncProperty(fc.array(fc.nat(30), { maxLength: 60 }), fc.array(fc.nat(40), { maxLength: 60 }), fc.integer({ min: 40, max: 600 }), async (sent, arrived, kept) => {
    const cut = pcapFile({ packets: arrived.map((content, i) => at(i + 0.5, wrapped(frame(content).slice(0, content % 3 === 0 ? kept : 600)))) });
    expect(await agrees(source(sent), cut)).toBe(arrived.length);
    expect(await agrees(cut, source(sent))).toBe(sent.length);
  }), { numRuns: 40 }));
});

const SCENARIOS = LAB_PRESENT ? labScenarios() : [];

describe.skipIf(!LAB_PRESENT)(`the lab${LAB_NOTE}`, () => {
  it.each(SCENARIOS)('%s: what was taken over is what its packets say', async (scenario) => {
    const truth = labTruth(scenario);
    for (const { a, b, vni } of [truth, ...truth.comparisons ?? []]) {
      const [left, interfaceA] = a.split('#'), [right, interfaceB] = b.split('#');
      const packets = await agrees(labFile(scenario, left!), labFile(scenario, right!), { ...(typeof vni === 'number' && { vni }), ...(interfaceA !== undefined && { interfaceA }), ...(interfaceB !== undefined && { interfaceB }) });
      expect(packets).toBeGreaterThan(0);
    }
  });
});
