// The outer UDP source port, which spreads flows over paths.

import { i32, u16 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace } from './headers.ts';

const FIRST = 49_152, PORTS = 16_384; // RFC 7348 section 5: from the dynamic range, by "a hash of fields from the inner packet"

const t = newTransport();

/**
 * A hash of the flow that a packet with its network header at `net` belongs to, 32 bits. AWS: "determined by a 5-tuple hash of the original L2 packet, for ICMP,
 * TCP, and UDP flows. For other flows … 3-tuple hash". Whether both directions share one is not told; here they do, as GCP's and Linux's do.
 */
export function flowHash(b: Uint8Array, net: number, end: number, type: number): number {
  if (!transportPlace(b, net, end, type, t)) return 0;
  const width = type === ETHERTYPE.ipv4 ? 4 : 16, from = net + (type === ETHERTYPE.ipv4 ? 12 : 8);
  const ported = (t.protocol === PROTOCOL.tcp || t.protocol === PROTOCOL.udp) && t.fragment === 0 && !t.more && t.at + 4 <= end; // fragments stay together
  const one = side(b, from, width, ported ? u16(b, t.at) : 0), two = side(b, from + width, width, ported ? u16(b, t.at + 2) : 0);
  return mixed(one + two, t.protocol) >>> 0;
}

export const portOf = (hash: number): number => FIRST + hash % PORTS;

function side(b: Uint8Array, at: number, width: number, port: number): number {
  let hash = port;
  for (let i = 0; i < width; i += 4) hash = mixed(hash, i32(b, at + i));
  return hash;
}

function mixed(hash: number, word: number): number {
  const h = Math.imul(hash ^ word, 0x85eb_ca6b);
  return Math.imul(h ^ (h >>> 13), 0xc2b2_ae35) ^ (h >>> 16);
}
