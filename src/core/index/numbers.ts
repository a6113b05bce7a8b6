// The numbers by which one header says what follows it, written down here apart from the protocol files: the index is their second witness.

import { Name } from '../table/protocol-names.ts';

/** What is read next. */
export const Step = {
  STOP: 0, ETHERNET: 1, VLAN: 2, IPV4: 3, IPV6: 4, IPV6_OPTIONS: 5, IPV6_FRAGMENT: 6, ICMP: 7, ICMPV6: 8, UDP: 9, TCP: 10, VXLAN: 11, GENEVE: 12,
  RAW: 13, FAMILY: 14, SLL: 15, SLL2: 16,
} as const;

/** What a packet starts with, by LINKTYPE_ value (tcpdump.org/linktypes.html). */
const LINKS = new Map<number, number>([
  [0, Step.FAMILY], [1, Step.ETHERNET], [12, Step.RAW], [14, Step.RAW], [101, Step.RAW], [108, Step.FAMILY], [113, Step.SLL], [228, Step.IPV4], [229, Step.IPV6],
  [276, Step.SLL2],
]);

export const linkStep = (linkType: number): number => LINKS.get(linkType) ?? Step.STOP;

/** By ethertype (IEEE 802 numbers). */
export function etherStep(type: number): number {
  switch (type) {
    case 0x0800: return Step.IPV4;
    case 0x86dd: return Step.IPV6;
    case 0x8100: case 0x88a8: case 0x9100: return Step.VLAN;
    case 0x6558: return Step.ETHERNET;
    default: return Step.STOP;
  }
}

/** What the Protocol column prints for an ethertype that no step follows. */
export function etherName(type: number): number {
  switch (type) {
    case 0x0806: return Name.ARP;
    case 0x88cc: return Name.LLDP;
    default: return type < 0x0600 ? Name.LLC : type;
  }
}

/** By IP protocol number (IANA), for IPv4 and IPv6 alike. */
export function ipStep(protocol: number): number {
  switch (protocol) {
    case 0: case 60: return Step.IPV6_OPTIONS;
    case 1: return Step.ICMP;
    case 4: return Step.IPV4;
    case 6: return Step.TCP;
    case 17: return Step.UDP;
    case 41: return Step.IPV6;
    case 44: return Step.IPV6_FRAGMENT;
    case 58: return Step.ICMPV6;
    default: return Step.STOP;
  }
}

/** By BSD's address families: AF_INET6 is 24, 28 or 30 there, 10 in Linux, 23 in Windows. */
export function familyStep(family: number): number {
  switch (family) {
    case 2: return Step.IPV4;
    case 10: case 23: case 24: case 28: case 30: return Step.IPV6;
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

/** ICMP messages with an identifier and a sequence number: echo, timestamp, information, address mask (RFC 792, 950). */
export const icmpHasSequence = (type: number): boolean => type === 0 || type === 8 || (type >= 13 && type <= 18);
/** ICMPv6 echo request and reply (RFC 4443 section 4). */
export const icmpv6HasSequence = (type: number): boolean => type === 128 || type === 129;
