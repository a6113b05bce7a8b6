/** Suricata's application layer protocols (`suricata --list-app-layer-protos`), with older names that rule sets still have. */
export const APPLICATION_NAMES: readonly string[] = [
  'bittorrent-dht', 'dcerpc', 'dhcp', 'dnp3', 'dns', 'doh2', 'enip', 'failed', 'ftp', 'ftp-data', 'http', 'http1', 'http2', 'ike', 'ikev2', 'imap', 'irc', 'jabber', 'krb5', 'ldap',
  'llmnr', 'mdns', 'modbus', 'mqtt', 'msn', 'mysql', 'nfs', 'ntp', 'pgsql', 'pop3', 'quic', 'rdp', 'rfb', 'sip', 'smb', 'smtp', 'snmp', 'ssh', 'template', 'telnet', 'tftp', 'tls', 'ssl', 'websocket',
];

/** What a rule's protocol also means: of http either version, and names that were replaced (AppProtoEquals). */
const MEANS: Readonly<Record<string, readonly string[]>> = {
  http: ['http', 'http2', 'doh2'], http1: ['http'], http2: ['http2', 'doh2'], dns: ['dns', 'doh2'], dcerpc: ['dcerpc', 'smb'], ssl: ['tls'], ikev2: ['ike'],
};

/** Whether a flow's protocol is what a rule names. */
export const meansProtocol = (wanted: string, found: string): boolean => (MEANS[wanted] ?? [wanted]).includes(found);

/** Protocols that are found here by their first bytes; the flows of others stay unknown. */
export const DETECTED: ReadonlySet<string> = new Set([
  'http', 'http1', 'http2', 'tls', 'ssl', 'ssh', 'smtp', 'ftp', 'imap', 'pop3', 'smb', 'dns', 'mdns', 'ntp', 'rfb', 'sip', 'dnp3', 'modbus', 'bittorrent-dht', 'tftp', 'snmp', 'dhcp', 'krb5', 'mqtt', 'rdp', 'telnet', 'jabber', 'ike', 'ikev2', 'enip', 'failed', 'nfs', 'dcerpc', 'ldap',
]);

/** Protocols that Suricata has no parser for, or whose parser asks for nothing: streams of them are looked at in chunks. */
export const UNPARSED: ReadonlySet<string> = new Set(['', 'failed', 'imap', 'jabber', 'msn', 'irc', 'telnet', 'pop3']);
