// Link types: what the first byte of a packet belongs to. Numbers and names are LINKTYPE_ values of tcpdump.org/linktypes.html; the
// third column is libpcap's description, the fourth Wireshark's own number (frame.encap_type), as tshark 4.0.17 printed it for a packet
// of each type, 0 where it has none.

export interface LinkType {
  readonly number: number;
  /** LINKTYPE_ name without the prefix: "EN10MB". */
  readonly symbol: string;
  /** For people: "Ethernet". */
  readonly name: string;
  /** Wireshark's number for it (frame.encap_type); 0: unknown there. */
  readonly encap: number;
  /** The dissector's first protocol; absent where the packet is shown as data. */
  readonly protocol?: string;
}

/** Stands in for a link type in records of a pcapng that are no packets (custom blocks), which Wireshark numbers and shows all the same. */
export const BLOCK = -1;

const ROWS: readonly (readonly [number, string, string, number, string?])[] = [
  [BLOCK, 'BLOCK', 'pcapng block', -1],
  [0, 'NULL', 'BSD loopback', 15, 'null'],
  [1, 'EN10MB', 'Ethernet', 1, 'eth'],
  [2, 'EXP_ETHERNET', 'Experimental Ethernet', 184],
  [3, 'AX25', 'Amateur radio AX.25', 148],
  [6, 'IEEE802', 'Token ring', 2],
  [7, 'ARCNET', 'BSD ARCNET', 8],
  [8, 'SLIP', 'SLIP', 3],
  [9, 'PPP', 'PPP', 4, 'ppp_hdlc'],
  [10, 'FDDI', 'FDDI', 6],
  [11, 'DLT_ATM_RFC1483', 'RFC 1483 LLC-encapsulated ATM (11)', 10],
  [12, 'DLT_RAW', 'Raw IP (12)', 7, 'raw'],
  [13, 'DLT_ENC', 'OpenBSD encapsulated IP (13)', 38],
  [14, 'DLT_RAW_BSD', 'Raw IP (14)', 7, 'raw'],
  [19, 'DLT_ATM_CLIP', 'Linux Classical IP over ATM (19)', 11],
  [50, 'PPP_SERIAL', 'PPP over serial', 4, 'ppp_hdlc'],
  [51, 'PPP_ETHER', 'PPPoE', 139, 'pppoes'],
  [99, 'SYMANTEC_FIREWALL', 'Symantec Firewall', 61],
  [100, 'ATM_RFC1483', 'RFC 1483 LLC-encapsulated ATM', 10],
  [101, 'RAW', 'Raw IP', 7, 'raw'],
  [104, 'C_HDLC', 'Cisco HDLC', 28, 'chdlc'],
  [105, 'IEEE802_11', 'IEEE 802.11', 20, 'wlan'],
  [106, 'ATM_CLIP', 'Linux Classical IP over ATM', 11],
  [107, 'FRELAY', 'Frame Relay', 26, 'fr'],
  [108, 'LOOP', 'OpenBSD loopback', 174, 'loop'],
  [109, 'ENC', 'OpenBSD encapsulated IP', 38],
  [113, 'LINUX_SLL', 'Linux cooked v1', 25, 'sll'],
  [114, 'LTALK', 'Localtalk', 30],
  [117, 'PFLOG', 'OpenBSD pflog file', 39, 'pflog'],
  [119, 'PRISM_HEADER', '802.11 plus Prism header', 21],
  [122, 'IP_OVER_FC', 'RFC 2625 IP-over-Fibre Channel', 18],
  [123, 'SUNATM', 'Sun raw ATM', 13],
  [127, 'IEEE802_11_RADIO', '802.11 plus radiotap header', 23, 'radiotap'],
  [128, 'TZSP', 'Tazmen Sniffer Protocol', 37],
  [129, 'ARCNET_LINUX', 'Linux ARCNET', 9, 'arcnet'],
  [130, 'JUNIPER_MLPPP', 'Juniper Multi-Link PPP', 81],
  [131, 'JUNIPER_MLFR', 'Juniper Multi-Link Frame Relay', 82],
  [132, 'JUNIPER_ES', 'Juniper Encryption Services PIC', 0],
  [133, 'JUNIPER_GGSN', 'Juniper GGSN PIC', 87],
  [134, 'JUNIPER_MFR', 'Juniper FRF.16 Frame Relay', 0],
  [135, 'JUNIPER_ATM2', 'Juniper ATM2 PIC', 68],
  [136, 'JUNIPER_SERVICES', 'Juniper Advanced Services PIC', 151],
  [137, 'JUNIPER_ATM1', 'Juniper ATM1 PIC', 67],
  [138, 'APPLE_IP_OVER_IEEE1394', 'Apple IP-over-IEEE 1394', 62],
  [139, 'MTP2_WITH_PHDR', 'SS7 MTP2 with Pseudo-header', 75],
  [140, 'MTP2', 'SS7 MTP2', 42, 'mtp2'],
  [141, 'MTP3', 'SS7 MTP3', 43, 'mtp3'],
  [142, 'SCCP', 'SS7 SCCP', 101],
  [143, 'DOCSIS', 'DOCSIS', 33],
  [144, 'LINUX_IRDA', 'Linux IrDA', 44],
  [163, 'IEEE802_11_RADIO_AVS', '802.11 plus AVS radio information header', 24],
  [164, 'JUNIPER_MONITOR', 'Juniper Passive Monitor PIC', 0],
  [165, 'BACNET_MS_TP', 'BACnet MS/TP', 63],
  [166, 'PPP_PPPD', 'PPP for pppd, with direction flag', 0],
  [167, 'JUNIPER_PPPOE', 'Juniper PPPoE', 76],
  [168, 'JUNIPER_PPPOE_ATM', 'Juniper PPPoE/ATM', 0],
  [169, 'GPRS_LLC', 'GPRS LLC', 66],
  [170, 'GPF_T', 'GPF-T', 178],
  [171, 'GPF_F', 'GPF-F', 179],
  [174, 'JUNIPER_PIC_PEER', 'Juniper PIC Peer', 0],
  [175, 'ERF_ETH', 'Ethernet with Endace ERF header', 0],
  [176, 'ERF_POS', 'Packet-over-SONET with Endace ERF header', 0],
  [177, 'LINUX_LAPD', 'Linux vISDN LAPD', 131],
  [178, 'JUNIPER_ETHER', 'Juniper Ethernet', 83, 'juniper'],
  [179, 'JUNIPER_PPP', 'Juniper PPP', 84],
  [180, 'JUNIPER_FRELAY', 'Juniper Frame Relay', 85],
  [181, 'JUNIPER_CHDLC', 'Juniper C-HDLC', 86],
  [182, 'MFR', 'FRF.16 Frame Relay', 0],
  [183, 'JUNIPER_VP', 'Juniper Voice PIC', 91],
  [184, 'A429', 'Arinc 429', 181],
  [185, 'A653_ICM', 'Arinc 653 Interpartition Communication', 0],
  [186, 'USB_FREEBSD', 'USB with FreeBSD header', 92],
  [187, 'BLUETOOTH_HCI_H4', 'Bluetooth HCI UART transport layer', 41],
  [188, 'IEEE802_16_MAC_CPS', 'IEEE 802.16 MAC Common Part Sublayer', 93],
  [189, 'USB_LINUX', 'USB with Linux header', 95, 'usb'],
  [190, 'CAN20B', 'Controller Area Network (CAN) v. 2.0B', 109],
  [191, 'IEEE802_15_4_LINUX', 'IEEE 802.15.4 with Linux padding', 0],
  [192, 'PPI', 'Per-Packet Information', 97],
  [193, 'IEEE802_16_MAC_CPS_RADIO', 'IEEE 802.16 MAC CPS plus radiotap header', 0],
  [194, 'JUNIPER_ISM', 'Juniper Integrated Service Module', 0],
  [195, 'IEEE802_15_4', 'IEEE 802.15.4 with FCS', 104],
  [196, 'SITA', 'SITA pseudo-header', 100],
  [197, 'ERF', 'Endace ERF header', 98],
  [198, 'RAIF1', 'Ethernet with u10 Networks pseudo-header', 0],
  [199, 'IPMB_KONTRON', 'IPMB with Kontron pseudo-header', 103],
  [200, 'JUNIPER_ST', 'Juniper Secure Tunnel', 197],
  [201, 'BLUETOOTH_HCI_H4_WITH_PHDR', 'Bluetooth HCI UART transport layer plus pseudo-header', 99],
  [202, 'AX25_KISS', 'AX.25 with KISS header', 147],
  [203, 'LAPD', 'Link Access Procedures on the D channel', 131],
  [204, 'PPP_WITH_DIR', 'PPP with direction octet', 19],
  [205, 'C_HDLC_WITH_DIR', 'Cisco HDLC with direction octet', 0],
  [206, 'FRELAY_WITH_DIR', 'Frame Relay with direction octet', 0],
  [207, 'LAPB_WITH_DIR', 'LAPB with direction octet', 0],
  [209, 'IPMB_LINUX', 'IPMB with Linux/Pigeon Point pseudo-header', 112],
  [210, 'FLEXRAY', 'FlexRay', 106],
  [211, 'MOST', 'Media Oriented Systems Transport', 108],
  [212, 'LIN', 'Local Interconnect Network', 107],
  [213, 'X2E_SERIAL', 'X2E serial line', 111],
  [214, 'X2E_XORAYA', 'X2E Xoraya', 105],
  [215, 'IEEE802_15_4_NONASK_PHY', 'IEEE 802.15.4 with non-ASK PHY data', 113],
  [216, 'LINUX_EVDEV', 'Linux evdev events', 0],
  [219, 'MPLS', 'MPLS with label as link-layer header', 0],
  [220, 'USB_LINUX_MMAPPED', 'USB with padded Linux header', 115, 'usb'],
  [221, 'DECT', 'DECT', 0],
  [222, 'AOS', 'AOS Space Data Link protocol', 0],
  [223, 'WIHART', 'Wireless HART', 0],
  [224, 'FC_2', 'Fibre Channel FC-2', 121],
  [225, 'FC_2_WITH_FRAME_DELIMS', 'Fibre Channel FC-2 with frame delimiters', 122],
  [226, 'IPNET', 'Solaris ipnet', 124],
  [227, 'CAN_SOCKETCAN', 'CAN-bus with SocketCAN headers', 125, 'can'],
  [228, 'IPV4', 'Raw IPv4', 129, 'ip'],
  [229, 'IPV6', 'Raw IPv6', 130, 'ipv6'],
  [230, 'IEEE802_15_4_NOFCS', 'IEEE 802.15.4 without FCS', 127],
  [231, 'DBUS', 'D-Bus', 146],
  [232, 'JUNIPER_VS', 'Juniper Virtual Server', 0],
  [233, 'JUNIPER_SRX_E2E', 'Juniper SRX E2E', 0],
  [234, 'JUNIPER_FIBRECHANNEL', 'Juniper Fibre Channel', 0],
  [235, 'DVB_CI', 'DVB-CI', 132],
  [236, 'MUX27010', 'MUX27010', 133],
  [237, 'STANAG_5066_D_PDU', 'STANAG 5066 D_PDUs', 157],
  [238, 'JUNIPER_ATM_CEMIC', 'Juniper ATM CEMIC', 0],
  [239, 'NFLOG', 'Linux netfilter log messages', 141, 'nflog'],
  [240, 'NETANALYZER', 'Ethernet with Hilscher netANALYZER pseudo-header', 135],
  [241, 'NETANALYZER_TRANSPARENT', 'Ethernet with netANALYZER pseudo-header and preamble', 136],
  [242, 'IPOIB', 'RFC 4391 IP-over-Infiniband', 180],
  [243, 'MPEG_2_TS', 'MPEG-2 transport stream', 138],
  [244, 'NG40', 'ng40 protocol tester Iub/Iur', 0],
  [245, 'NFC_LLCP', 'NFC LLCP PDUs with pseudo-header', 140],
  [246, 'PFSYNC', 'Packet filter state syncing', 0],
  [247, 'INFINIBAND', 'InfiniBand', 0],
  [248, 'SCTP', 'SCTP', 149],
  [249, 'USBPCAP', 'USB with USBPcap header', 152],
  [250, 'RTAC_SERIAL', 'Schweitzer Engineering Laboratories RTAC packets', 153],
  [251, 'BLUETOOTH_LE_LL', 'Bluetooth Low Energy air interface', 154],
  [252, 'WIRESHARK_UPPER_PDU', 'Wireshark upper PDU export', 155],
  [253, 'NETLINK', 'Linux netlink', 158, 'netlink'],
  [254, 'BLUETOOTH_LINUX_MONITOR', 'Bluetooth Linux Monitor', 159],
  [255, 'BLUETOOTH_BREDR_BB', 'Bluetooth Basic Rate/Enhanced Data Rate baseband packets', 160],
  [256, 'BLUETOOTH_LE_LL_WITH_PHDR', 'Bluetooth Low Energy air interface with pseudo-header', 161],
  [257, 'PROFIBUS_DL', 'PROFIBUS data link layer', 0],
  [258, 'PKTAP', 'Apple PKTAP', 171],
  [259, 'EPON', 'Ethernet with 802.3 Clause 65 EPON preamble', 172],
  [260, 'IPMI_HPM_2', 'IPMI trace packets', 173],
  [261, 'ZWAVE_R1_R2', 'Z-Wave RF profile R1 and R2 packets', 0],
  [262, 'ZWAVE_R3', 'Z-Wave RF profile R3 packets', 0],
  [263, 'WATTSTOPPER_DLM', 'WattStopper DLM', 0],
  [264, 'ISO_14443', 'ISO 14443 messages', 177],
  [265, 'RDS', 'Radio Data System groups', 0],
  [266, 'USB_DARWIN', 'USB with Darwin header', 182],
  [267, 'OPENFLOW', 'OpenBSD OpenFlow', 0],
  [268, 'SDLC', 'IBM SDLC frames', 36],
  [269, 'TI_LLN_SNIFFER', 'TI LLN sniffer frames', 0],
  [270, 'LORATAP', 'LoRaTap', 183],
  [271, 'VSOCK', 'Linux vsock', 185, 'vsock'],
  [272, 'NORDIC_BLE', 'Nordic Semiconductor Bluetooth LE sniffer frames', 186],
  [273, 'DOCSIS31_XRA31', 'DOCSIS 3.1 of an Excentis XRA-31', 199],
  [274, 'ETHERNET_MPACKET', '802.3br mPackets', 198],
  [275, 'DISPLAYPORT_AUX', 'DisplayPort AUX channel monitoring data', 200],
  [276, 'LINUX_SLL2', 'Linux cooked v2', 210, 'sll2'],
  [277, 'OPENVIZSLA', 'OpenVizsla USB', 0],
  [279, 'EBHSCR', 'Elektrobit High Speed Capture and Replay', 204],
  [280, 'VPP_DISPATCH', 'VPP graph dispatch tracer', 205],
  [281, 'DSA_TAG_BRCM', 'Broadcom tag', 0],
  [282, 'DSA_TAG_BRCM_PREPEND', 'Broadcom tag (prepended)', 0],
  [283, 'IEEE802_15_4_TAP', 'IEEE 802.15.4 with pseudo-header', 206],
  [284, 'DSA_TAG_DSA', 'Marvell DSA', 0],
  [285, 'DSA_TAG_EDSA', 'Marvell EDSA', 0],
  [286, 'ELEE', 'ELEE lawful intercept packets', 0],
  [287, 'Z_WAVE_SERIAL', 'Z-Wave serial frames between host and chip', 211],
  [288, 'USB_2_0', 'USB 2.0/1.1/1.0 as transmitted over the cable', 208],
  [289, 'ATSC_ALP', 'ATSC Link-Layer Protocol packets', 0],
  [290, 'ETW', 'Event Tracing for Windows', 212],
  [292, 'ZBOSS_NCP', 'ZBOSS NCP', 214],
  [293, 'USB_2_0_LOW_SPEED', 'Low-speed USB 2.0/1.1/1.0 as on the cable', 215],
  [294, 'USB_2_0_FULL_SPEED', 'Full-speed USB 2.0/1.1/1.0 as on the cable', 216],
  [295, 'USB_2_0_HIGH_SPEED', 'High-speed USB 2.0 as on the cable', 217],
];

