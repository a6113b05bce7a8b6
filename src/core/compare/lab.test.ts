import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labScenarios, labTruth, type LabComparison, type LabTruth } from '../testing/lab.ts';
import { compareCaptures } from './compare.ts';
import { resultJson, type ResultJson } from './result-json.ts';

/** `merged.pcapng#source-eth0`: one interface of a file. */
const point = (scenario: string, name: string): { source: ReturnType<typeof memorySource>; face: string | undefined } => {
  const [file, face] = name.split('#');
  return { source: memorySource(labFile(scenario, file!)), face };
};

const run = async (scenario: string, { a, b }: LabComparison, vni?: number): Promise<ResultJson> => {
  const left = point(scenario, a), right = point(scenario, b);
  return resultJson(await compareCaptures(left.source, right.source, { vni, interfaceA: left.face, interfaceB: right.face }));
};

const sorted = (numbers: Iterable<number>): number[] => [...numbers].sort((p, q) => p - q);
const without = (numbers: readonly number[], ...leftOut: readonly (readonly number[])[]): number[] => {
  const out = new Set(leftOut.flat());
  return sorted(numbers.filter((n) => !out.has(n)));
};

/** What the truth leaves open (frames that a tool may or may not take for VXLAN) counts neither way. */
function agree(result: ResultJson, truth: LabComparison, whole: LabTruth): void {
  const open = truth.optional ?? [];
  const direct = truth.direct.map(([a, b]) => [a, b]);
  const openA = open.map(([a]) => a), openB = [...open.map(([, b]) => b), ...whole.optionalB ?? []];
  expect(result.pairs.filter(([a]) => !openA.includes(a!))).toEqual(truth.pairs.filter(([a, b]) => b !== null && !openA.includes(a)).map(([a, b]) => [a, b]));
  expect(result.duplicates).toEqual(truth.duplicates);
  expect(result.fragments).toEqual(truth.fragments ?? []);
  expect(result.truncated).toEqual(truth.truncated ?? []);
  expect(result.direct).toEqual(sortedPairs(direct));
  expect(without(result.onlyInA, openA)).toEqual(without(truth.onlyInA, openA));
  expect(without(result.onlyInB, openB)).toEqual(without(truth.onlyInB, openB));
  if (result.pairs.length > 0) expect(Math.abs(result.clockOffsetSeconds! - whole.clockOffsetSeconds)).toBeLessThanOrEqual(whole.clockOffsetToleranceSeconds ?? 0.02);
}

const sortedPairs = (pairs: readonly number[][]): number[][] => [...pairs].sort(([a, b], [c, d]) => a! - c! || b! - d!);

describe.skipIf(!LAB_PRESENT)(`every lab scenario${LAB_NOTE}`, () => {
  for (const scenario of labScenarios().filter((name) => name !== 'rogue')) {
    const whole = labTruth(scenario);
    for (const truth of [whole, ...whole.comparisons ?? []]) {
      it(`${scenario}: ${truth.a} beside ${truth.b}`, async () => {
        const result = await run(scenario, truth);
        agree(result, truth, whole);
        if (typeof truth.vni === 'number') agree(await run(scenario, truth, truth.vni), truth, whole);
      });
    }
  }

  it('rogue: what is well-formed is paired, what is not is left alone', async () => {
    const whole = labTruth('rogue');
    const result = await run('rogue', whole);
    const open = whole.optional!.map(([a]) => a);
    expect(result.pairs.filter(([a]) => !open.includes(a!))).toEqual(whole.pairs.filter(([, b]) => b !== null).map(([a, b]) => [a, b]));
    // The truth counts the appliance's own ICMP errors and ARP as one-sided; both captures hold them, so here they are direct.
    const alike = result.direct.map(([, b]) => b!);
    expect(without([...result.onlyInA, ...result.direct.map(([a]) => a!)], open)).toEqual(without(whole.onlyInA, open));
    expect(without([...result.onlyInB, ...alike], whole.optional!.map(([, b]) => b))).toEqual(without(whole.onlyInB, whole.optional!.map(([, b]) => b)));
    expect(result.changed.map(([, , fields]) => fields)).toEqual([['ip.len'], ['ip.len'], ['ip.len']]);
    agree(await run('rogue', whole.comparisons![0]!), whole.comparisons![0]!, whole);
  });

  it('loss: as many are called lost as were', async () => {
    expect((await run('loss', labTruth('loss'))).lost).toEqual(labTruth('loss').lost);
    expect((await run('filtered', labTruth('filtered'))).lost).toEqual([]);
  });

  it('nat-and-ttl: groups that miss a packet are said to be interchangeable', async () => {
    const truth = labTruth('nat-and-ttl');
    const { ambiguous, lost } = await run('nat-and-ttl', truth);
    expect(lost).toEqual(truth.lost);
    const short = truth.identicalGroups!.filter((group) => group.some((a) => truth.lost.includes(a)) && group.length > 1);
    expect(ambiguous.map(([as]) => as)).toEqual(short);
  });

  it('clock-skew: the drift is found, and none elsewhere', async () => {
    for (const scenario of labScenarios().filter((name) => name !== 'rogue')) {
      const truth = labTruth(scenario);
      const { driftPpm } = await run(scenario, truth);
      expect(Math.abs(driftPpm! - (truth.clockDriftPpm ?? 0)), scenario).toBeLessThan(5);
    }
  });

  it('offload: the checksums that the card filled in are the only changes', async () => {
    const truth = labTruth('offload');
    const { changed } = await run('offload', truth);
    expect(changed.map(([a]) => a)).toEqual(truth.checksumFilled);
    expect(new Set(changed.flatMap(([, , fields]) => fields))).toEqual(new Set(['tcp.checksum', 'udp.checksum']));
  });
});
