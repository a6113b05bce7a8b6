// The numbers by which one header says what follows it, written down here apart from the protocol files: the index is their second witness.

import { ETHERTYPES, Name } from '../table/protocol-names.ts';

/** What is read next. */
export const Step = {
  STOP: 0, ETHERNET: 1, VLAN: 2, PROVIDER_VLAN: 3, LLC: 4, IPV4: 5, IPV6: 6, IPV6_EXTENSION: 7, IPV6_FRAGMENT: 8, AUTHENTICATION: 9, ICMP: 10, ICMPV6: 11,
  UDP: 12, TCP: 13, VXLAN: 14, GENEVE: 15, RAW: 16, NULL: 17, LOOP: 18, SLL: 19, SLL2: 20, ARP: 21, GRE: 22, ERSPAN: 23, MPLS: 24, PPPOE: 25, PPP: 26, PPP_FRAMED: 27, BACKBONE: 28, VXLAN_GPE: 29, ARCNET: 30, ETHERIP: 31,
} as const;

/** What a packet starts with, by LINKTYPE_ value (tcpdump.org/linktypes.html). */
const LINKS = new Map<number, number>([
  [0, Step.NULL], [1, Step.ETHERNET], [12, Step.RAW], [14, Step.RAW], [101, Step.RAW], [108, Step.LOOP], [113, Step.SLL], [228, Step.IPV4], [229, Step.IPV6],
  [276, Step.SLL2], [9, Step.PPP_FRAMED], [50, Step.PPP_FRAMED], [51, Step.PPPOE], [129, Step.ARCNET],
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
    case 0x8847: case 0x8848: return Step.MPLS;
    case 0x8864: return Step.PPPOE;
    case 0x88e7: return Step.BACKBONE;
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
    case 47: return Step.GRE;
    case 51: return Step.AUTHENTICATION;
    case 58: return Step.ICMPV6;
    case 97: return Step.ETHERIP;
    case 137: return Step.MPLS;
    case 143: return Step.ETHERNET;
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

/** By GRE's protocol type: Ethernet types, and a few of its own. */
export function greStep(type: number): number {
  switch (type) {
    case 0x0800: case 0x883e: return Step.IPV4;
    case 0x86dd: return Step.IPV6;
    case 0x6558: case 0x6400: return Step.ETHERNET;
    case 0x88be: case 0x22eb: return Step.ERSPAN;
    case 0x8847: case 0x8848: return Step.MPLS;
    case 0x880b: case 0x88d2: return Step.PPP_FRAMED;
    case 0x0806: return Step.ARP;
    default: return Step.STOP;
  }
}

/** By PPP's protocol number (IANA). */
export function pppStep(type: number): number {
  switch (type) {
    case 0x21: case 0x0800: return Step.IPV4;
    case 0x57: case 0x86dd: return Step.IPV6;
    case 0x0281: case 0x0283: return Step.MPLS;
    default: return Step.STOP;
  }
}

/** By the first four bits behind a label stack. */
export const mplsStep = (nibble: number): number => (nibble === 4 ? Step.IPV4 : nibble === 6 ? Step.IPV6 : Step.STOP);

/** Ethernet types by which a frame in a pseudowire is known. */
export function frameType(type: number): boolean {
  switch (type) {
    case 0x0800: case 0x0806: case 0x86dd: case 0x8100: case 0x88a8: case 0x8847: case 0x8863: case 0x8864: case 0x88cc: case 0x8809: case 0x888e: case 0x9100: return true;
    default: return false;
  }
}

/** By VXLAN-GPE's next protocol. */
export function gpeStep(next: number): number {
  switch (next) {
    case 1: return Step.IPV4;
    case 2: return Step.IPV6;
    case 3: return Step.ETHERNET;
    case 5: return Step.MPLS;
    default: return Step.STOP;
  }
}

/** UDP ports of messages, into which nothing here looks: what stands on one of them is no envelope, whatever the other port is. */
const MESSAGES = [
  7, 13, 19, 37, 49, 67, 68, 69, 88, 111, 123, 137, 138, 161, 162, 177, 213, 319, 320, 389, 427, 434, 500, 513, 514, 520, 521, 524, 546, 547, 623, 646, 654, 698, 853, 1194, 1293, 1645, 1646, 1700, 1745, 1812, 1813, 1900, 1985, 2029, 2048, 2055, 2221, 2427, 2727, 3130, 3222, 3386,
  3455, 3478, 3784, 3799, 4011, 4342, 4500, 4569, 4729, 4739, 4784, 4791, 5060, 5246, 5350, 5351, 5355, 5678, 5683, 5684, 5868, 6118, 6696, 6784, 7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009, 7021, 7784, 8161, 8805, 9899, 9996, 10500, 11211, 17220, 17500, 27960, 27961, 27962,
  27963, 34962, 34980, 44818, 47808,
];
/** ... and of those that carry packets: GTP, Teredo, L2TP, AYIYA, sFlow. */
const CARRIERS = [2123, 2152, 3544, 1701, 5072, 6343];

/** What a UDP port stands for: a Name (that of UDP itself for messages), CARRIER, or 0 for nothing. One load a port. */
export const CARRIER = 255;
export type UdpPorts = Uint8Array;
export const UDP_PORTS: UdpPorts = new Uint8Array(65_536);
for (const port of MESSAGES) UDP_PORTS[port] = Name.UDP;
for (const port of CARRIERS) UDP_PORTS[port] = CARRIER;
for (const [port, name] of [[53, Name.DNS], [5353, Name.MDNS], [4789, Name.VXLAN], [6081, Name.GENEVE], [4790, Name.VXLAN_GPE], [4754, Name.GRE], [6635, Name.MPLS]] as const) UDP_PORTS[port] = name;

/** What a UDP payload is by its ports: either will do, and the lower one is asked first, as in Wireshark. */
export const udpService = (source: number, destination: number, ports: UdpPorts): number => (source < destination ? ports[source]! || ports[destination]! : ports[destination]! || ports[source]!);

/** Envelopes that a UDP port may be decoded as, by Wireshark's names; any other protocol is a message. */
const SERVICES: Readonly<Record<string, number>> = {
  vxlan: Name.VXLAN, geneve: Name.GENEVE, vxlan_gpe: Name.VXLAN_GPE, gre: Name.GRE, mpls: Name.MPLS, dns: Name.DNS, mdns: Name.DNS, gtp: CARRIER, teredo: CARRIER, l2tp: CARRIER, ayiya: CARRIER, sflow: CARRIER,
};

/** A port that is decoded as something else, [first..last]; null leaves it to nobody. */
export interface UdpPortRule { readonly first: number; readonly last: number; readonly protocol: string | null }

/** The table of ports with other protocols on some (Decode As); later rules win. */
export function udpPorts(rules: readonly UdpPortRule[]): UdpPorts {
  if (rules.length === 0) return UDP_PORTS;
  const ports = UDP_PORTS.slice();
  for (const { first, last, protocol } of rules) ports.fill(protocol === null ? 0 : Object.hasOwn(SERVICES, protocol) ? SERVICES[protocol]! : Name.UDP, first, last + 1);
  return ports;
}

/** What a UDP service is followed into. */
export function udpStep(name: number): number {
  switch (name) {
    case Name.VXLAN: return Step.VXLAN;
    case Name.GENEVE: return Step.GENEVE;
    case Name.VXLAN_GPE: return Step.VXLAN_GPE;
    case Name.GRE: return Step.GRE;
    case Name.MPLS: return Step.MPLS;
    default: return Step.STOP;
  }
}

/** ICMP messages with an identifier and a sequence number: echo, timestamp, information, address mask (RFC 792, 950). */
export const icmpHasSequence = (type: number): boolean => type === 0 || type === 8 || (type >= 13 && type <= 18);
/** ICMPv6 echo request and reply (RFC 4443 section 4). */
export const icmpv6HasSequence = (type: number): boolean => type === 128 || type === 129;
