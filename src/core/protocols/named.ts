// Protocols that are told by number and whose bytes are shown as they are: one layer with a name. A protocol that gets a file of its own leaves this table.

import { bytes } from '../dissect/part.ts';
import { GUESSES } from './guesses.ts';
import { protocol, type Protocol } from '../dissect/protocol.ts';
import { REFERENCES } from './numbers/named-references.ts';
import { SCTP_PAYLOAD_NAMES } from './numbers/sctp-payloads.ts';

type Row = readonly [name: string, label: string, over: string];

/** "tcp.port 179, ip.proto 89": tables with their numbers. Names and places are those of Wireshark's public reference, numbers IANA's and IEEE's. */
const ROWS: readonly Row[] = [
  // behind an Ethernet type
  ['eapol', '802.1X Authentication', 'ethertype 0x888e 0x88c7'], ['ptp', 'Precision Time Protocol', 'ethertype 0x88f7, udp.port 319 320'], ['macsec', 'MACsec', 'ethertype 0x88e5'],
  ['cfm', 'Connectivity Fault Management', 'ethertype 0x8902'], ['fcoe', 'Fibre Channel over Ethernet', 'ethertype 0x8906'], ['fip', 'FCoE Initialization', 'ethertype 0x8914'], ['aoe', 'ATA over Ethernet', 'ethertype 0x88a2'],
  ['macc', 'MAC Control', 'ethertype 0x8808'], ['loop_test', 'Configuration Test Protocol (loopback)', 'ethertype 0x9000'], ['goose', 'GOOSE', 'ethertype 0x88b8'], ['sv', 'Sampled Values', 'ethertype 0x88ba'], ['homeplug', 'HomePlug', 'ethertype 0x887b'],
  ['homeplug-av', 'HomePlug AV', 'ethertype 0x88e1'], ['lltd', 'Link Layer Topology Discovery', 'ethertype 0x88d9'], ['ieee1722', 'AVTP', 'ethertype 0x22f0, udp.port 17220'], ['mrp-mmrp', 'MMRP', 'ethertype 0x88f6'], ['mrp-mvrp', 'MVRP', 'ethertype 0x88f5'],
  ['mrp-msrp', 'MSRP', 'ethertype 0x22ea'], ['pn_rt', 'PROFINET', 'ethertype 0x8892, udp.port 34962'], ['ecatf', 'EtherCAT', 'ethertype 0x88a4, udp.port 34980, tcp.port 34980'], ['wol', 'Wake on LAN', 'ethertype 0x0842'], ['tipc', 'TIPC', 'ethertype 0x88ca, udp.port 6118'],
  ['batadv', 'B.A.T.M.A.N. Advanced', 'ethertype 0x4305'], ['lat', 'Local Area Transport', 'ethertype 0x6004'], ['dec_dna', 'DECnet', 'ethertype 0x6003'], ['ipx', 'Internetwork Packet eXchange', 'ethertype 0x8137, llc.dsap 0xe0 0x10, udp.port 213, ppp.protocol 0x2b'],
  ['aarp', 'AppleTalk ARP', 'ethertype 0x80f3'], ['ddp', 'Datagram Delivery Protocol', 'ethertype 0x809b, llc.dsap 0x2809b, ppp.protocol 0x29'], ['vntag', 'VN-Tag', 'ethertype 0x8926'], ['hsr', 'HSR', 'ethertype 0x892f'], ['ieee1905', 'IEEE 1905.1a', 'ethertype 0x893a'],
  ['ncsi', 'NCSI', 'ethertype 0x88f8'], ['rohc', 'ROHC', 'ethertype 0x22f1'], ['trill', 'TRILL', 'ethertype 0x22f3'], ['snaeth', 'SNA over Ethernet', 'ethertype 0x80d5'], ['wai', 'WAI', 'ethertype 0x88b4'], ['infiniband', 'InfiniBand', 'ethertype 0x8915, udp.port 4791'],
  // behind LLC and SNAP
  ['netbios', 'NetBIOS', 'llc.dsap 0xf0'], ['osi', 'OSI', 'llc.dsap 0xfe 0x14 0x20 0x34 0x54, ppp.protocol 0x23, ip.proto 80, gre.proto 0xfe'], ['sna', 'Systems Network Architecture', 'llc.dsap 0x04 0x08 0x0c 0x40 0xc8, ppp.protocol 0x4d'],
  ['vtp', 'VLAN Trunking Protocol', 'llc.dsap 0x12003'], ['dtp', 'Dynamic Trunk Protocol', 'llc.dsap 0x12004'], ['udld', 'UniDirectional Link Detection', 'llc.dsap 0x10111'],
  ['pagp', 'Port Aggregation Protocol', 'llc.dsap 0x10104'], ['cgmp', 'Cisco Group Management Protocol', 'llc.dsap 0x12001, ethertype 0x2001'], ['vines_llc', 'Banyan VINES LLC', 'llc.dsap 0xbc'], ['x25', 'X.25', 'llc.dsap 0x7e'], ['bacnet', 'BACnet', 'llc.dsap 0x82'],
  // behind IP
  ['eigrp', 'EIGRP', 'ip.proto 88'], ['pim', 'Protocol Independent Multicast', 'ip.proto 103'], ['dccp', 'Datagram Congestion Control Protocol', 'ip.proto 33'],
  ['rsvp', 'Resource ReserVation Protocol', 'ip.proto 46, udp.port 3455'], ['ipcomp', 'IP Payload Compression', 'ip.proto 108'], ['mipv6', 'Mobile IPv6', 'ip.proto 135 62'], ['hip', 'Host Identity Protocol', 'ip.proto 139, udp.port 10500'],
  ['shim6', 'Shim6', 'ip.proto 140'], ['igrp', 'IGRP', 'ip.proto 9'], ['pgm', 'Pragmatic General Multicast', 'ip.proto 113'], ['nhrp', 'NHRP', 'ip.proto 54, gre.proto 0x2001'], ['cotp', 'COTP', 'ip.proto 29'],
  // behind PPP
  ['lcp', 'PPP Link Control Protocol', 'ppp.protocol 0xc021'], ['ipcp', 'PPP IP Control Protocol', 'ppp.protocol 0x8021'], ['ipv6cp', 'PPP IPv6 Control Protocol', 'ppp.protocol 0x8057'], ['pap', 'PPP Password Authentication Protocol', 'ppp.protocol 0xc023'],
  ['chap', 'PPP Challenge Handshake Authentication Protocol', 'ppp.protocol 0xc223'], ['ccp', 'PPP Compression Control Protocol', 'ppp.protocol 0x80fd'], ['comp_data', 'PPP Compressed Datagram', 'ppp.protocol 0xfd'], ['mp', 'PPP Multilink Protocol', 'ppp.protocol 0x3d'],
  ['vjc', 'Van Jacobson PPP compression', 'ppp.protocol 0x2d 0x2f'], ['bcp_ncp', 'PPP Bridging NCP', 'ppp.protocol 0x8031'], ['bcp_bpdu', 'PPP Bridging Control Protocol', 'ppp.protocol 0x31'], ['mplscp', 'PPP MPLS Control Protocol', 'ppp.protocol 0x8281'],
  ['osinlcp', 'PPP OSI Network Layer Control', 'ppp.protocol 0x8023'], ['cbcp', 'PPP Callback Control', 'ppp.protocol 0xc029'], ['eap', 'Extensible Authentication Protocol', 'ppp.protocol 0xc227'], ['bap', 'PPP Bandwidth Allocation', 'ppp.protocol 0xc02d'], ['bacp', 'PPP Bandwidth Allocation Control', 'ppp.protocol 0xc02b'],
  // behind a port of UDP, some of TCP as well
  ['nbns', 'NetBIOS Name Service', 'udp.port 137'], ['nbdgm', 'NetBIOS Datagram Service', 'udp.port 138'],
  ['isakmp', 'Internet Security Association and Key Management Protocol', 'udp.port 500, tcp.port 500, udpencap 2'],
  ['rip', 'Routing Information Protocol', 'udp.port 520'], ['ripng', 'RIPng', 'udp.port 521'],
  ['glbp', 'Gateway Load Balancing Protocol', 'udp.port 3222'], ['ldp', 'Label Distribution Protocol', 'udp.port 646, tcp.port 646'], ['cflow', 'Cisco NetFlow/IPFIX', 'udp.port 2055 9996 4739, tcp.port 4739'], ['rx', 'AFS RX', 'udp.port 7000 7001 7002 7003 7004 7005 7006 7007 7008 7009 7021'],
  ['icp', 'Internet Cache Protocol', 'udp.port 3130'], ['wccp', 'WCCP', 'udp.port 2048'], ['kerberos', 'Kerberos', 'udp.port 88, tcp.port 88'], ['cldap', 'Connectionless LDAP', 'udp.port 389'], ['srvloc', 'Service Location Protocol', 'udp.port 427, tcp.port 427'],
  ['rmcp', 'Remote Management Control Protocol', 'udp.port 623'], ['openvpn', 'OpenVPN', 'udp.port 1194, tcp.port 1194'], ['mgcp', 'MGCP', 'udp.port 2427 2727, tcp.port 2427 2727'], ['iax2', 'Inter-Asterisk eXchange v2', 'udp.port 4569'], ['capwap', 'CAPWAP control', 'udp.port 5246'],
  ['pfcp', 'Packet Forwarding Control Protocol', 'udp.port 8805'], ['coap', 'Constrained Application Protocol', 'udp.port 5683, tcp.port 5683'], ['lisp', 'LISP control', 'udp.port 4342'], ['db-lsp-disc', 'Dropbox LAN sync Discovery', 'udp.port 17500'], ['quake3', 'Quake III Arena', 'udp.port 27960 27961 27962 27963'],
  ['portcontrol', 'NAT Port Mapping', 'udp.port 5350 5351'], ['olsr', 'Optimized Link State Routing', 'udp.port 698'], ['aodv', 'AODV', 'udp.port 654'], ['who', 'Who', 'udp.port 513'], ['echo', 'Echo', 'udp.port 7, tcp.port 7'], ['chargen', 'Character Generator', 'udp.port 19, tcp.port 19'],
  ['daytime', 'Daytime', 'udp.port 13, tcp.port 13'], ['time', 'Time', 'udp.port 37, tcp.port 37'], ['tacacs', 'TACACS', 'udp.port 49'], ['memcache', 'Memcache', 'udp.port 11211, tcp.port 11211'], ['bvlc', 'BACnet Virtual Link Control', 'udp.port 47808'], ['babel', 'Babel', 'udp.port 6696'],
  ['hcrt', 'Hotline Command-Response Transaction', 'ethertype 0xf052'], ['ncp', 'NetWare Core Protocol', 'udp.port 524, tcp.port 524'], ['mndp', 'MikroTik Neighbor Discovery', 'udp.port 5678'], ['enip', 'EtherNet/IP', 'udp.port 44818, tcp.port 44818'],
  ['gsmtap', 'GSM over IP', 'udp.port 4729'], ['xdmcp', 'X Display Manager Control', 'udp.port 177'], ['mip', 'Mobile IP', 'udp.port 434'], ['pktc', 'PacketCable', 'udp.port 1293'], ['msproxy', 'MS Proxy', 'udp.port 1745'], ['zabbix', 'Zabbix', 'tcp.port 10050 10051'],
  // behind a port of TCP
  ['rpc', 'Remote Procedure Call', 'tcp.port 111, udp.port 111'],
  ['stun', 'Session Traversal Utilities for NAT', 'udp.port 3478, tcp.port 3478'], ['bittorrent', 'BitTorrent', 'tcp.port 6881 6882 6883 6884 6885 6886 6887 6888 6889'], ['bt-dht', 'BitTorrent DHT Protocol', 'guess'], ['ftp-data', 'FTP Data', 'tcp.port 20'], ['telnet', 'Telnet', 'tcp.port 23'], ['pop', 'Post Office Protocol', 'tcp.port 110'],
  ['imap', 'Internet Message Access Protocol', 'tcp.port 143'], ['ldap', 'Lightweight Directory Access Protocol', 'tcp.port 389 3268'], ['nntp', 'Network News Transfer Protocol', 'tcp.port 119'], ['irc', 'Internet Relay Chat', 'tcp.port 6667 57000'],
  ['rtsp', 'Real Time Streaming Protocol', 'tcp.port 554 7236 8554'], ['mysql', 'MySQL', 'tcp.port 3306'], ['pgsql', 'PostgreSQL', 'tcp.port 5432'], ['tds', 'Tabular Data Stream', 'tcp.port 1433 2433'], ['tns', 'Transparent Network Substrate', 'tcp.port 1521'], ['mqtt', 'MQTT', 'tcp.port 1883'],
  ['amqp', 'Advanced Message Queuing Protocol', 'tcp.port 5672'], ['kafka', 'Kafka', 'tcp.port 9092'], ['resp', 'REdis Serialization Protocol', 'tcp.port 6379'], ['xmpp', 'XMPP', 'tcp.port 5222'], ['diameter', 'Diameter', 'tcp.port 3868, sctp.port 3868'], ['whois', 'Whois', 'tcp.port 43'],
  ['rsync', 'RSYNC', 'tcp.port 873'], ['git', 'Git', 'tcp.port 9418'], ['rlogin', 'Rlogin', 'tcp.port 513'], ['rsh', 'Remote Shell', 'tcp.port 514'], ['lpd', 'Line Printer Daemon', 'tcp.port 515'], ['vnc', 'Virtual Network Computing', 'tcp.port 5500 5501 5900 5901'], ['cql', 'Cassandra CQL', 'tcp.port 9042'],
  ['finger', 'Finger', 'tcp.port 79'], ['gopher', 'Gopher', 'tcp.port 70'], ['tacplus', 'TACACS+', 'tcp.port 49'], ['openflow', 'OpenFlow', 'tcp.port 6653'], ['ajp13', 'Apache JServ Protocol', 'tcp.port 8009'], ['rtmpt', 'Real Time Messaging Protocol', 'tcp.port 1935'], ['nbss', 'NetBIOS Session Service', 'tcp.port 139 445'],
  ['elasticsearch', 'Elasticsearch', 'tcp.port 9300'], ['msnms', 'MSN Messenger', 'tcp.port 1863'], ['aol', 'AOL Instant Messenger', 'tcp.port 5190'], ['pptp', 'Point-to-Point Tunnelling Protocol', 'tcp.port 1723'], ['msdp', 'Multicast Source Discovery Protocol', 'tcp.port 639'],
  ['socks', 'Socks', 'tcp.port 1080'], ['x11', 'X11', `tcp.port ${Array.from({ length: 64 }, (_, i) => 6000 + i).join(' ')}`], ['nvme-tcp', 'NVM Express over TCP', 'tcp.port 4420'], ['gtpprime', 'GPRS Tunneling Protocol Prime', 'udp.port 3386, tcp.port 3386'],
  ['pwach', 'PW Associated Channel', 'mpls.nibble 1'],
  // of a link type
  ['netlink', 'Linux netlink', 'link 253'], ['mtp2', 'Message Transfer Part Level 2', 'link 140'], ['mtp3', 'Message Transfer Part Level 3', 'link 141'], ['vsock', 'Linux vsock', 'link 271'], ['radiotap', 'IEEE 802.11 Radiotap', 'link 127'], ['wlan', 'IEEE 802.11', 'link 105'],
  ['fr', 'Frame Relay', 'link 107, gre.proto 0x6559'], ['chdlc', 'Cisco HDLC', 'link 104'], ['nflog', 'Linux Netfilter NFLOG', 'link 239'], ['pflog', 'OpenBSD Packet Filter log', 'link 117'], ['usb', 'USB', 'link 189 220'], ['can', 'Controller Area Network', 'link 227'],
  // behind SCTP
  ['ngap', 'NG Application Protocol', 'sctp.port 38412'], ['s1ap', 'S1 Application Protocol', 'sctp.port 36412'], ['x2ap', 'X2 Application Protocol', 'sctp.port 36422'], ['m3ua', 'MTP 3 User Adaptation Layer', 'sctp.port 2905'], ['m2ua', 'MTP 2 User Adaptation Layer', 'sctp.port 2904'],
  ['m2pa', 'MTP2 Peer Adaptation Layer', 'sctp.port 3565'], ['sua', 'SS7 SCCP-User Adaptation Layer', 'sctp.port 14001'], ['iua', 'ISDN User Adaptation Layer', 'sctp.port 9900'], ['asap', 'Aggregate Server Access Protocol', 'sctp.port 3863'], ['gtpv2', 'GPRS Tunneling Protocol V2', 'gtp.carried 2'],
];

