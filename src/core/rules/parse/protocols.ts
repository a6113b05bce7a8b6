import { APPLICATION_NAMES, DETECTED, meansProtocol } from '../app/names.ts';
import type { PacketView } from '../packet/packet-view.ts';
import { ICMP, ICMPV6, SCTP, TCP, UDP } from '../packet/packet-view.ts';

/** The second word of a rule. `unevaluated` says, as a clause, why a rule with it does not run here; '' when it does. */
export interface HeaderProtocol {
  readonly name: string;
  /** The wish in words. */
  readonly wanted: string;
  readonly unevaluated: string;
  /** The application protocol that it names, '' for one of packets. */
  readonly application: string;
  /** What the packets that may pass carry: rules are sorted by it. */
  readonly over: readonly Transport[];
  test(p: PacketView): boolean;
}

/** `other` is IP with another protocol, `none` no IP at all. */
export type Transport = 'tcp' | 'udp' | 'icmp' | 'other' | 'none';
export const TRANSPORTS: readonly Transport[] = ['tcp', 'udp', 'icmp', 'other', 'none'];
const ANY_IP: readonly Transport[] = ['tcp', 'udp', 'icmp', 'other'];

/** Place in TRANSPORTS of what a packet carries. */
export function transportPlace(p: PacketView): number {
  return p.ipVersion === 0 ? NONE : placeOf(p.protocol);
}

function placeOf(protocol: number): number {
  if (protocol === TCP) return OVER_TCP;
  if (protocol === UDP) return OVER_UDP;
  return protocol === ICMP || protocol === ICMPV6 ? OVER_ICMP : OTHER;
}
const [OVER_TCP, OVER_UDP, OVER_ICMP, OTHER, NONE] = [0, 1, 2, 3, 4];

const packetProtocol = (name: string, wanted: string, over: readonly Transport[], test: (p: PacketView) => boolean): HeaderProtocol => ({ name, wanted, over, unevaluated: '', application: '', test });
const isIp = (p: PacketView): boolean => p.ipVersion !== 0;
const isTcp = (p: PacketView): boolean => p.protocol === TCP;

const PACKET: readonly HeaderProtocol[] = [
  packetProtocol('ip', 'an IP packet', ANY_IP, isIp),
  ...['ipv4', 'ip4'].map((name) => packetProtocol(name, 'an IPv4 packet', ANY_IP, (p) => p.ipVersion === 4)),
  ...['ipv6', 'ip6'].map((name) => packetProtocol(name, 'an IPv6 packet', ANY_IP, (p) => p.ipVersion === 6)),
  packetProtocol('icmp', 'an ICMP or ICMPv6 packet', ['icmp'], (p) => p.protocol === ICMP || p.protocol === ICMPV6),
  packetProtocol('icmpv4', 'an ICMP packet', ['icmp'], (p) => p.protocol === ICMP),
  packetProtocol('icmpv6', 'an ICMPv6 packet', ['icmp'], (p) => p.protocol === ICMPV6),
  ...['tcp', 'tcp-pkt', 'tcp-stream'].map((name) => packetProtocol(name, 'a TCP packet', ['tcp'], isTcp)),
  packetProtocol('udp', 'a UDP packet', ['udp'], (p) => p.protocol === UDP),
  packetProtocol('igmp', 'an IGMP packet', ['other'], (p) => p.protocol === 2),
  packetProtocol('sctp', 'an SCTP packet', ['other'], (p) => p.protocol === SCTP),
  packetProtocol('arp', 'an ARP packet', ['none'], (p) => p.arp),
  packetProtocol('ether', 'a packet with an Ethernet header', TRANSPORTS, (p) => p.ether >= 0),
  packetProtocol('pkthdr', 'any packet', TRANSPORTS, () => true),
];

const SPEAKERS: readonly Transport[] = ['tcp', 'udp'];

/** A packet of a flow whose protocol is known to be this one: of TCP only once the session's handshake is done. */
const applicationProtocol = (name: string): HeaderProtocol => ({
  name, wanted: `a packet of ${name}`, application: name,
  ...(DETECTED.has(name)
    ? { over: SPEAKERS, unevaluated: '', test: (p: PacketView): boolean => p.flow !== null && (p.protocol !== TCP || p.sessionSpeaks || p.isStreamEnd) && meansProtocol(name, p.flow.app.protocol) }
    : { over: [], unevaluated: `the application layer (${name}) is not read for rules yet`, test: (): boolean => false }),
});

export const HEADER_PROTOCOLS: ReadonlyMap<string, HeaderProtocol> = new Map(
  [...PACKET, ...APPLICATION_NAMES.map(applicationProtocol)].map((protocol) => [protocol.name, protocol]),
);

/** What the second word of a rule means: a name, or the number of a protocol over IP. */
export function headerProtocol(word: string): HeaderProtocol | undefined {
  const number = /^\d{1,3}$/.test(word) ? Number(word) : -1;
  if (number < 0 || number > 255) return HEADER_PROTOCOLS.get(word);
  return packetProtocol(word, `an IP packet of protocol ${number}`, [TRANSPORTS[placeOf(number)]!], (p) => p.ipVersion !== 0 && p.protocol === number);
}
