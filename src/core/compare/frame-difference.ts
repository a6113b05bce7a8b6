// Two sightings of one packet, byte beside byte: the same, different in what a path may change, or not the same packet after all.

import type { FramePlace } from './frame-place.ts';
import { u16, u8 } from '../bytes/read.ts';
import { ETHERTYPE, newTransport, PROTOCOL, transportPlace } from '../mirror/headers.ts';

/** Marks of what differs. 0: not a byte. */
export const DIFFERENCE = {
  destinationMac: 1, sourceMac: 2, tags: 4, trafficClass: 8, length: 16, hopLimit: 32, headerChecksum: 64, transportChecksum: 128,
  /** Bytes behind the content: the link's padding. No field of the packet. */
  padding: 256,
  /** One of the two was not compared to its end, since the other has fewer bytes. */
  part: 512,
  /** Only one of them has a link header. */
  link: 1024,
  /** Anything else: they are two packets. */
  content: 2048,
} as const;

/** Marks of all that differs between two frames of one ethertype. Allocates nothing. */
export class FrameComparison {
  readonly #transport = newTransport();

  compare(a: FramePlace, b: FramePlace, type: number): number {
    if (a.net === b.net && a.have === b.have && a.size === b.size && a.ethernet === b.ethernet && !differs(a.view, a.at, b.view, b.at, a.have)) return 0; // nearly always
    const aNet = a.at + a.net, bNet = b.at + b.net;
    const aContent = Math.min(a.have - a.net, a.size), bContent = Math.min(b.have - b.net, b.size);
    const both = Math.min(aContent, bContent);
    let marks = linkDifference(a, b);
    if (aContent !== bContent) marks |= DIFFERENCE.part;
    else if (a.have - a.net !== b.have - b.net || differs(a.view, aNet + both, b.view, bNet + both, a.have - a.net - both)) marks |= DIFFERENCE.padding;
    if (a.size !== b.size) marks |= DIFFERENCE.length;
    return both > 0 && differs(a.view, aNet, b.view, bNet, both) ? marks | this.#content(a.bytes, aNet, b.bytes, bNet, both, type) : marks;
  }

  /** The slow way, once something differs: which field each byte belongs to. */
  #content(a: Uint8Array, aNet: number, b: Uint8Array, bNet: number, length: number, type: number): number {
    const t = this.#transport;
    const ip = transportPlace(a, aNet, aNet + length, type, t);
    const checksum = ip && t.fragment === 0 ? t.at - aNet + checksumPlace(t.protocol) : -1;
    let marks = 0;
    for (let i = 0; i < length; i++) {
      if (u8(a, aNet + i) === u8(b, bNet + i)) continue;
      if (checksum >= 0 && (i === checksum || i === checksum + 1)) marks |= DIFFERENCE.transportChecksum;
      else if (!ip) marks |= DIFFERENCE.content;
      else marks |= type === ETHERTYPE.ipv4 ? ipv4Mark(i) : ipv6Mark(i, u8(a, aNet + i) ^ u8(b, bNet + i));
    }
    // Whoever changes a field mends the checksum: no change of its own.
    const mended = marks & (DIFFERENCE.trafficClass | DIFFERENCE.hopLimit | DIFFERENCE.length);
    return mended !== 0 && type === ETHERTYPE.ipv4 && headerSum(b, bNet) === 0xffff ? marks & ~DIFFERENCE.headerChecksum : marks;
  }
}

const ipv4Mark = (i: number): number =>
  (i === 1 ? DIFFERENCE.trafficClass : i === 2 || i === 3 ? DIFFERENCE.length : i === 8 ? DIFFERENCE.hopLimit : i === 10 || i === 11 ? DIFFERENCE.headerChecksum : DIFFERENCE.content);

const ipv6Mark = (i: number, bits: number): number => {
  if ((i === 0 && (bits & 0xf0) === 0) || (i === 1 && (bits & 0x0f) === 0)) return DIFFERENCE.trafficClass;
  return i === 4 || i === 5 ? DIFFERENCE.length : i === 7 ? DIFFERENCE.hopLimit : DIFFERENCE.content;
};