/** A name in frame.protocols that a name of this project cannot be. */
const PATHS: Readonly<Record<string, string>> = { loop_test: 'loop' };

const places = (text: string): Record<string, readonly number[]> => Object.fromEntries(text.split(', ').filter(Boolean).map((part) => {
  const [table = '', ...numbers] = part.split(' ');
  return [table, numbers.map(Number)] as const;
}));

const named = ([name, label, text]: Row): Protocol => {
  const over = { ...places(text), ...(SCTP_PAYLOAD_NAMES[name] ? { 'sctp.ppi': SCTP_PAYLOAD_NAMES[name] } : {}) };
  const column = label.length > 12 ? (PATHS[name] ?? name).toUpperCase() : label;
  return { ...protocol(name, { label, column, reference: REFERENCES[name] ?? '', over, message: true, ...(GUESSES[name] ? { guesses: GUESSES[name], keeps: true } : {}), header: [bytes('message', 'Bytes')], summary: () => '', title: () => '' }), ...(PATHS[name] ? { path: PATHS[name] } : {}) };
};

const others = Object.keys(SCTP_PAYLOAD_NAMES).filter((name) => !ROWS.some(([known]) => known === name)).map((name): Row => [name, name.toUpperCase(), '']);

export const NAMED: readonly Protocol[] = [...ROWS.filter(([name, , text]) => text !== '' || SCTP_PAYLOAD_NAMES[name]), ...others].map(named);
