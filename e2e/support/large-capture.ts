// Captures too large to keep: written by the test that needs them.

import { closeSync, openSync, writeSync } from 'node:fs';

const RECORD = 16;
/** A mirrored echo request of the least size: Ethernet, IPv4, UDP, VXLAN, and inside Ethernet, IPv4, ICMP. */
const PACKET = Buffer.from(
  '0a36d2fc942e0ad393e427b20800' + '4500004e0000400040110000ac1f0990ac1f0483' + 'ffe712b5003a0000' + '0800000000014d00'
  + '0ad393e427b20a000000000108004500001c0000400040010000ac1f09908efb2a4f' + '0800000000000000', 'hex');
const VNI = 46;
const SEQ = PACKET.length - 2;

/** A little-endian pcap of `packets` packets a millisecond apart; the VNI of each is its number modulo 1000, its echo sequence number counts on. */
export function writeLargeCapture(path: string, packets: number): void {
  const file = openSync(path, 'w');
  const header = Buffer.alloc(24);
  for (const [at, value] of [[0, 0xa1b2c3d4], [16, 0xffff], [20, 1]] as const) header.writeUInt32LE(value, at);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  writeSync(file, header);
  const size = RECORD + PACKET.length;
  const batch = Buffer.alloc(size * 10_000);
  for (let first = 0; first < packets; first += 10_000) {
    const count = Math.min(10_000, packets - first);
    for (let i = 0; i < count; i++) {
      const number = first + i + 1;
      const at = i * size;
      batch.writeUInt32LE(1_700_000_000 + Math.floor(number / 1000), at);
      batch.writeUInt32LE((number % 1000) * 1000, at + 4);
      batch.writeUInt32LE(PACKET.length, at + 8);
      batch.writeUInt32LE(PACKET.length, at + 12);
      PACKET.copy(batch, at + RECORD);
      batch.writeUIntBE(number % 1000, at + RECORD + VNI, 3);
      batch.writeUInt16BE(number & 0xffff, at + RECORD + SEQ);
    }
    writeSync(file, batch.subarray(0, count * size));
  }
  closeSync(file);
}
