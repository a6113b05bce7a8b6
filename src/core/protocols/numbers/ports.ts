/** What is likely behind a well-known port: words for people, never a rule that reads anything (that is a protocol's `over`). */
export const UDP_PORTS: Readonly<Record<number, string>> = {
  7: 'echo', 9: 'discard', 19: 'chargen', 53: 'DNS', 67: 'DHCP server', 68: 'DHCP client', 69: 'TFTP', 88: 'Kerberos', 111: 'portmap', 123: 'NTP', 137: 'NetBIOS names', 138: 'NetBIOS datagrams',
  161: 'SNMP', 162: 'SNMP trap', 319: 'PTP event', 320: 'PTP general', 389: 'CLDAP', 443: 'QUIC', 500: 'IKE', 514: 'syslog', 520: 'RIP', 521: 'RIPng', 546: 'DHCPv6 client', 547: 'DHCPv6 server',
  646: 'LDP', 1194: 'OpenVPN', 1645: 'RADIUS', 1646: 'RADIUS accounting', 1701: 'L2TP', 1812: 'RADIUS', 1813: 'RADIUS accounting', 1900: 'SSDP', 2049: 'NFS', 2055: 'NetFlow', 2123: 'GTP-C', 2152: 'GTP-U',
  3478: 'STUN', 3544: 'Teredo', 3702: 'WS-Discovery', 3784: 'BFD', 4500: 'IPsec NAT traversal', 4739: 'IPFIX', 4789: 'VXLAN', 4790: 'VXLAN-GPE', 5060: 'SIP', 5353: 'mDNS', 5355: 'LLMNR', 6081: 'GENEVE',
  6343: 'sFlow', 6635: 'MPLS in UDP', 8472: 'VXLAN (Linux default)', 51820: 'WireGuard',
};

export const TCP_PORTS: Readonly<Record<number, string>> = {
  20: 'FTP data', 21: 'FTP', 22: 'SSH', 23: 'Telnet', 25: 'SMTP', 53: 'DNS', 79: 'Finger', 80: 'HTTP', 88: 'Kerberos', 110: 'POP3', 111: 'portmap', 119: 'NNTP', 135: 'Windows RPC', 139: 'NetBIOS session', 143: 'IMAP',
  179: 'BGP', 389: 'LDAP', 443: 'HTTPS', 445: 'SMB', 465: 'SMTP over TLS', 502: 'Modbus', 514: 'rsh', 587: 'mail submission', 631: 'IPP', 636: 'LDAP over TLS', 873: 'rsync', 993: 'IMAP over TLS', 995: 'POP3 over TLS',
  1080: 'SOCKS', 1433: 'SQL Server', 1521: 'Oracle', 1723: 'PPTP', 1883: 'MQTT', 2049: 'NFS', 3260: 'iSCSI', 3306: 'MySQL', 3389: 'RDP', 5060: 'SIP', 5432: 'PostgreSQL', 5900: 'VNC', 6379: 'Redis', 6443: 'Kubernetes API',
  8080: 'HTTP', 8443: 'HTTPS', 8883: 'MQTT over TLS', 9092: 'Kafka', 9200: 'Elasticsearch', 11211: 'memcached', 27017: 'MongoDB',
};
