import { u16, u8 } from '../../bytes/read.ts';
import type { PacketView } from './packet-view.ts';

/** Bytes of ARP for IPv4 over Ethernet (RFC 826). */
const SIZE = 28;
const ETHERNET_HARDWARE = 1;
const IPV4_TYPE = 0x0800;
/** Operations of RFC 826, RFC 903 and RFC 2390. */
const OPERATIONS: ReadonlySet<number> = new Set([1, 2, 3, 4, 8, 9]);

/** Notes that a packet is ARP, and what is wrong with it (decode-arp.c). */
export function readArp(p: PacketView, at: number): void {
  const { bytes: b, end } = p;
  if (at + SIZE > end) return p.event('arp.pkt_too_small');
  p.arp = true;
  if (u16(b, at) !== ETHERNET_HARDWARE) return p.event('arp.unsupported_hardware');
  if (u16(b, at + 2) !== IPV4_TYPE) return p.event('arp.unsupported_protocol');
  if (u8(b, at + 4) !== 6) return p.event('arp.invalid_hardware_size');
  if (u8(b, at + 5) !== 4) return p.event('arp.invalid_protocol_size');
  if (!OPERATIONS.has(u16(b, at + 6))) p.event('arp.unsupported_opcode');
}
