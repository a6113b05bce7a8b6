// What the columns Protocol and Inner protocol print, by number: Wireshark's words for its own column. A number from ETHERTYPES on is an ethertype that
// nobody here knows, printed in hex as Wireshark does.

export const Name = {
  NONE: 0, ETHERNET: 1, VLAN: 2, ARP: 3, IPV4: 4, IPV6: 5, ICMP: 6, ICMPV6: 7, UDP: 8, TCP: 9, VXLAN: 10, GENEVE: 11,
  DNS: 12, MDNS: 13, LLDP: 14, LLC: 15, SLL: 16, SLL2: 17, LOOPBACK: 18, RAW: 19, IGMP: 20, DATA: 21, PROVIDER_VLAN: 22, AH: 23, RARP: 24, DRARP: 25, INVERSE_ARP: 26, MARS: 27, MAPOS: 28,
  GRE: 29, ERSPAN: 30, MPLS: 31, PPPOE: 32, PPP: 33, BACKBONE: 34, VXLAN_GPE: 35, ARCNET: 36, ETHERIP: 37,
} as const;

const TEXTS: readonly string[] = [
  '', 'Ethernet', 'VLAN', 'ARP', 'IPv4', 'IPv6', 'ICMP', 'ICMPv6', 'UDP', 'TCP', 'VXLAN', 'Geneve',
  'DNS', 'MDNS', 'LLDP', 'LLC', 'SLL', 'SLL', 'N/A', 'Raw', 'IGMP', 'Data', '802.1ad', 'AH', 'RARP', 'DRARP', 'Inverse ARP', 'MARS', 'MAPOS',
  'GRE', 'ERSPAN', 'MPLS', 'PPPoE', 'PPP', '802.1ah', 'VXLAN-GPE', 'ARCNET', 'EtherIP',
];

/** Smaller values of an Ethernet type field are lengths (IEEE 802.3 section 3.2.6). */
export const ETHERTYPES = 0x0600;

export const protocolText = (name: number): string =>
  name < ETHERTYPES ? TEXTS[name] ?? '' : `0x${name.toString(16).padStart(4, '0')}`;
