import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../bytes/byte-source.ts';
import { memorySource } from '../bytes/memory-source.ts';
import { at, udpFrame, wrapped } from '../testing/mirror-frames.ts';
import { pcapFile } from '../testing/pcap-file.ts';
import { compareCaptures } from './compare.ts';
import type { CompareProgress, CompareStep } from './watch.ts';

const STEPS: readonly CompareStep[] = ['reading both captures', 'pairing', 'comparing bytes'];
const frame = (content: number): Uint8Array => udpFrame({ content, size: 600 });
/** Several windows of either; every seventh content comes three times, every third copy is cut, every eleventh gets lost. */
const contents = Array.from({ length: 4_000 }, (_, i) => (i % 7 === 0 ? i % 2_000 : 10_000 + i));
const source = pcapFile({ packets: contents.map((content, i) => at(i, frame(content))) });
const appliance = pcapFile({ packets: contents.flatMap((content, i) => (i % 11 === 0 ? [] : [at(i + 0.5, wrapped(frame(content).slice(0, i % 3 === 0 ? 90 : 700)))])) });

/** A source that knows how many of its readers are open, and whether anybody asks for bytes. */
function watched(bytes: Uint8Array): { readonly source: ByteSource; open: number; asked: number } {
  const inner = memorySource(bytes);
  const seen = {
    open: 0, asked: 0,
    source: {
      size: inner.size,
      open: (from?: number, to?: number) => {
        const reader = inner.open(from, to);
        seen.open++;
        return { read: (into: Uint8Array<ArrayBuffer>) => { seen.asked++; return reader.read(into.subarray(0, 1 << 18)); }, close: () => { seen.open--; return reader.close(); } };
      },
      slice: (from: number, to: number) => { seen.asked++; return inner.slice(from, to); },
    },
  };
  return seen;
}

describe('a comparison', () => {
  it('goes forward in each of its steps, one after the other', async () => {
    const told: CompareProgress[] = [];
    await compareCaptures(watched(source).source, watched(appliance).source, { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ step }) => STEPS.indexOf(step))).toEqual(told.map(({ step }) => STEPS.indexOf(step)).sort());
    for (const step of STEPS) {
      const of = told.filter((progress) => progress.step === step);
      expect(of.length, step).toBeGreaterThan(1);
      expect(of.map(({ done }) => done), step).toEqual(of.map(({ done }) => done).sort((p, q) => p - q));
      expect(of.at(-1)!.done, step).toBe(of.at(-1)!.total);
    }
  });

  it.each(STEPS)('that is cancelled while %s ends there and leaves no reader open', async (step) => {
    const control = new AbortController();
    const a = watched(source), b = watched(appliance);
    const told: CompareProgress[] = [];
    const running = compareCaptures(a.source, b.source, { signal: control.signal, onProgress: (progress) => { told.push(progress); if (progress.step === step && progress.done * 2 >= progress.total) control.abort(); } });
    await expect(running).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    const { asked: ofA } = a, { asked: ofB } = b;
    expect(told.at(-1)!.step).toBe(step);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    expect([a.open, b.open, a.asked - ofA, b.asked - ofB]).toEqual([0, 0, 0, 0]);
  });

  it('hears of an abort that comes as a message while it reads nothing', async () => {
    const control = new AbortController();
    let turns = 0;
    const running = compareCaptures(memorySource(source), memorySource(appliance), { signal: control.signal, breathe: () => new Promise((resolve) => { setTimeout(() => { if (++turns === 5) control.abort(); resolve(); }, 0); }) });
    await expect(running).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(turns).toBe(5);
  });
});
