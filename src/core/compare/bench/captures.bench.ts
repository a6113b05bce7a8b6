// The pair of captures that comparing is timed with: what a source sent, and what its mirror's target received of it. The same bytes each time.

import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK = 8 << 20;
const ENVELOPE = 50;
const HOSTS = 500;
const LOST = 100; //       one in so many
const TWICE = 400;
const LATE = 50; //        comes after the next one
const START = 1_700_000_000;
const AHEAD = 3; //        seconds that the appliance's clock is ahead

/** Bits of no quality but always the same: a linear congruential generator (Numerical Recipes). */
const generator = (seed: number) => { let state = seed >>> 0; return (below: number): number => { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; return Math.floor((state / 2 ** 32) * below); }; };

class Pcap {
  readonly #fd: number;
  readonly #chunk = new Uint8Array(CHUNK);
  readonly #view = new DataView(this.#chunk.buffer);
  #at = 24;

  constructor(path: string) {
    this.#fd = openSync(path, 'w');
    this.#view.setUint32(0, 0xa1b2c3d4, true); this.#view.setUint16(4, 2, true); this.#view.setUint16(6, 4, true);
    this.#view.setUint32(16, 262_144, true); this.#view.setUint32(20, 1, true);
  }

  packet(microseconds: number, bytes: Uint8Array): void {
    if (this.#at + 16 + bytes.length > CHUNK) this.#flush();
    const at = this.#at;
    this.#view.setUint32(at, START + Math.floor(microseconds / 1e6), true);
    this.#view.setUint32(at + 4, microseconds % 1e6, true);
    this.#view.setUint32(at + 8, bytes.length, true);
    this.#view.setUint32(at + 12, bytes.length, true);
    this.#chunk.set(bytes, at + 16);
    this.#at = at + 16 + bytes.length;
  }

  #flush(): void { writeSync(this.#fd, this.#chunk, 0, this.#at); this.#at = 0; }
  close(): void { this.#flush(); closeSync(this.#fd); }
}

/**
 * Writes both, unless they are there, and gives their paths. Inside are TCP, UDP and ICMP of some hundreds of hosts, frames of `average` bytes give or take;
 * of the copies 1 % are lost, 0.25 % come twice, 2 % a place late; VNI 333, 3 s ahead, 100 to 300 µs on the way.
 */
export function capturePair(packets: number, average: number): { source: string; appliance: string } {
  const [source, appliance] = ['source', 'appliance'].map((side) => join(tmpdir(), `vxlens-bench-${side}-${packets}-${average}.pcap`)) as [string, string];
  if ([source, appliance].every((path) => existsSync(path) && statSync(path).size > packets * average * 0.9)) return { source, appliance };
  const a = new Pcap(source), b = new Pcap(appliance);
  const random = generator(333);
  const frame = new Uint8Array(65_536), wrapped = new Uint8Array(65_536);
  const view = new DataView(frame.buffer), outer = new DataView(wrapped.buffer);
  let held: { time: number; bytes: Uint8Array } | null = null;
  for (let i = 0; i < packets; i++) {
    const length = 64 + random(2 * (average - 64));
    write(view, length, i, random);
    const time = i * 20;
    a.packet(time, frame.subarray(0, length));
    if (random(LOST) === 0) continue;
    envelope(outer, length, i);
    wrapped.set(frame.subarray(0, length), ENVELOPE);
    const bytes = wrapped.subarray(0, ENVELOPE + length);
    const arrival = time + AHEAD * 1e6 + 100 + random(200);
    if (held === null && random(LATE) === 0) { held = { time: arrival, bytes: bytes.slice() }; continue; }
    b.packet(arrival, bytes);
    if (random(TWICE) === 0) b.packet(arrival + 3, bytes);
    if (held !== null) { b.packet(arrival + 4, held.bytes); held = null; }
  }
  a.close();
  b.close();
  return { source, appliance };
}

function write(v: DataView, length: number, i: number, random: (below: number) => number): void {
  const host = random(HOSTS);
  const kind = host % 4; // 0 ICMP, 1 and 2 TCP, 3 UDP
  const back = random(2) === 0;
  v.setUint32(0, back ? 0x0ad3_93e4 : 0x0a00_0000); v.setUint16(4, back ? 0x27b2 : 1); v.setUint32(6, back ? 0x0a00_0000 : 0x0ad3_93e4); v.setUint16(10, back ? 1 : 0x27b2); v.setUint16(12, 0x0800);
  const here = 0xac1f_0990, there = 0x0a00_0000 + host;
  ipv4(v, 14, length - 14, kind === 0 ? 1 : kind === 3 ? 17 : 6, back ? there : here, back ? here : there, kind === 1 ? 0 : i);
  const at = 34;
  if (kind === 0) { v.setUint32(at, back ? 0 : 0x0800_0000); v.setUint16(at + 4, host); v.setUint16(at + 6, i & 0xffff); }
  else { v.setUint16(at, back ? 443 : 32_768 + host); v.setUint16(at + 2, back ? 32_768 + host : 443); }
  if (kind === 3) { v.setUint16(at + 4, length - at); v.setUint16(at + 6, 0); }
  if (kind === 1 || kind === 2) { v.setUint32(at + 4, Math.imul(i, 1448)); v.setUint32(at + 8, 1); v.setUint32(at + 12, 0x5010_ffff); v.setUint32(at + 16, 0); }
  for (let byte = 54; byte + 4 <= length; byte += 4) v.setUint32(byte, i ^ Math.imul(byte, 0x9e37_79b1));
}

function ipv4(v: DataView, at: number, length: number, protocol: number, source: number, destination: number, ident: number): void {
  v.setUint16(at, 0x4500); v.setUint16(at + 2, length); v.setUint16(at + 4, ident & 0xffff); v.setUint16(at + 6, 0x4000);
  v.setUint8(at + 8, 64); v.setUint8(at + 9, protocol); v.setUint16(at + 10, 0); v.setUint32(at + 12, source); v.setUint32(at + 16, destination);
}

function envelope(v: DataView, inner: number, i: number): void {
  v.setUint32(0, 0x0a36_d2fc); v.setUint16(4, 0x942e); v.setUint32(6, 0x0ad3_93e4); v.setUint16(10, 0x27b2); v.setUint16(12, 0x0800);
  ipv4(v, 14, inner + 36, 17, 0xac1f_0990, 0xac1f_0483, i);
  v.setUint16(34, 49_152 + (i & 0x3ff)); v.setUint16(36, 4789); v.setUint16(38, inner + 16); v.setUint16(40, 0);
  v.setUint32(42, 0x0800_0000); v.setUint32(46, 333 << 8);
}
