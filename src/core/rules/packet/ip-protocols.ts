// IANA's protocol numbers with the names that Suricata writes (util-proto-name.c, /etc/protocols); the number as text for the others.

const NAMES: Readonly<Record<number, string>> = {
  0: 'HOPOPT', 1: 'ICMP', 2: 'IGMP', 3: 'GGP', 4: 'IP-in-IP', 5: 'ST', 6: 'TCP', 8: 'EGP', 9: 'IGP', 17: 'UDP', 27: 'RDP', 33: 'DCCP', 41: 'IPv6', 43: 'IPv6-Route', 44: 'IPv6-Frag', 46: 'RSVP',
  47: 'GRE', 50: 'ESP', 51: 'AH', 57: 'SKIP', 58: 'IPv6-ICMP', 59: 'IPv6-NoNxt', 60: 'IPv6-Opts', 88: 'EIGRP', 89: 'OSPF', 94: 'IPIP', 97: 'ETHERIP', 98: 'ENCAP', 103: 'PIM', 108: 'IPComp',
  112: 'VRRP', 115: 'L2TP', 124: 'ISIS', 132: 'SCTP', 133: 'FC', 135: 'Mobility-Header', 136: 'UDPLite', 137: 'MPLS-in-IP', 138: 'MANET', 139: 'HIP', 140: 'Shim6', 141: 'WESP', 142: 'ROHC',
};

export const isNamed = (protocol: number): boolean => protocol in NAMES;
export const ipProtocolName = (protocol: number): string => NAMES[protocol] ?? String(protocol);

/** By name in small letters, further names included. */
export const IP_PROTOCOL_NUMBERS: ReadonlyMap<string, number> = new Map([
  ...Object.entries(NAMES).map(([number, name]): [string, number] => [name.toLowerCase(), Number(number)]), ['icmpv6', 58], ['icmp6', 58], ['ipip', 4], ['ip', 0],
]);
