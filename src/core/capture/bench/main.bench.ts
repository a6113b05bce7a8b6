// The reader beside the bare loops over the same file, in turns, in CPU time: how much a record costs that is checked, timed and numbered.

import { existsSync, openSync, writeSync, closeSync } from 'node:fs';
import { fileSource } from '../../../cli/file-source.ts';
import { pcapngWriter } from '../../export/pcapng-writer.ts';
import { millionPackets } from '../../index/bench/million.bench.ts';
import { openCapture } from '../capture-reader.ts';
import { bareRead, bareWalk } from './bare.bench.ts';

async function readAll(path: string): Promise<number> {
  const source = fileSource(path);
  const reader = await openCapture(source);
  let packets = 0;
  let sum = 0;
  do { while (reader.next()) { packets++; sum += reader.seconds + reader.nanoseconds + reader.caplen + reader.origlen + reader.fileOffset + reader.iface; } } while (await reader.refill());
  source.close();
  if (sum === 0) throw new Error('nothing was read');
  return packets;
}

/** The same packets as pcapng. */
async function asPcapng(path: string): Promise<string> {
  const to = path.replace(/\.pcap$/, '.pcapng');
  if (existsSync(to)) return to;
  const fd = openSync(to, 'w');
  const writer = pcapngWriter((piece) => writeSync(fd, piece));
  writer.interface({ linkType: 1 });
  const source = fileSource(path);
  const reader = await openCapture(source);
  do { while (reader.next()) writer.packet({ ...reader, bytes: reader.bytes.subarray(reader.start, reader.end), iface: 0, comments: [] }); } while (await reader.refill());
  writer.end();
  closeSync(fd);
  source.close();
  return to;
}

const cpu = async (run: () => unknown): Promise<number> => {
  const from = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

const pcap = millionPackets();
const pcapng = await asPcapng(pcap);
const ratio = (a: number, b: number): string => (a / b).toFixed(2);
console.log('CPU ms for a million packets: bare read, bare walk, reader over pcap, reader over pcapng; each reader as a multiple of the walk');
for (let round = 0; round < Number(process.argv[2] ?? 5); round++) {
  const read = await cpu(() => bareRead(pcap));
  const walk = await cpu(() => bareWalk(pcap));
  const one = await cpu(() => readAll(pcap));
  const other = await cpu(() => readAll(pcapng));
  console.log([read, walk, one, other].map((ms) => ms.toFixed(0)).join('  '), ` ${ratio(one, walk)}  ${ratio(other, walk)}`);
}
