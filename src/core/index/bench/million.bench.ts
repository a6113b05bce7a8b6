// The capture that everything is timed with: a million packets in VXLAN envelopes, 600 MB, the same bytes each time.

import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK = 8 << 20;
const LARGEST = 16 + 1200;
const OUTER = 14 + 20 + 8 + 8;
const VNIS = [333, 1001, 70_000, 16_777_215];
const HOSTS = 500;

/** Bits of no quality but always the same: a linear congruential generator (Numerical Recipes). */
const generator = (seed: number) => { let state = seed >>> 0; return (below: number): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor((state / 2 ** 32) * below); }; };

/**
 * Writes a pcap of `packets` VXLAN packets, unless it is there already, and gives its path. Inside are ICMP echoes, TCP and UDP of some hundreds of hosts,
 * one in sixteen over IPv6; frames of 134 to 1,034 bytes, 584 on average, IPv4 checksums right.
 */
export function millionPackets(packets = 1_000_000): string {
  const path = join(tmpdir(), `vxlens-bench-${packets}.pcap`);
  if (existsSync(path) && statSync(path).size > packets * 500) return path;
  const fd = openSync(path, 'w');
  const chunk = new Uint8Array(CHUNK);
  const view = new DataView(chunk.buffer);
  const random = generator(333);
  let at = fileHeader(view);
  for (let i = 0; i < packets; i++) {
    if (at + LARGEST > CHUNK) { writeSync(fd, chunk, 0, at); at = 0; }
    at = record(view, at, i, random);
  }
  writeSync(fd, chunk, 0, at);
  closeSync(fd);
  return path;
}

function fileHeader(v: DataView): number {
  v.setUint32(0, 0xa1b2c3d4, true); v.setUint16(4, 2, true); v.setUint16(6, 4, true);
  v.setUint32(16, 262_144, true); v.setUint32(20, 1, true);
  return 24;
}

function record(v: DataView, at: number, i: number, random: (below: number) => number): number {
  const frame = 134 + random(901);
  v.setUint32(at, 1_700_000_000 + Math.floor(i / 20_000), true);
  v.setUint32(at + 4, (i % 20_000) * 50, true);
  v.setUint32(at + 8, frame, true);
  v.setUint32(at + 12, frame, true);
  const host = random(HOSTS);
  const packet = at + 16;
  ethernet(v, packet, 0x0ad3_93e4, 0x0800);
  ipv4(v, packet + 14, frame - 14, 17, 0xac1f_0900 + (host & 63), 0xac1f_0483, i);
  v.setUint16(packet + 34, 49_152 + ((host * 31) & 0x3fff)); v.setUint16(packet + 36, 4789); v.setUint16(packet + 38, frame - 34); v.setUint16(packet + 40, 0);
  v.setUint32(packet + 42, 0x0800_0000); v.setUint32(packet + 46, VNIS[host & 3]! << 8);
  inner(v, packet + OUTER, frame - OUTER, i, host, random);
  return packet + frame;
}

function inner(v: DataView, at: number, bytes: number, i: number, host: number, random: (below: number) => number): void {
  const kind = host % 3;
  const protocol = kind === 0 ? 1 : kind === 1 ? 6 : 17;
  const sixth = host % 16 === 5;
  ethernet(v, at, 0x0242_ac11, sixth ? 0x86dd : 0x0800);
  const transport = at + 14 + (sixth ? 40 : 20);
  if (sixth) ipv6(v, at + 14, bytes - 54, protocol === 1 ? 58 : protocol, host);
  else ipv4(v, at + 14, bytes - 14, protocol, 0x0a00_0000 + host, 0x8efb_2a00 + random(4), i);
  const length = at + bytes - transport;
  if (protocol === 1) { v.setUint32(transport, sixth ? 0x8000_0000 : 0x0800_0000); v.setUint16(transport + 4, 0x6cef); v.setUint16(transport + 6, i & 0xffff); }
  if (protocol !== 1) { v.setUint16(transport, 32_768 + host); v.setUint16(transport + 2, kind === 1 ? 443 : 8125); }
  if (protocol === 17) { v.setUint16(transport + 4, length); v.setUint16(transport + 6, 0); }
  if (protocol === 6) { v.setUint32(transport + 4, Math.imul(i, 1448)); v.setUint32(transport + 8, 1); v.setUint32(transport + 12, 0x5010_ffff); v.setUint32(transport + 16, 0); }
}

function ethernet(v: DataView, at: number, vendor: number, type: number): void {
  v.setUint32(at, vendor); v.setUint16(at + 4, 1); v.setUint32(at + 6, vendor); v.setUint16(at + 10, 2); v.setUint16(at + 12, type);
}

function ipv4(v: DataView, at: number, total: number, protocol: number, source: number, destination: number, id: number): void {
  v.setUint16(at, 0x4500); v.setUint16(at + 2, total); v.setUint16(at + 4, id & 0xffff); v.setUint16(at + 6, 0x4000);
  v.setUint16(at + 8, 0x4000 | protocol); v.setUint16(at + 10, 0); v.setUint32(at + 12, source); v.setUint32(at + 16, destination);
  let sum = 0;
  for (let word = at; word < at + 20; word += 2) sum += v.getUint16(word);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  v.setUint16(at + 10, ~sum & 0xffff);
}

function ipv6(v: DataView, at: number, payload: number, next: number, host: number): void {
  v.setUint32(at, 0x6000_0000); v.setUint16(at + 4, payload); v.setUint16(at + 6, (next << 8) | 64);
  v.setUint32(at + 8, 0x2001_0db8); v.setUint32(at + 12, 0); v.setUint32(at + 16, 0); v.setUint32(at + 20, host);
  v.setUint32(at + 24, 0x2001_0db8); v.setUint32(at + 28, 1); v.setUint32(at + 32, 0); v.setUint32(at + 36, 1);
}
