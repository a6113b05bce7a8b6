// Checksums of the outer headers, verified in place as a receiver does (RFC 1071). What was not captured whole cannot be wrong.

import { onesSum } from '../bytes/checksum.ts';
import { u16 } from '../bytes/read.ts';
import { ETHERTYPE, PROTOCOL } from './headers.ts';

/** An IPv4 header b[net..end), options included. */
export const ipv4HeaderIsRight = (b: Uint8Array, net: number, end: number): boolean => onesSum(b, net, end, 0) === 0xffff;

/** Whether a UDP datagram goes without a checksum: over IPv4 that means that the sender left it out (RFC 768), over IPv6 it is allowed only where both ends agreed (RFC 6935). */
export const udpIsUnsummed = (b: Uint8Array, udp: number): boolean => u16(b, udp + 6) === 0;

/** A UDP datagram b[udp..stop) of the IP packet at `net`, captured up to `end`, that has a checksum. */
export function udpIsRight(b: Uint8Array, net: number, type: number, udp: number, stop: number, end: number): boolean {
  if (stop > end) return true;
  const from = net + (type === ETHERTYPE.ipv4 ? 12 : 8);
  const pseudo = onesSum(b, from, from + (type === ETHERTYPE.ipv4 ? 8 : 32), PROTOCOL.udp + u16(b, udp + 4));
  return onesSum(b, udp, stop, pseudo) === 0xffff;
}