/** Of the checksum, from the transport header; a place far outside where there is none. */
const checksumPlace = (protocol: number): number => {
  switch (protocol) {
    case PROTOCOL.tcp: return 16;
    case PROTOCOL.udp: return 6;
    case PROTOCOL.icmp: case PROTOCOL.icmpv6: return 2;
    default: return -0x1_0000;
  }
};

function linkDifference(a: FramePlace, b: FramePlace): number {
  if (!a.ethernet || !b.ethernet) return a.ethernet === b.ethernet ? 0 : DIFFERENCE.link;
  let marks = 0;
  if (differs(a.view, a.at, b.view, b.at, 6)) marks |= DIFFERENCE.destinationMac;
  if (differs(a.view, a.at + 6, b.view, b.at + 6, 6)) marks |= DIFFERENCE.sourceMac;
  if (a.net !== b.net || differs(a.view, a.at + 12, b.view, b.at + 12, a.net - 12)) marks |= DIFFERENCE.tags;
  return marks;
}

/** Whether `length` bytes from either place differ anywhere. Four words at a time: this goes over every byte of both captures. */
export function differs(a: DataView, aAt: number, b: DataView, bAt: number, length: number): boolean {
  const aFrom = aAt | 0, bFrom = bAt | 0, end = length | 0; // as integers, whatever they were reckoned from: else V8 adds them up as doubles
  let i = 0;
  for (; i + 16 <= end; i += 16) {
    const p = aFrom + i, q = bFrom + i;
    if (((a.getInt32(p, true) ^ b.getInt32(q, true)) | (a.getInt32(p + 4, true) ^ b.getInt32(q + 4, true)) | (a.getInt32(p + 8, true) ^ b.getInt32(q + 8, true)) | (a.getInt32(p + 12, true) ^ b.getInt32(q + 12, true))) !== 0) return true;
  }
  for (; i + 4 <= end; i += 4) if (a.getInt32(aFrom + i, true) !== b.getInt32(bFrom + i, true)) return true;
  for (; i < end; i++) if (a.getUint8(aFrom + i) !== b.getUint8(bFrom + i)) return true;
  return false;
}

/** The folded sum over an IPv4 header, 0xffff where its checksum is right. */
function headerSum(b: Uint8Array, net: number): number {
  let sum = 0;
  for (let at = net; at < net + (u8(b, net) & 0x0f) * 4 && at + 1 < b.length; at += 2) sum += u16(b, at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

const TRANSPORTS: ReadonlyMap<number, string> = new Map([[PROTOCOL.tcp, 'tcp'], [PROTOCOL.udp, 'udp'], [PROTOCOL.icmp, 'icmp'], [PROTOCOL.icmpv6, 'icmpv6']]);

/** Wireshark's names of the fields that differ. Padding, and a comparison that had to end early, are no fields. */
export function changedFields(marks: number, type: number, protocol: number): string[] {
  const v6 = type === ETHERTYPE.ipv6;
  const names: readonly (readonly [number, string])[] = [
    [DIFFERENCE.destinationMac, 'eth.dst'], [DIFFERENCE.sourceMac, 'eth.src'], [DIFFERENCE.tags, 'vlan.id'],
    [DIFFERENCE.trafficClass, v6 ? 'ipv6.tclass' : 'ip.dsfield'], [DIFFERENCE.length, v6 ? 'ipv6.plen' : 'ip.len'], [DIFFERENCE.hopLimit, v6 ? 'ipv6.hlim' : 'ip.ttl'],
    [DIFFERENCE.headerChecksum, 'ip.checksum'], [DIFFERENCE.transportChecksum, `${TRANSPORTS.get(protocol) ?? 'ip'}.checksum`],
  ];
  return names.filter(([mark]) => (marks & mark) !== 0).map(([, name]) => name);
}

/** Marks that name a field. */
export const FIELDS = DIFFERENCE.destinationMac | DIFFERENCE.sourceMac | DIFFERENCE.tags | DIFFERENCE.trafficClass | DIFFERENCE.length | DIFFERENCE.hopLimit
  | DIFFERENCE.headerChecksum | DIFFERENCE.transportChecksum;
