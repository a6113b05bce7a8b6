// The numbers by which one header says what follows it, written down here apart from the protocol files: the index is their second witness.

import { ETHERTYPES, Name } from '../table/protocol-names.ts';

/** What is read next. */
export const Step = {
  STOP: 0, ETHERNET: 1, VLAN: 2, PROVIDER_VLAN: 3, LLC: 4, IPV4: 5, IPV6: 6, IPV6_EXTENSION: 7, IPV6_FRAGMENT: 8, AUTHENTICATION: 9, ICMP: 10, ICMPV6: 11,
  UDP: 12, TCP: 13, VXLAN: 14, GENEVE: 15, RAW: 16, NULL: 17, LOOP: 18, SLL: 19, SLL2: 20, ARP: 21,
} as const;

/** What a packet starts with, by LINKTYPE_ value (tcpdump.org/linktypes.html). */
const LINKS = new Map<number, number>([
  [0, Step.NULL], [1, Step.ETHERNET], [12, Step.RAW], [14, Step.RAW], [101, Step.RAW], [108, Step.LOOP], [113, Step.SLL], [228, Step.IPV4], [229, Step.IPV6],
  [276, Step.SLL2],
]);

export const linkStep = (linkType: number): number => LINKS.get(linkType) ?? Step.STOP;

/** By ethertype (IEEE 802 numbers). */
export function etherStep(type: number): number {
  switch (type) {
    case 0x0800: return Step.IPV4;
    case 0x86dd: return Step.IPV6;
    case 0x0806: case 0x8035: return Step.ARP;
    case 0x8100: case 0x9100: return Step.VLAN;
    case 0x88a8: return Step.PROVIDER_VLAN;
    case 4: return Step.LLC; // Linux's own number, in a cooked header
    case 0x6558: return Step.ETHERNET;
    default: return Step.STOP;
  }
}

/** What the Protocol column prints for an Ethernet type that no step follows; `before` where that is none. */
export function etherName(type: number, before: number): number {
  switch (type) {
    case 0x88cc: return Name.LLDP;
    default: return type < ETHERTYPES ? before : type;
  }
}

/** What the Protocol column prints for an ARP packet, by its operation (IANA, ARP parameters). */
export function arpName(operation: number): number {
  if (operation === 3 || operation === 4) return Name.RARP;
  if (operation >= 5 && operation <= 7) return Name.DRARP;
  if (operation === 8 || operation === 9) return Name.INVERSE_ARP;
  if (operation >= 11 && operation <= 22) return Name.MARS;
  return operation === 23 ? Name.MAPOS : Name.ARP;
}

/** By IP protocol number (IANA), for IPv4 and IPv6 alike. */
export function ipStep(protocol: number): number {
  switch (protocol) {
    case 0: case 43: case 60: return Step.IPV6_EXTENSION;
    case 1: return Step.ICMP;
    case 4: return Step.IPV4;
    case 6: return Step.TCP;
    case 17: return Step.UDP;
    case 41: return Step.IPV6;
    case 44: return Step.IPV6_FRAGMENT;
    case 51: return Step.AUTHENTICATION;
    case 58: return Step.ICMPV6;
    default: return Step.STOP;
  }
}

/**
 * The address family in the four bytes at `at`, which a host wrote in its own byte order, some hosts as 16 bits only, first or last; a small number in one
 * of the readings tells which. An Ethernet type may stand there too (tcpdump.org/linktypes.html, LINKTYPE_NULL; Wireshark's readings in its order).
 */
export function familyAt(b: DataView, at: number): number {
  const [b0, b1, b2, b3] = [b.getUint8(at), b.getUint8(at + 1), b.getUint8(at + 2), b.getUint8(at + 3)];
  if (b2 === 0 && b3 === 0) return b0 === 0 && b1 < 6 ? b1 : (b1 << 8) | b0;
  if (b3 === 0 && b2 < 6) return b2;
  if (b0 === 0 && b1 === 0 && b2 === 0 && b3 < 6) return b3;
  return b.getInt32(at);
}

/** By BSD's address families: AF_INET6 is 24, 28 or 30 there. */
export function familyStep(family: number): number {
  switch (family) {
    case 2: case 0x0800: return Step.IPV4;
    case 24: case 28: case 30: case 0x86dd: return Step.IPV6;
    default: return Step.STOP;
  }
}

export const VXLAN_PORT = 4789;
export const GENEVE_PORT = 6081;

/** What the Protocol column prints for a UDP service; Name.NONE for a port that is none. */
export function udpName(port: number): number {
  switch (port) {
    case 53: return Name.DNS;
    case VXLAN_PORT: return Name.VXLAN;
    case 5353: return Name.MDNS;
    case GENEVE_PORT: return Name.GENEVE;
    default: return Name.NONE;
  }
}

/** What a UDP payload is by its ports: either will do, and the lower one is asked first, as in Wireshark. */
export const udpService = (source: number, destination: number): number => source < destination ? udpName(source) || udpName(destination) : udpName(destination) || udpName(source);

/** What a UDP service is followed into. */
export const udpStep = (service: number): number => service === Name.VXLAN ? Step.VXLAN : service === Name.GENEVE ? Step.GENEVE : Step.STOP;

/** ICMP messages with an identifier and a sequence number: echo, timestamp, information, address mask (RFC 792, 950). */
export const icmpHasSequence = (type: number): boolean => type === 0 || type === 8 || (type >= 13 && type <= 18);
/** ICMPv6 echo request and reply (RFC 4443 section 4). */
export const icmpv6HasSequence = (type: number): boolean => type === 128 || type === 129;