export const LINK_TYPES: ReadonlyMap<number, LinkType> = new Map(ROWS.map(([number, symbol, name, encap, protocol]) =>
  [number, protocol === undefined ? { number, symbol, name, encap } : { number, symbol, name, encap, protocol }]));

/** The dissector's first protocol for a link type; 'data' for what it does not know. */
export const linkProtocol = (linkType: number): string => LINK_TYPES.get(linkType)?.protocol ?? 'data';

/** For people: "Ethernet", "user-defined link type 147", "unknown link type 999". */
export const linkTypeName = (linkType: number): string =>
  LINK_TYPES.get(linkType)?.name ?? (linkType >= USER_FIRST && linkType <= USER_LAST ? `user-defined link type ${linkType}` : `unknown link type ${linkType}`);

/** Wireshark's frame.encap_type for a link type; 0 where it has none. */
export const linkEncap = (linkType: number): number =>
  LINK_TYPES.get(linkType)?.encap ?? (linkType >= USER_FIRST && linkType <= USER_LAST ? ENCAP_USER0 + linkType - USER_FIRST : 0);

const USER_FIRST = 147;
const USER_LAST = 162;
const ENCAP_USER0 = 45;

/** Bytes that a packet may have, as Wireshark bounds them: most link types 256 KiB, a few whose packets are larger by nature. */
const STANDARD_MAX = 262_144;
const LARGE_MAX = new Map([[231, 128 << 20], [249, 128 << 20], [279, 8 << 20]]); // D-Bus, USBPcap, EBHSCR
/** A file whose own snaplen is larger is believed up to here. */
const BELIEVED_SNAPLEN = 16 << 20;

/** Most captured bytes that a packet of this link type and snaplen may claim; more is damage, and nothing is allocated for it. */
export const maxPacket = (linkType: number, snaplen: number): number =>
  LARGE_MAX.get(linkType) ?? (snaplen > STANDARD_MAX && snaplen <= BELIEVED_SNAPLEN ? snaplen : STANDARD_MAX);
