// Frames inside VXLAN envelopes, written to a pcap of microseconds. One buffer is filled over and over.

import { closeSync, openSync, writeSync } from 'node:fs';
import { onesSum } from '../../bytes/checksum.ts';

const CHUNK = 8 << 20;
const RECORD = 16;
const ENVELOPE = 50;
const ETHERNET = 14;
const IP = 20;
const START = 1_700_000_000;
const GAP = 20; // microseconds between packets
const VNIS = [333, 1001, 70_000, 16_777_215];

/** A packet to write: addresses and ports of its sender and receiver, and what it carries. */
export interface Frame {
  readonly protocol: 1 | 6 | 17;
  readonly source: number;
  readonly destination: number;
  /** Ports, or ICMP's type << 8 | code and identifier. */
  readonly sport: number;
  readonly dport: number;
  /** TCP: numbers and flags; ICMP: `seq` is its sequence number. */
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly payload: Uint8Array;
}

export class EnvelopeFile {
  /** Bytes of payload inside, past UDP's, TCP's and ICMP's headers. */
  payloadBytes = 0;
  count = 0;
  readonly #fd: number;
  readonly #bytes = new Uint8Array(CHUNK);
  readonly #view = new DataView(this.#bytes.buffer);
  #at = 24;

  constructor(path: string) {
    const v = this.#view;
    this.#fd = openSync(path, 'w');
    v.setUint32(0, 0xa1b2c3d4, true); v.setUint16(4, 2, true); v.setUint16(6, 4, true);
    v.setUint32(16, 262_144, true); v.setUint32(20, 1, true);
  }

  write(frame: Frame): void {
    const header = frame.protocol === 6 ? 20 : 8;
    const inner = ETHERNET + IP + header + frame.payload.length;
    if (this.#at + RECORD + ENVELOPE + inner > CHUNK) this.#flush();
    const at = this.#at;
    const time = this.count * GAP;
    this.#view.setUint32(at, START + Math.floor(time / 1e6), true);
    this.#view.setUint32(at + 4, time % 1e6, true);
    this.#view.setUint32(at + 8, ENVELOPE + inner, true);
    this.#view.setUint32(at + 12, ENVELOPE + inner, true);
    this.#envelope(at + RECORD, inner, frame);
    this.#frame(at + RECORD + ENVELOPE, frame, header);
    this.#at = at + RECORD + ENVELOPE + inner;
    this.payloadBytes += frame.payload.length;
    this.count++;
  }

  close(): void { this.#flush(); closeSync(this.#fd); }

  #flush(): void { writeSync(this.#fd, this.#bytes, 0, this.#at); this.#at = 0; }

  /** The UDP source port is the inner flow's hash, as mirrors have it. */
  #envelope(at: number, inner: number, { source, destination, sport, dport }: Frame): void {
    const v = this.#view;
    const hash = (source ^ destination ^ sport ^ dport) >>> 0;
    this.#link(at, 0x0ad3_93e4);
    this.#ip(at + ETHERNET, 17, 0xac1f_0900 + (hash & 63), 0xac1f_0483, 8 + 8 + inner);
    v.setUint16(at + 34, 49_152 + (hash & 0x3fff)); v.setUint16(at + 36, 4789); v.setUint16(at + 38, 16 + inner); v.setUint16(at + 40, 0);
    v.setUint32(at + 42, 0x0800_0000); v.setUint32(at + 46, VNIS[hash & 3]! << 8);
  }

  #frame(at: number, frame: Frame, header: number): void {
    const v = this.#view;
    const { protocol, payload } = frame;
    const size = header + payload.length;
    const transport = at + ETHERNET + IP;
    this.#link(at, 0x0242_ac11);
    this.#ip(at + ETHERNET, protocol, frame.source, frame.destination, size);
    this.#bytes.set(payload, transport + header);
    v.setUint16(transport, frame.sport); v.setUint16(transport + 2, protocol === 1 ? 0 : frame.dport);
    if (protocol === 17) { v.setUint16(transport + 4, size); v.setUint16(transport + 6, 0); return; }
    if (protocol === 1) { v.setUint16(transport + 4, frame.dport); v.setUint16(transport + 6, frame.seq); }
    if (protocol === 6) { v.setUint32(transport + 4, frame.seq); v.setUint32(transport + 8, frame.ack); v.setUint16(transport + 12, 0x5000 | frame.flags); v.setUint16(transport + 14, 0xffff); v.setUint32(transport + 16, 0); }
    const pseudo = protocol === 6 ? onesSum(this.#bytes, transport - 8, transport, 6 + size) : 0;
    v.setUint16(transport + (protocol === 6 ? 16 : 2), ~onesSum(this.#bytes, transport, transport + size, pseudo) & 0xffff);
  }

  #link(at: number, vendor: number): void {
    const v = this.#view;
    v.setUint32(at, vendor); v.setUint16(at + 4, 1); v.setUint32(at + 6, vendor); v.setUint16(at + 10, 2); v.setUint16(at + 12, 0x0800);
  }

  #ip(at: number, protocol: number, source: number, destination: number, payload: number): void {
    const v = this.#view;
    v.setUint16(at, 0x4500); v.setUint16(at + 2, IP + payload); v.setUint16(at + 4, this.count & 0xffff); v.setUint16(at + 6, 0x4000);
    v.setUint16(at + 8, 0x4000 | protocol); v.setUint16(at + 10, 0); v.setUint32(at + 12, source); v.setUint32(at + 16, destination);
    v.setUint16(at + 10, ~onesSum(this.#bytes, at, at + IP, 0) & 0xffff);
  }
}
