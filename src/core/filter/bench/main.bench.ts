// npm run bench: display filters and fields beside tshark, net of start-up, all taken in this run. [--rounds N] [--packets N]

import { parseArgs } from 'node:util';
import { fileSource } from '../../../cli/file-source.ts';
import { index } from '../../index/bench/index.bench.ts';
import { inTurns, line, type Figure } from '../../index/bench/measure.bench.ts';
import { millionPackets } from '../../index/bench/million.bench.ts';
import { installed, tsharkFields, tsharkFilter, vxlensFields } from '../../index/bench/programs.bench.ts';
import { columns } from './columns.bench.ts';
import { everyField, heapOf, packetsOf } from './dissector.bench.ts';
import { scanOnce } from './scan.bench.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, packets: { type: 'string', default: '1000000' } } });
const rounds = Number(values.rounds);
const packets = Number(values.packets);
const few = Math.max(2, Math.ceil(rounds / 3)); // programs that take seconds
const some = Math.min(60_000, packets); //         packets that tshark is given
const haveTshark = installed('tshark');

const told = (figure: Figure): void => { console.log(line(figure)); };

/** Microseconds a packet of a program, its start taken off. */
const net = (one: number, many: number, count: number): number => ((many - one) * 1000) / (count - 1);

/** A field deep inside, which no column has. */
const FILTER = 'icmp.seq == 77';
async function filtering(path: string): Promise<void> {
  const what = `the filter ${FILTER}, a field without a column`;
  const [scanned, one = 0, many = 0] = await inTurns(few, () => scanOnce(path, FILTER, packets), ...haveTshark ? [() => tsharkFilter(path, 1, FILTER), () => tsharkFilter(path, some, FILTER)] : []);
  const value = (scanned! * 1000) / packets;
  told({ what, value, unit: 'µs a packet', target: 0.6 });
  if (haveTshark) told({ what, value, unit: 'µs a packet', baseline: { what: 'tshark -Y, net of its start', value: net(one, many, some) }, target: 1 / 15 });
}

const FIELDS = ['frame.number', 'frame.time_epoch', 'ip.src', 'ip.dst', 'udp.srcport', 'vxlan.vni', 'eth.src', 'ip.proto', 'icmp.seq', 'tcp.dstport'];
async function fields(path: string): Promise<void> {
  const what = 'vxlens fields with ten fields, net of its start';
  const all = Math.min(300_000, packets);
  const [start, whole, one = 0, many = 0] = await inTurns(few, () => vxlensFields(path, 1, FIELDS), () => vxlensFields(path, all, FIELDS), ...haveTshark ? [() => tsharkFields(path, 1, FIELDS), () => tsharkFields(path, some, FIELDS)] : []);
  const value = net(start!, whole!, all);
  told(haveTshark ? { what, value, unit: 'µs a packet', baseline: { what: 'tshark -T fields, net of its start', value: net(one, many, some) }, target: 0.1 } : { what, value, unit: 'µs a packet' });
}

async function columnsOf(path: string): Promise<void> {
  const source = fileSource(path);
  const table = await index(source);
  source.close();
  for (const filter of ['vxlan.vni == 333', 'vxlan.vni == 333 && icmp.type == 8', 'ip.addr == 10.0.0.0/28', 'tcp.port in {80, 443} || udp.dstport == 8125', '!arp && frame.len > 1000']) {
    const [ms] = await inTurns(rounds, () => Promise.resolve(columns(table, filter)));
    told({ what: `the filter ${filter}, from the columns`, value: (ms! * 1e6) / table.count, unit: 'ns a row', target: 20 });
  }
}

async function dissecting(path: string): Promise<void> {
  const echoes = await packetsOf(path, 20_000, 'icmp && ip');
  const [all] = await inTurns(3 * rounds, () => Promise.resolve(everyField(echoes)));
  told({ what: 'every field of every layer, VXLAN/ICMP', value: (all! * 1000) / echoes.count, unit: 'µs a packet', target: 1.5 });
  told({ what: 'memory taken for that', value: heapOf(echoes), unit: 'bytes a packet', target: 1 });
}

const path = millionPackets(packets);
console.log(`${packets.toLocaleString('en-US')} VXLAN packets; the best of ${rounds} rounds (${few} for what takes seconds), in turns`);
if (!haveTshark) console.log('tshark is not installed: no ratios to it');
await filtering(path);
await fields(path);
await columnsOf(path);
await dissecting(path);
