// Makes the captures of the lesson "Exercises" from the mirrored ping: `npm run build && node .ci/exercises.mjs`. The same input gives the same files.

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SAMPLES = new URL('../public/samples/', import.meta.url).pathname;
const FROM = join(SAMPLES, 'mirrored-ping');
const SOURCE = join(FROM, 'source-eth0.pcap');
const RULES = JSON.parse(readFileSync(join(FROM, 'mirror.json'), 'utf8'));

/** Byte places in a mirrored frame: Ethernet 14, IPv4 20, UDP 8, VXLAN 8, then the frame inside. */
const OUTER = { macSource: 6, ip: 14, ipChecksum: 24, ipSource: 26, portTo: 36, vni: 46 };
const INNER = { ip: 64, icmp: 84, icmpChecksum: 86, icmpId: 88 };

/** What is wrong in each: the mirror's rules, and what becomes of the frames that they make. */
const EXERCISES = [
  { name: 'exercise-replies', rules: { ...RULES, TrafficMirrorFilters: RULES.TrafficMirrorFilters.map((filter) => ({ ...filter, IngressFilterRules: [] })) }, frames: (all) => all },
  { name: 'exercise-port', rules: RULES, frames: (all) => all.map(changed((bytes) => bytes.writeUInt16BE(8472, OUTER.portTo))) },
  { name: 'exercise-vni', rules: RULES, frames: (all) => all.map(changed((bytes) => bytes.writeUIntBE(303, OUTER.vni, 3))) },
  { name: 'exercise-loss', rules: RULES, frames: (all) => all.filter((_, at) => ![3, 7, 9].includes(at)) }, // replies 2, 4 and 5
  { name: 'exercise-overlap', rules: RULES, frames: (all) => [...all, ...all.slice(0, 8).map(changed(otherSource)).map((frame) => ({ ...frame, time: frame.time + 200_000 }))].sort((a, b) => a.time - b.time) },
];

/** The same ping by a second host with the same address, in a network of its own: VNI 444. */
function otherSource(bytes) {
  bytes.writeUInt8(0x77, OUTER.macSource + 5);
  bytes.set([172, 31, 9, 200], OUTER.ipSource);
  fill(bytes, OUTER.ipChecksum, OUTER.ip, 20);
  bytes.writeUIntBE(444, OUTER.vni, 3);
  bytes.writeUInt16BE(0x1f02, INNER.icmpId);
  fill(bytes, INNER.icmpChecksum, INNER.icmp, bytes.length - INNER.icmp);
}

const changed = (change) => (frame) => { const bytes = Buffer.from(frame.bytes); change(bytes); return { ...frame, bytes }; };

/** The checksum of RFC 1071 over `length` bytes (an even number), in its place. */
function fill(bytes, place, from, length) {
  bytes.writeUInt16BE(0, place);
  let sum = 0;
  for (let at = from; at < from + length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  bytes.writeUInt16BE(~sum & 0xffff, place);
}

/** Head and frames of a pcap with microseconds, little end first; times in microseconds. */
function readPcap(file) {
  const frames = [];
  for (let at = 24; at < file.length;) {
    const length = file.readUInt32LE(at + 8);
    frames.push({ time: file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4), bytes: file.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return { head: file.subarray(0, 24), frames };
}

function writePcap(path, head, frames) {
  writeFileSync(path, Buffer.concat([head, ...frames.flatMap(({ time, bytes }) => {
    const record = Buffer.alloc(16);
    [Math.floor(time / 1e6), time % 1e6, bytes.length, bytes.length].forEach((value, at) => record.writeUInt32LE(value, at * 4));
    return [record, bytes];
  })]));
}

const scratch = mkdtempSync(join(tmpdir(), 'exercises-'));
for (const { name, rules, frames } of EXERCISES) {
  const folder = join(SAMPLES, name), session = join(folder, 'mirror.json'), mirrored = join(scratch, 'mirrored.pcap');
  mkdirSync(folder, { recursive: true });
  writeFileSync(session, `${JSON.stringify(rules, null, 2)}\n`);
  copyFileSync(SOURCE, join(folder, 'source-eth0.pcap'));
  execFileSync(process.execPath, ['dist/cli/vxlens.js', 'mirror', '-r', SOURCE, '-w', mirrored, '--session', session], { stdio: ['ignore', 'ignore', 'pipe'] });
  const made = readPcap(readFileSync(mirrored));
  if (made.head.readUInt32LE(0) !== 0xa1b2c3d4) throw new Error(`${mirrored} is no pcap with microseconds`);
  writePcap(join(folder, 'appliance-eth0.pcap'), made.head, frames(made.frames.map(({ time, bytes }, at) => ({ bytes, time: time + 850 + (at * 37) % 90 })))); // a mirror takes its time
}
rmSync(scratch, { recursive: true });
