import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { compareCaptures } from './compare.ts';
import { resultJson, type ResultJson } from './result-json.ts';

const sample = (name: string): Uint8Array => readFileSync(`public/samples/mirrored-ping/${name}.pcap`);

const compared = async (a: string, b: string, vni?: number): Promise<ResultJson> =>
  resultJson(await compareCaptures(memorySource(sample(a)), memorySource(sample(b)), { vni }));

const inARow = (from: number, to: number, less: number): [number, number][] => Array.from({ length: to - from + 1 }, (_, i) => [from + i, from + i - less]);

describe('the mirrored ping', () => {
  it('is paired with what the appliance saw, and its direct packets are told apart', async () => {
    const result = await compared('source-eth0', 'appliance-eth0');
    expect(result.pairs).toEqual(inARow(3, 14, 1));
    expect(result.direct).toEqual([[1, 1], ...inARow(15, 20, 1)]);
    expect(result.onlyInA).toEqual([2]);
    expect(result.onlyInB).toEqual([]);
    expect(result.duplicates).toEqual([]);
    expect(result.ambiguous).toEqual([]);
  });

  it('is the same with its VNI asked for, and has no pairs under another', async () => {
    expect((await compared('source-eth0', 'appliance-eth0', 333)).pairs).toEqual(inARow(3, 14, 1));
    const other = await compared('source-eth0', 'appliance-eth0', 334);
    expect(other.pairs).toEqual([]);
    expect(other.onlyInA).toEqual([2, ...Array.from({ length: 12 }, (_, i) => i + 3)]);
    expect(other.onlyInB).toEqual(Array.from({ length: 12 }, (_, i) => i + 2));
  });

  it('is paired with the VXLAN interface, where nothing is direct', async () => {
    const result = await compared('source-eth0', 'appliance-vxlan100');
    expect(result.pairs).toEqual(inARow(3, 14, 2));
    expect(result.direct).toEqual([]);
    expect(result.onlyInA).toEqual([1, 2, 15, 16, 17, 18, 19, 20]);
    expect(result.onlyInB).toEqual([]);
  });

  it('is paired between the appliance and its VXLAN interface', async () => {
    const result = await compared('appliance-eth0', 'appliance-vxlan100');
    expect(result.pairs).toEqual(inARow(2, 13, 1));
    expect(result.onlyInA).toEqual([1, 14, 15, 16, 17, 18, 19]);
  });

  it('is paired with itself', async () => {
    const result = await compared('appliance-eth0', 'appliance-eth0');
    expect(result.pairs).toEqual(inARow(1, 19, 0));
    expect(result.clockOffsetSeconds).toBe(0);
  });
});
