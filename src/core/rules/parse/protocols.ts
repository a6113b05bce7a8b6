import type { PacketView } from '../packet/packet-view.ts';
import { ICMP, ICMPV6, SCTP, TCP, UDP } from '../packet/packet-view.ts';

/** The second word of a rule. `unevaluated` says, as a clause, why a rule with it does not run here; '' when it does. */
export interface HeaderProtocol {
  readonly name: string;
  /** The wish in words. */
  readonly wanted: string;
  readonly unevaluated: string;
  test(p: PacketView): boolean;
}

const packetProtocol = (name: string, wanted: string, test: (p: PacketView) => boolean): HeaderProtocol => ({ name, wanted, unevaluated: '', test });
const isIp = (p: PacketView): boolean => p.ipVersion !== 0;
const isTcp = (p: PacketView): boolean => p.protocol === TCP;

const PACKET: readonly HeaderProtocol[] = [
  packetProtocol('ip', 'an IP packet', isIp),
  ...['ipv4', 'ip4'].map((name) => packetProtocol(name, 'an IPv4 packet', (p) => p.ipVersion === 4)),
  ...['ipv6', 'ip6'].map((name) => packetProtocol(name, 'an IPv6 packet', (p) => p.ipVersion === 6)),
  packetProtocol('icmp', 'an ICMP or ICMPv6 packet', (p) => p.protocol === ICMP || p.protocol === ICMPV6),
  packetProtocol('icmpv4', 'an ICMP packet', (p) => p.protocol === ICMP),
  packetProtocol('icmpv6', 'an ICMPv6 packet', (p) => p.protocol === ICMPV6),
  packetProtocol('tcp', 'a TCP packet', isTcp), packetProtocol('tcp-pkt', 'a TCP packet', isTcp), packetProtocol('tcp-stream', 'a TCP packet', isTcp),
  packetProtocol('udp', 'a UDP packet', (p) => p.protocol === UDP),
  packetProtocol('igmp', 'an IGMP packet', (p) => p.protocol === 2),
  packetProtocol('sctp', 'an SCTP packet', (p) => p.protocol === SCTP),
  packetProtocol('arp', 'an ARP packet', (p) => p.arp),
  packetProtocol('ether', 'a packet with an Ethernet header', (p) => p.ether >= 0),
  packetProtocol('pkthdr', 'any packet', () => true),
];

/** Suricata's application layer protocols (`suricata --list-app-layer-protos`), with older names that rule sets still have. */
const APPLICATION: readonly string[] = [
  'bittorrent-dht', 'dcerpc', 'dhcp', 'dnp3', 'dns', 'doh2', 'enip', 'failed', 'ftp', 'ftp-data', 'http', 'http1', 'http2', 'ike', 'ikev2', 'imap', 'irc', 'jabber', 'krb5', 'ldap',
  'llmnr', 'mdns', 'modbus', 'mqtt', 'msn', 'mysql', 'nfs', 'ntp', 'pgsql', 'pop3', 'quic', 'rdp', 'rfb', 'sip', 'smb', 'smtp', 'snmp', 'ssh', 'template', 'telnet', 'tftp', 'tls', 'ssl', 'websocket',
];

const applicationProtocol = (name: string): HeaderProtocol => ({
  name, wanted: `a packet of ${name}`, unevaluated: `the application layer (${name}) is not read for rules yet`, test: () => false,
});

export const HEADER_PROTOCOLS: ReadonlyMap<string, HeaderProtocol> = new Map(
  [...PACKET, ...APPLICATION.map(applicationProtocol)].map((protocol) => [protocol.name, protocol]),
);
