/** Ethernet types (IEEE 802 Numbers, IANA). Those that a protocol here claims are among them: their words are shown beside the number. */
export const ETHERTYPES: Readonly<Record<number, string>> = {
  0x0800: 'IPv4', 0x0806: 'ARP', 0x0842: 'Wake on LAN', 0x22f0: 'AVTP', 0x22f3: 'TRILL', 0x6003: 'DECnet', 0x6004: 'DEC LAT', 0x6558: 'Ethernet (transparent bridging)',
  0x8035: 'RARP', 0x809b: 'AppleTalk', 0x80f3: 'AARP', 0x8100: '802.1Q VLAN', 0x8137: 'IPX', 0x86dd: 'IPv6', 0x8808: 'Ethernet flow control',
  0x8809: 'slow protocols (LACP)', 0x8847: 'MPLS', 0x8848: 'MPLS multicast', 0x8863: 'PPPoE discovery', 0x8864: 'PPPoE session', 0x887b: 'HomePlug',
  0x888e: '802.1X', 0x8892: 'PROFINET', 0x889a: 'HyperSCSI', 0x88a2: 'ATA over Ethernet', 0x88a4: 'EtherCAT', 0x88a8: '802.1ad VLAN', 0x88b5: 'local experiment 1',
  0x88b6: 'local experiment 2', 0x88be: 'ERSPAN II', 0x88cc: 'LLDP', 0x88e5: 'MACsec', 0x88e7: 'provider backbone bridging', 0x88f5: 'MVRP', 0x88f7: 'PTP',
  0x8902: 'CFM', 0x8906: 'FCoE', 0x8914: 'FCoE initialization', 0x8915: 'RoCE', 0x891d: 'TTEthernet', 0x892f: 'HSR', 0x894f: 'NSH', 0x9000: 'loopback test',
  0x9100: 'VLAN (older double tag)', 0x22eb: 'ERSPAN III',
};
