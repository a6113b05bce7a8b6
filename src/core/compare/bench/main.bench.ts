// Comparing two captures beside indexing both, memory a packet, and how time grows. All in turns in one run, since machines are noisy.
// npm run bench -- [--growth], or by itself: node .ci/run-ts.mjs [--cpu-prof] src/core/compare/bench/main.bench.ts [--packets N] [--rounds N] [--average BYTES] [--growth]

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { fileSource } from '../../../cli/file-source.ts';
import { index } from '../../index/bench/index.bench.ts';
import { inTurns, line } from '../../index/bench/measure.bench.ts';
import { compareCaptures, type CompareResult } from '../compare.ts';
import { capturePair } from './captures.bench.ts';

const { values } = parseArgs({ options: {
  rounds: { type: 'string', default: '5' }, packets: { type: 'string', default: '1000000' }, average: { type: 'string', default: '584' }, growth: { type: 'boolean', default: false }, peak: { type: 'boolean', default: false },
} });
const packets = Number(values.packets), average = Number(values.average), rounds = Number(values.rounds);

const FEW = 1000;
/** Something of each shape, from round to round: V8 throws code away once nothing is left of what it was made for. */
const kept: unknown[] = [];

type Paths = ReturnType<typeof capturePair>;

async function withBoth<T>({ source, appliance }: Paths, use: (a: ReturnType<typeof fileSource>, b: ReturnType<typeof fileSource>) => Promise<T>): Promise<T> {
  const a = fileSource(source), b = fileSource(appliance);
  try { return await use(a, b); } finally { a.close(); b.close(); }
}

const indexBoth = (paths: Paths) => withBoth(paths, async (a, b) => [await index(a), await index(b)]);
const compareBoth = (paths: Paths) => withBoth(paths, (a, b) => compareCaptures(a, b));

/** Typed arrays that a result keeps. */
function bytesOf(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce<number>((sum, inner) => sum + bytesOf(inner, seen), 0);
}

/** The most memory that a process of its own had resident when it had compared once, in bytes: program, buffers, columns, tables and what was not collected yet. */
function peakOf(count: number): number {
  const { stdout, status, stderr } = spawnSync(process.execPath, [process.argv[1]!, '--peak', '--packets', String(count), '--average', String(average)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`comparing ${count} packets ended with ${String(status)}: ${stderr}`);
  return Number(stdout);
}

async function timeAndMemory(): Promise<void> {
  const small = capturePair(FEW, average), paths = capturePair(packets, average);
  const peak = peakOf(packets) - peakOf(FEW); // first: on Linux a process starts with the peak of the one that started it
  kept.push(await indexBoth(small), await compareBoth(small));
  const [comparing, indexing] = await inTurns(rounds, () => compareBoth(paths), () => indexBoth(paths));
  console.log(line({ what: `comparing two captures of ${packets.toLocaleString('en-US')} packets`, value: comparing!, unit: 'ms', baseline: { what: 'indexing both', value: indexing! }, target: 3 }));
  const result: CompareResult = await compareBoth(paths);
  const both = result.matching.a.count + result.matching.b.count;
  console.log(line({ what: 'memory that stays: columns, pairs and fates', value: bytesOf(result) / both, unit: 'bytes a packet', target: 120 }));
  console.log(line({ what: `memory at the peak: resident in a process of its own, less that with ${FEW.toLocaleString('en-US')} packets`, value: peak / both, unit: 'bytes a packet', target: 120 }));
}

async function growth(): Promise<void> {
  const times: number[] = [];
  const sizes = [10_000, 100_000, 1_000_000, 4_000_000];
  for (const count of sizes) {
    const some = capturePair(count, 128);
    const [time] = await inTurns(count > 1e6 ? 2 : count > 1e5 ? 3 : 8, () => compareBoth(some));
    times.push((1000 * time!) / count);
    console.log(line({ what: `comparing ${count.toLocaleString('en-US')} packets of 128 bytes`, value: times.at(-1)!, unit: 'µs a packet', ...(times.length > 1 && { baseline: { what: `those of ${sizes[0]!.toLocaleString('en-US')}`, value: times[0]! } }) }));
  }
}

if (values.peak) {
  await compareBoth(capturePair(packets, average));
  console.log(process.resourceUsage().maxRSS * 1024);
} else {
  await timeAndMemory();
  if (values.growth) await growth();
}
