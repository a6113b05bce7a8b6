/** Where the protocols that are told by number are defined; those that no public document defines are not here. */
export const REFERENCES: Readonly<Record<string, string>> = {
  // behind an Ethernet type, LLC and SNAP
  eapol: 'IEEE 802.1X section 11', ptp: 'IEEE 1588', macsec: 'IEEE 802.1AE section 9', cfm: 'IEEE 802.1Q section 21', fcoe: 'INCITS FC-BB-5', fip: 'INCITS FC-BB-5', macc: 'IEEE 802.3 annex 31A', goose: 'IEC 61850-8-1', sv: 'IEC 61850-9-2',
  ieee1722: 'IEEE 1722', 'mrp-mmrp': 'IEEE 802.1Q section 10', 'mrp-mvrp': 'IEEE 802.1Q section 11', 'mrp-msrp': 'IEEE 802.1Q section 35', pn_rt: 'IEC 61784-2', ecatf: 'IEC 61158', hsr: 'IEC 62439-3', ieee1905: 'IEEE 1905.1', ncsi: 'DMTF DSP0222', rohc: 'RFC 5795', trill: 'RFC 6325 section 3',
  udld: 'RFC 5171', netbios: 'IBM LAN Technical Reference, NetBIOS', osi: 'ISO/IEC TR 9577', x25: 'ITU-T X.25',
  // behind IP
  eigrp: 'RFC 7868', pim: 'RFC 7761 section 4.9', dccp: 'RFC 4340 section 5', rsvp: 'RFC 2205 section 3.1', ipcomp: 'RFC 3173 section 3', mipv6: 'RFC 6275 section 6.1', hip: 'RFC 7401 section 5', shim6: 'RFC 5533 section 5',
  pgm: 'RFC 3208 section 8', nhrp: 'RFC 2332 section 5.2', cotp: 'RFC 905',
  // behind PPP
  lcp: 'RFC 1661 section 5', ipcp: 'RFC 1332', ipv6cp: 'RFC 5072', pap: 'RFC 1334 section 2', chap: 'RFC 1994 section 4', ccp: 'RFC 1962', comp_data: 'RFC 1962', mp: 'RFC 1990', vjc: 'RFC 1144', bcp_ncp: 'RFC 3518', bcp_bpdu: 'RFC 3518', mplscp: 'RFC 3032 section 4', osinlcp: 'RFC 1377', eap: 'RFC 3748 section 4',
  bap: 'RFC 2125', bacp: 'RFC 2125',
  // behind a port
  nbns: 'RFC 1002 section 4.2', nbdgm: 'RFC 1002 section 4.4', nbss: 'RFC 1002 section 4.3', isakmp: 'RFC 7296 section 3; RFC 2408 section 3', rip: 'RFC 2453 section 4', ripng: 'RFC 2080 section 2.1',
  ldp: 'RFC 5036 section 3', cflow: 'RFC 3954 section 5; RFC 7011 section 3', icp: 'RFC 2186', wccp: 'draft-wilson-wrec-wccp-v2-01', kerberos: 'RFC 4120 section 5', cldap: 'RFC 1798', srvloc: 'RFC 2608 section 8', rmcp: 'DMTF ASF 2.0', mgcp: 'RFC 3435 section 3',
  iax2: 'RFC 5456 section 8', capwap: 'RFC 5415 section 4', pfcp: '3GPP TS 29.244 section 7', coap: 'RFC 7252 section 3; RFC 8323', lisp: 'RFC 9301 section 5', portcontrol: 'RFC 6887 section 7; RFC 6886 section 3', olsr: 'RFC 3626 section 3.3', aodv: 'RFC 3561 section 5', echo: 'RFC 862', chargen: 'RFC 864', daytime: 'RFC 867', time: 'RFC 868',
  tacacs: 'RFC 1492', tacplus: 'RFC 8907 section 4', memcache: 'memcached protocol.txt', bvlc: 'ASHRAE 135 annex J', babel: 'RFC 8966 section 4', enip: 'ODVA CIP volume 2', xdmcp: 'X Display Manager Control Protocol 1.1', mip: 'RFC 5944 section 3',
  rpc: 'RFC 5531 section 9', stun: 'RFC 8489 section 5', bittorrent: 'BEP 3', 'bt-dht': 'BEP 5', 'ftp-data': 'RFC 959 section 3',
  telnet: 'RFC 854', pop: 'RFC 1939', imap: 'RFC 9051', ldap: 'RFC 4511 section 4', nntp: 'RFC 3977', irc: 'RFC 2812 section 2.3', rtsp: 'RFC 7826; RFC 2326', mysql: 'MySQL Internals, Client/Server Protocol', pgsql: 'PostgreSQL documentation, Frontend/Backend Protocol', tds: 'MS-TDS section 2.2', mqtt: 'OASIS MQTT 5.0 section 2',
  amqp: 'AMQP 0-9-1; OASIS AMQP 1.0', kafka: 'Apache Kafka protocol guide', resp: 'Redis serialization protocol specification', xmpp: 'RFC 6120', diameter: 'RFC 6733 section 3', whois: 'RFC 3912', git: 'gitprotocol-pack', rlogin: 'RFC 1282', lpd: 'RFC 1179', vnc: 'RFC 6143 section 7', finger: 'RFC 1288', gopher: 'RFC 1436', openflow: 'ONF OpenFlow 1.3 section 7',
  ajp13: 'Apache Tomcat AJPv13', rtmpt: 'Adobe RTMP 1.0', pptp: 'RFC 2637 section 2', msdp: 'RFC 3618 section 12', socks: 'RFC 1928', x11: 'X Window System Protocol', 'nvme-tcp': 'NVMe/TCP Transport Specification', gtpprime: '3GPP TS 32.295 section 6', pwach: 'RFC 4385 section 5', gtpv2: '3GPP TS 29.274 section 5',
  // of a link type
  netlink: 'tcpdump.org/linktypes.html, LINKTYPE_NETLINK', mtp2: 'ITU-T Q.703', mtp3: 'ITU-T Q.704', radiotap: 'radiotap.org', wlan: 'IEEE 802.11 section 9', fr: 'RFC 2427; ITU-T Q.922', chdlc: 'RFC 1547', can: 'ISO 11898', usb: 'tcpdump.org/linktypes.html, LINKTYPE_USB_LINUX',
  // behind SCTP
  ngap: '3GPP TS 38.413', s1ap: '3GPP TS 36.413', x2ap: '3GPP TS 36.423', m3ua: 'RFC 4666 section 3', m2ua: 'RFC 3331 section 3', m2pa: 'RFC 4165 section 2', sua: 'RFC 3868 section 3', iua: 'RFC 4233 section 3', asap: 'RFC 5352 section 2', enrp: 'RFC 5353 section 2', megaco: 'ITU-T H.248', xnap: '3GPP TS 38.423', f1ap: '3GPP TS 38.473', e1ap: '3GPP TS 37.483',
};
