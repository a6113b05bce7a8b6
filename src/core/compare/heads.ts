// The first bytes of some of a capture's packets, for passes that look at them once more.

import type { ByteSource } from '../bytes/byte-source.ts';
import { u16, u8 } from '../bytes/read.ts';
import { ETHERTYPE } from '../mirror/headers.ts';
import { NearBytes } from './near-bytes.ts';
import type { Scan } from './scan.ts';
import { compared } from './matching.ts';
import type { Watch } from './watch.ts';

const HEADERS = 128; //  bytes
const INNER: ReadonlySet<number> = new Set([ETHERTYPE.ipv4, ETHERTYPE.ipv6, ETHERTYPE.arp, 0x8100, 0x88a8]);
/** Whether the flags, the reserved bytes and an Ethernet frame of a known kind behind them say VXLAN (RFC 7348 section 5). Needs 22 bytes. */
export const isVxlan = (b: Uint8Array, at: number): boolean => u8(b, at) === 0x08 && u8(b, at + 1) === 0 && u16(b, at + 2) === 0 && u8(b, at + 7) === 0 && INNER.has(u16(b, at + 8 + 12));

const DENSE = 1 << 12; // more rows than this are read in one go over the capture

/** The first bytes of the innermost frame of each row that is wanted, in their own memory. */
export async function eachHead(source: ByteSource, scan: Scan, wanted: (row: number) => boolean, act: (row: number, head: Uint8Array) => void, watch: Watch): Promise<void> {
  const { columns: c, count, pieces } = scan;
  const isWanted = (row: number): boolean => compared(c.marks[row]!) && !pieces.has(row) && wanted(row);
  let rows = 0;
  for (let row = 0; row < count; row++) if (isWanted(row)) rows++;
  if (rows === 0) return;
  const near = rows > DENSE ? new NearBytes(source) : null;
  try {
    for (let row = 0; row < count; row++) {
      if (row % 4096 === 0) watch.check();
      if (!isWanted(row)) continue;
      const from = c.fileOffset[row]! + c.frame[row]!, length = Math.min(HEADERS, c.have[row]!);
      if (near === null) act(row, await source.slice(from, from + length));
      else if (near.has(from, length) || await near.load(from, length)) act(row, near.bytes.slice(near.at, near.at + length));
    }
  } finally { await near?.close(); }
}
