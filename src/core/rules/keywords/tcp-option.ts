import { u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';

/** Where the first TCP option of a kind starts, -1 without it or when the list breaks off before (RFC 9293 section 3.1). */
export function tcpOption(p: PacketView, kind: number): number {
  if (!p.isTcp) return -1;
  for (let at = p.transport + 20; at + 2 <= p.payload; ) {
    const found = u8(p.bytes, at);
    if (found === 0) return -1;
    if (found === 1) { at++; continue; }
    const length = u8(p.bytes, at + 1);
    if (length < 2 || at + length > p.payload) return -1;
    if (found === kind) return at;
    at += length;
  }
  return -1;
}
