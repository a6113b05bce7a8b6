import { u16, u32, u8 } from '../../bytes/read.ts';

// Which application protocol a direction speaks, by its first bytes and, for those without a mark of their own, by its port: patterns and probing parsers of app-layer-detect-proto.c and of each parser.

/** The first bytes of one direction, and who sent them. */
export interface FirstBytes {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly tcp: boolean;
  readonly toServer: boolean;
  /** Ports of the flow's ends. */
  readonly clientPort: number;
  readonly serverPort: number;
  /** Protocols that are not looked for. */
  readonly disabled: ReadonlySet<string>;
}

type Test = (f: FirstBytes) => boolean;
interface Mark { readonly name: string; readonly over: 'tcp' | 'udp' | 'both'; readonly way: 'server' | 'client' | 'both'; readonly test: Test }

/** Whether a text stands at an offset, in either case of its letters if asked. */
function stands({ bytes, from, to }: FirstBytes, text: string, offset = 0, nocase = false): boolean {
  if (from + offset + text.length > to) return false;
  for (let i = 0; i < text.length; i++) {
    const [a, b] = [bytes[from + offset + i]!, text.charCodeAt(i)];
    if (a !== b && !(nocase && (a ^ b) === 0x20 && (b | 0x20) >= 0x61 && (b | 0x20) <= 0x7a)) return false;
  }
  return true;
}

const begins = (...texts: readonly string[]): Test => (f) => texts.some((text) => stands(f, text));
const beginsNocase = (...texts: readonly string[]): Test => (f) => texts.some((text) => stands(f, text, 0, true));
const onPort = (...ports: readonly number[]): Test => (f) => ports.includes(f.serverPort) || ports.includes(f.clientPort);
const both = (...tests: readonly Test[]): Test => (f) => tests.every((test) => test(f));

const METHODS: readonly string[] = [
  'GET', 'PUT', 'POST', 'HEAD', 'TRACE', 'OPTIONS', 'CONNECT', 'DELETE', 'PATCH', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'CHECKOUT', 'UNCHECKOUT', 'CHECKIN', 'UPDATE', 'LABEL',
  'REPORT', 'MKWORKSPACE', 'MKACTIVITY', 'MERGE', 'INVALID', 'VERSION-CONTROL', 'BASELINE-CONTROL',
];
const httpRequest: Test = (f) => METHODS.some((method) => stands(f, `${method} `, 0, true) || stands(f, `${method}\t`, 0, true));

/** A TLS record of version 3.0 to 3.3 of one of the types. */
const tlsRecord = (...types: readonly number[]): Test => ({ bytes, from, to }) => from + 3 <= to && types.includes(u8(bytes, from)) && u8(bytes, from + 1) === 3 && u8(bytes, from + 2) <= 4;
const HANDSHAKE = 0x16;
const ALERT = 0x15;
const DATA = 0x17;
const sslv2Hello: Test = ({ bytes, from, to }) => from + 5 <= to && (u8(bytes, from) & 0x80) !== 0 && u8(bytes, from + 2) === 1 && (u16(bytes, from + 3) === 2 || u8(bytes, from + 3) === 3);

/** RFC 1035 section 4.1.1: counts and flags that a message of DNS can have, and names that fit. */
function dnsAt(bytes: Uint8Array, from: number, to: number): boolean {
  if (from + 12 > to) return false;
  const flags = u16(bytes, from + 2);
  const [questions, answers] = [u16(bytes, from + 4), u16(bytes, from + 6)];
  const opcode = (flags >> 11) & 0x0f;
  if (opcode > 6 || questions > 32 || (questions === 0 && answers === 0 && u16(bytes, from + 8) === 0)) return false;
  return questions === 0 || nameEnds(bytes, from + 12, to);
}

function nameEnds(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const length = u8(bytes, at);
    if (length === 0 || length >= 0xc0) return true;
    if (length > 63) return false;
    at += length + 1;
  }
  return to - from < 255;
}

const dnsTcp: Test = ({ bytes, from, to }) => from + 2 <= to && u16(bytes, from) >= 12 && dnsAt(bytes, from + 2, to);

