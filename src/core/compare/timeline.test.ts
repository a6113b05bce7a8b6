import { describe, expect, it } from 'vitest';
import { memorySource } from '../bytes/memory-source.ts';
import { LAB_NOTE, LAB_PRESENT, labFile, labTruth } from '../testing/lab.ts';
import { compareCaptures } from './compare.ts';
import { FateList } from './fate-list.ts';
import type { Fate } from './report.ts';
import { duration, timeline } from './timeline.ts';

const of = (rows: readonly (readonly [time: number, fate: Fate, own?: boolean])[]) => timeline(rows.length, (i) => ({ time: rows[i]![0], fate: rows[i]![1], own: rows[i]![2] ?? false }));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

describe('fates over time', () => {
  it('lie in bins from the first to the last packet', () => {
    expect(of([[0, 'Mirrored'], [1, 'Lost'], [3, 'Mirrored'], [4, 'Mirrored']])).toMatchObject({ start: 0, bins: 4, width: 1, fates: [{ fate: 'Mirrored', perBin: [1, 0, 0, 2] }, { fate: 'Lost', perBin: [0, 1, 0, 0] }] });
  });

  it('are told in words: when there was trouble, or that there was none', () => {
    expect(of([[0, 'Mirrored'], [1, 'Lost'], [3, 'Mirrored'], [4, 'Mirrored']]).words).toBe('0.00 s to 4.00 s on the source’s clock, in steps of 1 s. Lost: 1 at 1.00 s.');
    expect(of([[0, 'Mirrored'], [2, 'Direct']]).words).toBe('0.00 s to 2.00 s on the source’s clock, in steps of 1 s. Nothing but mirrored and direct.');
  });

  it('leave out packets of another time, and say so', () => {
    const { bins, fates, words } = of([[0, 'Mirrored'], [2, 'Mirrored'], [3, 'Only at appliance', true], [90_000, 'Only at appliance', true]]);
    expect(sum(fates.flatMap(({ perBin }) => perBin))).toBe(2);
    expect(bins).toBe(4);
    expect(words).toContain('2 packets of the appliance lie outside.');
    expect(sum(of([[0, 'Mirrored'], [2, 'Mirrored'], [3, 'Only at appliance', true]]).fates.flatMap(({ perBin }) => perBin))).toBe(3);
  });

  it('are there for one packet, and for none', () => {
    expect(of([[0, 'Lost']])).toMatchObject({ bins: 1, fates: [{ perBin: [1] }] });
    expect(of([]).words).toContain('No packets.');
  });

  it('say lengths of time as people do', () => { expect([0.0395, 2, 1e-6, 0.25, 120.4].map(duration)).toEqual(['39.5 ms', '2 s', '1 µs', '250 ms', '120 s']); });

  it.skipIf(!LAB_PRESENT)(`have each row once, and the lost ones where the truth has them${LAB_NOTE}`, async () => {
    const list = new FateList(await compareCaptures(memorySource(labFile('loss', 'source-eth0.pcap')), memorySource(labFile('loss', 'appliance-eth0.pcap'))));
    const { rows, timeline: times } = list.report();
    expect(sum(times.fates.map(({ perBin }) => sum(perBin)))).toBe(rows);
    expect(sum(times.fates.find(({ fate }) => fate === 'Lost')!.perBin)).toBe(labTruth('loss').lost.length);
    const whole = list.spanBetween('Lost', times.start, times.start + times.bins * times.width + 1);
    expect(whole).toEqual({ from: 0, count: labTruth('loss').lost.length });
    expect(list.spanBetween('Lost', -9, -8)).toEqual({ from: 0, count: 0 });
  });
});
