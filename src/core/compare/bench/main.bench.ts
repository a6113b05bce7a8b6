// Comparing two captures beside indexing both, memory a packet, and how time grows. All in turns in one run, since machines are noisy.
// node .ci/run-ts.mjs [--cpu-prof] src/core/compare/bench/main.bench.ts [--packets N] [--rounds N] [--average BYTES] [--growth]

import { parseArgs } from 'node:util';
import { fileSource } from '../../../cli/file-source.ts';
import { index } from '../../index/bench/index.bench.ts';
import { inTurns, line } from '../../index/bench/measure.bench.ts';
import { compareCaptures, type CompareResult } from '../compare.ts';
import { capturePair } from './captures.bench.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, packets: { type: 'string', default: '1000000' }, average: { type: 'string', default: '584' }, growth: { type: 'boolean', default: false } } });

type Paths = ReturnType<typeof capturePair>;

async function withBoth<T>({ source, appliance }: Paths, use: (a: ReturnType<typeof fileSource>, b: ReturnType<typeof fileSource>) => Promise<T>): Promise<T> {
  const a = fileSource(source), b = fileSource(appliance);
  try { return await use(a, b); } finally { a.close(); b.close(); }
}

const indexBoth = (paths: Paths) => withBoth(paths, async (a, b) => { await index(a); await index(b); });
const compareBoth = (paths: Paths) => withBoth(paths, (a, b) => compareCaptures(a, b));

/** Typed arrays that a result keeps. */
function bytesOf(value: unknown, seen = new Set<unknown>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.values(value).reduce<number>((sum, inner) => sum + bytesOf(inner, seen), 0);
}

const packets = Number(values.packets), average = Number(values.average), rounds = Number(values.rounds);
const paths = capturePair(packets, average);
const [comparing, indexing] = await inTurns(rounds, () => compareBoth(paths), () => indexBoth(paths));
console.log(line({ what: `comparing two captures of ${packets.toLocaleString('en-US')} packets`, value: comparing!, unit: 'ms', baseline: { what: 'indexing both', value: indexing! }, target: 3 }));
const result: CompareResult = await compareBoth(paths);
console.log(line({ what: 'memory that stays', value: bytesOf(result) / (result.matching.a.count + result.matching.b.count), unit: 'bytes a packet', target: 120 }));

if (values.growth) {
  for (const few of [10_000, 100_000, 1_000_000, 4_000_000]) {
    const some = capturePair(few, 128);
    const [time] = await inTurns(few > 1e6 ? 1 : few > 1e5 ? 2 : 5, () => compareBoth(some));
    console.log(line({ what: `comparing ${few.toLocaleString('en-US')} packets of 128 bytes`, value: (1000 * time!) / few, unit: 'µs a packet' }));
  }
}