/** BER: a sequence whose length fits, as SNMP, LDAP and Kerberos start. */
const sequence = (tag: number): Test => ({ bytes, from, to }) => from + 2 <= to && u8(bytes, from) === tag && (u8(bytes, from + 1) < 0x80 ? from + 2 + u8(bytes, from + 1) <= to : (u8(bytes, from + 1) & 0x7f) <= 4);

const NBSS = 4;
/** A message of SMB 1 or of a later one, and whether it is an answer ([MS-SMB] section 2.2.3.1, [MS-SMB2] section 2.2.1). */
const smb = (answer: boolean): Test => (f) => {
  if (!stands(f, 'SMB', NBSS + 1)) return false;
  const kind = u8(f.bytes, f.from + NBSS);
  if (kind === 0xff) return f.from + NBSS + 10 <= f.to && ((u8(f.bytes, f.from + NBSS + 9) & 0x80) !== 0) === answer;
  if (kind === 0xfe) return f.from + NBSS + 17 <= f.to && ((u8(f.bytes, f.from + NBSS + 16) & 1) !== 0) === answer;
  return kind === 0xfd;
};

const MARKS: readonly Mark[] = [
  { name: 'http2', over: 'tcp', way: 'server', test: begins('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n') },
  { name: 'http', over: 'tcp', way: 'server', test: httpRequest },
  { name: 'http', over: 'tcp', way: 'client', test: begins('HTTP/0.9', 'HTTP/1.0', 'HTTP/1.1') },
  { name: 'tls', over: 'tcp', way: 'server', test: (f) => tlsRecord(HANDSHAKE)(f) || sslv2Hello(f) },
  { name: 'tls', over: 'tcp', way: 'client', test: tlsRecord(ALERT, HANDSHAKE, DATA) },
  { name: 'ssh', over: 'tcp', way: 'both', test: begins('SSH-') },
  { name: 'smb', over: 'tcp', way: 'server', test: smb(false) },
  { name: 'smb', over: 'tcp', way: 'client', test: smb(true) },
  { name: 'smtp', over: 'tcp', way: 'server', test: beginsNocase('EHLO', 'HELO', 'QUIT') },
  { name: 'smtp', over: 'tcp', way: 'client', test: both(onPort(25, 465, 587), begins('220')) },
  { name: 'ftp', over: 'tcp', way: 'server', test: beginsNocase('USER ', 'PASS ', 'PORT ', 'FEAT', 'AUTH TLS') },
  { name: 'ftp', over: 'tcp', way: 'client', test: both((f) => !onPort(25, 465, 587)(f), (f) => begins('220 (')(f) || both(onPort(21), begins('220'))(f)) },
  { name: 'imap', over: 'tcp', way: 'server', test: beginsNocase('1 capability') },
  { name: 'imap', over: 'tcp', way: 'client', test: begins('* OK ') },
  { name: 'pop3', over: 'tcp', way: 'client', test: both(onPort(110), begins('+OK')) },
  { name: 'rfb', over: 'tcp', way: 'client', test: begins('RFB ') },
  { name: 'jabber', over: 'tcp', way: 'both', test: begins('<stream:') },
  { name: 'telnet', over: 'tcp', way: 'both', test: both(onPort(23), ({ bytes, from, to }) => from + 2 <= to && u8(bytes, from) === 0xff && u8(bytes, from + 1) >= 0xfa) },
  { name: 'dnp3', over: 'tcp', way: 'both', test: ({ bytes, from, to }) => from + 2 <= to && u16(bytes, from) === 0x0564 },
  { name: 'modbus', over: 'tcp', way: 'both', test: both(onPort(502), ({ bytes, from, to }) => from + 8 <= to && u16(bytes, from + 2) === 0 && u16(bytes, from + 4) > 1) },
  { name: 'enip', over: 'both', way: 'both', test: both(onPort(44818), ({ from, to }) => from + 24 <= to) },
  { name: 'mqtt', over: 'tcp', way: 'server', test: ({ bytes, from, to }) => from + 2 <= to && u8(bytes, from) === 0x10 && [2, 3, 4].some((offset) => from + offset + 6 <= to && u16(bytes, from + offset) >= 4 && String.fromCharCode(...bytes.subarray(from + offset + 2, from + offset + 4)) === 'MQ') },
  { name: 'rdp', over: 'tcp', way: 'server', test: both(onPort(3389), ({ bytes, from, to }) => from + 6 <= to && u16(bytes, from) === 0x0300 && u8(bytes, from + 5) === 0xe0) },
  { name: 'dcerpc', over: 'tcp', way: 'both', test: ({ bytes, from, to }) => from + 16 <= to && u16(bytes, from) === 0x0500 && u8(bytes, from + 2) <= 19 && u16(bytes, from + 8) !== 0 },
  { name: 'nfs', over: 'tcp', way: 'server', test: ({ bytes, from, to }) => from + 28 <= to && (u32(bytes, from) & 0x8000_0000) !== 0 && u32(bytes, from + 8) === 0 && u32(bytes, from + 12) === 2 && u32(bytes, from + 16) === 100_003 },
  { name: 'nfs', over: 'udp', way: 'server', test: ({ bytes, from, to }) => from + 24 <= to && u32(bytes, from + 4) === 0 && u32(bytes, from + 8) === 2 && u32(bytes, from + 12) === 100_003 },
  { name: 'krb5', over: 'both', way: 'both', test: both(onPort(88), (f) => [0x6a, 0x6b, 0x6c, 0x6d, 0x7e].some((tag) => sequence(tag)(f) || (f.tcp && sequence(tag)({ ...f, from: f.from + 4 })))) },
  { name: 'ldap', over: 'tcp', way: 'both', test: both(onPort(389, 3268), sequence(0x30)) },
  { name: 'dns', over: 'tcp', way: 'both', test: both(onPort(53), dnsTcp) },
  { name: 'dns', over: 'udp', way: 'both', test: both(onPort(53), ({ bytes, from, to }) => dnsAt(bytes, from, to)) },
  { name: 'mdns', over: 'udp', way: 'both', test: both(onPort(5353), ({ bytes, from, to }) => dnsAt(bytes, from, to)) },
  { name: 'ntp', over: 'udp', way: 'both', test: both(onPort(123), ({ bytes, from, to }) => from + 48 <= to && ((u8(bytes, from) >> 3) & 7) >= 1 && ((u8(bytes, from) >> 3) & 7) <= 4) },
  { name: 'sip', over: 'both', way: 'both', test: begins('SIP/2.0 ', 'INVITE ', 'REGISTER ', 'OPTIONS sip:', 'ACK sip:', 'BYE sip:', 'CANCEL sip:', 'SUBSCRIBE ', 'NOTIFY ', 'PUBLISH ', 'MESSAGE ', 'REFER ', 'PRACK ', 'INFO sip:') },
  { name: 'bittorrent-dht', over: 'udp', way: 'both', test: begins('d1:ad2:id20:', 'd1:rd2:id20:', 'd2:ip', 'd1:el') },
  { name: 'tftp', over: 'udp', way: 'server', test: both(onPort(69), ({ bytes, from, to }) => from + 4 <= to && u16(bytes, from) >= 1 && u16(bytes, from) <= 2) },
  { name: 'snmp', over: 'udp', way: 'both', test: both(onPort(161, 162), sequence(0x30)) },
  { name: 'dhcp', over: 'udp', way: 'both', test: both(onPort(67, 68), ({ bytes, from, to }) => from + 240 <= to && u32(bytes, from + 236) === 0x6382_5363) },
  { name: 'ike', over: 'udp', way: 'both', test: both(onPort(500, 4500), ({ bytes, from, to }) => from + 28 <= to && [0x10, 0x20].includes(u8(bytes, from + 17))) },
];

/** Bytes after which no mark is expected any more. */
export const ENOUGH = 32;

/** The protocol, '' when no mark fits (yet). With `reversed`, the mark that fits if the direction is the other way round. */
export function detect(f: FirstBytes): { name: string; reversed: boolean } {
  const fits = (way: Mark['way'], swap: boolean): Mark | undefined => MARKS.find((mark) => !f.disabled.has(mark.name) && (mark.over === 'both' || (mark.over === 'tcp') === f.tcp) && (swap ? mark.way === way : mark.way === 'both' || mark.way === way) && mark.test(f));
  const own = fits(f.toServer ? 'server' : 'client', false);
  if (own !== undefined) return { name: own.name, reversed: false };
  const other = fits(f.toServer ? 'client' : 'server', true);
  return { name: other?.name ?? '', reversed: other !== undefined };
}
