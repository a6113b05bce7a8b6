// Nanoseconds a packet for all fields, for one field, and for the bare loop over the same packets, side by side in one run. The packets are mirrored
// pings, TCP with options and DNS-less UDP, made here; each figure is the best of several passes with the bare loop taken off.

import { build, type LayerValues } from '../build/build.ts';
import { eth } from '../protocols/eth.ts';
import { icmp } from '../protocols/icmp.ts';
import { ip } from '../protocols/ipv4.ts';
import { PROTOCOLS } from '../protocols/all.ts';
import { udp } from '../protocols/udp.ts';
import { vxlan } from '../protocols/vxlan.ts';
import { fieldIds } from './catalogue.ts';
import { compile } from './compile.ts';
import { Dissector } from './dissect.ts';
import { anyEquals } from './read-tape.ts';

const PACKETS = 50_000;
const PASSES = 7;

export interface Figure { readonly what: string; readonly nanoseconds: number }

const envelope = (i: number): LayerValues[] => [
  [eth, { dst: '0a:36:d2:fc:94:2e', src: '0a:d3:93:e4:27:b2' }], [ip, { src: '172.31.9.144', dst: '172.31.4.131', id: i & 0xffff }], [udp, { srcport: 49_152 + (i % 1000), checksum: 0 }], [vxlan, { vni: 333 }],
];
const inside = (i: number): LayerValues[] => [[eth, { dst: '0a:00:00:00:00:01', src: '0a:d3:93:e4:27:b2' }], [ip, { src: '142.251.42.79', dst: '172.31.9.144' }],
  i % 4 === 3 ? [udp, { srcport: 40_000 + (i % 100), dstport: 5001 }] : [icmp, { type: i % 2 === 0 ? 8 : 0, ident: 0x6cef, seq: i & 0xffff }]];

/** The packets end to end, and where each starts; one more entry for the end. */
function packets(): { buffer: Uint8Array; starts: Uint32Array } {
  const made = Array.from({ length: 1000 }, (_, i) => build([...envelope(i), ...inside(i)], new Uint8Array(56).fill(i)));
  const starts = new Uint32Array(PACKETS + 1);
  for (let i = 0; i < PACKETS; i++) starts[i + 1] = starts[i]! + made[i % made.length]!.length;
  const buffer = new Uint8Array(starts[PACKETS]!);
  for (let i = 0; i < PACKETS; i++) buffer.set(made[i % made.length]!, starts[i]);
  return { buffer, starts };
}

/** Each figure beside the loop that only walks over the packets' starts. */
export function dissectFigures(): Figure[] {
  const { buffer, starts } = packets();
  const best = (visit: (from: number, to: number) => void): number => {
    let least = Infinity;
    for (let pass = 0; pass < PASSES; pass++) {
      const started = performance.now();
      for (let i = 0; i < PACKETS; i++) visit(starts[i]!, starts[i + 1]!);
      least = Math.min(least, ((performance.now() - started) * 1e6) / PACKETS);
    }
    return least;
  };
  let sink = 0;
  const walk = best((from, to) => { sink += to - from; });
  const figures: Figure[] = [{ what: 'the loop alone', nanoseconds: walk }];
  const whole = new Dissector(compile(PROTOCOLS));
  figures.push({ what: `all fields of all layers (${whole.dissect(buffer, starts[0]!, starts[1]!).count} rows)`, nanoseconds: best((from, to) => { sink += whole.dissect(buffer, from, to).count; }) - walk });
  for (const name of ['icmp.seq', 'dns.qry.name', 'vxlan.vni']) {
    const program = compile(PROTOCOLS, [name]);
    const some = new Dissector(program);
    const ids = fieldIds(program.fields, name);
    figures.push({ what: `${name} and a comparison`, nanoseconds: best((from, to) => { if (anyEquals(some.dissect(buffer, from, to), ids, 77)) sink++; }) - walk });
  }
  const heap = process.memoryUsage().heapUsed;
  for (let i = 0; i < PACKETS; i++) sink += whole.dissect(buffer, starts[i]!, starts[i + 1]!).count;
  figures.push({ what: 'bytes of heap a packet (not time)', nanoseconds: Math.max(0, process.memoryUsage().heapUsed - heap) / PACKETS + (sink > 0 ? 0 : 1) });
  return figures;
}

for (const { what, nanoseconds } of dissectFigures()) console.log(`${what.padEnd(44)} ${nanoseconds.toFixed(nanoseconds < 10 ? 2 : 0).padStart(8)} ns`);
