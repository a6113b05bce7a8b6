import { onesSum } from '../../bytes/checksum.ts';
import { u16 } from '../../bytes/read.ts';
import { ICMP, type PacketView, UDP } from './packet-view.ts';

/** The sum over a packet's transport header and payload, with the pseudo header where asked (RFC 793, RFC 8200 section 8.1); 0xffff when the checksum in it is right. */
export function transportSum(p: PacketView, pseudo: boolean): number {
  const b = p.bytes;
  const end = p.protocol === UDP ? p.transport + u16(b, p.transport + 4) : p.ipEnd;
  let start = 0;
  if (pseudo) {
    const size = p.ipVersion === 4 ? 8 : 32;
    const length = end - p.transport;
    start = onesSum(b, p.sourceAddress, p.sourceAddress + size, p.protocol + (length >>> 16) + (length & 0xffff));
  }
  return onesSum(b, p.transport, end, start);
}

/** Whether the checksum of the packet's transport is right; UDP over IPv4 may leave it out (0). Only for a packet with a whole transport header. */
export function checksumHolds(p: PacketView): boolean {
  if (p.protocol === UDP && p.ipVersion === 4 && u16(p.bytes, p.transport + 6) === 0) return true;
  return transportSum(p, p.protocol !== ICMP) === 0xffff;
}
