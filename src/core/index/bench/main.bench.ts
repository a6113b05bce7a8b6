// npm run bench: figures side by side with their baselines, all taken in this run. [--rounds N] [--packets N]

import { parseArgs } from 'node:util';
import { fileSource } from '../../../cli/file-source.ts';
import type { ByteSource } from '../../bytes/byte-source.ts';
import { inBrowser } from './browser.bench.ts';
import { index } from './index.bench.ts';
import { inTurns, line, type Figure } from './measure.bench.ts';
import { millionPackets } from './million.bench.ts';
import { inThePage } from './page.bench.ts';
import { capinfos, cat, installed, sha256sum, tsharkVnis, vxlensStats } from './programs.bench.ts';
import { walk } from './walk.bench.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, packets: { type: 'string', default: '1000000' } } });
const rounds = Number(values.rounds);
const packets = Number(values.packets);
const few = Math.max(2, Math.ceil(rounds / 3)); // programs that take seconds

const told = (figure: Figure): void => { console.log(line(figure)); };

/** Opens the file, does something with it, closes it. */
const withFile = (path: string, use: (source: ByteSource) => Promise<unknown>) => async (): Promise<void> => {
  const source = fileSource(path);
  try { await use(source); } finally { source.close(); }
};

async function inNode(path: string): Promise<void> {
  const [walking, indexing, catting] = await inTurns(rounds, withFile(path, walk), withFile(path, index), () => cat(path));
  const what = 'indexing in Node, warm';
  told({ what, value: indexing!, unit: 'ms', baseline: { what: 'the walk over the record headers', value: walking! }, target: 3 });
  told({ what, value: indexing!, unit: 'ms', baseline: { what: 'cat, start-up included', value: catting! } });
  const [hashing] = await inTurns(few, () => sha256sum(path));
  told({ what, value: indexing!, unit: 'ms', baseline: { what: 'sha256sum, start-up included', value: hashing! } });
}

async function memory(path: string): Promise<void> {
  const source = fileSource(path);
  const table = await index(source);
  source.close();
  told({ what: 'memory that stays, columns and tables', value: table.byteLength / table.count, unit: 'bytes a packet', target: 80 });
}

/** `vxlens stats`, start-up included, beside the programs that people use for it. */
async function onTheCommandLine(path: string): Promise<void> {
  const what = 'vxlens stats, start-up included';
  const [stats, information] = await inTurns(few, () => vxlensStats(path), ...installed('capinfos') ? [() => capinfos(path)] : []);
  if (information === undefined) { told({ what, value: stats!, unit: 'ms' }); console.log('capinfos is not installed'); }
  else told({ what, value: stats!, unit: 'ms', baseline: { what: 'capinfos, default options', value: information }, target: 0.5 });
  if (!installed('tshark')) { console.log('tshark is not installed'); return; }
  const some = Math.min(100_000, packets);
  const [one, many] = await inTurns(few, () => tsharkVnis(path, 1), () => tsharkVnis(path, some));
  const each = ((many! - one!) * 1000) / some;
  told({ what, value: (stats! * 1000) / packets, unit: 'µs a packet', baseline: { what: 'tshark -T fields -e vxlan.vni, net of its start', value: each }, target: 0.02 });
}

const path = millionPackets(packets);
console.log(`${packets.toLocaleString('en-US')} VXLAN packets; the best of ${rounds} rounds (${few} for programs that take seconds), in turns`);
await inNode(path);
await memory(path);
await onTheCommandLine(path);
told(await inBrowser(path, rounds));
for (const told of await inThePage(path, packets)) console.log(told);
