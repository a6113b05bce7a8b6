/** Assigned Internet protocol numbers (IANA). */
export const IP_PROTOCOLS: Readonly<Record<number, string>> = {
  0: 'IPv6 hop-by-hop options', 1: 'ICMP', 2: 'IGMP', 3: 'GGP', 4: 'IPv4', 5: 'ST', 6: 'TCP', 7: 'CBT', 8: 'EGP', 9: 'IGP', 12: 'PUP', 17: 'UDP', 20: 'HMP',
  22: 'XNS IDP', 27: 'RDP', 29: 'ISO TP4', 33: 'DCCP', 36: 'XTP', 37: 'DDP', 41: 'IPv6', 43: 'IPv6 routing', 44: 'IPv6 fragment', 45: 'IDRP', 46: 'RSVP', 47: 'GRE',
  50: 'ESP', 51: 'AH', 54: 'NARP', 55: 'MOBILE', 57: 'SKIP', 58: 'ICMPv6', 59: 'no next header', 60: 'IPv6 destination options', 73: 'RSPF', 80: 'ISO IP',
  81: 'VMTP', 88: 'EIGRP', 89: 'OSPF', 94: 'IPIP', 97: 'EtherIP', 98: 'ENCAP', 103: 'PIM', 108: 'IPComp', 112: 'VRRP', 115: 'L2TP', 124: 'IS-IS over IPv4',
  132: 'SCTP', 133: 'Fibre Channel', 135: 'mobility header', 136: 'UDP-Lite', 137: 'MPLS in IP', 138: 'MANET', 139: 'HIP', 140: 'Shim6', 143: 'Ethernet', 253: 'experiment 1', 254: 'experiment 2',
};
