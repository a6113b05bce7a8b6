import { u8 } from '../../bytes/read.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { ICMP } from '../packet/packet-view.ts';

// Messages with identifier and sequence number. RFC 792: echo, time stamp, information; RFC 950: address mask; RFC 4443: echo.
const V4: ReadonlySet<number> = new Set([0, 8, 13, 14, 15, 16, 17, 18]);
const V6: ReadonlySet<number> = new Set([128, 129]);

export function hasEchoHeader(p: PacketView): boolean {
  if (!p.isIcmp || p.transport < 0) return false;
  return (p.protocol === ICMP ? V4 : V6).has(u8(p.bytes, p.transport));
}
